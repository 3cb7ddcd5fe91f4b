"""One's own values by area and period: CSV files in the project's folder; see `sources.statistics.own`."""

from bygd.sources.statistics.own import read

__all__ = ["read"]
