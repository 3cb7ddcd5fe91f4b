"""Too long: a text that is longer than can be taken is refused with all of it kept, not cut by the browser."""

from django import forms

from bygd.reports.translate import N_, Translator

TOO_LONG = N_("That is {number} letters, and {most} are taken at most. Shorten it, or send the rest by itself.")


def say(field: forms.Field, translate: Translator) -> None:
    """Let a field of text say how much too long something is; one of several lines takes all that is pasted first."""
    if isinstance(field, forms.CharField):
        field.error_messages["max_length"] = translate(TOO_LONG, number="%(show_value)s", most="%(limit_value)s")
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs.pop("maxlength", None)
