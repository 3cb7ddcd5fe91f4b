"""Start: what `bygd web` does before it answers: settings, database, places, and a way in for the owner."""

import os
import tempfile
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any


def prepare(folders: Sequence[Path], state: Path, address: str = "") -> None:
    """Set Django up over the project folders, bring the database to the present schema, and take the places in."""
    settle(folders, state, address)
    _make_room()
    from django.core.management import call_command

    from bygd.web import gathered
    from bygd.web.places.register import register
    from bygd.web.work import files

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    for folder in folders:
        register(folder)
    files.sweep_uploads()
    gathered.gather()


def _make_room() -> None:
    """Have files that pass through (uploads, unpacked archives) lie beside those that are kept, not in memory.

    Many systems hold /tmp in memory, which a ledger of some hundred MB would fill. What a killed process left there is
    removed after a day.
    """
    from django.conf import settings

    from bygd.web.work import files

    passing = settings.STATE / "passing"
    passing.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["TMPDIR"] = tempfile.tempdir = str(passing)
    files.sweep(passing)


def settle(folders: Sequence[Path], state: Path, address: str = "") -> None:
    """Set Django up over the project folders; nothing is written but the secret, on first use."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bygd.web.settings")
    os.environ.setdefault("BYGD_STATE", str(state.resolve()))
    os.environ["BYGD_PLACES"] = os.pathsep.join(str(folder.resolve()) for folder in folders)
    if address:
        os.environ["BYGD_ADDRESS"] = address
    import django

    django.setup()


def check(folders: Sequence[Path], state: Path, address: str = "") -> list[Any]:
    """How an installation stands, without starting or changing it: see `checking`."""
    settle(folders, state, address)
    from bygd.web import checking

    return checking.look(list(folders))


def way_in(folders: Sequence[Path]) -> str:
    """The path of a link that lets the owner of this machine in, with every role and every anchor of the places."""
    from bygd.web.people import links
    from bygd.web.people.models import Membership, Person
    from bygd.web.people.words import Role
    from bygd.web.places.register import register

    owner = Person.objects.filter(email=OWNER).first() or Person.objects.create_user(OWNER)
    for folder in folders:
        place = register(folder)
        for role in Role:
            if role is not Role.ANCHOR_MEMBER:
                Membership.objects.get_or_create(person=owner, place=place, role=role.value, anchor="")
        for anchor in dict.fromkeys(entry.source for entry in place.project.ledgers):
            Membership.objects.get_or_create(person=owner, place=place, role=Role.ANCHOR_MEMBER.value, anchor=anchor)
    return f"/account/enter/{links.make(OWNER, lasts=links.AT_ONCE)}"


def invite(folders: Sequence[Path], email: str, anchors: Sequence[str] = ()) -> str:
    """A link for that address, which becomes a member of those anchors. Who came before comes in anew.

    Without anchors, who is nothing in a place yet becomes its administrator. Raises InputError where it is no
    address, or no place has such an anchor.
    """
    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from bygd.sources.errors import InputError
    from bygd.vocabulary.said import Said
    from bygd.web.people import links, log, membership
    from bygd.web.people.models import Person
    from bygd.web.people.words import Role
    from bygd.web.places.register import register

    try:
        validate_email(email)
    except ValidationError:
        raise InputError("'{email}' is no e-mail address.", email=email) from None
    if not settings.ADDRESS:
        raise InputError("Say with --address by which URL people reach this web; the link begins with it.")
    known = {place: {*membership.anchors(place), *membership.claimed(place)} for place in map(register, folders)}
    for one in anchors:
        if not any(one in names for names in known.values()):
            there = sorted(set().union(*known.values())) or Said("none")
            raise InputError("There is no institution '{name}' here. There are: {known}.", name=one, known=there)
    person = Person.objects.of(email)
    for place in known:
        held = [(Role.ANCHOR_MEMBER, one) for one in anchors if one in known[place]]
        if not anchors and not place.memberships.filter(person=person).exists():
            held = [(Role.ADMINISTRATOR, "")]
        membership.give(person, place, held, None)
        log.record(None, log.LINKED, place=place, whom=person)
    secret = links.make(email, starts_anew=person.last_login is not None)
    return f"{settings.ADDRESS}/account/enter/{secret}"


OWNER = "owner@this.machine"
"""Who uses the web on their own machine: they could read the project folder anyway."""


def server(host: str, port: int, threads: int, most: int) -> Any:
    """A server bound to host and port, not yet answering. Raises OSError where it cannot be."""
    from django.conf import settings
    from waitress import create_server

    from bygd.web.wsgi import application

    # Under https a proxy stands in front: it says so, and with BYGD_PROXIES who asked. Else nobody is believed.
    said = [*(["x-forwarded-proto"] if settings.IS_SECURE else []), *(["x-forwarded-for"] if settings.PROXIES else [])]
    behind = {"trusted_proxy": "*", "trusted_proxy_headers": " ".join(said)} if said else {}
    if settings.PROXIES:
        behind["trusted_proxy_count"] = str(settings.PROXIES)
    return create_server(
        application,
        host=host,
        port=port,
        threads=threads,
        max_request_body_size=most,
        ident=None,
        channel_request_lookahead=1,
        **behind,
    )


def worker() -> AbstractContextManager[None]:
    """A worker beside this process, which does builds and checks of files; it ends when the context does."""
    from bygd.web.work.worker import beside

    return beside()


def warm() -> None:
    """Read in what every answer is made by, then have what most people ask for first found beside the answering."""
    from bygd.web.pages.money.warm import keep_warm

    keep_warm()


def work() -> None:
    """Be that worker, until ended."""
    from bygd.web.work.worker import main

    main()
