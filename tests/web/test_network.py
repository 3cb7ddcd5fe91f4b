"""Attempts are counted by the address that asked, told by as many proxies as were named and by nobody else."""

from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.test import RequestFactory

from bygd.web.api.often import Often
from bygd.web.network import address_of


@pytest.mark.parametrize(
    ("proxies", "said", "at"),
    [
        (0, "", "192.0.2.1"),
        (0, "198.51.100.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "203.0.113.5, 198.51.100.9", "198.51.100.9"),
        (2, "203.0.113.5,  198.51.100.9 ,10.0.0.1", "198.51.100.9"),
        (3, "198.51.100.9", "198.51.100.9"),
    ],
)
def test_as_many_proxies_are_believed_as_there_are(settings: Any, proxies: int, said: str, at: str) -> None:
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=said)
    assert address_of(request) == at
    assert get_adapter().get_client_ip(request) == at


@pytest.mark.django_db
def test_the_api_counts_by_it(settings: Any) -> None:
    settings.PROXIES = 1
    often = Often(2)

    def asks(address: str, made_up: int) -> bool:
        said = f"203.0.113.{made_up}, {address}"
        return often.allow_request(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=said))

    assert [asks("198.51.100.1", number) for number in (1, 2, 3)] == [True, True, False]
    assert asks("198.51.100.2", 1)
