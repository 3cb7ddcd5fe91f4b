"""Tokens: found by their secret while they hold, and by nothing else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bygd.web.people import tokens
from bygd.web.people.models import Token
from bygd.web.people.words import Scope

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_secret_finds_its_person_and_scopes(somebody: Callable[..., Any]) -> None:
    anna, bo = somebody(), somebody()
    secret = tokens.make(anna, "sheet", [Scope.READ, Scope.DECIDE], DAY)
    tokens.make(bo, "other", [Scope.IMPORT], DAY)
    assert tokens.find(secret) == (anna, {Scope.READ, Scope.DECIDE})
    for wrong in ("", "bygd_", secret[:-1], secret.upper(), secret + "x"):
        assert tokens.find(wrong) is None


def test_no_secret_is_kept(somebody: Callable[..., Any]) -> None:
    secret = tokens.make(somebody(), "sheet", [Scope.READ], DAY)
    [row] = Token.objects.values()
    assert secret.startswith(row["prefix"]) and len(row["prefix"]) < len(secret) / 3
    assert secret not in str(row)


def test_it_ends(somebody: Callable[..., Any]) -> None:
    secret = tokens.make(somebody(), "sheet", [Scope.READ], DAY)
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert tokens.find(secret) is None


def test_it_ends_with_its_person(somebody: Callable[..., Any]) -> None:
    anna = somebody()
    secret = tokens.make(anna, "sheet", [Scope.READ], DAY)
    anna.is_active = False
    anna.save()
    assert tokens.find(secret) is None


def test_use_is_noted_but_not_each_time(somebody: Callable[..., Any], django_assert_num_queries: Any) -> None:
    secret = tokens.make(somebody(), "sheet", [Scope.READ], DAY)
    assert Token.objects.get().used_at is None
    tokens.find(secret)
    first = Token.objects.get().used_at
    assert first is not None and timezone.now() - first < timedelta(minutes=1)
    with django_assert_num_queries(1):
        tokens.find(secret)
    Token.objects.update(used_at=first - tokens.NOTED * 2)
    tokens.find(secret)
    assert Token.objects.get().used_at > first
