"""Errors of a request: what is wrong with it, told so that a client's author can mend it."""


class RequestError(Exception):
    """A request that cannot be answered: the HTTP status, and in one sentence what is wrong and what to do."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
