"""Every text of the web is there in Swedish and Dutch, with its placeholders; none is left over."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

import bygd.web
from bygd.reports.translate import LANGUAGES, catalogue
from bygd.tools.assets import seen as asset_words
from bygd.tools.cases import DeadlineState, Stuck
from bygd.tools.contracts import words as contract_words
from bygd.tools.procurement.standstill import Way
from bygd.vocabulary import contract_words as bought_words
from bygd.vocabulary import mapping, planning, words
from bygd.vocabulary.words import Word
from bygd.web.people import words as people_words
from bygd.web.procurements.tenders import words as tender_words
from bygd.web.work import words as work_words

FOLDER = Path(bygd.web.__file__).parent
KEYWORDS = {"_": None, "N_": None, "translate": None, "ngettext": (1, 2), "record": (2,)}
TRANSLATED = [language for language in LANGUAGES if language != "en"]
METHODS = {".py": "python", ".html": "jinja2", ".txt": "jinja2"}
WORDS: tuple[type[Word], ...] = (
    *(people_words.Role, people_words.Right, people_words.Scope),
    *(words.Judgement, words.AuditJudgement, words.GroupBasis, words.OwnerKind, words.OwnershipKind, words.Site),
    *(bought_words.ContractProcedure, bought_words.Reservation, bought_words.ContractStage),
    *(words.Pillar, planning.CardStanding, planning.CardState),
    *(planning.PlanPart, planning.PlanState, planning.ActivityStanding),
    *(contract_words.Standing, contract_words.WhyUnsure),
    *(tender_words.Duty, tender_words.State, Way),
    *(mapping.AssetLayer, mapping.OrganisationSort, mapping.RelationKind, mapping.CaseEvent, mapping.CaseResult),
    *(mapping.Answer, DeadlineState, Stuck),
    asset_words.Freshness,
    *(work_words.JobKind, work_words.JobState, work_words.ImportKind, work_words.ImportState),
)
PLURAL = re.compile(r'\.ngettext\(\s*"([^"]+)",\s*"([^"]+)"')

Message = str | tuple[str, ...]


def messages() -> dict[Message, str]:
    """What the web says → a file that says it."""
    found: dict[Message, str] = {word.label: "a word" for kind in WORDS for word in kind}
    for path in sorted(FOLDER.rglob("*")):
        if path.suffix not in METHODS or "migrations" in path.parts:
            continue
        if METHODS[path.suffix] == "jinja2":  # whose extractor passes over what is asked of an attribute
            for one, many in PLURAL.findall(path.read_text(encoding="utf-8")):
                found[(one, many)] = str(path.relative_to(FOLDER))
        for _line, message, _comments, _context in extract_from_file(METHODS[path.suffix], path, keywords=KEYWORDS):
            key = tuple(part for part in message if part) if isinstance(message, tuple) else message
            found[key] = str(path.relative_to(FOLDER))
    return found


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_and_no_translation_is_left_over(language: str) -> None:
    own = {message.id: message for message in catalogue(language, bygd.web.__name__) or () if message.id}
    lent = {message.id for message in catalogue(language) or () if message.id}
    said = messages()
    assert len(said) > 20
    missing = {message: where for message, where in said.items() if message not in own and message not in lent}
    assert missing == {}, "messages without a translation"
    assert own.keys() - said.keys() == set(), "translations that nothing says any more"
    for message in own.values():
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(strings) and not message.fuzzy, f"empty or unsure: {message.id}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_have_the_placeholders_of_their_message(language: str) -> None:
    for message in catalogue(language, bygd.web.__name__) or ():
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in strings if message.id else ():
            assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", ids[-1])), message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_message_is_translated_in_two_files(language: str) -> None:
    """Two catalogues with one message would drift apart."""
    seen: dict[str, str] = {}
    for path in sorted((FOLDER / "locale" / language).glob("*.po")):
        for found in re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE):
            assert found not in seen, f"{found} stands in {seen[found]} and {path.name}"
            seen[found] = path.name
