"""A document as a page: its blocks as templates write them, with pictures drawn and cells written out."""

from typing import Any

from bygd.reports.documents.page import drawn
from bygd.reports.grid import Kind, shown
from bygd.reports.paper.blocks import Block, Drawing, Paper, Table
from bygd.reports.section import Picture
from bygd.reports.translate import Translator


def drawn_blocks(paper: Paper, translate: Translator) -> list[dict[str, Any]]:
    """The blocks of a document, in order: `kind`, and what its kind is made of."""
    return [_drawn(block, translate) for block in paper.blocks]


def _drawn(block: Block, translate: Translator) -> dict[str, Any]:
    if isinstance(block, Drawing):
        picture = Picture(block.name, block.wide, block.narrow)
        return {"kind": block.kind, **{size: drawn(picture, size, translate) for size in ("wide", "narrow")}}
    if isinstance(block, Table):
        heads = block.grid.heads
        rows = [
            [(shown(cell, head.kind, translate), head) for cell, head in zip(row, heads, strict=True)]
            for row in block.grid.all_rows()
        ]
        numbers = [head.kind not in (Kind.TEXT, Kind.DAY) for head in heads]
        return {"kind": block.kind, "caption": block.grid.caption, "heads": heads, "rows": rows, "numbers": numbers}
    return {"kind": block.kind, "block": block}
