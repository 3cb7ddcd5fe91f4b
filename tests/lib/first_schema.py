"""Writes tests/web/first_schema.sql: the database of the first version that had one, with a little in it.

Made once, when that version was finished: `python -m tests.lib.first_schema`. It is never made again, for then it
would test nothing: every later version must take this very database in.
"""

import os
import sqlite3
import tempfile
from pathlib import Path

TARGET = Path(__file__).parents[1] / "web" / "first_schema.sql"
FOLDER = "/var/lib/bygd/places/fyrhamn"
"""Where the place of that database stood; tests put their own in its stead."""


def main() -> None:
    """Write it."""
    with tempfile.TemporaryDirectory() as state:
        os.environ |= {"BYGD_STATE": state, "DJANGO_SETTINGS_MODULE": "bygd.web.settings"}
        os.environ.pop("BYGD_DATABASE", None)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        _fill()
        from django.db import connection

        connection.close()
        with sqlite3.connect(Path(state) / "web.sqlite3") as opened:
            text = "\n".join(opened.iterdump())
    TARGET.write_text(text + "\n", encoding="utf-8")


def _fill() -> None:
    """People, roles, a decision, a file, a build and what was done."""
    from datetime import UTC, datetime, timedelta

    from bygd.web.decisions.models import LinkDecision
    from bygd.web.people import links, log, tokens
    from bygd.web.people.models import Membership, Person
    from bygd.web.people.words import Role, Scope
    from bygd.web.places.models import Place
    from bygd.web.work.models import Import, Job
    from bygd.web.work.words import JobKind, JobState

    place = Place.objects.create(slug="fyrhamn", name="Fyrhamn", folder=FOLDER, published="f6a710b52ce0")
    person = Person.objects.create_user("åsa@example.org", "a first and long password", name="Åsa", language="sv")
    for role, anchor in ((Role.ANALYST, ""), (Role.ANCHOR_MEMBER, "Fyrhamns kommun")):
        Membership.objects.create(person=person, place=place, role=role.value, anchor=anchor)
    links.make("bo@example.org", place, [(Role.READER, "")], person)
    tokens.make(person, "nightly", [Scope.READ], timedelta(days=365))
    log.record(None, log.LINKED, place=place, whom=person)
    LinkDecision.objects.create(
        place=place, supplier_key="k1", org_id="XI-1:55", judgement="same", decided_by="Åsa",
        decided_at=datetime(2026, 11, 1, tzinfo=UTC), proposed_score=0.75, note="by their invoice",
    )  # fmt: skip
    brought = Import.objects.create(place=place, anchor="Fyrhamns kommun", file_name="a.csv", size=9, made_by=person)
    Job.objects.create(place=place, about=brought, kind=JobKind.CHECK.value, state=JobState.DONE.value)


if __name__ == "__main__":
    main()
