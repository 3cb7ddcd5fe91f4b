"""InputError: what a user gave cannot be used; the message says what, where and what to do."""

from collections.abc import Mapping

from bygd.vocabulary.said import Said


class InputError(ValueError):
    """A file, mapping or setting that cannot be used.

    The message stands alone: what is wrong, where, and what to do about it. It is written as a constant
    with placeholders and their values, `InputError("{file} is empty. Export it again.", file=path.name)`,
    and stands translated in reports/locale; `str(error)` is English, `Translator.said(error)` any
    language. Values are as in `vocabulary.said.Said`; one may be the `said` of another error.
    """

    def __init__(self, message: str, /, **values: object) -> None:
        """The error of that message; or of a Said, which is kept."""
        self.said = Said(message, **values)
        super().__init__(self.said)

    @property
    def message(self) -> str:
        """The message with its placeholders, in English."""
        return self.said.message

    @property
    def values(self) -> Mapping[str, object]:
        """What stands in the message's placeholders."""
        return self.said.values
