"""Forms of study circles: beginning one, its course, what participants give, what it concludes."""

from typing import Any

from django import forms

from bygd.reports.translate import N_
from bygd.vocabulary.planning import CardStanding
from bygd.vocabulary.words import Pillar
from bygd.web.boards.circles.models import NAME, TEXT, TITLE
from bygd.web.boards.circles.words import Partner
from bygd.web.boards.forms import Public, Spoken, area, day


class AnswerForm(Public):
    """An answer to one question."""

    field_order = ("text", "given_by")
    text = forms.CharField(label=N_("Our answer, or a note"), max_length=TEXT, widget=area(3))


class EffortForm(Public):
    """Something that is done, or could be."""

    field_order = ("pillar", "standing", "title", "text", "given_by")
    pillar = forms.ChoiceField(label=N_("Under which pillar?"))
    standing = forms.ChoiceField(label=N_("Is it done already, or could it be done?"), widget=forms.RadioSelect)
    title = forms.CharField(label=N_("What?"), help_text=N_("In a few words."), max_length=TITLE)
    text = forms.CharField(label=N_("More about it"), max_length=TEXT, required=False, widget=area(2))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("pillar", Pillar)
        listed = [
            (CardStanding.DONE.value, self.translate("It is done already")),
            (CardStanding.POSSIBLE.value, self.translate("It could be done")),
        ]
        self.fields["standing"].choices = listed  # type: ignore[attr-defined]


class TalkForm(Public):
    """Whom one has talked to."""

    field_order = ("partner", "about", "said", "next", "given_by")
    partner = forms.ChoiceField(label=N_("With whom did you talk?"), help_text=N_("Of what kind; not who it was."))
    about = forms.CharField(label=N_("About what?"), max_length=TITLE)
    said = forms.CharField(label=N_("What did they say of it?"), max_length=TEXT, widget=area(3))
    next = forms.CharField(label=N_("What follows from it?"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("partner", Partner)


class DeepenForm(Spoken):
    """Something that could be done, looked at closely: for whom, whose, and its first step."""

    title = forms.CharField(label=N_("What?"), max_length=TITLE)
    pillar = forms.ChoiceField(label=N_("Under which pillar?"))
    text = forms.CharField(label=N_("More about it"), max_length=TEXT, required=False, widget=area(4))
    for_whom = forms.CharField(label=N_("For whom?"), max_length=TITLE, required=False)
    owner = forms.CharField(label=N_("Who owns it?"), max_length=TITLE, required=False)
    first_step = forms.CharField(label=N_("First step"), max_length=500, required=False)
    first_step_by = forms.CharField(
        label=N_("Who takes it?"),
        help_text=N_("A name that was given by choice, or a group."),
        max_length=NAME,
        required=False,
    )
    first_step_on = day(N_("By when?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("pillar", Pillar)


class BeginForm(Spoken):
    """A new circle: from which course, in which language."""

    template = forms.ChoiceField(label=N_("Begin from"), widget=forms.RadioSelect)
    title = forms.CharField(label=N_("Name of the circle"), max_length=TITLE)
    language = forms.ChoiceField(label=N_("Language of the course"))
    where = forms.CharField(label=N_("Where it meets"), max_length=TITLE, required=False)

    def __init__(self, *args: Any, templates: list[tuple[str, str]], languages: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = templates  # type: ignore[attr-defined]
        self.fields["language"].choices = languages  # type: ignore[attr-defined]


class MeetingForm(Spoken):
    """One meeting of a course: when, its tasks, what to bring."""

    title = forms.CharField(label=N_("What the meeting is about"), max_length=TITLE)
    on = day(N_("Day"))
    before = forms.CharField(
        label=N_("Tasks before it"), help_text=N_("One on each line."), max_length=TEXT, required=False, widget=area(3)
    )
    bring = forms.CharField(
        label=N_("What to bring to the next"),
        help_text=N_("One on each line."),
        max_length=TEXT,
        required=False,
        widget=area(2),
    )
    efforts = forms.BooleanField(label=N_("Before it the list of efforts is filled in"), required=False)
    first_steps = forms.BooleanField(label=N_("In it efforts get their first steps"), required=False)


class PartForm(Spoken):
    """A part of a meeting. Without a heading it is left out."""

    title = forms.CharField(label=N_("Heading"), max_length=TITLE, required=False)
    minutes = forms.IntegerField(label=N_("Minutes"), min_value=0, max_value=600, required=False)
    script = forms.CharField(
        label=N_("What the facilitator says or does"), max_length=TEXT, required=False, widget=area(3)
    )
    question = forms.CharField(label=N_("Question whose answers are written down"), max_length=500, required=False)
    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class ConcludeForm(Spoken):
    """What the circle has come to."""

    conclusion = forms.CharField(
        label=N_("What the circle has come to"),
        help_text=N_("In your own words. Chosen answers and efforts stand below it by themselves."),
        max_length=6_000,
        widget=area(8),
    )
    members = forms.IntegerField(
        label=N_("How many took part"), help_text=N_("The number alone; no names."), min_value=1, max_value=500
    )
    handed_to = forms.CharField(label=N_("To whom it is handed over"), max_length=TITLE, required=False)
    concluded_on = day(N_("Day"))
