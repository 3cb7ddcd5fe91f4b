"""Said: a message together with the values of its placeholders, so that it can be said in each language."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

SAID, DECIMAL = "said", "decimal"


def N_(message: str) -> str:
    """Marks a message for translation where it is declared; it is translated where it is shown."""
    return message


class Said(str):
    """A text in English that still knows the message it was made of: `Said("{file} is empty.", file="a.csv")`.

    It is a plain text for all who only read it; `Translator.said` gives it in another language. Values
    are numbers, which are written with separators; other Said (or errors, that have one), which are
    translated; several of those, which are joined by commas; all else is kept as text. What is a name
    and no quantity, such as a year, is given as text. A message without values is not formatted.
    """

    message: str
    values: Mapping[str, object]

    def __new__(cls, message: str, /, **values: object) -> "Said":
        """The message with its values; a Said without values stays what it is."""
        if isinstance(message, Said) and not values:
            return message
        kept = {name: _kept(value) for name, value in values.items()}
        text = message.format(**{name: _in_english(value) for name, value in kept.items()}) if kept else message
        said = super().__new__(cls, text)
        said.message, said.values = str(message), kept
        return said

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:  # for pickle
        return (self.message,), dict(self.values)


def to_plain(value: Any) -> Any:
    """The same with each Said in it as a plain object of JSON: what it says in English, its message, its values."""
    if isinstance(value, Said) and value:
        values = {name: _written(one) for name, one in value.values.items()}
        return {SAID: str(value), "message": value.message, "values": values}
    if isinstance(value, Mapping):
        return {name: to_plain(one) for name, one in value.items()}
    return [to_plain(one) for one in value] if isinstance(value, list | tuple) else value


def from_plain(value: Any) -> Any:
    """The same with each Said that was made plain as a Said again; plain texts, as older files hold, stay texts."""
    if isinstance(value, Mapping):
        if value.keys() == {SAID, "message", "values"}:
            return Said(value["message"], **from_plain(value["values"]))
        if value.keys() == {DECIMAL}:
            return Decimal(value[DECIMAL])
        return {name: from_plain(one) for name, one in value.items()}
    return [from_plain(one) for one in value] if isinstance(value, list) else value


def _kept(value: object) -> object:
    value = getattr(value, "said", value)
    if isinstance(value, Said | int | float | Decimal):
        return value
    return [_kept(one) for one in value] if isinstance(value, Iterable) and not isinstance(value, str) else str(value)


def _written(value: object) -> object:
    if isinstance(value, list):
        return [_written(one) for one in value]
    return {DECIMAL: str(value)} if isinstance(value, Decimal) else to_plain(value)


def _in_english(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_in_english, value))
    return f"{value:,}" if isinstance(value, int | float | Decimal) else str(value)
