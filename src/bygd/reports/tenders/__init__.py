"""Papers of a tender: templates for answers, what came back in them, and the award report."""

from bygd.reports.tenders.reading import Unusable, read
from bygd.reports.tenders.word import write_document
from bygd.reports.tenders.workbook import write_workbook

__all__ = ["Unusable", "read", "write_document", "write_workbook"]
