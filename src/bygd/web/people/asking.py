"""Forms about other people: whom to invite, and what somebody shall be."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bygd.reports import Translator
from bygd.web.people.membership import PLAIN, Pair
from bygd.web.people.words import Role


class Roles(forms.Form):
    """Roles and anchors to tick, of those that the asker may give; what stays out of their hands is not shown."""

    roles = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    anchors = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    new_anchor = forms.CharField(max_length=200, required=False)

    def __init__(
        self,
        *args: Any,
        translate: Translator,
        anchors: Sequence[str],
        manages: bool,
        known: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.translate, self.known = translate, {one.casefold() for one in known}
        self.fields["roles"].label = translate("Roles")
        self.fields["roles"].choices = [(role.value, translate.word(role)) for role in PLAIN]  # type: ignore[attr-defined]
        self.fields["anchors"].label = translate("Member of")
        self.fields["anchors"].choices = [(one, one) for one in anchors]  # type: ignore[attr-defined]
        self.fields["new_anchor"].label = translate("Member of an institution that has no ledger here yet")
        self.fields["new_anchor"].help_text = translate("Its name, as it shall stand everywhere.")
        if not manages:
            del self.fields["roles"], self.fields["new_anchor"]
        if not anchors:
            del self.fields["anchors"]

    def clean_new_anchor(self) -> str:
        """A name that is new."""
        name = " ".join(self.cleaned_data["new_anchor"].split())
        if name.casefold() in self.known:
            raise ValidationError(self.translate("{name} is here already. Its own members let others in.", name=name))
        return name

    def clean(self) -> dict[str, Any]:
        """Something is chosen."""
        asked = super().clean() or {}
        if not self.errors and not self.chosen():
            raise ValidationError(self.translate("Choose at least one role or institution."))
        return asked

    def chosen(self) -> list[Pair]:
        """What was ticked, as pairs of role and anchor."""
        asked = self.cleaned_data
        anchors: Iterable[str] = [*asked.get("anchors", []), asked.get("new_anchor", "")]
        return [
            *((Role(role), "") for role in asked.get("roles", [])),
            *((Role.ANCHOR_MEMBER, one) for one in dict.fromkeys(anchors) if one),
        ]


class Invitation(Roles):
    """Whom to invite, as what."""

    email = forms.EmailField()

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, translate=translate, **kwargs)
        self.fields["email"].label = translate("E-mail address")
        self.order_fields(["email", "roles", "anchors", "new_anchor"])
