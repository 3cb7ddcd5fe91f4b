"""People of a place: who may invite, give and take what, and that rows of an anchor are its members' to share."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from tests.web.people.conftest import LINK, is_in, sign_in

from bygd.reports import Translator
from bygd.web.people import log, membership, written
from bygd.web.people.models import Event, Link, Membership, Person
from bygd.web.people.words import Role
from bygd.web.start import OWNER

pytestmark = pytest.mark.django_db


@pytest.fixture
def anchors(place: Any) -> list[str]:
    found = membership.anchors(place)
    assert len(found) > 1
    return found


def invited(client: Client, place: Any, email: str = "new@example.org", **asked: Any) -> Any:
    return client.post(f"/p/{place.slug}/people/invite", {"email": email, **asked})


def came(answer: Any, browser: Callable[..., Client]) -> Client:
    """The browser of somebody who uses the link of that page."""
    client, found = browser(), LINK.search(answer.content.decode())
    assert found, answer.content.decode()
    client.post(found[0])
    return client


def roles(email: str, place: Any) -> set[tuple[str, str]]:
    return set(Membership.objects.filter(person__email=email, place=place).values_list("role", "anchor"))


def test_an_administrator_invites_with_roles(
    place: Any, signed_in: Callable[..., Client], browser: Callable[..., Client]
) -> None:
    answer = invited(signed_in(place, "administrator"), place, roles=["analyst", "buyer"])
    assert "No mail was sent" in answer.content.decode() and roles("new@example.org", place) == set()
    client = came(answer, browser)
    assert is_in(client) and client.get(f"/p/{place.slug}/").status_code == 200
    assert roles("new@example.org", place) == {("analyst", ""), ("buyer", "")}
    assert {"invited", "gave a role"} <= set(Event.objects.filter(place=place).values_list("did", flat=True))


def test_an_invitation_is_sent_in_the_language_of_whoever_gets_it(
    place: Any, signed_in: Callable[..., Client], settings: Any
) -> None:
    settings.MAILS, settings.ADDRESS = True, "https://bygd.example.org"
    Person.objects.create_user("new@example.org", language="nl")
    answer = invited(signed_in(place, "administrator"), place, roles=["reader"])
    [sent] = mail.outbox
    assert sent.subject == f"U bent uitgenodigd voor {place.name}" and sent.to == ["new@example.org"]
    assert "https://bygd.example.org/account/enter/" in sent.body and "{" not in sent.body
    assert "It was sent to new@example.org" in answer.content.decode()
    signed_in(place, "administrator").post(
        f"/p/{place.slug}/people/invite?lang=sv", {"email": "another@example.org", "roles": ["reader"]}
    )
    assert mail.outbox[1].subject == f"Du är inbjuden till {place.name}", "else in that of whoever invites"


@pytest.mark.parametrize("role", ["reader", "analyst", "buyer", "facilitator"])
def test_others_invite_nobody(place: Any, signed_in: Callable[..., Client], role: str) -> None:
    client = signed_in(place, role)
    assert client.get(f"/p/{place.slug}/people/").status_code == 403
    assert invited(client, place, roles=["reader"]).status_code == 403 and not Link.objects.exists()


def test_a_member_lets_others_in_to_their_own_anchor_and_gives_no_roles(
    place: Any, anchors: list[str], signed_in: Callable[..., Client], browser: Callable[..., Client]
) -> None:
    client = signed_in(place, anchors=[anchors[0]])
    page = client.get(f"/p/{place.slug}/people/invite").content.decode()
    assert anchors[0] in page and anchors[1] not in page and 'name="roles"' not in page
    assert not LINK.search(invited(client, place, anchors=[anchors[1]]).content.decode())
    assert not LINK.search(invited(client, place, roles=["administrator"]).content.decode())
    came(invited(client, place, anchors=[anchors[0]], roles=["administrator"]), browser)
    assert roles("new@example.org", place) == {("anchor_member", anchors[0])}


def test_an_administrator_appoints_the_first_member_of_an_anchor_and_no_other(
    place: Any, anchors: list[str], signed_in: Callable[..., Client], browser: Callable[..., Client]
) -> None:
    client = signed_in(place, "administrator")
    came(invited(client, place, "first@example.org", anchors=[anchors[0]]), browser)
    assert roles("first@example.org", place) == {("anchor_member", anchors[0])}
    assert not LINK.search(invited(client, place, "second@example.org", anchors=[anchors[0]]).content.decode())
    first = Person.objects.get(email="first@example.org")
    client.post(f"/p/{place.slug}/people/{first.pk}/remove")
    assert roles("first@example.org", place) == set()
    again = invited(client, place, "second@example.org", anchors=[anchors[0]])
    assert not LINK.search(again.content.decode()), "taking all members out does not open the door again"


def test_an_administrator_who_makes_themselves_the_first_member_is_seen_by_every_later_one(
    place: Any, anchors: list[str], somebody: Callable[..., Any], signed_in: Callable[..., Client]
) -> None:
    chief = somebody(place, "administrator", email="chief@example.org")
    client = signed_in(person=chief)
    asked = {"roles": ["administrator"], "anchors": [anchors[0]]}
    client.post(f"/p/{place.slug}/people/{chief.pk}/", asked)
    assert ("anchor_member", anchors[0]) in roles("chief@example.org", place)
    client.post(f"/p/{place.slug}/people/{chief.pk}/", {"roles": ["administrator"]})
    later = signed_in(place, anchors=[anchors[0]]).get(f"/p/{place.slug}/people/").content.decode()
    assert "became member of an institution" in later and "is no longer member" in later
    assert re.search(r"chief became member.*Done by: chief", later, re.DOTALL)


def test_an_administrator_cannot_slip_into_an_anchor_that_has_members(
    place: Any, anchors: list[str], somebody: Callable[..., Any], signed_in: Callable[..., Client]
) -> None:
    chief = somebody(place, "administrator")
    somebody(place, anchors=[anchors[0]])
    for asked in ({"anchors": [anchors[0]]}, {"new_anchor": anchors[0]}, {"new_anchor": f"  {anchors[0]} "}):
        signed_in(person=chief).post(f"/p/{place.slug}/people/{chief.pk}/", {"roles": ["administrator"], **asked})
    assert chief.access(place).anchors == frozenset()


def test_an_anchor_without_ledgers_gets_its_first_member_by_name(
    place: Any, signed_in: Callable[..., Client], browser: Callable[..., Client]
) -> None:
    client = came(invited(signed_in(place, "administrator"), place, new_anchor=" Nya  skolan AB "), browser)
    assert roles("new@example.org", place) == {("anchor_member", "Nya skolan AB")}
    assert "Nya skolan AB" in client.get(f"/p/{place.slug}/people/invite").content.decode()


def test_roles_are_given_and_taken(
    place: Any, anchors: list[str], somebody: Callable[..., Any], signed_in: Callable[..., Client]
) -> None:
    anna = somebody(place, "reader", anchors=[anchors[0]], email="anna@example.org")
    client = signed_in(place, "administrator")
    client.post(f"/p/{place.slug}/people/{anna.pk}/", {"roles": ["analyst"], "anchors": [anchors[0]]})
    assert roles("anna@example.org", place) == {("analyst", ""), ("anchor_member", anchors[0])}
    client.post(f"/p/{place.slug}/people/{anna.pk}/", {"roles": ["analyst"]})
    assert roles("anna@example.org", place) == {("analyst", "")}, "an administrator may take any membership away"
    nothing = client.post(f"/p/{place.slug}/people/{anna.pk}/", {})
    assert "Choose at least one" in nothing.content.decode() and roles("anna@example.org", place)


def test_a_member_of_one_anchor_does_not_touch_what_somebody_is_elsewhere(
    place: Any, anchors: list[str], somebody: Callable[..., Any], signed_in: Callable[..., Client]
) -> None:
    anna = somebody(place, "buyer", anchors=anchors[:2], email="anna@example.org")
    client = signed_in(place, anchors=[anchors[0]])
    page = client.get(f"/p/{place.slug}/people/{anna.pk}/").content.decode()
    assert f'value="{anchors[1]}"' not in page and 'name="roles"' not in page
    client.post(f"/p/{place.slug}/people/{anna.pk}/", {"anchors": [anchors[0]], "roles": ["administrator"]})
    assert roles("anna@example.org", place) == {("buyer", ""), *(("anchor_member", one) for one in anchors[:2])}


def test_who_is_taken_out_is_out_at_once(
    place: Any, somebody: Callable[..., Any], signed_in: Callable[..., Client]
) -> None:
    anna = somebody(place, "analyst")
    hers = signed_in(person=anna)
    assert hers.get(f"/p/{place.slug}/").status_code == 200
    signed_in(place, "administrator").post(f"/p/{place.slug}/people/{anna.pk}/remove")
    assert hers.get(f"/p/{place.slug}/").status_code == 404 and is_in(hers)


def test_the_last_administrator_stays(
    place: Any, somebody: Callable[..., Any], signed_in: Callable[..., Client]
) -> None:
    chief = somebody(place, "administrator")
    client = signed_in(person=chief)
    client.post(f"/p/{place.slug}/people/{chief.pk}/remove")
    answer = client.post(f"/p/{place.slug}/people/{chief.pk}/", {"roles": ["reader"]})
    assert "Somebody must be administrator" in answer.content.decode() and chief.access(place).roles
    somebody(place, "administrator")
    client.post(f"/p/{place.slug}/people/{chief.pk}/remove")
    assert not chief.access(place).roles


def test_of_two_administrators_who_let_each_other_go_at_once_one_stays(
    place: Any, somebody: Callable[..., Any], signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = somebody(place, "administrator"), somebody(place, "administrator")
    client, give = signed_in(person=one), membership.give

    def late(*args: Any) -> None:
        give(*args)
        Membership.objects.filter(person=one, place=place).delete()  # the other was quicker

    monkeypatch.setattr(membership, "give", late)
    answer = client.post(f"/p/{place.slug}/people/{other.pk}/", {"roles": ["reader"]})
    assert "Somebody must be administrator" in answer.content.decode()
    assert other.access(place).roles == {Role.ADMINISTRATOR}


def test_an_invitation_is_taken_back_and_a_stranger_forgotten(
    place: Any, signed_in: Callable[..., Client], browser: Callable[..., Client]
) -> None:
    client = signed_in(place, "administrator")
    found = LINK.search(invited(client, place, roles=["reader"]).content.decode())
    assert found and "new@example.org" in client.get(f"/p/{place.slug}/people/").content.decode()
    client.post(f"/p/{place.slug}/people/invited/{Link.objects.get().pk}/revoke")
    assert browser().post(found[0]).status_code == 410
    assert not Person.objects.filter(email="new@example.org").exists(), "an address that never came is not kept"
    assert "new@example.org" not in client.get(f"/p/{place.slug}/log/").content.decode()


def test_inviting_again_replaces_the_link(
    place: Any, signed_in: Callable[..., Client], browser: Callable[..., Client]
) -> None:
    client = signed_in(place, "administrator")
    old = LINK.search(invited(client, place, roles=["reader"]).content.decode())
    new = invited(client, place, roles=["buyer"])
    assert old and browser().post(old[0]).status_code == 410
    came(new, browser)
    assert roles("new@example.org", place) == {("reader", ""), ("buyer", "")}


def test_who_works_here_is_not_invited_again(
    place: Any, somebody: Callable[..., Any], signed_in: Callable[..., Client]
) -> None:
    somebody(place, "reader", email="anna@example.org")
    answer = invited(signed_in(place, "administrator"), place, "ANNA@example.org", roles=["analyst"])
    assert "works here already" in answer.content.decode() and not Link.objects.exists()


def again(client: Client, place: Any, person: Any) -> Any:
    return client.post(f"/p/{place.slug}/people/{person.pk}/link")


def test_a_link_for_a_forgotten_password_ends_the_old_one_and_every_session(
    place: Any, with_password: Callable[..., Any], signed_in: Callable[..., Client], browser: Callable[..., Client]
) -> None:
    anna = with_password(place, "analyst")
    hers = signed_in(person=anna)
    client = came(again(signed_in(place, "administrator"), place, anna), browser)
    anna.refresh_from_db()
    assert is_in(client) and not is_in(hers) and not anna.has_usable_password()
    assert Event.objects.filter(did=log.LINKED, whom=anna).exists()


def test_nobody_makes_a_link_by_which_they_would_see_more(
    place: Any, anchors: list[str], somebody: Callable[..., Any], signed_in: Callable[..., Client]
) -> None:
    member = somebody(place, anchors=[anchors[0]])
    administrator = signed_in(place, "administrator")
    assert again(administrator, place, member).status_code == 403
    page = administrator.get(f"/p/{place.slug}/people/{member.pk}/").content.decode()
    assert "You cannot make a link" in page
    assert again(signed_in(place, anchors=[anchors[1]]), place, member).status_code == 403
    assert again(signed_in(place, anchors=[anchors[0]]), place, member).status_code == 200
    both = somebody(place, "administrator", anchors=[anchors[0]])
    assert again(signed_in(place, anchors=[anchors[0]]), place, both).status_code == 403
    assert not Link.objects.filter(person=both).exists()


def test_nobody_makes_a_link_for_somebody_who_is_more_in_another_place(
    place: Any, tmp_path: Any, somebody: Callable[..., Any], signed_in: Callable[..., Client]
) -> None:
    from bygd.web.places.register import register
    from bygd.workbench import project

    other = register(project.create(tmp_path / "other", place.project.place_id, "Other").folder)
    anna = somebody(place, "reader")
    Membership.objects.create(person=anna, place=other, role=Role.ADMINISTRATOR.value)
    assert again(signed_in(place, "administrator"), place, anna).status_code == 403


def test_the_page_asks_the_database_as_often_for_many_people_as_for_few(
    place: Any, somebody: Callable[..., Any], signed_in: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        somebody(place, "reader")
    client = signed_in(place, "administrator")
    with django_assert_max_num_queries(10):
        assert client.get(f"/p/{place.slug}/people/").status_code == 200


def test_an_invitation_opens_no_account_that_somebody_uses(
    place: Any,
    anchors: list[str],
    with_password: Callable[..., Any],
    signed_in: Callable[..., Client],
    browser: Callable[..., Client],
    tmp_path: Any,
) -> None:
    """Else an administrator of one place could come in as somebody who sees rows in another."""
    from bygd.web.places.register import register
    from bygd.workbench import project

    other = register(project.create(tmp_path / "other", place.project.place_id, "Other").folder)
    anna, hers = with_password(place, anchors=[anchors[0]], email="anna@example.org"), browser()
    sign_in(hers, anna)
    found = LINK.search(invited(signed_in(other, "administrator"), other, anna.email, roles=["buyer"]).content.decode())
    thief = browser()
    assert found and "You have an account already" in thief.post(found[0]).content.decode() and not is_in(thief)
    assert hers.post(found[0]).url == "/" and {role.value for role in anna.access(other).roles} == {"buyer"}


def test_a_link_that_was_kept_is_worth_nothing_once_its_person_came(
    place: Any, anchors: list[str], signed_in: Callable[..., Client], browser: Callable[..., Client], tmp_path: Any
) -> None:
    from bygd.web.places.register import register
    from bygd.workbench import project

    other = register(project.create(tmp_path / "other", place.project.place_id, "Other").folder)
    kept = LINK.search(invited(signed_in(other, "administrator"), other, roles=["reader"]).content.decode())
    came(invited(signed_in(place, anchors=[anchors[0]]), place, anchors=[anchors[0]]), browser)
    thief = browser()
    assert kept and thief.post(kept[0]).status_code == 200 and not is_in(thief)


def test_a_link_to_start_anew_ends_when_its_person_becomes_more_than_its_maker_could_give(
    place: Any,
    anchors: list[str],
    with_password: Callable[..., Any],
    signed_in: Callable[..., Client],
    browser: Callable[..., Client],
) -> None:
    anna, thief = with_password(place, "reader"), browser()
    found = LINK.search(again(signed_in(place, "administrator"), place, anna).content.decode())
    membership.give(anna, place, [(Role.ANCHOR_MEMBER, anchors[0])], None)
    assert found and "no longer lets in" in thief.post(found[0]).content.decode() and not is_in(thief)
    anna.refresh_from_db()
    assert anna.has_usable_password()


def test_inviting_somebody_again_gives_nothing_that_another_invited_them_to(
    place: Any, anchors: list[str], signed_in: Callable[..., Client], browser: Callable[..., Client]
) -> None:
    """Else an administrator who sees the new link would have what only a member may give."""
    invited(signed_in(place, anchors=[anchors[0]]), place, anchors=[anchors[0]])
    client = came(invited(signed_in(place, "administrator"), place, roles=["reader"]), browser)
    assert is_in(client) and roles("new@example.org", place) == {("reader", "")}
    assert Link.objects.filter(used_at=None).count() == 1, "that of the member stands"


def test_there_is_no_second_first_member(
    place: Any, anchors: list[str], signed_in: Callable[..., Client], browser: Callable[..., Client]
) -> None:
    client = signed_in(place, "administrator")
    first = invited(client, place, "first@example.org", anchors=[anchors[0]])
    second = invited(client, place, "second@example.org", anchors=[anchors[0]], roles=["reader"])
    came(first, browser), came(second, browser)
    assert roles("first@example.org", place) == {("anchor_member", anchors[0])}
    assert roles("second@example.org", place) == {("reader", "")}


def test_an_invitation_ends_with_what_its_maker_was(
    place: Any, somebody: Callable[..., Any], signed_in: Callable[..., Client], browser: Callable[..., Client]
) -> None:
    chief = somebody(place, "administrator")
    somebody(place, "administrator")
    answer = invited(signed_in(person=chief), place, roles=["administrator"])
    membership.take(chief, place, [("administrator", "")], None)
    came(answer, browser)
    assert roles("new@example.org", place) == set()


def test_whose_machine_it_is_has_no_address_that_is_shown() -> None:
    translate = Translator("sv", "bygd.web")
    owner, anna = Person(email=OWNER), Person(email="anna@example.org")
    assert written.name(owner, translate) == written.mail_of(owner, translate) == "den här datorns ägare"
    assert written.name(anna, translate) == written.mail_of(anna, translate) == "anna@example.org"
    owner.name = "Olle"
    assert written.name(owner, translate) == "Olle" and "@" not in written.mail_of(owner, translate)
