"""Added: rows that are added and read, never changed."""

from typing import Any, ClassVar, NoReturn

from django.db import models

APPEND_ONLY = "Scores and the log of a tender are added to, never changed."


class Added(models.QuerySet[Any]):
    """Rows that are read and added."""

    def update(self, **_fields: Any) -> NoReturn:
        """Refused."""
        raise TypeError(APPEND_ONLY)

    def delete(self) -> NoReturn:
        """Refused."""
        raise TypeError(APPEND_ONLY)


class AddedOnly(models.Model):
    """A row that is added, never changed; the database refuses it too."""

    objects: ClassVar[Any] = Added.as_manager()

    class Meta:
        """No table of its own."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it, once."""
        if self.pk is not None:
            raise TypeError(APPEND_ONLY)
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused."""
        raise TypeError(APPEND_ONLY)
