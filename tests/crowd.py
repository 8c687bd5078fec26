"""Ten thousand letters from ten: the rows of real ones, copied inside the database with ids of their own."""

from django.db import connection

from linkage.matters.models import Deadline, Matter, Party
from suggestions.models import Suggestion

FAR_APART = 1_000_000  # between the ids of a letter and those of its copies
COPIED = ((Matter, "id"), (Suggestion, "matter_id"), (Party, "matter_id"), (Deadline, "matter_id"))


def multiply(times: int) -> int:
    """Make `times - 1` copies of every letter there is; returns how many letters there are now."""
    for model, key in COPIED if times > 1 else ():
        names = [field.column for field in model._meta.concrete_fields if field.column == key or not field.primary_key]
        wanted = [f'base."{name}"' + f" + {FAR_APART} * step.i" * (name == key) for name in names]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({', '.join(map(connection.ops.quote_name, names))}) "
                "WITH RECURSIVE step(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM step WHERE i < %s) "
                f"SELECT {', '.join(wanted)} FROM {model._meta.db_table} base CROSS JOIN step",
                [times - 1],
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # or PostgreSQL would look up foreign keys as in the empty tables of before
    connection.check_constraints()  # once, or it would look at all of them at the end of every test
    return Matter.objects.count()
