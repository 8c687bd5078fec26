"""The calendar in the database: the reference data, the merged layers, and notices entered by the legal office."""

from datetime import date, timedelta

import pytest

from linkage import workdays
from linkage.jobs.models import Job
from linkage.matters import reference, workcalendar
from linkage.matters.models import CalendarNotice, DeadlineRule, Event, Layer, WorkCalendarDay
from linkage.matters.workcalendar import Entry
from linkage.units.acting import SYSTEM, Actor
from linkage.units.models import Area, User
from linkage.workdays import Term

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
REST = Entry(works=False, name="元旦")
WORK = Entry(works=True, name="元旦")


def notice(year: int, layer: str = Layer.NATIONAL, **fields) -> CalendarNotice:
    return CalendarNotice(year=year, layer=layer, title=f"{year}年放假通知", source="中国政府网", **fields)


def rows() -> list[tuple]:
    return list(WorkCalendarDay.objects.order_by("layer", "date").values_list("layer", "date", "works", "name"))


# --- Reference data ---------------------------------------------------------------------------------------------------
def test_areas_are_the_three_of_the_place():
    found = Area.objects.values_list("code", "name", "parent")
    assert list(found) == [
        ("450000", "广西壮族自治区", None), ("450400", "梧州市", "450000"), ("450481", "岑溪市", "450400"),
    ]  # fmt: skip


def test_the_library_years_are_loaded_and_the_next_is_not():
    calendar = workcalendar.calendar()
    assert calendar.loaded == frozenset(range(2004, 2027))
    assert not calendar.is_loaded(2027)


def test_every_notice_names_its_source():
    national = CalendarNotice.objects.filter(layer=Layer.NATIONAL)
    assert all("chinesecalendar" in row.source for row in national)
    assert national.get(year=2026).issued_on == date(2025, 11, 4)
    assert national.filter(issued_on=None).count() == 22


def test_days_off_before_new_year_belong_to_the_next_years_notice():
    day = WorkCalendarDay.objects.select_related("notice").get(date=date(2018, 12, 31))
    assert (day.notice.year, day.name, day.works) == (2019, "元旦", False)


def test_the_guangxi_layer_is_computed_and_says_so():
    days = WorkCalendarDay.objects.filter(layer=Layer.GUANGXI).values_list("date", "works", "name")
    assert [day for day, *_ in days] == [
        date(2024, 4, 11), date(2024, 4, 12), date(2025, 3, 31), date(2025, 4, 1), date(2026, 4, 19), date(2026, 4, 20),
    ]  # fmt: skip
    assert {(works, name) for _, works, name in days} == {(False, "壮族三月三，按农历推算")}
    assert "待核对" in CalendarNotice.objects.get(year=2026, layer=Layer.GUANGXI).title


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        ("2026-08-05", 2, "month", "2026-10-08"),
        ("2025-12-31", 2, "month", "2026-02-28"),
        ("2026-07-20", 2, "month", "2026-09-20"),
        ("2026-01-31", 2, "month", "2026-03-31"),
        ("2026-03-02", 2, "month", "2026-05-06"),
        ("2026-02-03", 15, "day", "2026-02-24"),
        ("2026-09-12", 15, "day", "2026-09-28"),
        ("2026-09-29", 5, "workday", "2026-10-12"),
        ("2026-04-10", 10, "day", "2026-04-21"),  # 20 April is 三月三
    ],
)
def test_vectors_with_all_layers(start, amount, unit, due):
    count = workdays.due(date.fromisoformat(start), Term(amount, unit), workcalendar.calendar())
    assert (count.due.isoformat(), count.provisional) == (due, False)


def test_the_steps_name_the_computed_holiday():
    count = workdays.due(date(2026, 4, 10), Term(10, "day"), workcalendar.calendar())
    assert count.steps[-1] == "届满日为休息日（壮族三月三，按农历推算），顺延至4月21日（周二）"


def test_rules_carry_basis_mark_and_source():
    found = {rule.code: rule for rule in DeadlineRule.objects.all()}
    reply = found["suggestion.reply.public_interest.urgent"]
    assert (reply.amount, reply.unit, reply.window, reply.mark, reply.source) == (15, "day", 5, "law", "V")
    assert reply.basis.endswith("第二十一条")
    assert (found["suggestion.serve"].mark, found["suggestion.serve"].basis) == ("agreed", "平台约定，法律没有规定")
    assert found["suggestion.reply.judicial.general"].mark == "letter"
    assert not found["report.quarter"].rolls
    assert all(rule.basis and rule.start.endswith(("次日", "开庭前")) for rule in found.values())
    assert {code for code, rule in found.items() if rule.start == "开庭前"} == {"appearance.notify", "appearance.name"}


@pytest.mark.parametrize("code", ["judicial.case", "judicial.discipline", "procuratorial.urgent", "enforcement"])
def test_letters_without_a_period_of_their_own_have_no_rule(code):
    assert DeadlineRule.objects.in_force(f"suggestion.reply.{code}") is None


def test_loading_again_changes_nothing():
    before = (rows(), list(DeadlineRule.objects.values()), list(CalendarNotice.objects.values()))
    reference.load()
    assert (rows(), list(DeadlineRule.objects.values()), list(CalendarNotice.objects.values())) == before


def test_loading_again_keeps_what_an_editor_changed():
    changed = CalendarNotice.objects.get(year=2026, layer=Layer.GUANGXI)
    changed.title = "自治区人民政府办公厅关于2026年“壮族三月三”放假的通知"
    workcalendar.enter(changed, {date(2026, 4, 21): Entry(works=False, name="壮族三月三")}, SYSTEM)
    Area.objects.filter(code="450481").update(name="岑溪")
    DeadlineRule.objects.filter(code="suggestion.serve").update(amount=7)
    reference.load()
    assert workcalendar.entered(changed) == {date(2026, 4, 21): Entry(works=False, name="壮族三月三")}
    assert Area.objects.get(code="450481").name == "岑溪"
    assert DeadlineRule.objects.get(code="suggestion.serve").amount == 7


# --- Layers -----------------------------------------------------------------------------------------------------------
def test_the_local_notice_gives_back_a_worked_weekend_day():
    merged = workcalendar.merged(
        [
            (date(2017, 4, 1), Layer.NATIONAL, True, "清明节", 2017),
            (date(2017, 4, 1), Layer.GUANGXI, False, "壮族三月三", 2017),
            (date(2017, 4, 8), Layer.GUANGXI, True, "壮族三月三", 2017),
        ]
    )
    assert (merged.is_workday(date(2017, 4, 1)), merged.is_workday(date(2017, 4, 8))) == (False, True)
    assert merged.name(date(2017, 4, 1)) == "壮族三月三"


def test_the_local_notice_cannot_make_people_work_on_a_national_holiday():
    merged = workcalendar.merged(
        [
            (date(2026, 5, 2), Layer.NATIONAL, False, "劳动节", 2026),
            (date(2026, 5, 2), Layer.GUANGXI, True, "壮族三月三", 2026),
        ]
    )
    assert not merged.is_workday(date(2026, 5, 2))
    assert merged.name(date(2026, 5, 2)) == "劳动节"


def test_a_local_notice_alone_does_not_load_a_year():
    merged = workcalendar.merged([(date(2027, 4, 9), Layer.GUANGXI, False, "壮族三月三", 2027)])
    assert not merged.is_loaded(2027)
    assert not merged.is_workday(date(2027, 4, 9))


@pytest.mark.parametrize("since", [None, date(2026, 3, 2)])
def test_the_calendar_is_one_query(django_assert_num_queries, since):
    with django_assert_num_queries(1):
        workcalendar.calendar(since)


def test_a_calendar_since_a_year_counts_the_same():
    start = date(2026, 8, 5)
    whole, part = workcalendar.calendar(), workcalendar.calendar(start)
    assert workdays.due(start, Term(2, "month"), whole) == workdays.due(start, Term(2, "month"), part)
    assert part.loaded == {2026}


# --- Notices ----------------------------------------------------------------------------------------------------------
def test_entering_a_notice_loads_the_year_at_once():
    workcalendar.enter(notice(2027), {date(2027, 1, 1) + DAY * n: REST for n in range(3)}, SYSTEM)
    calendar = workcalendar.calendar()
    assert calendar.is_loaded(2027)
    assert not calendar.is_workday(date(2027, 1, 1))
    assert calendar.is_workday(date(2027, 2, 5))  # what the notice does not name is an ordinary day


def test_entering_a_notice_writes_one_event_and_asks_to_count_anew():
    clerk = User.objects.create(username="qin", name="覃立明")
    saved = notice(2027)
    event = workcalendar.enter(saved, {date(2027, 1, 1): REST, date(2026, 12, 27): WORK}, Actor(clerk, None))
    assert list(Event.objects.all()) == [event]
    assert (event.verb, event.matter, event.actor) == ("calendar", None, clerk)
    assert event.data["after"] == ["2026-12-27 上班 元旦", "2027-01-01 休息 元旦"]
    assert saved.entered_by == clerk
    first, again = Job.objects.order_by("run_after")
    span = {"event": event.pk, "since": "2026-12-27", "until": "2027-12-31"}
    assert (first.key, first.args) == (f"recompute-all:{event.pk}", span)
    assert again.args == {**span, "again": True}
    assert again.run_after - first.run_after > timedelta(minutes=9)


def test_changing_a_notice_replaces_its_days_and_the_event_keeps_both():
    saved = notice(2027)
    workcalendar.enter(saved, {date(2027, 1, 1): REST, date(2027, 1, 2): REST}, SYSTEM)
    event = workcalendar.enter(saved, {date(2027, 1, 1): REST}, SYSTEM)
    assert workcalendar.entered(saved) == {date(2027, 1, 1): REST}
    assert event.label == "修改放假通知"
    assert event.data["before"] == ["2027-01-01 休息 元旦", "2027-01-02 休息 元旦"]


def test_days_of_another_notice_are_named():
    days = [date(2026, 10, 1), date(2026, 12, 31)]
    assert workcalendar.taken(notice(2027), days) == [date(2026, 10, 1)]
    assert workcalendar.taken(notice(2027, Layer.GUANGXI), days) == []
    assert workcalendar.taken(CalendarNotice.objects.get(year=2026, layer=Layer.NATIONAL), days) == []
