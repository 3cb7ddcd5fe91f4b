"""The API does what its own description says, whatever is sent to it."""

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis.errors import Unsatisfiable

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    # The client of the test lets go of files without closing them; servers close what they are given.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

EXAMPLES = int(os.environ.get("BYGD_EXAMPLES", "10"))


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """The connection in which the test's rows stand stays open between requests, as with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def steady(examples: int) -> settings:
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )


def test_the_api_keeps_what_it_describes(
    own_place: Any, somebody: Callable[..., Any], token: Callable[..., str]
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of libraries that only tests use
        import schemathesis
        from schemathesis.specs.openapi.checks import positive_data_acceptance

        from bygd.web.wsgi import application

        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    from bygd.web.places.published import publish
    from bygd.web.work import jobs
    from bygd.web.work.words import JobKind
    from bygd.workbench import contracts, snapshot

    publish(own_place, snapshot.current(own_place.project).id)
    anchors = sorted({entry.source for entry in own_place.project.ledgers})
    person = somebody(own_place, "analyst", "buyer", anchors=anchors)
    headers = {"Authorization": f"Bearer {token(person)}", "Host": "localhost"}
    with snapshot.current(own_place.project).engine() as engine:
        key = engine.rows("SELECT MIN(supplier_key) AS key FROM suppliers WHERE NOT is_masked")[0]["key"]
    known = {
        "place": own_place.slug,
        "number": jobs.ask(own_place, JobKind.BUILD, person).pk,
        "supplier_key": key,
        "contract_key": contracts.current(own_place.project)[0]["contract_key"],
    }
    asked: set[str] = set()
    for result in schema.get_all_operations():
        operation = result.ok()
        asked.add(operation.label)
        names = {one.name for one in operation.path_parameters}
        for parts in ({name: known[name] for name in names}, None):
            for mode in schemathesis.GenerationMode:

                @steady(EXAMPLES if parts else 2)
                @given(case=operation.as_strategy(mode, path_parameters=parts))
                def keeps(case: Any) -> None:
                    # A parameter that is an empty list is not sent, so nothing would be wrong with the request.
                    assume(not any(value in ([], {}) for value in (case.query or {}).values()))
                    # The client of the test sends empty files in a way that no server would pass on.
                    passed_over = [positive_data_acceptance] if case.operation.label.endswith("/imports") else []
                    case.call_and_validate(headers=headers, excluded_checks=passed_over)

                with suppress(Unsatisfiable):  # an operation without parameters has nothing that can be wrong
                    keeps()
    assert len(asked) > 15
