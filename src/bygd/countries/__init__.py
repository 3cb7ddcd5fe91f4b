"""Country packs: all that varies by country, one folder each; nothing else names a country."""

from bygd.countries.pack import Country, UnknownCountry, available, load

__all__ = ["Country", "UnknownCountry", "available", "load"]
