"""Guide: how small firms and associations sell to a place's institutions, on two pages."""

from bygd.workbench.guide.content import coming, guide
from bygd.workbench.guide.files import pages, write
from bygd.workbench.guide.settings import FILE, Contact, Settings, read, save

__all__ = ["FILE", "Contact", "Settings", "coming", "guide", "pages", "read", "save", "write"]
