"""Rows: what the database holds, one line each, in a form that any database and any later version takes in."""

import base64
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.duration import duration_iso_string

from bygd.sources.errors import InputError

PASSING = frozenset({"auth", "contenttypes", "sessions", "usersessions", "django_tasks_database", "django_tasks_db"})
"""Apps whose rows are made again, or end with the sessions they are about."""

Schema = list[tuple[str, str]]
Change = Callable[[str, dict[str, Any]], dict[str, Any]]


def schema() -> Schema:
    """The last migration of every app, as this version has them."""
    return sorted(MigrationLoader(connection).graph.leaf_nodes())


def dumped() -> Iterator[str]:
    """Every row as a line of JSON. To be read to its end, within which nothing else is written on SQLite."""
    is_first = not connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and is_first:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for model in _models(schema()):
            names = [field.attname for field in model._meta.concrete_fields]
            for values in model._base_manager.order_by("pk").values_list(*names).iterator():
                row = dict(zip(names, values, strict=True))
                yield json.dumps({"model": model._meta.label_lower, "row": row}, default=_plain, ensure_ascii=False)


def counted(lines: Iterable[str]) -> dict[str, int]:
    """How many rows there are of each model."""
    return dict(sorted(Counter(json.loads(line)["model"] for line in lines).items()))


def load(lines: Iterable[str], made_at: Schema, change: Change) -> dict[str, int]:
    """Put rows into an empty database and bring it to the present schema; gives how many there are of each model.

    Raises InputError where the database holds something, or the rows come from a later version.
    """
    must_be_empty()
    executor = MigrationExecutor(connection)
    unknown = [f"{app}.{name}" for app, name in made_at if (app, name) not in executor.loader.disk_migrations]
    if unknown:
        raise InputError(
            "The backup is of a later version of bygd (it knows {unknown}). Install that one.", unknown=unknown
        )
    executor.migrate(made_at)
    found: Counter[str] = Counter()
    with transaction.atomic():
        listed = _models(made_at)
        by_label = {model._meta.label_lower: model for model in listed}
        for line in lines:
            said = json.loads(line)
            model, row = by_label[said["model"]], change(said["model"], said["row"])
            fields = {field.attname: field for field in model._meta.concrete_fields}
            one = model(**{name: fields[name].to_python(value) for name, value in row.items()})
            one.save_base(raw=True, force_insert=True)
            found[said["model"]] += 1
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), listed):
                cursor.execute(statement)
    return dict(sorted(found.items()))


def held() -> dict[str, int]:
    """How many rows the database holds of each model, those without any left out."""
    counts = {model._meta.label_lower: model._base_manager.count() for model in _models(schema())}
    return {label: number for label, number in sorted(counts.items()) if number}


def must_be_empty() -> None:
    """Raises InputError where the database knows people."""
    with connection.cursor() as cursor:
        if "people_person" in connection.introspection.table_names(cursor):
            cursor.execute("SELECT COUNT(*) FROM people_person")
            number = cursor.fetchone()[0]
            if number:
                raise InputError(
                    "The database knows {number} people already. Restore into an empty one: set "
                    "BYGD_DATABASE or BYGD_STATE to another.",
                    number=number,
                )


def _models(made_at: Schema) -> list[type[models.Model]]:
    """The models of that schema that are kept, in an order that does not change."""
    state = MigrationLoader(connection).project_state(made_at)
    assert state.apps is not None
    found = [
        model
        for model in state.apps.get_models(include_auto_created=True)
        if model._meta.app_label not in PASSING and model._meta.managed and not model._meta.proxy
    ]
    return sorted(found, key=lambda model: model._meta.label_lower)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a {type(value).__name__} cannot be kept")
