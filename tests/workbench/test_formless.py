"""A register without legal forms, or with forms that nobody knows, is told of with what to do."""

import pytest
from tests.lib.text_tables import fill

from bygd.engine import DuckEngine
from bygd.reports import Translator
from bygd.vocabulary import tables
from bygd.workbench import formless


@pytest.mark.parametrize(
    ("forms", "is_masked", "expected"),
    [
        ((None, None), False, "none of the 2 organisations"),
        (("Ltd.", None), False, "such as 'Ltd.'"),
        (("ltd", None), False, ""),
        ((" LTD ", "x"), False, ""),
        ((None, None), True, ""),
    ],
)
def test_registers_that_leave_ownership_unknown(
    engine: DuckEngine, forms: tuple[str | None, ...], is_masked: bool, expected: str
) -> None:
    organisations = [
        {**fill(tables.organisations, {}, n), "org_id": f"o{n}", "legal_form": form, "is_masked": is_masked,
         "source": "world/own_register"}
        for n, form in enumerate(forms)
    ]  # fmt: skip
    links = [
        {**fill(tables.links, {}, n), "supplier_key": f"s{n}", "org_id": f"o{n % 2}", "state": "linked"}
        for n in range(3)
    ]
    engine.register(tables.organisations, organisations)
    engine.register(tables.links, links)
    engine.register(tables.legal_forms, [{**fill(tables.legal_forms, {}, 0), "legal_form": "Ltd", "is_verified": True}])
    told = [str(said) for said in formless.warnings(engine)]
    assert len(told) == bool(expected) and expected in "".join(told)
    for language in ("sv", "nl"):
        assert all(Translator(language).said(said) != str(said) for said in formless.warnings(engine))
