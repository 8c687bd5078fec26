"""The database itself refuses to forget: by the ORM, by SQL, on both engines; and nothing is ever flushed."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils import timezone

from linkage.matters import checks, triggers
from linkage.matters.models import Deadline, DeadlineChange, Event, Matter, Paper
from linkage.papers import worker
from tests import factories
from tests.stages import kept_for_a_module

pytestmark = pytest.mark.django_db
POSTGRES = connection.vendor == "postgresql"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Built once: every test here fails to change it, or is rolled back."""
    with kept_for_a_module(django_db_blocker, tmp_path_factory.mktemp("files")):
        yield factories.World()


@pytest.fixture(scope="module")
def letter(world) -> Matter:
    return factories.issued(world)


@pytest.fixture
def paper(letter) -> Paper:
    return Paper.objects.get(matter=letter, kind="suggestion")


@pytest.fixture
def change(letter) -> DeadlineChange:
    event = Event.objects.filter(matter=letter).first()
    day = {"from_due": date(2026, 5, 6), "to_due": date(2026, 5, 7)}
    return DeadlineChange.objects.create(deadline=Deadline.objects.first(), event=event, reason="放假调整", **day)


def refused(act) -> str:
    """The database's own words."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        act()
    return str(caught.value).splitlines()[0]


def run(sql: str, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def contents(table: str) -> list:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        return cursor.fetchall()


# --- events and changes of deadlines ------------------------------------------------------------------------------------
FIELD = {Event: "note", DeadlineChange: "reason"}
WAYS = {
    "save": lambda row: row.save(),
    "save of one field": lambda row: row.save(update_fields=[FIELD[type(row)]]),
    "update": lambda row: type(row).objects.update(**{FIELD[type(row)]: "别的"}),
    "bulk_update": lambda row: type(row).objects.bulk_update([changed(row)], [FIELD[type(row)]]),
    "delete": lambda row: type(row).objects.filter(pk=row.pk)._raw_delete("default"),
    "SQL update": lambda row: run(f"UPDATE {row._meta.db_table} SET {FIELD[type(row)]} = %s", "别的"),
    "SQL update of one row": lambda row: run(f"UPDATE {row._meta.db_table} SET id = id WHERE id = %s", row.pk),
    "SQL delete": lambda row: run(f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk),
    "upsert": lambda row: type(row).objects.bulk_create(
        [changed(row)], update_conflicts=True, unique_fields=["id"], update_fields=[FIELD[type(row)]]
    ),
}


def changed(row):
    setattr(row, FIELD[type(row)], "别的")
    return row


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("model", [Event, DeadlineChange])
def test_a_record_is_neither_changed_nor_deleted(letter, change, model, way):
    row = change if model is DeadlineChange else Event.objects.filter(matter=letter, verb="serve").get()
    before = contents(model._meta.db_table)
    assert refused(lambda: WAYS[way](row)) == f"append-only table {model._meta.db_table}"
    assert contents(model._meta.db_table) == before


def test_the_models_protect_what_events_point_to(letter):
    with pytest.raises((ProtectedError, RestrictedError)):
        letter.delete()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(matter=letter).delete()
    with transaction.atomic():
        run("DELETE FROM matters_matter WHERE id = %s", letter.pk)
        with pytest.raises(IntegrityError):  # foreign keys are looked at before the commit
            connection.check_constraints()
        transaction.set_rollback(True)


GUARDED = {"matters_event": Event, "matters_deadlinechange": DeadlineChange, "matters_paper": Paper}


def wholesale(model) -> str:
    """The statement by which each engine would go round triggers for UPDATE and DELETE."""
    table = model._meta.db_table
    columns = ", ".join(field.column for field in model._meta.concrete_fields)
    return (
        f"TRUNCATE {table} CASCADE"
        if POSTGRES
        else f"INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}"
    )


@pytest.mark.parametrize("table", GUARDED)
def test_nor_are_all_rows_emptied_or_replaced_at_once(letter, change, table):
    connection.check_constraints()  # PostgreSQL truncates only when nothing is deferred
    before = contents(table)
    assert refused(lambda: run(wholesale(GUARDED[table]))).startswith("append-only table matters_")
    assert contents(table) == before


def test_new_records_may_be_written(letter):
    before = Event.objects.count()
    Event.objects.create(
        matter=letter, verb="note", label="记录", happened_on=date(2026, 3, 3), recorded_at=timezone.now()
    )
    assert Event.objects.count() == before + 1


# --- papers -------------------------------------------------------------------------------------------------------------
TEXT = {"frozen": "{}", "sha256": "0" * 64, "number": "岑法建〔2026〕99号", "issued_on": date(2020, 1, 1)}
PDF = {"pdf_key": "别的", "pdf_sha256": "0" * 64, "pdf_pages": 9, "pdf_size": 9, "pdf_at": timezone.now()}


@pytest.mark.parametrize("column", TEXT)
@pytest.mark.parametrize("value", ["another", "none"])
def test_a_frozen_text_is_not_changed(paper, column, value):
    empty = None if column == "issued_on" else ""
    wanted = TEXT[column] if value == "another" else empty
    assert (
        refused(lambda: Paper.objects.filter(pk=paper.pk).update(**{column: wanted}))
        == "append-only table matters_paper"
    )
    assert Paper.objects.values().get(pk=paper.pk)[column] == getattr(paper, column)


def test_a_pdf_is_written_once(paper):
    worker.make_pdf(paper.pk)
    made = Paper.objects.values(*PDF).get(pk=paper.pk)
    assert all(made.values())
    for column, value in PDF.items():
        words = refused(lambda: Paper.objects.filter(pk=paper.pk).update(**{column: value}))  # noqa: B023
        assert (column, words) == (column, "append-only table matters_paper")
    worker.make_pdf(paper.pk)
    assert Paper.objects.values(*PDF).get(pk=paper.pk) == made


def test_a_frozen_paper_is_not_deleted_and_a_draft_paper_may_be(world, paper):
    assert (
        refused(lambda: run("DELETE FROM matters_paper WHERE id = %s", paper.pk)) == "append-only table matters_paper"
    )
    draft = Paper.objects.get(matter=factories.draft(world.court_handler, world.bureau))
    assert Paper.objects.filter(pk=draft.pk).delete()[0] == 1


def test_the_rest_of_an_issued_paper_goes_on(paper):
    """Withdrawing and stamping do not touch the text."""
    Paper.objects.filter(pk=paper.pk).update(status=Paper.Status.WITHDRAWN)
    paper.refresh_from_db()
    paper.save()
    assert paper.status == Paper.Status.WITHDRAWN


def test_the_text_is_that_of_its_hash_in_the_event(letter, paper):
    event = Event.objects.get(matter=letter, verb="issue")
    assert (event.data["sha256"], event.data["paper"], event.data["number"]) == (paper.sha256, paper.pk, letter.number)
    assert paper.content["number"] == letter.number


# --- the triggers are there ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", sorted(triggers.wanted()))
def test_starting_up_without_a_trigger_is_reported(letter, name):
    table = dict(triggers.installed())[name]
    run(f"DROP TRIGGER {name}" + (f" ON {table}" if POSTGRES else ""))
    reported = checks.append_only(databases=["default"])
    assert [(problem.id, problem.msg) for problem in reported] == [
        ("linkage.E001", f"append-only triggers are missing: {name}")
    ]
    triggers.install()
    assert checks.append_only(databases=["default"]) == []


def test_checks_without_a_database_ask_none():
    assert checks.append_only(databases=None) == []


def test_installing_twice_is_installing_once():
    triggers.install()
    triggers.install()
    names = [name for name, _ in triggers.installed()]
    assert sorted(names) == sorted(triggers.wanted())


# --- flush --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["linkage", "var/linkage.sqlite3", "/srv/linkage/latest.sqlite3", "contest"])
def test_flush_is_refused_on_a_real_database(letter, monkeypatch, name):
    monkeypatch.setitem(connection.settings_dict, "NAME", name)
    before = Event.objects.count()
    with pytest.raises(CommandError, match="联动平台的数据不能清空"):
        call_command("flush", interactive=False, verbosity=0)
    assert Event.objects.count() == before
    assert triggers.missing() == set()
