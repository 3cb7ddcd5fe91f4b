"""InputError: what a user gave cannot be used; the message says what, where and what to do."""


class InputError(ValueError):
    """A file, mapping or setting that cannot be used.

    The message stands alone: what is wrong, where, and what to do about it.
    """
