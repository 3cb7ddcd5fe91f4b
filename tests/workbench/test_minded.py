"""What to mind after a build is told in the language that was asked for."""

from dataclasses import replace
from pathlib import Path

import pytest

from bygd.reports import Translator
from bygd.vocabulary.said import Said
from bygd.workbench import control, project, snapshot

FORMS = (
    "None of the legal forms in {register}, such as '{form}', is known in this country, so ownership stays unknown "
    "unless an owner, a number or a finding tells it. Write them as the country's legal_forms.csv has them, or add "
    "them there."
)


@pytest.mark.parametrize(
    ("language", "begun"), [("en", "Mind: None of the legal forms"), ("sv", "Tänk på: "), ("nl", "Let op: ")]
)
def test_what_to_mind_is_told_in_the_language(built_sample: Path, language: str, begun: str) -> None:
    current = snapshot.current(project.read(built_sample))
    warned = replace(current, manifest={**current.manifest, "warnings": [Said(FORMS, register="r", form="Xx")]})
    translate = Translator(language)
    lines, is_clean = control.summary(warned, translate)
    minded = [line for line in lines if line.startswith(begun)]
    assert len(minded) == 1 and translate.said(warned.manifest["warnings"][0]) in minded[0] and not is_clean
    assert (FORMS.format(register="r", form="Xx") in minded[0]) == (language == "en")
