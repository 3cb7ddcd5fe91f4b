"""An action plan as a page of a published site, with its documents and data beside it."""

from collections.abc import Callable, Mapping, Sequence

from bygd.reports.documents.open import NAMES
from bygd.reports.documents.templates import environment
from bygd.reports.paper import Paper
from bygd.reports.paper.page import drawn_blocks
from bygd.reports.translate import Translator


def page(
    paper: Paper,
    place: str,
    translate: Translator,
    *,
    languages: Sequence[str],
    address: Callable[[str], str],
    downloads: Mapping[str, str],
) -> str:
    """The page, which uses the site's style sheet. `downloads` are labels by address, as seen from the page."""
    template = environment().get_template("plan.html.j2")
    others = [(code, NAMES[code], address(code)) for code in languages]
    return template.render(
        _=translate,
        paper=paper,
        place=place,
        blocks=drawn_blocks(paper, translate),
        others=others,
        downloads=downloads,
    )
