"""People, what they are in each place, the links they are invited by, and the log of what was done."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from bygd.web.people.rights import Access
from bygd.web.people.words import Role
from bygd.web.places.models import Place


class People(BaseUserManager["Person"]):
    """Makes people."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person with that address; without a password they sign in by a link or their organisation."""
        person = self.model(email=email.strip().casefold(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

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

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email

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
    """A link that lets somebody in once: an invitation to a place, or a way in for its owner. Only its hash is kept."""

    secret_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    place = models.ForeignKey(Place, on_delete=models.CASCADE, null=True)
    memberships = models.JSONField(default=list)
    """Pairs of role and anchor that the link gives."""
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="links_made")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Event(models.Model):
    """What somebody did, for the audit log: added, never changed. Says who and what, never what a ledger holds."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    place = models.ForeignKey(Place, on_delete=models.SET_NULL, null=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True)
    by = models.CharField(max_length=100)
    """How the person was called then; the name stays readable when the account is erased, unless they ask otherwise."""
    did = models.CharField(max_length=40)
    about = models.CharField(max_length=300, blank=True)

    class Meta:
        """Latest first."""

        ordering = ("-at", "-id")
