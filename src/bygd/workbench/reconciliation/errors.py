"""Errors of a request: what is wrong with it, told so that a client's author can mend it."""

from bygd.vocabulary.said import Said


class RequestError(Exception):
    """A request that cannot be answered: the HTTP status, and in one sentence what is wrong and what to do."""

    def __init__(self, status: int, message: str, **values: object) -> None:
        self.status = status
        self.detail = Said(message, **values)
        super().__init__(self.detail)
