"""Forms of open meetings: the plan, an idea from outside, a vote, a lottery."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings

from bygd.reports.translate import N_
from bygd.web.boards.forms import NAME, Public, Spoken, area, day
from bygd.web.boards.meetings.models import MOST_CARDS, TEXT, TITLE, Group, Meeting
from bygd.web.boards.meetings.words import MeetingKind, VoteKind

PLAN = (
    *("kind", "title", "question", "about", "held_on", "starts_at", "room", "moderator", "coffee"),
    *("follow_up_on", "follow_up_hours", "notes", "vote", "dots", "cards", "reads_first"),
    *("language", "language_other", "title_other", "question_other"),
)


class PlanForm(Spoken):
    """What a meeting is, when and where, what it may cost, how is voted, in which languages."""

    kind = forms.ChoiceField(label=N_("What is it called here?"), widget=forms.RadioSelect)
    title = forms.CharField(label=N_("Title"), max_length=TITLE)
    question = forms.CharField(
        label=N_("The question to the room"),
        help_text=N_("One question that anybody can answer in a sentence. No topic is ruled out."),
        max_length=TITLE,
    )
    about = forms.CharField(
        label=N_("What people should know before"), max_length=3_000, required=False, widget=area(4)
    )
    held_on = day(N_("Day"))
    starts_at = forms.TimeField(
        label=N_("Begins at"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    room = forms.CharField(label=N_("Room"), max_length=TITLE, required=False)
    moderator = forms.CharField(
        label=N_("Moderator"),
        help_text=N_("Somebody who has done it before, and has no side."),
        max_length=NAME,
        required=False,
    )
    coffee = forms.DecimalField(
        label=N_("Budget for room, coffee and food"),
        min_value=Decimal(0),
        max_digits=10,
        decimal_places=2,
        required=False,
    )
    follow_up_on = day(N_("Day on which it is followed up"))
    follow_up_hours = forms.IntegerField(
        label=N_("Hours set aside for following up"),
        help_text=N_("Meetings that nobody follows up make the next one harder."),
        min_value=0,
        max_value=2_000,
        required=False,
    )
    notes = forms.CharField(
        label=N_("Notes for those who prepare it"), max_length=3_000, required=False, widget=area(3)
    )
    vote = forms.ChoiceField(label=N_("How does the room choose?"), widget=forms.RadioSelect)
    dots = forms.IntegerField(label=N_("Dots each"), min_value=1, max_value=20)
    cards = forms.IntegerField(
        label=N_("Voting cards"),
        help_text=N_("One for each person who comes. A card has one vote, by phone or on paper."),
        min_value=0,
        max_value=MOST_CARDS,
    )
    reads_first = forms.BooleanField(
        label=N_("Ideas from phones are read before they stand on the wall"), required=False
    )
    language = forms.ChoiceField(label=N_("Language"))
    language_other = forms.ChoiceField(label=N_("Second language, side by side on the wall"), required=False)
    title_other = forms.CharField(label=N_("Title in the second language"), max_length=TITLE, required=False)
    question_other = forms.CharField(label=N_("Question in the second language"), max_length=TITLE, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("kind", MeetingKind)
        self.offer("vote", VoteKind)
        listed = [(code, str(name)) for code, name in settings.LANGUAGES]
        self.fields["language"].choices = listed  # type: ignore[attr-defined]
        self.fields["language_other"].choices = [("", self.translate("None")), *listed]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The two languages differ."""
        given = super().clean()
        if given.get("language") and given.get("language") == given.get("language_other"):
            self.add_error("language_other", self.translate("Choose another than the first, or none."))
        return given


class IdeaForm(Public):
    """An idea by phone."""

    field_order = ("text", "given_by")
    text = forms.CharField(
        label=N_("Your idea"),
        help_text=N_("One idea at a time. Send as many as you like."),
        max_length=TEXT,
        widget=area(4),
    )


class VoteForm(Public):
    """The vote of a card: dots for each group, or a rank for each."""

    card = forms.CharField(label=N_("The code on your card"), max_length=12)

    def __init__(self, *args: Any, meeting: Meeting, groups: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["given_by"]
        self.meeting, self.groups = meeting, groups
        self.ranks = meeting.vote == VoteKind.RANKED
        most = len(groups) if self.ranks else meeting.dots
        for group in groups:
            self.fields[f"g-{group.key}"] = forms.IntegerField(
                label=f"{group.title} / {group.title_other}" if group.title_other else group.title,
                required=False,
                min_value=1 if self.ranks else 0,
                max_value=most,
                widget=forms.NumberInput({"inputmode": "numeric"}),
            )
        self.fields["card"].widget.attrs |= {"autocomplete": "off", "autocapitalize": "none"}

    def clean_card(self) -> str:
        """The code of a card that was printed."""
        code = "".join(self.cleaned_data["card"].split()).replace("-", "").casefold()
        if code not in self.meeting.codes():
            raise forms.ValidationError(
                self.translate("No card of this meeting has that code. Look at your card again.")
            )
        return code

    def clean(self) -> dict[str, Any]:
        """Not more dots than everybody has, no rank twice."""
        given = super().clean()
        numbers = {group.key: given[name] for group in self.groups if given.get(name := f"g-{group.key}")}
        if self.ranks:
            if len(set(numbers.values())) < len(numbers):
                self.add_error(None, self.translate("Two groups have the same place. Give each another, or none."))
            given["marks"] = sorted(numbers, key=lambda key: numbers[key])
        else:
            if sum(numbers.values()) > self.meeting.dots:
                said = self.translate.ngettext("You have {number} dot.", "You have {number} dots.", self.meeting.dots)
                self.add_error(None, said)
            given["marks"] = numbers
        return given


class PoolForm(Spoken):
    """The pool of a lottery and what is wanted of it."""

    size = forms.IntegerField(label=N_("Seats on the panel"), min_value=1, max_value=500)
    file = forms.FileField(
        label=N_("The pool (CSV or XLSX)"),
        help_text=N_("One row for each person: a column code, and a column for each thing that counts. No names."),
    )
    quotas = forms.CharField(
        label=N_("How many of each"),
        help_text=N_("One on each line, such as: sex=woman 9-11. Leave it empty to draw from all alike."),
        max_length=4_000,
        required=False,
        widget=area(8),
    )


class SeedForm(Spoken):
    """The seed of a draw, and where everybody saw it come from."""

    seed = forms.CharField(
        label=N_("Seed"),
        help_text=N_(
            "Something nobody could choose, seen by everybody: dice thrown in the room, or tonight's lottery numbers."
        ),
        max_length=200,
    )
    seed_from = forms.CharField(label=N_("How it came about"), max_length=TITLE)
