"""The check commands: silent over what the engine wrote, loud over what somebody bent."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from linkage.matters import copying, engine, inbox, papers, proofs
from linkage.matters.models import Deadline, DeadlineChange, Event, Matter, Paper, Party, Series
from linkage.units.models import Unit
from tests import factories
from tests.stages import kept_for_a_module

pytestmark = pytest.mark.django_db  # each test takes back what it bends, and leaves the letters
COMMANDS = ("check_copies", "check_inbox", "check_series")


def run(name: str) -> tuple[int, str, str]:
    """Exit code, output and complaints of a command."""
    out, err = StringIO(), StringIO()
    try:
        call_command(name, stdout=out, stderr=err)
    except SystemExit as stop:
        return int(stop.code), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, folder):
    with kept_for_a_module(django_db_blocker, folder):
        yield factories.World()


@pytest.fixture(scope="module")
def letters(world):
    """One draft, one letter being handled, one answered, one closed, one outside the rule."""
    factories.draft(world.court_handler, world.bureau)
    handling = factories.issued(world)
    answered = factories.replied(world, factories.issued(world))
    closed = factories.replied(world, factories.issued(world))
    engine.take(closed.pk, "close", world.court_handler, data={"result": "done", "opinion": "落实到位"})
    factories.issued(world, world.firm)
    return {"handling": handling, "answered": answered, "closed": closed}


@pytest.mark.parametrize("name", COMMANDS)
def test_an_empty_installation_passes(name):
    """The first of the module: before its letters are there."""
    assert not Matter.objects.exists()
    assert run(name)[0] == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_what_the_engine_wrote_passes(letters, name):
    code, _, complaints = run(name)
    assert (code, complaints) == (0, "")


# --- copies -----------------------------------------------------------------------------------------------------------
def test_the_count_is_of_letters_to_agencies(letters):
    assert "应当抄送司法局的事项 4 件，遗漏 0 件" in run("check_copies")[1]


def test_a_missing_copy_is_named(world, letters):
    matter = letters["handling"]
    Party.objects.filter(matter=matter, holder=world.office).delete()
    code, told, complaints = run("check_copies")
    assert code == 1
    assert "遗漏 1 件" in told
    assert matter.number in complaints
    assert copying.lacks_copy(matter)
    assert not copying.lacks_copy(letters["closed"])


def test_the_legal_office_of_another_county_does_not_count(world, letters):
    Unit.objects.filter(pk=world.office.pk).update(area="450400")
    assert "遗漏 4 件" in run("check_copies")[1]


def test_copies_are_checked_in_two_queries(letters, django_assert_num_queries):
    with django_assert_num_queries(2):
        run("check_copies")


# --- the inbox --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("column", "value"),
    [("box", 3), ("turn", "leader"), ("sort_on", date(2020, 1, 1)), ("due_on", None), ("warn_on", date(2020, 1, 1)),
     ("ended_on", date(2020, 1, 1))],
)  # fmt: skip
def test_a_bent_column_is_named(world, letters, column, value):
    Party.objects.filter(matter=letters["handling"], holder=world.bureau).update(**{column: value})
    code, _, complaints = run("check_inbox")
    assert code == 1
    assert f"市自然资源局：{proofs.WORDS[column]}为“{value}”" in complaints
    assert complaints.count("\n") == 1


def test_the_day_a_unit_came_to_rest_is_read_off_the_record(world, letters):
    rows = Party.objects.filter(matter=letters["answered"], holder=world.bureau)
    rows.update(ended_on=date(2020, 1, 1), sort_on=date(2020, 1, 1))
    assert run("check_inbox")[2].count("办毕日") == 1


def test_a_due_date_without_a_change_is_named(letters):
    row = Deadline.objects.get(matter=letters["handling"], code="reply")
    Deadline.objects.filter(pk=row.pk).update(due=row.due + timedelta(days=7))
    assert f"届满日为{row.due + timedelta(days=7)}，按变更记录应为{row.due}" in run("check_inbox")[2]


def test_a_due_date_is_the_fold_of_its_changes(letters):
    row = Deadline.objects.get(matter=letters["handling"], code="reply")
    later = row.due + timedelta(days=7)
    event = Event.objects.filter(matter=letters["handling"]).first()
    DeadlineChange.objects.create(deadline=row, event=event, reason="放假", from_due=row.due, to_due=later)
    assert "应为" in run("check_inbox")[2]
    Deadline.objects.filter(pk=row.pk).update(due=later)
    inbox.fold(Matter.objects.get(pk=letters["handling"].pk))
    assert run("check_inbox")[0] == 0


def test_a_void_draft_is_left_out(world):
    matter = factories.draft(world.court_handler, world.bureau)
    Party.objects.filter(matter=matter).update(box=0)
    assert run("check_inbox")[0] == 1
    engine.take(matter.pk, "discard", world.court_handler)
    assert run("check_inbox")[0] == 0


def test_the_inbox_is_checked_in_few_queries(letters, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        run("check_inbox")


def test_an_urging_overtaken_by_the_reply_waits_for_nobody(world, letters):
    """The leader's inbox must not keep a letter that can no longer be signed."""
    matter = letters["handling"]
    Deadline.objects.filter(matter=matter, code="reply").update(due=date(2020, 1, 1), first_due=date(2020, 1, 1))
    papers.save_draft(matter.pk, "urging", world.office_handler, None, {"text": "请回复。"})
    engine.take(matter.pk, "urging-submit", world.office_handler)
    assert Party.objects.get(matter=matter, holder=world.office).turn == "leader"
    factories.replied(world, matter)
    row = Party.objects.get(matter=matter, holder=world.office)
    assert (row.turn, row.box) == ("", 1)


# --- numbers ----------------------------------------------------------------------------------------------------------
def test_a_gap_in_a_series_is_named(letters):
    series = Series.objects.get(prefix="岑法建")
    series.last += 1
    series.save()
    code, _, complaints = run("check_series")
    assert code == 1
    assert f"岑法建〔{series.year}〕{series.last}号没有对应的文书" in complaints
    assert Paper.objects.filter(number=f"岑法建〔{series.year}〕{series.last - 1}号").exists()
