"""Finding: the form in which somebody says whether a kind of purchase can be influenced, and what was said before."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django import forms

from bygd.reports import Translator
from bygd.vocabulary.words import Influence

ANSWERS = (Influence.YES, Influence.NO, Influence.UNSURE)


class Finding(forms.Form):
    """Whether a kind can be influenced, for whom that holds, and why."""

    def __init__(self, data: Any = None, *, translate: Translator, anchors: Sequence[str]) -> None:
        super().__init__(data, auto_id="finding-%s")
        _ = translate
        wrong = _("Choose one of the answers.")
        self.fields["influence"] = forms.ChoiceField(
            label=_("Can it be influenced?"),
            choices=[(one.value, _.word(one)) for one in ANSWERS],
            widget=forms.RadioSelect,
            error_messages={"required": wrong, "invalid_choice": wrong},
        )
        if anchors:
            self.fields["anchor"] = forms.ChoiceField(
                label=_("For whose purchases?"),
                choices=[("", _("All institutions")), *((one, one) for one in anchors)],
                required=False,
            )
        self.fields["reason"] = forms.CharField(
            label=_("Why?"),
            help_text=_("So that others understand it: a law, an agreement, a single maker, or what was tried."),
            max_length=500,
            widget=forms.Textarea({"rows": 3}),
            error_messages={"required": _("Say why. A finding without a reason helps nobody next year.")},
        )


def said_of(rows: Iterable[Mapping[str, Any]], anchors: Collection[str]) -> list[Mapping[str, Any]]:
    """Findings about all institutions and about those named, the latest last."""
    return sorted(
        (row for row in rows if not row["anchor"] or row["anchor"] in anchors), key=lambda row: row["decided_at"]
    )


def before(said: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What held before the latest finding, for the same institutions; nothing judged where there was none."""
    latest = said[-1]
    earlier = [row for row in said[:-1] if row["anchor"] == latest["anchor"]]
    if not earlier:
        return {"anchor": latest["anchor"], "influence": Influence.OPEN.value, "reason": None}
    return {name: earlier[-1][name] for name in ("anchor", "influence", "reason")}
