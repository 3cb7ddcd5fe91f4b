"""Forms of issue forums: a proposal from outside, the forum itself, what a reader decides, an answer."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings

from bygd.reports import Translator
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.tools.procurement import cpv
from bygd.vocabulary.words import Word
from bygd.web import too_long
from bygd.web.procurements.forums.models import MOST_LETTERS, NAME, Matter
from bygd.web.procurements.forums.words import Concern, Outcome, Reason, Sender
from bygd.workbench import asking

FEWEST_LETTERS = 10
MOST_LINKS = 2
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
NEW = "new"


class Translated(forms.Form):
    """A form whose labels are said by the request's translator."""

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.translate = translate
        for field in self.fields.values():
            too_long.say(field, translate)
            field.label = translate(str(field.label))
            field.help_text = translate(str(field.help_text)) if field.help_text else ""

    def offer(self, name: str, words: type[Word], *first: tuple[str, str]) -> None:
        """Let a field choose among words."""
        listed = [*first, *((word.value, self.translate.word(word)) for word in words)]
        self.fields[name].choices = listed  # type: ignore[attr-defined]


class Propose(Translated):
    """A proposal. `website` is a trap: people do not see it, and programs fill it in."""

    text = forms.CharField(
        label=N_("What should be asked of this purchase, and why?"),
        help_text=N_("In your own words, 3,000 letters at most. Name no persons and tell nothing private."),
        min_length=FEWEST_LETTERS,
        max_length=MOST_LETTERS,
        widget=forms.Textarea({"rows": 8}),
    )
    concern = forms.ChoiceField(label=N_("What is it about?"), widget=forms.RadioSelect)
    sender_kind = forms.ChoiceField(label=N_("As whom do you write?"), widget=forms.RadioSelect)
    sender = forms.CharField(
        label=N_("Name to be shown"),
        help_text=N_("Of you or your association or firm, if you wish it to stand beside your proposal."),
        max_length=NAME,
        required=False,
    )
    email = forms.EmailField(
        label=N_("E-mail address"),
        help_text=N_("Only for telling you when the answer is there. It is shown to nobody and erased then."),
        required=False,
        max_length=254,
    )
    website = forms.CharField(label=N_("Leave this empty"), required=False, max_length=500)
    token = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("concern", Concern)
        self.offer("sender_kind", Sender)
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}
        if not settings.MAILS:
            del self.fields["email"]

    def clean_text(self) -> str:
        """Text without signs that nobody sees, and not a list of links."""
        text = "".join(sign for sign in self.cleaned_data["text"] if sign.isprintable() or sign in "\n\t")
        if len(LINK.findall(text)) > MOST_LINKS:
            raise forms.ValidationError(self.translate("Give two links at most."))
        return text.strip()

    def clean_sender(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["sender"].split())


class Draft(Translated):
    """What a forum is about."""

    title = forms.CharField(
        label=N_("The coming purchase"),
        max_length=NAME,
        help_text=N_("In a few words, such as: School meals from 2028."),
    )
    about = forms.CharField(
        label=N_("What is to be bought, and what may still be decided?"),
        help_text=N_(
            "In plain words: for whom, for how long, what is given and what is open. Everybody can read this."
        ),
        max_length=6_000,
        widget=forms.Textarea({"rows": 8}),
    )
    buyer = forms.CharField(label=N_("Who buys?"), max_length=NAME)
    closes_on = forms.DateField(
        label=N_("Last day for proposals"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    answers_by = forms.DateField(
        label=N_("Answers will be given by"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    contact = forms.CharField(
        label=N_("Where to ask"),
        help_text=N_("An address or telephone number of the office, not of a person."),
        max_length=NAME,
        required=False,
    )
    cpv = forms.CharField(
        label=N_("CPV code"), help_text=N_("Eight digits. It tells which conditions may be asked."), required=False
    )
    value = forms.CharField(label=N_("Estimated value"), required=False, max_length=40)

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country = country

    def clean_cpv(self) -> str:
        """A code, or nothing."""
        given = str(self.cleaned_data["cpv"]).strip()
        try:
            if given:
                cpv.code(given, self.country)
        except InputError as error:
            raise forms.ValidationError(self.translate.said(error)) from None
        return given

    def clean_value(self) -> Decimal | None:
        """An amount, or nothing."""
        try:
            marks = asking.groups(self.translate.language, self.country)
            text = self.cleaned_data["value"]
            found = asking.money(text, self.country, groups=marks) if text else None
        except InputError as error:
            raise forms.ValidationError(self.translate.said(error)) from None
        if found is not None and found >= 10**15:
            raise forms.ValidationError(self.translate("That is more than any purchase costs."))
        return found

    def clean(self) -> dict[str, Any]:
        """Answers come after the last proposal."""
        given = super().clean() or {}
        last, answers = given.get("closes_on"), given.get("answers_by")
        if isinstance(last, date) and isinstance(answers, date) and answers < last:
            self.add_error("answers_by", self.translate("Answers cannot be given before the last day for proposals."))
        return given


class Judge(Translated):
    """What becomes of a proposal: shown within a matter, or not shown and why."""

    matter = forms.ChoiceField(label=N_("Gather it in"), required=False)
    title = forms.CharField(label=N_("Name of a new matter"), max_length=NAME, required=False)
    reason = forms.ChoiceField(label=N_("Why it is not shown"), required=False)
    what = forms.ChoiceField(choices=[("show", "show"), ("withhold", "withhold")])

    def __init__(self, *args: Any, matters: list[Matter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(one.pk), one.title) for one in matters]
        self.fields["matter"].choices = [(NEW, self.translate("A new matter")), *listed]  # type: ignore[attr-defined]
        self.offer("reason", Reason, ("", self.translate("Choose")))

    def clean(self) -> dict[str, Any]:
        """Shown ones have a matter, others a reason."""
        given = super().clean() or {}
        if given.get("what") == "show" and given.get("matter", NEW) in ("", NEW) and not given.get("title", "").strip():
            self.add_error("title", self.translate("Name the matter in a few words."))
        if given.get("what") == "withhold" and not given.get("reason"):
            self.add_error("reason", self.translate("Say why it is not shown."))
        return given


class Reply(Translated):
    """The buyer's answer to a matter."""

    outcome = forms.ChoiceField(label=N_("Answer"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=N_("Why"),
        help_text=N_("So that whoever proposed it understands it. Name the rule where one stands against it."),
        max_length=4_000,
        widget=forms.Textarea({"rows": 6}),
    )
    where = forms.CharField(
        label=N_("Where it stands in the tender documents"),
        help_text=N_("Section or number, so that it can be found."),
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("outcome", Outcome)
