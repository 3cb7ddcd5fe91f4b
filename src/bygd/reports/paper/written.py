"""Written: a document as the bytes of a file, by its ending."""

import io

from bygd.reports.paper.blocks import Paper
from bygd.reports.paper.pdf import write_pdf
from bygd.reports.paper.word import write_word

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
"""The endings there are, and what each is called by programmes."""


def written(paper: Paper, ending: str) -> bytes:
    """The document on A4 as DOCX, or as PDF where the ending is `pdf`; both with tagged headings and tables."""
    target = io.BytesIO()
    (write_pdf if ending == "pdf" else write_word)(paper, target)
    return target.getvalue()
