"""bygd: community wealth building for any place."""

__version__ = "0.1.0"
