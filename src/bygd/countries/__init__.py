"""Country packs: all that varies by country, one folder each; nothing else names a country."""

from bygd.countries.catalogue import (
    check,
    merge_postcodes,
    merge_registers,
    own_table,
    postcode_source,
    read_postcodes,
    read_register,
    register_source,
    render_reference,
    shipped_areas,
    source,
    sources,
)
from bygd.countries.formats import reader_for, settings_for
from bygd.countries.own_columns import looked, own_columns, own_source
from bygd.countries.pack import Country, UnknownCountry, available, load

__all__ = [
    "Country",
    "UnknownCountry",
    "available",
    "check",
    "load",
    "looked",
    "merge_postcodes",
    "merge_registers",
    "own_columns",
    "own_source",
    "own_table",
    "postcode_source",
    "read_postcodes",
    "read_register",
    "reader_for",
    "register_source",
    "render_reference",
    "settings_for",
    "shipped_areas",
    "source",
    "sources",
]
