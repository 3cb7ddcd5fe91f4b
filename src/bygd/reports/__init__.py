"""Reports: what was found, as a page, a spreadsheet and machine-readable figures."""

from bygd.reports.documents.explanation import explanation_page
from bygd.reports.explanation import Explained, explain
from bygd.reports.privacy import Audience
from bygd.reports.translate import LANGUAGES, Translator
from bygd.reports.write import Written, sentences, write

__all__ = [
    "LANGUAGES",
    "Audience",
    "Explained",
    "Translator",
    "Written",
    "explain",
    "explanation_page",
    "sentences",
    "write",
]
