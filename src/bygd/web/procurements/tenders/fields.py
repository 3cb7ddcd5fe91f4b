"""Fields of forms: amounts, percentages and scores as people type them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bygd.reports import Translator
from bygd.reports.tenders.reading import number
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.tools.procurement import cpv, cpv_names
from bygd.workbench import asking

NO_AMOUNT = N_("Write an amount of nought or more, such as 1 250 000 or 12,50.")
NO_PERCENT = N_("Write a percentage from 0 to 100, such as 20 or 12,5.")
LARGEST = Decimal(10**15)


class Amount(forms.CharField):
    """An amount of nought or more with two decimals at most; `marks` part thousands, see `asking.groups`.

    With a currency it is one of money, beside which its sign may stand.
    """

    def __init__(self, translate: Translator, marks: str, currency: str = "", **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.translate, self.marks, self.currency = translate, marks, currency
        self.widget.attrs |= {"inputmode": "decimal", "class": "short"}

    def clean(self, value: Any) -> Decimal | None:
        """The amount; None where it was left empty."""
        text = super().clean(value)
        if not text:
            return None
        try:
            bare = asking.unsigned(text, asking.WORLD, self.currency) if self.currency else text
            found = asking.amount(bare, self.marks)
        except InputError as error:
            raise ValidationError(self.translate.said(error)) from None
        if found >= LARGEST or found != round(found, 2):
            raise ValidationError(self.translate(NO_AMOUNT))
        return found

    def prepare_value(self, value: Any) -> Any:
        """An amount as it is typed."""
        return plain(value) if isinstance(value, Decimal) else value


class Cpv(forms.CharField):
    """A CPV code of eight digits, the one that checks them left out; for a wrong one those are named that may be meant.

    Words are looked up as well. Single codes are not known here: of eight digits the division alone is checked.
    """

    def __init__(self, translate: Translator, country: str, **kwargs: Any) -> None:
        said = translate(
            "Eight digits, such as 55524000. Where you write words, the codes are named that may be meant."
        )
        super().__init__(
            max_length=100,
            required=False,
            label=translate("CPV code"),
            help_text=kwargs.pop("help_text", said),
            **kwargs,
        )
        self.translate, self.country = translate, country

    def clean(self, value: Any) -> str:
        """Eight digits; empty where it was left empty."""
        text = str(super().clean(value))
        if not text:
            return ""
        try:
            return f"{cpv.code(text, self.country):08}"
        except InputError as error:
            found = cpv_names.meant(text, self.country)
            named = "; ".join(f"{one.code} {one.name[self.translate.language]}" for one in found)
            more = self.translate("It may be: {codes}.", codes=named) if found else ""
            raise ValidationError(f"{self.translate.said(error)} {more}".strip()) from None


class Percent(forms.CharField):
    """A percentage with two decimals at most; its value is a share."""

    def __init__(self, translate: Translator, **kwargs: Any) -> None:
        super().__init__(max_length=10, **kwargs)
        self.translate = translate
        self.widget.attrs |= {"inputmode": "decimal", "class": "short"}

    def clean(self, value: Any) -> Decimal | None:
        """The share; None where it was left empty."""
        text = super().clean(value)
        if not text:
            return None
        found = number(text.strip().removesuffix("%").strip())
        if found is None or found > 100 or found != round(found, 2):
            raise ValidationError(self.translate(NO_PERCENT))
        return found / 100

    def prepare_value(self, value: Any) -> Any:
        """A share as a percentage."""
        return plain(value * 100) if isinstance(value, Decimal) else value


def plain(value: Decimal) -> str:
    """A number without noughts at its end."""
    return f"{value.normalize():f}" if value else "0"
