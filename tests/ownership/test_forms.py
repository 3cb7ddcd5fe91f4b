"""Legal forms and number rules of every pack: complete, sourced, and refused where they are not."""

from dataclasses import replace
from pathlib import Path

import pytest

from bygd import countries, ownership
from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.words import OwnershipKind


def kinds(code: str) -> dict[str, str]:
    return {row["legal_form"]: row["kind"].value for row in ownership.legal_forms(countries.load(code))}


@pytest.mark.parametrize("code", countries.available())
def test_the_forms_of_every_pack_fit_the_table(code: str, engine: DuckEngine) -> None:
    rows = ownership.legal_forms(countries.load(code))
    engine.register(tables.legal_forms, rows)
    assert rows and all(row["label"] and row["source"] for row in rows)
    assert any(row["is_verified"] for row in rows)


@pytest.mark.parametrize(
    ("code", "form", "kind"),
    [
        ("se", "10", OwnershipKind.SOLE_TRADER),
        ("se", "49", OwnershipKind.PRIVATE),
        ("se", "51", OwnershipKind.DEMOCRATIC),
        ("se", "72", OwnershipKind.SOCIAL),
        ("se", "83", OwnershipKind.PUBLIC),
        ("se", "84", OwnershipKind.PUBLIC),
        ("se", "96", OwnershipKind.FOREIGN),
        ("se", "AB", OwnershipKind.PRIVATE),
        ("se", "EK", OwnershipKind.DEMOCRATIC),
        ("gb", "Private Limited Company", OwnershipKind.PRIVATE),
        ("gb", "Public Limited Company", OwnershipKind.PRIVATE),
        ("gb", "Community Interest Company", OwnershipKind.SOCIAL),
        ("gb", "Registered Society", OwnershipKind.DEMOCRATIC),
        ("gb", "PRI/LTD BY GUAR/NSC (Private, limited by guarantee, no share capital)", OwnershipKind.SOCIAL),
        ("nl", "Coöperatie", OwnershipKind.DEMOCRATIC),
        ("nl", "Stichting", OwnershipKind.SOCIAL),
        ("nl", "Publiekrechtelijke Rechtspersoon", OwnershipKind.PUBLIC),
    ],
)
def test_known_forms(code: str, form: str, kind: OwnershipKind) -> None:
    assert kinds(code)[form] == kind


def test_kommunalforbund_is_83_and_region_84() -> None:
    labels = {row["legal_form"]: row["label"] for row in ownership.legal_forms(countries.load("se"))}
    assert (labels["83"], labels["84"]) == ("Kommunalförbund", "Regioner")


def test_no_form_is_called_independent() -> None:
    for code in countries.available():
        assert "private_independent" not in kinds(code).values()


HEADER = "legal_form,label,kind,is_verified,source\n"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("X,x,wrong,true,s\n", "line 2: 'wrong' is no kind"),
        ("X,x,public,yes,s\n", "is_verified must be true or false"),
        ("X,x,public,true,\n", "the source is missing"),
        ("X,x,public,true,s\nx,x,public,true,s\n", "line 3: the legal form 'x' is empty or stands there twice"),
        ("X,x,public\n", "number of cells"),
        ("X,x,public,true,s,more\n", "number of cells"),
    ],
)
def test_a_faulty_line_is_refused(tmp_path: Path, lines: str, said: str) -> None:
    (tmp_path / "legal_forms.csv").write_text(HEADER + lines)
    country = replace(countries.load("nl"), folder=tmp_path)
    with pytest.raises(InputError, match="legal_forms") as refusal:
        ownership.legal_forms(country)
    assert said in str(refusal.value)


def test_a_number_pattern_may_hold_no_quotes(tmp_path: Path) -> None:
    (tmp_path / "number_kinds.csv").write_text("pattern,kind,is_verified,source\n'x,public,true,s\n")
    with pytest.raises(InputError, match="may hold digits"):
        ownership.number_kinds(replace(countries.load("nl"), folder=tmp_path))
