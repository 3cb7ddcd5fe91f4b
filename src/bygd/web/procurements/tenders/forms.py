"""Forms of preparing a tender: what it is about, the policy, the buyer's own criteria, price."""

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from bygd.reports import Translator
from bygd.reports.translate import LANGUAGES, N_
from bygd.sources.errors import InputError
from bygd.tools.social_value import Edition, Points
from bygd.tools.tenders import MODELS, Asked, PriceModel
from bygd.web.procurements import institutions
from bygd.web.procurements.tenders.fields import Amount, Cpv, Percent, plain
from bygd.web.procurements.tenders.models import Tender
from bygd.workbench import asking, policies
from bygd.workbench import tenders as work
from bygd.workbench.project import Project

CODE = re.compile(r"[\w.\-]{1,20}")
NEEDED = N_("Fill this in.")
NAMES = {"sv": "svenska", "nl": "Nederlands", "en": "English"}
"""Languages by their own names."""


class About(forms.Form):
    """What is bought, by whom, and what it may cost."""

    def __init__(
        self, *args: Any, translate: Translator, project: Project, anchors: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _, needed = translate, {"required": translate(NEEDED)}
        self.translate = _
        self.fields["title"] = forms.CharField(max_length=200, label=_("What is bought"), error_messages=needed)
        self.fields["number"] = forms.CharField(
            max_length=60,
            label=_("Number of the tender"),
            help_text=_("Your own, such as KS 2026/117."),
            error_messages=needed,
        )
        self.fields["anchor"] = institutions.field(
            project, anchors, _, empty=_("Choose"), label=_("Institution"), error_messages=needed
        )
        self.fields["cpv"] = Cpv(_, project.country.code)
        marks = asking.groups(_.language, project.country.code)
        currency = str(self.data.get("currency") or project.country.currency).strip().upper()
        self.fields["value"] = Amount(
            _,
            marks,
            currency,
            label=_("Estimated value without VAT"),
            help_text=_("Of the whole time, options and extensions included. Where there are lots, of this lot alone."),
            error_messages=needed,
        )
        self.fields["currency"] = forms.RegexField(
            r"^[A-Za-z]{3}$",
            label=_("Currency"),
            error_messages={**needed, "invalid": _("Write three letters, such as EUR.")},
        )

    def clean_currency(self) -> str:
        """Capitals."""
        return str(self.cleaned_data["currency"]).upper()

    def clean_value(self) -> Decimal:
        """Above nought."""
        value: Decimal = self.cleaned_data["value"]
        if not value:
            raise ValidationError(self.translate("Write an amount above nought."))
        return value


class Measures(forms.Form):
    """Which measures of a policy, what they weigh, and its first questions."""

    def __init__(self, *args: Any, translate: Translator, edition: Edition, tender: Tender, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _, self.edition = translate, edition
        own = Translator(translate.language, policies.PACKAGE)
        chosen, language = tender.choice, translate.language
        self.fields["measures"] = forms.MultipleChoiceField(
            choices=[
                (code, f"{policies.number_of(code)} {one.text_in(language)}".strip())
                for code, one in edition.measures.items()
            ],
            widget=forms.CheckboxSelectMultiple,
            label=_("Measures"),
            initial=tender.measures,
            error_messages={"required": _("Choose at least one measure.")},
        )
        self.fields["weight"] = Percent(
            _,
            label=_("Weight of social value in the whole score, in per cent"),
            help_text=_("0 where it is a condition of the contract only."),
            initial=Decimal(chosen["weight"]) if chosen.get("weight") else None,
            error_messages={"required": _(NEEDED)},
        )
        spread = edition.limits.spread
        if spread is None or spread.value != "even":
            self.fields["split"] = forms.CharField(
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                label=_("Weight of each measure, in per cent"),
                help_text=_("One a line, such as: 1.1 = 5"),
                initial="\n".join(
                    f"{code} = {plain(Decimal(part) * 100)}" for code, part in chosen.get("split", {}).items()
                ),
            )
        if edition.points is None and edition.levels is not None:
            self.fields["points"] = forms.ChoiceField(
                choices=[("", _("Choose")), *((word.value, own.word(word)) for word in Points)],
                required=False,
                label=_("How a level becomes points, which the policy does not say"),
                initial=tender.points,
            )
        for one in edition.ask_first:
            self.fields[f"ask_{one.code}"] = forms.ChoiceField(
                choices=[("", _("not answered")), ("yes", _("yes")), ("no", _("no"))],
                required=False,
                label=one.text.get(language) or one.text.get("en") or next(iter(one.text.values())),
                initial=chosen.get("answers", {}).get(one.code, ""),
            )
        self.fields["decided"] = forms.CharField(
            required=False,
            max_length=300,
            label=_("Who decided otherwise, and why"),
            help_text=_("Only where a limit of the policy is not kept and the policy lets somebody decide so."),
            initial=chosen.get("decided", ""),
        )
        self.translate = _

    def questions(self) -> list[forms.BoundField]:
        """The policy's first questions."""
        return [self[name] for name in self.fields if name.startswith("ask_")]

    def clean_split(self) -> dict[str, Decimal]:
        """Weights by measure, as shares."""
        found: dict[str, Decimal] = {}
        for line in str(self.cleaned_data["split"]).splitlines():
            code, _equals, text = line.partition("=")
            if line.strip():
                found[code.strip()] = Percent(self.translate).clean(text) or Decimal(0)
        return found

    def answers(self) -> dict[str, bool]:
        """The first questions that were answered."""
        given = {one.code: self.cleaned_data.get(f"ask_{one.code}", "") for one in self.edition.ask_first}
        return {code: text == "yes" for code, text in given.items() if text}


class Own(forms.Form):
    """A criterion or question of the buyer's own."""

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ = self.translate = translate
        self.fields["code"] = forms.RegexField(
            CODE,
            label=_("Code"),
            help_text=_("Short, such as Q1."),
            error_messages={"required": _(NEEDED), "invalid": _("Use letters, digits, points and dashes.")},
        )
        for language in LANGUAGES:
            self.fields[f"text_{language}"] = forms.CharField(
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
                label=_("Question ({language})", language=NAMES[language]),
            )
        self.fields["weight"] = Percent(
            _,
            label=_("Weight in the whole score, in per cent"),
            help_text=_("0 where it is asked but not scored."),
            error_messages={"required": _(NEEDED)},
        )
        self.fields["asked"] = forms.ChoiceField(
            choices=[(word.value, _.word(word)) for word in Asked], label=_("What is to be answered")
        )
        self.fields["unit"] = forms.CharField(required=False, max_length=40, label=_("Unit of the number"))

    def clean(self) -> dict[str, Any]:
        """A text in one language at least."""
        said = super().clean() or {}
        if not any(said.get(f"text_{language}", "").strip() for language in LANGUAGES):
            self.add_error("text_en", self.translate("Write the question in one language at least."))
        return said

    def entry(self) -> dict[str, Any]:
        """As the tender stores it."""
        said = self.cleaned_data
        texts = {one: " ".join(said[f"text_{one}"].split()) for one in LANGUAGES if said[f"text_{one}"].strip()}
        return {
            "code": said["code"],
            "text": texts,
            "weight": str(said["weight"]),
            "asked": said["asked"],
            "unit": said["unit"],
        }


class Price(forms.Form):
    """How price and quality are weighed, what is priced, and until when bids come."""

    def __init__(self, *args: Any, translate: Translator, tender: Tender, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ = self.translate = translate
        needed = {"required": _(NEEDED)}
        self.fields["model"] = forms.ChoiceField(
            choices=[(word.value, _.word(word)) for word in PriceModel],
            widget=forms.RadioSelect,
            label=_("How price and quality are weighed"),
            initial=tender.model or None,
            error_messages=needed,
        )
        self.fields["price_weight"] = Percent(
            _,
            required=False,
            label=_("Weight of price, in per cent"),
            help_text=_("Only for the models that give points for the price, the first four."),
            initial=tender.price_weight or None,
        )
        amounts = {
            "none_at": (_("Price that gives no points"), tender.none_at),
            "full_at": (_("Price that gives all points"), tender.full_at or None),
            "quality_value": (_("What the best quality is worth"), tender.quality_value),
            "fixed_price": (_("The fixed price"), tender.fixed_price),
        }
        self.marks = asking.groups(_.language, tender.place.project.country.code)
        for name, (label, value) in amounts.items():
            self.fields[name] = Amount(_, self.marks, tender.currency, required=False, label=label, initial=value)
        self.fields["highest"] = forms.IntegerField(
            min_value=1, max_value=100, label=_("Highest score of own criteria"), initial=tender.highest
        )
        self.fields["lines"] = forms.CharField(
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            label=_("What is priced"),
            help_text=_("One a line: code = what; quantity; unit. Such as: P1 = Meals; 12000; pcs"),
            initial="\n".join(
                f"{one['code']} = {next(iter(one['text'].values()))}; {one['quantity']}; {one['unit']}"
                for one in tender.lines
            ),
        )
        closes = timezone.localtime(tender.closes_at) if tender.closes_at else None
        self.fields["closes_at"] = forms.DateTimeField(
            label=_("Bids come until"),
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
            initial=closes,
            error_messages={**needed, "invalid": _("Choose a day and a time.")},
        )
        self.fields["questions_until"] = forms.DateTimeField(
            required=False,
            label=_("Bidders may ask until"),
            help_text=_("All see question and answer, nobody who asked. Leave time to answer. Empty: not asked here."),
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
            initial=timezone.localtime(tender.questions_until) if tender.questions_until else None,
            error_messages={"invalid": _("Choose a day and a time.")},
        )
        self.fields["negotiates"] = forms.BooleanField(
            required=False,
            label=_("Bidders may be asked for revised bids, as the procedure that was announced allows"),
            initial=tender.negotiates,
        )

    def clean_lines(self) -> list[dict[str, Any]]:
        """Lines of the price sheet as the tender stores them."""
        found = []
        for text in str(self.cleaned_data["lines"]).splitlines():
            if text.strip():
                try:
                    one = work.item(text, self.marks)
                except InputError as error:
                    raise ValidationError(self.translate.said(error)) from error
                found.append(
                    {"code": one.code, "text": dict(one.text), "quantity": plain(one.quantity), "unit": one.unit}
                )
        return found

    def clean_closes_at(self) -> datetime:
        """A time to come."""
        closes: datetime = self.cleaned_data["closes_at"]
        if closes <= timezone.now():
            raise ValidationError(self.translate("Choose a time to come."))
        return closes

    def clean(self) -> dict[str, Any]:
        """What the model needs, and prices unless the price is fixed; questions before bids close."""
        said = super().clean() or {}
        asks, closes = said.get("questions_until"), said.get("closes_at")
        if asks and closes and not timezone.now() < asks < closes:
            self.add_error("questions_until", self.translate("Choose a time to come, before bids close."))
        if not said.get("model"):
            return said
        about = MODELS[PriceModel(said["model"])]
        for name in about.needs:
            if not said.get(name) and name not in self.errors:
                self.add_error(name, self.translate("This model needs it."))
        if about.weighs and said.get("price_weight") is None and "price_weight" not in self.errors:
            self.add_error("price_weight", self.translate("This model needs it."))
        if not said.get("lines") and said["model"] != PriceModel.FIXED_PRICE and "lines" not in self.errors:
            self.add_error("lines", self.translate("Say what is to be priced."))
        return said
