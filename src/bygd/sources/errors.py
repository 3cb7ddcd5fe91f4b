"""InputError: what a user gave cannot be used; the message says what, where and what to do."""

from collections.abc import Mapping, Sequence

from bygd.vocabulary.said import N_, Said

MOST_TOLD = 20
"""Faults of one file that are told together; of the others how many there are."""
MORE = N_("And {number} more.")


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


def together(faults: Sequence[InputError]) -> InputError:
    """All faults as one error, a line each, so that whoever mends a file mends it once; one alone is that one."""
    if len(faults) == 1:
        return faults[0]
    told = [one.said for one in faults[:MOST_TOLD]]
    if len(faults) > MOST_TOLD:
        told.append(Said(MORE, number=len(faults) - MOST_TOLD))
    said = told[-1]
    for one in reversed(told[:-1]):
        said = Said("{one}\n{rest}", one=one, rest=said)
    return InputError(said)
