"""Registers and lists are called by their titles, in the person's language where the title is no proper name."""

from bygd.countries import sources
from bygd.reports import Translator
from bygd.web.work.titles import OWN, title


def test_ones_own_registers_and_lists_have_a_title_in_every_language() -> None:
    own = {one.id: one.title for one in sources() if one.id.startswith("world/own_")}
    assert sorted(own.values()) == sorted(OWN)
    assert title("world/own_register", Translator("sv", "bygd.web")) == "Ett eget register"
    assert title("world/own_register", Translator("en", "bygd.web")) == "A register of your own"


def test_a_source_that_is_gone_is_called_by_its_name() -> None:
    assert title("xx/gone", Translator("nl", "bygd.web")) == "xx/gone"
