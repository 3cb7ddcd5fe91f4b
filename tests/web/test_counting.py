"""What is counted is remembered for as long as it says."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from bygd.web.counting import counted

A_WEEK = 7 * 24 * 3600


@pytest.mark.django_db
def test_a_count_is_kept_for_as_long_as_it_says_and_tells_nobody_what_it_was() -> None:
    assert [counted("a form from 10.0.0.9", A_WEEK) for _time in range(3)] == [1, 2, 3]
    assert counted("a form from 10.0.0.8", A_WEEK) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, expires FROM web_cache")
        rows = [(str(key), str(ends)) for key, ends in cursor.fetchall()]
    in_six_days = f"{timezone.now() + timedelta(days=6):%Y-%m-%d}"
    assert len(rows) == 2 and all(ends > in_six_days and "10.0.0" not in key for key, ends in rows)
