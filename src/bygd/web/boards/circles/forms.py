"""Forms of study circles: beginning one, its course, what participants give, what it concludes."""

from typing import Any

from django import forms

from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.vocabulary.planning import CardStanding
from bygd.vocabulary.words import Pillar
from bygd.web.boards import outside
from bygd.web.boards.circles.models import NAME, TEXT, TITLE
from bygd.web.boards.circles.words import Partner
from bygd.web.procurements.forums.forms import Translated
from bygd.workbench.project import Project


def day(label: str, **more: Any) -> forms.DateField:
    """A field for a day."""
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **more
    )


def area(rows: int = 4) -> forms.Textarea:
    """A field of several lines."""
    return forms.Textarea({"rows": rows})


class Spoken(Translated):
    """A form whose texts are kept without unseen signs and personal identity numbers."""

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project

    def clean(self) -> dict[str, Any]:
        """Texts as they are kept."""
        given = super().clean() or {}
        for name, field in self.fields.items():
            if isinstance(given.get(name), str) and type(field) is forms.CharField:
                try:
                    given[name] = outside.clean(
                        given[name], self.project, lines=isinstance(field.widget, forms.Textarea)
                    )
                except InputError as error:
                    self.add_error(name, self.translate.said(error))
        return given


class Public(Spoken):
    """What somebody sends by the address of a circle or meeting. `website` is a trap for programs."""

    given_by = forms.CharField(
        label=N_("Name to be shown"),
        help_text=N_("Only if you wish. A first name is enough."),
        max_length=NAME,
        required=False,
    )
    website = forms.CharField(label=N_("Leave this empty"), required=False, max_length=500)
    token = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}
        self.fields["given_by"].widget.attrs |= {"autocomplete": "off"}


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
