"""Append-only tables: the database itself refuses UPDATE and DELETE (and TRUNCATE on PostgreSQL).

A paper is free while it is a draft; once frozen its text stays, and so does its row.
"""

import re

from django.db import connection

TABLES = ("matters_event", "matters_deadlinechange")
SENTENCE = "append-only table"

POSTGRES = """
CREATE OR REPLACE FUNCTION linkage_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'append-only table %%', TG_TABLE_NAME; END $$ LANGUAGE plpgsql;
"""
FROZEN = "OLD.frozen <> ''"
PAPER_COLUMNS = ("frozen", "sha256", "number", "issued_on")
PDF_COLUMNS = ("pdf_key", "pdf_sha256", "pdf_pages", "pdf_size", "pdf_at")


def statements(vendor: str) -> list[str]:
    """The statements that install all triggers; each may be run again."""
    return postgres() if vendor == "postgresql" else sqlite()


def sqlite() -> list[str]:
    rows = []
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            name = f"{table}_no_{verb.lower()}"
            rows.append(
                f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{SENTENCE} {table}'); END"
            )
    rows.append(
        "CREATE TRIGGER IF NOT EXISTS matters_paper_frozen BEFORE UPDATE ON matters_paper "
        f"WHEN {changed('IS NOT')} BEGIN SELECT RAISE(ABORT, '{SENTENCE} matters_paper'); END"
    )
    rows.append(
        "CREATE TRIGGER IF NOT EXISTS matters_paper_kept BEFORE DELETE ON matters_paper "
        f"WHEN {FROZEN} BEGIN SELECT RAISE(ABORT, '{SENTENCE} matters_paper'); END"
    )
    return rows


def changed(differs: str) -> str:
    """The condition under which an update touches a frozen text or a PDF already made."""
    text = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in PAPER_COLUMNS)
    made = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in PDF_COLUMNS)
    return f"({FROZEN} AND ({text})) OR (OLD.pdf_key <> '' AND ({made}))"


def postgres() -> list[str]:
    rows = [POSTGRES.replace("%%", "%")]
    for table in TABLES:
        rows += postgres_trigger(f"{table}_append_only", "UPDATE OR DELETE", table, "FOR EACH ROW")
    for table in (*TABLES, "matters_paper"):
        rows += postgres_trigger(f"{table}_no_truncate", "TRUNCATE", table, "FOR EACH STATEMENT")
    frozen = f"FOR EACH ROW WHEN ({changed('IS DISTINCT FROM')})"
    rows += postgres_trigger("matters_paper_frozen", "UPDATE", "matters_paper", frozen)
    rows += postgres_trigger("matters_paper_kept", "DELETE", "matters_paper", f"FOR EACH ROW WHEN ({FROZEN})")
    return rows


def postgres_trigger(name: str, verbs: str, table: str, when: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE {verbs} ON {table} {when} EXECUTE FUNCTION linkage_append_only()",
    ]


def install() -> None:
    """Install the triggers; after every migrate, table remake and test flush."""
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor):
            cursor.execute(statement)


def lift() -> None:
    """Remove the triggers; only the flush of a test database does this."""
    with connection.cursor() as cursor:
        for name, table in installed():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def wanted() -> set[str]:
    """The names of the triggers that must be there."""
    rows = statements(connection.vendor)
    return {found.group(1) for row in rows if (found := re.match(r"CREATE TRIGGER (?:IF NOT EXISTS )?(\w+)", row))}


def installed() -> list[tuple[str, str]]:
    """(trigger, table) of our triggers in this database."""
    queries = {
        "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    }
    with connection.cursor() as cursor:
        cursor.execute(queries[connection.vendor])
        rows = cursor.fetchall()
    return [(name, table) for name, table in rows if name in wanted()]


def tables_exist() -> bool:
    """Whether the first migrate has made the tables that the triggers guard."""
    with connection.cursor() as cursor:
        return set(TABLES) <= set(connection.introspection.table_names(cursor))


def missing() -> set[str]:
    """Triggers that are not in the database."""
    return wanted() - {name for name, _ in installed()}
