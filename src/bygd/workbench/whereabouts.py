"""Whereabouts: what people type for where something is, understood as an area or a postcode, for both doors."""

import difflib
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bygd.countries import Country
from bygd.engine import DuckEngine
from bygd.engine.dialect import literal
from bygd.geography.postcodes import normal
from bygd.sources.errors import InputError
from bygd.sources.registers import country_names
from bygd.vocabulary.said import Said
from bygd.vocabulary.words import Ring

SIMILAR = 3
LEVELS = (Ring.MUNICIPALITY, Ring.NEIGHBOURHOOD, Ring.COUNTY)
"""Areas that share a name: a municipality is meant rather than a neighbourhood, and that rather than a county."""

AREAS = """
    SELECT a.area_id, a.level, a.name, p.name AS within FROM areas AS a LEFT JOIN areas AS p ON p.area_id = a.parent_id
    WHERE a.level IN ({levels}) ORDER BY a.name, a.area_id
"""


@dataclass(frozen=True)
class Where:
    """A place as decisions name it: an area or a postcode, and how people call it."""

    area_id: str | None
    postcode: str | None
    label: str


@dataclass(frozen=True)
class Places:
    """The areas of a snapshot by how people call them."""

    country: Country
    municipalities: Sequence[str]
    """Names to choose from; those that several have say the county as well."""
    by_id: Mapping[str, str]
    _by_name: Mapping[str, Sequence[str]]

    def understood(self, engine: DuckEngine, text: str) -> Where:
        """What was typed: a code or name of an area, a postcode of the files, or another country.

        Raises InputError where it is none of them, or several.
        """
        text = " ".join(text.split())
        if not text:
            raise InputError("Say a postcode, a municipality or another country.")
        if text in self.by_id:
            return Where(text, None, self.by_id[text])
        if postcode := self._postcode(engine, text):
            return Where(None, postcode, postcode)
        if found := self._by_name.get(folded(text)):
            if len(found) > 1:
                raise InputError(
                    "Several areas are called '{name}': {areas}. Say which, by its code or with comma and county.",
                    name=text,
                    areas=[f"{self.by_id[one]} ({one})" for one in found],
                )
            return Where(found[0], None, self.by_id[found[0]])
        abroad = country_names.codes([text], self.country.conventions()).get(text)
        if abroad and abroad != self.country.code:
            return Where(abroad, None, text)
        raise InputError(
            "Nothing is known of '{name}': it is no area or postcode of the files that were read, and no other "
            "country.{hint}",
            name=text,
            hint=self._hint(text),
        )

    def called(self, area_id: str | None, postcode: str | None) -> str:
        """How people call what a decision says; a country by its code in capitals where no file knows it."""
        return postcode or self.by_id.get(area_id or "", (area_id or "").upper())

    def _postcode(self, engine: DuckEngine, text: str) -> str | None:
        home = literal(self.country.code)
        plain = normal(literal(text), home)
        rows = engine.rows(f"SELECT postcode FROM postcodes WHERE country = {home} AND postcode = {plain}")
        return str(rows[0]["postcode"]) if rows else None

    def _hint(self, text: str) -> Said | str:
        near = difflib.get_close_matches(folded(text), self._by_name, n=SIMILAR)
        names = [self.by_id[self._by_name[one][0]] for one in near]
        return Said(" Did you mean {names}?", names=names) if names else ""


def places(engine: DuckEngine, country: Country) -> Places:
    """What the areas of a snapshot are called."""
    rows = engine.rows(AREAS.format(levels=", ".join(literal(level) for level in LEVELS)))
    shared = {name for name, times in Counter((row["level"], row["name"]) for row in rows).items() if times > 1}
    by_id: dict[str, str] = {}
    by_name: dict[str, Sequence[str]] = {}
    for level in LEVELS:
        here: dict[str, list[str]] = {}
        for row in rows:
            if row["level"] != level:
                continue
            full = f"{row['name']}, {row['within']}" if row["within"] else row["name"]
            by_id[row["area_id"]] = full if (level, row["name"]) in shared else row["name"]
            for name in {folded(row["name"]), folded(full)}:
                here.setdefault(name, []).append(row["area_id"])
        for name, ids in here.items():
            by_name.setdefault(name, ids)
    listed = [by_id[row["area_id"]] for row in rows if row["level"] == Ring.MUNICIPALITY]
    return Places(country, tuple(dict.fromkeys(listed)), by_id, by_name)


def folded(text: str) -> str:
    """A name for comparing: small letters without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
