"""A document as an accessible PDF (PDF/UA-1): tagged headings, lists and tables, pictures with a text in their place.

Typeset by typst, whose fonts come with it, so that the same document looks the same on every machine.
"""

import struct
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from bygd.reports.drawing import image
from bygd.reports.grid import Kind, shown
from bygd.reports.paper.blocks import Block, Drawing, Heading, Listed, Paper, Table
from bygd.reports.translate import Translator

SHARP = 2.5
ACROSS, TALLEST = 17.0, 22.0
"""Centimetres that a picture has on A4: within the margins, and below a heading."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""The time in the file's properties, so that the same document gives the same bytes."""

FRAME = """#set document(title: {title}, date: none)
#set text(lang: {language}, size: 10.5pt, hyphenate: true)
#set page(paper: "a4", margin: (x: 2cm, y: 2.2cm), numbering: "1 / 1")
#set par(leading: 0.62em, spacing: 0.9em)
#set table(stroke: 0.5pt, inset: 5pt)
#set table.cell(breakable: false)
#show heading: set block(above: 1.4em, below: 0.7em)
#show table.cell.where(y: 0): strong
#show figure: set block(breakable: true)
#show figure.where(kind: table): set figure.caption(position: top)
#set figure(numbering: none, gap: 0.5em)
#show figure.caption: it => block(sticky: true, width: 100%, align(left, strong(it.body)))
#title()
"""


def write_pdf(paper: Paper, target: BinaryIO) -> None:
    """Write a document as PDF on A4; the same document gives the same bytes."""
    import typst  # a large library, which only who writes a PDF waits for

    translate = Translator(paper.language)
    files: dict[str, bytes] = {}
    parts = [FRAME.format(title=_text(paper.title), language=_text(paper.language))]
    if paper.subtitle:
        parts.append(f"#text(size: 1.1em, {_text(paper.subtitle)})\n")
    parts += [_block(block, translate, files, paper.is_headed(at)) for at, block in enumerate(paper.blocks)]
    with TemporaryDirectory() as folder:
        for name, held in {"main.typ": "\n".join(parts).encode(), **files}.items():
            (Path(folder) / name).write_bytes(held)
        written = typst.compile(
            str(Path(folder) / "main.typ"),
            root=folder,
            format="pdf",
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=LONG_AGO,
        )
    target.write(written)


def _block(block: Block, translate: Translator, files: dict[str, bytes], is_headed: bool) -> str:
    match block:
        case Heading():
            return f"#heading(level: {block.level}, {_text(block.text)})"
        case Listed():
            return f"#list({', '.join(_text(item) for item in block.items)})"
        case Table():
            return _table(block, translate, is_headed)
        case Drawing():
            name = f"{block.name}.png"
            files[name] = image(block.wide, SHARP, translate)
            return f"#image({_text(name)}, width: {_across(files[name]):.1f}cm, alt: {_text(block.says)})"
        case _:
            said = ", ".join("linebreak()" if line is None else f"[#{_text(line)}]" for line in _lines(block.text))
            size = "size: 0.85em, " if block.is_quiet else ""
            return f"#par(text({size}[#({said},).join()]))"


def _table(block: Table, translate: Translator, is_headed: bool) -> str:
    grid = block.grid
    heads = grid.heads
    aligned = ", ".join("left" if head.kind in (Kind.TEXT, Kind.DAY) else "right" for head in heads)
    widths = ", ".join(f"{width}fr" for width in block.widths)
    cells = [
        _text(shown(value, head.kind, translate))
        for row in grid.all_rows()
        for value, head in zip(row, heads, strict=True)
    ]
    titles = ", ".join(_text(head.label) for head in heads)
    caption = "none" if is_headed else _text(grid.caption)
    return (
        f"#figure(kind: table, caption: {caption}, align(left, table(columns: ({widths},), "
        f"align: ({aligned},), table.header({titles}), {', '.join(cells)})))"
    )


def _across(png: bytes) -> float:
    """How wide a picture stands, in cm: all across, unless it would be taller than a page below its heading."""
    width, height = struct.unpack(">II", png[16:24])
    return float(min(ACROSS, TALLEST * width / height))


def _lines(text: str) -> list[str | None]:
    """A text's lines with None for each break between them."""
    found: list[str | None] = []
    for number, line in enumerate(text.split("\n")):
        found += [line] if number == 0 else [None, line]
    return found


def _text(value: Any) -> str:
    """A text as a literal, in which nothing is markup."""
    said = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "")
    return f'"{said}"'
