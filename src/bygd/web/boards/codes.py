"""Codes: an address as a square that telephones read."""

import qrcode
from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_M


def square(text: str, label: str) -> Markup:
    """The code as a drawing that stands in a page; `label` says what it is for to whoever cannot see it."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(f"M{x},{y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return Markup(
        '<svg class="code" viewBox="0 0 {side} {side}" role="img" aria-label="{label}" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0,0h{side}v{side}h-{side}z"/><path d="{path}"/></svg>'
    ).format(side=len(rows), label=label, path=Markup(path))  # noqa: S704
