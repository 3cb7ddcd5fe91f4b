"""The database itself refuses to change or take out what stands in the audit log."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "people_event"
REFUSAL = "the audit log is added to, never changed"

SQLITE = [
    f"CREATE TRIGGER {TABLE}_{verb.lower()} BEFORE {verb} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    f"""CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$""",
    f"""CREATE TRIGGER {TABLE}_refused BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()""",
]
SHUT = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
OPEN = {
    "sqlite": [f"DROP TRIGGER {TABLE}_{verb}" for verb in ("update", "delete")],
    "postgresql": [f"DROP TRIGGER {TABLE}_refused ON {TABLE}", f"DROP FUNCTION {TABLE}_refuse()"],
}


def shut(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SHUT.get(editor.connection.vendor, []):
        editor.execute(statement)


def open_again(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in OPEN.get(editor.connection.vendor, []):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunPython(shut, open_again)]
