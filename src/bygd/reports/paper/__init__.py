"""Paper: a text with headings, tables and pictures, written as a page, a Word document or a PDF, for everybody to read.

A document is said once, as blocks; each door writes the same blocks.
"""

from bygd.reports.paper.blocks import Block, Drawing, Heading, Listed, Paper, Table, Text, table
from bygd.reports.paper.pdf import write_pdf
from bygd.reports.paper.word import write_word
from bygd.reports.paper.written import TYPES, written

__all__ = [
    "TYPES",
    "Block",
    "Drawing",
    "Heading",
    "Listed",
    "Paper",
    "Table",
    "Text",
    "table",
    "write_pdf",
    "write_word",
    "written",
]
