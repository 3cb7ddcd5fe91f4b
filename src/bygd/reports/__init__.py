"""Reports: what was found, as a page, a spreadsheet and machine-readable figures."""

from bygd.reports.privacy import Audience
from bygd.reports.translate import LANGUAGES
from bygd.reports.write import Written, sentences, write

__all__ = ["LANGUAGES", "Audience", "Written", "sentences", "write"]
