"""Reminders: due and not said, each once, on working days in office hours only.

The year 2026: 15 to 23 February is the Spring Festival with the 14th and the 28th worked; 1 to 5 May is Labour Day,
9 May is worked. A reply due on 6 May (Wednesday) has 30 April (Thursday) as the last working day before.
"""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linkage.jobs.models import Job
from linkage.matters import engine, workcalendar
from linkage.matters.models import Deadline, Matter
from linkage.matters.workcalendar import Entry
from linkage.notices import reminders
from linkage.notices.models import Notice, OfficeHours, Reminder
from linkage.units.acting import SYSTEM
from linkage.units.models import Post
from tests import factories
from tests.notices.conftest import at
from tests.units.people import person

pytestmark = pytest.mark.django_db
WORDS = "书面回复期限5月6日（周三）到期：岑法建〔2026〕"


def told(moment: str, *people) -> list[str]:
    """What is said in a run at that moment: the stages, by the last part of the keys."""
    before = set(Notice.objects.values_list("pk", flat=True))
    with at(moment):
        reminders.remind()
    new = Notice.objects.exclude(pk__in=before).filter(**({"user__in": people} if people else {})).order_by("pk")
    return [row.key.rpartition(":")[2] for row in new]


# --- When ---------------------------------------------------------------------------------------------------------------
def test_the_window_of_the_rule_opens_the_warning(handler, owed):
    owed("2026-05-06")
    assert [told("2026-04-20 09:00"), told("2026-04-21 09:00")] == [[], ["window"]]  # 15 days before
    notice = Notice.objects.get()
    assert notice.title.startswith(WORDS)
    assert (notice.user, notice.topic, notice.urgent, notice.due_on) == (handler, "urge", False, date(2026, 5, 6))


def test_every_window_is_its_own(handler, owed):
    for window in (3, 5, 15):
        owed("2026-05-20", window=window)
    days = [len(told(f"2026-05-{day:02} 09:00")) for day in range(4, 21)]
    assert days == [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 3, 3]  # the 5th is a holiday: the 6th says it


def test_every_stage_is_said_once_however_often_it_runs(handler, leader, owed):
    owed("2026-05-20", window=5)
    said = {}
    for day in range(11, 31):
        runs = [stage for clock in ("08:30", "12:00", "17:50") for stage in told(f"2026-05-{day:02} {clock}", handler)]
        said |= {day: runs} if runs else {}
    assert said == {15: ["window"], 19: ["tomorrow"], 20: ["today"], 21: ["overdue"]}


@pytest.mark.parametrize(
    "moment",
    ["2026-04-30 08:29", "2026-04-30 18:00", "2026-04-30 23:59", "2026-05-01 10:00", "2026-05-03 10:00"],
)
def test_nothing_is_said_outside_working_days_and_office_hours(moment, handler, owed):
    owed("2026-05-06")
    assert told(moment) == []


def test_a_weekend_day_that_is_worked_counts(handler, owed):
    owed("2026-05-09", rolls=False)
    assert told("2026-05-08 09:00") == ["tomorrow"]
    assert told("2026-05-09 08:30") == ["today"]


def test_the_hours_are_those_of_the_legal_office(handler, owed):
    owed("2026-05-06")
    OfficeHours.objects.create(opens="09:30", closes="16:30")
    assert [told("2026-04-30 09:00"), told("2026-04-30 16:30"), told("2026-04-30 16:29")] == [[], [], ["tomorrow"]]


# --- Tomorrow -----------------------------------------------------------------------------------------------------------
def test_tomorrow_is_the_last_working_day_before(handler, owed):
    owed("2026-05-06")
    assert told("2026-04-29 09:00") == ["window"]
    assert told("2026-04-30 09:00") == ["tomorrow"]
    assert Notice.objects.get(urgent=True).title.startswith(WORDS)


def test_a_holiday_entered_later_makes_it_earlier(handler, owed):
    owed("2026-06-12", window=1)
    days = {date(2026, 6, 11): Entry(works=False, name="停电")}
    assert told("2026-06-10 09:00") == []
    notice = workcalendar.CalendarNotice.objects.get(year=2026, layer="guangxi")
    workcalendar.enter(notice, workcalendar.entered(notice) | days, SYSTEM)
    assert told("2026-06-10 09:00") == ["tomorrow"]


def test_a_short_window_does_not_swallow_the_weekend(handler, owed):
    owed("2026-03-09", window=1)  # a Monday; one day before is Sunday
    assert told("2026-03-06 09:00") == ["tomorrow"]


def test_a_date_that_does_not_move_off_a_holiday_is_told_before_it(handler, owed):
    owed("2026-05-03", rolls=False)
    assert told("2026-04-30 09:00") == ["tomorrow"]
    assert told("2026-05-06 09:00") == ["overdue"]


# --- Late ---------------------------------------------------------------------------------------------------------------
def test_after_five_nights_without_a_run_each_is_said_once_with_the_right_day(handler, owed):
    near, far = owed("2026-03-13", window=10), owed("2026-03-20", window=15)
    assert told("2026-03-03 09:00") == ["window"]
    assert told("2026-03-11 09:00") == ["window"]  # since the 5th; the other one is told already
    assert [told("2026-03-11 09:10"), told("2026-03-11 17:00")] == [[], []]
    titles = dict(Notice.objects.values_list("key", "title"))
    assert titles[f"due:{near.pk}:2026-03-13:window"].startswith("书面回复期限3月13日（周五）到期：")
    assert titles[f"due:{far.pk}:2026-03-20:window"].startswith("书面回复期限3月20日（周五）到期：")


def test_nights_missed_over_the_due_date_give_one_sentence(handler, leader, owed):
    owed("2026-03-10")
    assert told("2026-03-16 09:00", handler) == ["overdue"]
    assert told("2026-03-17 09:00") == []
    assert {row.title.partition("：")[0] for row in Notice.objects.all()} == {"书面回复已逾期，期限3月10日（周二）"}


def test_overdue_is_said_on_the_first_working_day_and_to_the_leaders(handler, leader, owed):
    owed("2026-04-30")
    assert told("2026-04-30 17:59") == ["today"]
    assert told("2026-05-03 10:00") == []
    assert told("2026-05-06 08:30") == ["overdue", "overdue"]
    late = Notice.objects.filter(key__endswith="overdue")
    assert {(row.user.name, row.urgent) for row in late} == {("梁晓岚", True), ("陆明", True)}
    assert not Notice.objects.filter(user=leader).exclude(key__endswith="overdue").exists()


def test_the_year_is_named_where_it_is_another(handler, owed):
    owed("2027-01-08", window=15, provisional=True)
    told("2026-12-28 09:00")
    assert Notice.objects.get().title.startswith("书面回复期限2027年1月8日（周五）（暂定）到期：")


# --- What is no longer so --------------------------------------------------------------------------------------------------
def test_a_date_that_moved_is_said_anew(handler, owed):
    row = owed("2026-05-06", provisional=True)
    assert told("2026-04-30 09:00") == ["tomorrow"]
    Deadline.objects.filter(pk=row.pk).update(due=date(2026, 5, 11), provisional=False)
    assert told("2026-04-30 09:10") == ["window"]
    assert [told(f"2026-05-{day:02} 09:00") for day in (8, 9, 11, 12)] == [[], ["tomorrow"], ["today"], ["overdue"]]


def test_an_agreed_date_is_never_overdue(handler, leader, owed):
    owed("2026-03-13", window=3, soft=True, label="补充回复", code="supplement")
    days = ["10", "12", "13", "16", "17"]
    assert [told(f"2026-03-{day} 09:00") for day in days] == [["window"], ["tomorrow"], ["today"], [], []]
    assert Notice.objects.first().title.startswith("补充回复商定日期3月13日（周五）到期：")
    assert set(Notice.objects.values_list("due_on", flat=True)) == {None}


def test_void_matters_closed_deadlines_and_ended_parties_are_silent(handler, owed):
    void, closed, ended, unseen = (owed("2026-03-10") for _ in range(4))
    Matter.objects.filter(pk=void.matter_id).update(void=True)
    Deadline.objects.filter(pk=closed.pk).update(closed_on=date(2026, 3, 9), outcome="cancelled")
    ended.matter.parties.update(until=datetime.fromisoformat("2026-03-09T09:00:00+08:00"))
    unseen.matter.parties.update(since=None)
    assert told("2026-03-11 09:00") == []


def test_a_withdrawn_letter_is_silent(world):
    with at("2026-03-02 09:00"):
        matter = factories.issued(world)
    assert told("2026-03-04 09:00") == ["tomorrow"]  # to receive by the 5th
    with at("2026-03-04 10:00"):
        engine.take(matter.pk, "withdraw", world.court_leader, data={"note": "重复制发"})
    assert [told(f"2026-03-{day} 09:00") for day in ("05", "06", "30")] == [[], [], []]
    assert told("2026-05-07 09:00") == []


# --- Whom ---------------------------------------------------------------------------------------------------------------
def test_the_handler_in_charge_else_all_handlers(handler, bureau, owed):
    other = person("qinfang", "覃芳", (bureau, "handler"))
    gone = person("huangyi", "黄毅")
    owed("2026-03-10", party={"handler": other})
    owed("2026-03-10")
    owed("2026-03-10", party={"handler": gone})
    told("2026-03-10 09:00")
    people = [sorted(Notice.objects.filter(key=key).values_list("user__name", flat=True)) for key in keys()]
    assert people == [["覃芳"], ["梁晓岚", "覃芳"], ["梁晓岚", "覃芳"]]


def keys() -> list[str]:
    return [f"due:{row.pk}:{row.due}:today" for row in Deadline.objects.order_by("pk")]


def test_the_leaders_hear_of_it_while_a_paper_waits_for_them(handler, leader, owed):
    owed("2026-03-10", party={"turn": "leader"})
    assert told("2026-03-10 09:00", leader) == ["today"]


def test_one_notice_for_who_is_handler_and_leader(bureau, owed):
    person("luming", "陆明", (bureau, "handler"), (bureau, "leader"))
    owed("2026-03-10")
    assert told("2026-03-11 09:00") == ["overdue"]


def test_a_person_of_two_units_is_told_for_the_one_that_owes(handler, bureau, owed):
    town = factories.unit("town", "南渡镇人民政府")
    Post.objects.create(user=handler, unit=town, role="handler")
    mine, theirs = owed("2026-03-10"), owed("2026-03-10", unit=town)
    told("2026-03-10 09:00")
    assert set(Notice.objects.values_list("matter", "unit")) == {
        (mine.matter_id, bureau.pk),
        (theirs.matter_id, town.pk),
    }


def test_a_unit_without_anybody_is_told_as_soon_as_somebody_is_there(bureau, owed):
    owed("2026-03-10")
    assert told("2026-03-11 09:00") == []
    assert not Reminder.objects.exists()
    person("huangyi", "黄毅", (bureau, "admin"))  # not his post, but he can find who does it
    assert told("2026-03-12 09:00") == ["overdue"]


# --- Many ---------------------------------------------------------------------------------------------------------------
def queries_of_a_run(moment: str) -> int:
    with at(moment), CaptureQueriesContext(connection) as seen:
        reminders.remind()
    return len(seen)


def test_the_queries_do_not_grow_with_the_deadlines(handler, leader, owed):
    def fill(many: int) -> None:
        for due in ("2026-03-09", "2026-03-10", "2026-03-11", "2026-03-20"):
            for _ in range(many):
                owed(due)

    fill(1)
    few = queries_of_a_run("2026-03-10 09:00")
    fill(8)
    assert (queries_of_a_run("2026-03-10 09:10"), Notice.objects.count()) == (few, 9 * 5)
    assert queries_of_a_run("2026-03-10 09:20") <= 12  # nothing is left to say


def test_only_open_windows_are_read(handler, owed):
    wanted = [owed("2026-03-20"), owed("2026-03-11")]
    owed("2026-03-26")
    owed("2026-09-01", window=60)
    with at("2026-03-10 09:00"):
        days = reminders.Days.of(date(2026, 3, 10))
        found = [row for stage in reminders.STAGES for row in reminders.unsaid(stage, days)]
    assert sorted(row.pk for row in found) == [row.pk for row in wanted]


def test_more_than_a_batch_is_said_in_one_run(handler, owed, monkeypatch):
    monkeypatch.setattr(reminders, "BATCH", 2)
    for _ in range(5):
        owed("2026-03-10")
    assert told("2026-03-10 09:00") == ["today"] * 5


def test_the_first_run_of_a_day_orders_the_digest(handler, owed):
    for clock in ("08:00", "08:30", "10:00"):
        told(f"2026-03-10 {clock}")
    told("2026-03-11 08:40")
    assert list(Job.objects.filter(name="digests").values_list("key", flat=True).order_by("pk")) == [
        "digests:2026-03-10", "digests:2026-03-11",
    ]  # fmt: skip
