"""People, what they are in each place, the links they are invited by, their tokens, and the log of what was done."""

from typing import Any, ClassVar, NoReturn

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from bygd.web.people.rights import Access
from bygd.web.people.words import Role
from bygd.web.places.models import Place

LABEL = "person-"
"""How labels of people begin; see `Person.label`."""


class People(BaseUserManager["Person"]):
    """Makes people."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person with that address; without a password they sign in by a link or their organisation."""
        person = self.model(email=email.strip().casefold(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def of(self, email: str) -> "Person":
        """The person of that address, made where there is none yet."""
        found = self.filter(email=email.strip().casefold()).first()
        return found or self.create_user(email)

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person of that address, however it is written."""
        return self.get(email=(username or "").strip().casefold())


class Person(AbstractBaseUser):
    """Somebody who may sign in. The address is stored case-folded, so that each stands once on every database."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=2, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True)
    """When name and address were taken away for good; the row stays, so that what was done stays somebody's."""

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def label(self) -> str:
        """What decisions are signed with: tells people apart, says nobody's name, and stays when they are erased."""
        return f"{LABEL}{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the address case-folded."""
        self.email = self.email.strip().casefold()
        super().save(*args, **kwargs)

    def access(self, place: Place) -> Access:
        """What this person may do in the place."""
        held = list(self.memberships.filter(place=place).values_list("role", "anchor"))
        return Access(
            roles=frozenset(Role(role) for role, _anchor in held),
            anchors=frozenset(anchor for role, anchor in held if role == Role.ANCHOR_MEMBER),
        )


class Membership(models.Model):
    """A role of a person in a place; for members of an anchor, of which."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices())
    anchor = models.CharField(max_length=200, blank=True)

    class Meta:
        """Each once; an anchor is named by its members and by nobody else."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "place", "role", "anchor"], name="one_membership"),
            models.CheckConstraint(
                condition=models.Q(role=Role.ANCHOR_MEMBER.value) ^ models.Q(anchor=""), name="anchor_of_members_only"
            ),
        ]


class Link(models.Model):
    """A link that lets one person in once, and may give them roles in a place. Only the hash of its secret is kept."""

    secret_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, null=True)
    memberships = models.JSONField(default=list)
    """Pairs of role and anchor that the link gives."""
    starts_anew = models.BooleanField(default=False)
    """Whether password and second factor are taken away on using it, so that new ones can be chosen."""
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="links_made")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Token(models.Model):
    """A secret by which a program speaks for a person, within scopes. Only its hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16)
    secret_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        """Latest first."""

        ordering = ("-made_at", "-id")


class Events(models.QuerySet["Event"]):
    """Events, which are read and added."""

    def update(self, **_fields: Any) -> NoReturn:
        """Refused."""
        raise TypeError(APPEND_ONLY)

    def delete(self) -> NoReturn:
        """Refused."""
        raise TypeError(APPEND_ONLY)


APPEND_ONLY = "The audit log is added to, never changed."


class Event(models.Model):
    """What somebody did, for the audit log: added, never changed; the database refuses it too.

    Names are not in it but asked from the people when it is read, so that who is erased is erased here as well.
    Nor is anything that a ledger holds.
    """

    at = models.DateTimeField(auto_now_add=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="events")
    """Who did it; nobody where it was done on the machine itself."""
    whom = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    """The person it was done to, if to one."""
    did = models.CharField(max_length=40)
    about = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Any] = Events.as_manager()

    class Meta:
        """Latest first."""

        ordering = ("-at", "-id")
        indexes: ClassVar = [models.Index(fields=["place", "-at", "-id"], name="events_of_a_place")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it, once."""
        if self.pk is not None:
            raise TypeError(APPEND_ONLY)
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused."""
        raise TypeError(APPEND_ONLY)
