"""Country: a folder of facts, read lazily, with its parent behind it."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bygd import parameters
from bygd.parameters.strict import Safe
from bygd.sources.conventions import Area, Conventions, Layout, PersonalNumber, Scheme

FOLDER = Path(__file__).parent
AREA = ("code", "level", "name", "parent")


class UnknownCountry(LookupError):
    """No country pack has that code; the message lists those there are."""


@dataclass(frozen=True)
class Country:
    """One country pack. `parent` is the pack it extends; look-ups fall through to it."""

    code: str
    name: str
    folder: Path
    settings: dict[str, Any]
    parent: "Country | None"

    def lineage(self) -> tuple["Country", ...]:
        """This pack and those behind it, nearest first."""
        return (self, *(self.parent.lineage() if self.parent else ()))

    def file(self, name: str) -> Path | None:
        """The nearest pack's file of that name, or None."""
        return next(
            (pack.folder / name for pack in self.lineage() if (pack.folder / name).exists()),
            None,
        )

    def yaml(self, name: str) -> tuple[tuple["Country", Any], ...]:
        """The content of that YAML file in each pack of the lineage that has it, nearest first."""
        return tuple((pack, read_yaml(pack.folder / name)) for pack in self.lineage() if (pack.folder / name).exists())

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of the nearest pack's CSV file of that name; empty where there is none."""
        path = self.file(name)
        if path is None:
            return []
        with path.open(encoding="utf-8", newline="") as opened:
            return list(csv.DictReader(opened))

    def rule(self, topic: str) -> dict[str, parameters.Parameter]:
        """The dated values of a topic by key, each from the nearest pack that names it; empty where none is known.

        A pack that says a topic's rules are its own takes none of them from the packs behind it.
        """
        asked = []
        for pack in self.lineage():
            asked.append(pack.folder)
            if topic in pack.settings.get("own_rules", ()):
                break
        return parameters.load(asked, topic)

    def law_of_part(self, part: str) -> "Country":
        """The pack whose law holds in the part of that name; this one where that part has none of its own."""
        return load(self.setting("law_of_parts", {}).get(part, self.code))

    def law_of_area(self, code: str) -> "Country":
        """The pack whose law holds in the area of that official code; this one where its part has none of its own."""
        parts: dict[str, str] = self.setting("law_of_areas", {})
        return load(next((pack for begins, pack in parts.items() if code.startswith(begins)), self.code))

    def setting(self, name: str, default: Any = None) -> Any:
        """A value of `country.yaml`, from the nearest pack that gives it."""
        return next(
            (pack.settings[name] for pack in self.lineage() if name in pack.settings),
            default,
        )

    @property
    def currency(self) -> str:
        """ISO 4217 code."""
        return str(self.setting("currency", "EUR"))

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the country among those bygd speaks, the first one preferred."""
        return tuple(self.setting("languages", ["en"]))

    def names(self) -> tuple[str, ...]:
        """What the country is called in its pack, and how ledgers name parts of it or all of it."""
        return (self.name, *self.settings.get("also_named", []))

    def conventions(self) -> Conventions:
        """What readers of files must be told about this country; put together once."""
        return _conventions(self.code)

    def _conventions(self) -> Conventions:
        """What readers of files must be told about this country."""
        headers: dict[str, tuple[str, ...]] = {}
        layouts: list[Layout] = []
        totals: tuple[str, ...] = ()
        months: dict[str, int] = {}
        vat: dict[str, tuple[str, ...]] = {}
        signs: dict[str, str] = {}
        for pack, ledger in self.yaml("ledger.yaml"):
            totals += tuple(ledger.get("totals") or ())
            months = {**(ledger.get("months") or {}), **months}
            signs = {**(ledger.get("currency_signs") or {}), **signs}
            for kind, words in (ledger.get("vat") or {}).items():
                vat[kind] = vat.get(kind, ()) + tuple(words)
            for field, names in (ledger.get("headers") or {}).items():
                headers[field] = headers.get(field, ()) + tuple(names)
            for key, layout in (ledger.get("layouts") or {}).items():
                layouts.append(
                    Layout(
                        f"{pack.code}/{key}",
                        layout["columns"],
                        tuple(layout["required"]),
                        layout["source"],
                    )
                )
        names = self.yaml("names.yaml")
        forms: dict[str, tuple[str, ...]] = {}
        for _, content in names:
            for form, words in (content.get("legal_forms") or {}).items():
                forms[form] = forms.get(form, ()) + tuple(words)

        trades: dict[str, tuple[str, ...]] = {}
        trade_words: dict[str, tuple[str, ...]] = {}
        silent: tuple[str, ...] = ()
        for _, content in self.yaml("trades.yaml"):
            for part in ("sold_by", "also_sold_by"):
                for key, divisions in content.get(part, {}).get("divisions", {}).items():
                    trades[key] = trades.get(key, ()) + tuple(divisions)
            trade_words = {**{w: tuple(keys) for w, keys in content["words"]["bought"].items()}, **trade_words}
            silent += tuple(content.get("silent_industries", {}).get("codes", ()))

        def listed(key: str) -> tuple[str, ...]:
            return tuple(word for _, content in names for word in content.get(key, ()))

        return Conventions(
            country=self.code,
            country_name=self.name,
            languages=self.languages,
            also_named={name: pack.code for pack in map(load, available()) for name in pack.names()},
            areas=tuple(Area(**{field: row[field] for field in AREA}) for row in self.table("areas.csv")),
            area_codes={
                name: codes for _, content in self.yaml("areas.yaml") for name, codes in content["codes"].items()
            },
            currency=self.currency,
            date_order=self.setting("date_order", "dmy"),
            decimal_mark=self.setting("decimal_mark", ","),
            schemes=tuple(
                Scheme(**{**scheme, "strip": tuple(scheme.get("strip", ()))}) for scheme in self.setting("schemes", [])
            ),
            personal_numbers=tuple(PersonalNumber(**number) for number in self.setting("personal_numbers", [])),
            personal_forms=tuple(str(form) for form in self.setting("personal_forms", [])),
            redacted_names=tuple(self.setting("redacted_names", [])),
            person_label=self.setting("person_label", "Sole trader"),
            postcode_pattern=self.setting("postcode_pattern", ""),
            postcode_area=self.setting("postcode_area", ""),
            postcode_tail=int(self.setting("postcode_tail", 0)),
            headers=headers,
            layouts=tuple(layouts),
            total_words=totals,
            months=months,
            vat_words=vat,
            currency_signs=signs,
            legal_form_words=forms,
            stop_words=listed("stop_words"),
            leading_forms=listed("leading_forms"),
            trading_as=listed("trading_as"),
            care_of=listed("care_of"),
            abbreviations={
                short: full
                for _, content in reversed(names)
                for short, full in content.get("abbreviations", {}).items()
            },
            small_words=listed("small_words"),
            renamed={old: new for _, content in reversed(names) for old, new in content.get("renamed", {}).items()},
            satellite_words=listed("satellite_words"),
            public_words=listed("public_words"),
            given_names=listed("given_names"),
            person_titles=listed("person_titles"),
            name_particles=listed("name_particles"),
            trades=trades,
            trade_words=trade_words,
            silent_industries=silent,
            industry_digits=int(self.setting("industry_digits", 0)),
        )


@cache
def read_yaml(path: Path) -> Any:
    """The content of a YAML file of a pack, read once; never change what it gives."""
    with path.open("rb") as opened:
        return yaml.load(opened, Safe)  # noqa: S506 - a safe loader


def available() -> tuple[str, ...]:
    """Codes of the packs that are countries, in order; shared packs, parts of one and folders named with _ are not."""
    return tuple(
        code for code in sorted(_folders()) if not code.startswith("_") and not _is_behind(load(code).settings)
    )


@cache
def load(code: str) -> Country:
    """The pack of that code. Raises UnknownCountry."""
    folder = FOLDER / code
    if not (folder / "country.yaml").exists():
        raise UnknownCountry(f"There is no country pack '{code}'. Known: {', '.join(sorted(_folders()))}.")
    settings = read_yaml(folder / "country.yaml")
    parent = load(settings["extends"]) if settings.get("extends") else None
    return Country(code, settings["name"], folder, settings, parent)


def _is_behind(settings: dict[str, Any]) -> bool:
    return bool(settings.get("shared") or settings.get("part_of"))


def _folders() -> list[str]:
    return [path.parent.name for path in FOLDER.glob("*/country.yaml")]


@cache
def _conventions(code: str) -> Conventions:
    return load(code)._conventions()
