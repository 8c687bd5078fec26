"""Counting terms: the test vectors of the law sheet, the sentences, and properties that hold for every calendar."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from chinese_calendar import constants
from hypothesis import given
from hypothesis import strategies as st

from linkage import workdays
from linkage.workdays import Calendar, Term

DAY = timedelta(days=1)
NAMES = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}
REST = dict.fromkeys(constants.holidays, False)
WORK = dict.fromkeys(constants.workdays, True)
NATIONAL = Calendar(
    {**REST, **WORK},
    frozenset(range(2004, 2027)),
    {day: NAMES[name] for day, name in constants.holidays.items()},
)
EMPTY = Calendar({}, frozenset())


def end(start: str, amount: int, unit: str, rolls: bool = True, calendar: Calendar = NATIONAL) -> str:
    return workdays.due(date.fromisoformat(start), Term(amount, unit, rolls), calendar).due.isoformat()


@pytest.mark.parametrize(
    ("start", "amount", "unit", "nominal", "due"),
    [
        ("2026-08-05", 2, "month", "2026-10-05", "2026-10-08"),
        ("2025-12-31", 2, "month", "2026-02-28", "2026-02-28"),
        ("2026-07-20", 2, "month", "2026-09-20", "2026-09-20"),
        ("2026-01-31", 2, "month", "2026-03-31", "2026-03-31"),
        ("2026-03-02", 2, "month", "2026-05-02", "2026-05-06"),
        ("2026-03-04", 2, "month", "2026-05-04", "2026-05-06"),
        ("2026-01-28", 2, "month", "2026-03-28", "2026-03-30"),
        ("2026-03-03", 2, "month", "2026-05-03", "2026-05-06"),
        ("2026-02-03", 15, "day", "2026-02-18", "2026-02-24"),
        ("2026-09-12", 15, "day", "2026-09-27", "2026-09-28"),
        ("2026-09-29", 5, "workday", "2026-10-12", "2026-10-12"),
        ("2026-03-03", 3, "workday", "2026-03-06", "2026-03-06"),
        ("2026-04-23", 10, "workday", "2026-05-11", "2026-05-11"),
        ("2024-02-29", 1, "year", "2025-02-28", "2025-02-28"),
    ],
)
def test_vectors(start, amount, unit, nominal, due):
    count = workdays.due(date.fromisoformat(start), Term(amount, unit), NATIONAL)
    assert (count.nominal.isoformat(), count.due.isoformat(), count.provisional) == (nominal, due, False)


def test_the_state_council_days_of_2026():
    rest = [day for day in constants.holidays if day.year == 2026]
    work = [day for day in constants.workdays if day.year == 2026]
    spans = [((1, 1), (1, 3)), ((2, 15), (2, 23)), ((4, 4), (4, 6)), ((5, 1), (5, 5)), ((6, 19), (6, 21))]
    spans += [((9, 25), (9, 27)), ((10, 1), (10, 7))]
    wanted = [date(2026, *a) + DAY * n for a, b in spans for n in range((date(2026, *b) - date(2026, *a)).days + 1)]
    assert sorted(rest) == wanted
    assert sorted(work) == [date(2026, *at) for at in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))]


def steps(start: str, term: Term, calendar: Calendar = NATIONAL, label: str = "送达") -> list[str]:
    return workdays.due(date.fromisoformat(start), term, calendar, label).steps


def test_steps_of_a_term_that_ends_at_a_weekend():
    assert steps("2026-01-28", Term(2, "month")) == [
        "1月28日送达，次日起算",
        "期限2个月，至3月28日（周六）",
        "届满日为休息日，顺延至3月30日（周一）",
    ]


def test_steps_name_the_holiday():
    assert steps("2026-03-03", Term(2, "month"))[2] == "届满日为休息日（劳动节），顺延至5月6日（周三）"


def test_steps_say_why_a_worked_saturday_stays_and_that_the_month_is_shorter():
    assert steps("2025-12-31", Term(2, "month")) == [
        "2025年12月31日送达，次日起算",
        "期限2个月，2月没有31日，至月末2026年2月28日（周六）",
        "2026年2月28日（周六）调休上班，不顺延",
    ]


def test_steps_of_working_days_tell_what_is_left_out():
    assert steps("2026-09-29", Term(5, "workday")) == [
        "9月29日送达，次日起算",
        "期限5个工作日，至10月12日（周一）",
        "国庆节（10月1日至7日）不计，10月10日（周六）调休上班，计入",
    ]


@pytest.mark.parametrize("label", ["", "起算", "起算日"])
def test_steps_without_a_word_for_the_start(label):
    assert steps("2026-03-02", Term(3, "day"), label=label)[0] == "以3月2日为起算日，次日起算"


def test_a_report_term_does_not_roll():
    count = workdays.due(date(2029, 1, 31), Term(2, "month", rolls=False), EMPTY)
    assert (count.due, count.provisional) == (date(2029, 3, 31), False)  # a Saturday
    assert count.steps[-1] == "届满日为休息日，按规定不顺延"


def test_a_date_in_a_year_not_loaded_is_provisional():
    count = workdays.due(date(2026, 12, 5), Term(2, "month"), NATIONAL, "送达")
    assert count.provisional
    assert count.due == date(2027, 2, 9)  # 除夕 is 5 February
    assert count.steps[-2:] == [
        "届满日为休息日（春节），顺延至2027年2月9日（周二）",
        "2027年放假安排尚未公布，日期暂定",
    ]


def test_a_date_before_the_unknown_year_is_certain():
    assert not workdays.due(date(2026, 12, 1), Term(30, "day"), NATIONAL).provisional
    assert workdays.due(date(2026, 12, 30), Term(2, "workday"), NATIONAL).provisional


def test_rolling_into_a_year_not_loaded_is_provisional():
    calendar = Calendar({date(2026, 12, 31): False}, frozenset({2026}))
    count = workdays.due(date(2026, 12, 30), Term(1, "day"), calendar)
    assert (count.due, count.provisional) == (date(2027, 1, 4), True)


def test_a_year_before_the_loaded_ones_is_said_to_be_missing():
    assert steps("2003-01-06", Term(1, "day"))[-1] == "2003年放假安排未录入，日期暂定"


def test_years_without_a_lunar_table_keep_the_fixed_holidays():
    assert workdays.statutory(2060)[date(2060, 10, 1)] == "国庆节"
    assert workdays.third_of_third(2060) is None


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_statutory_days_are_holidays_of_the_announced_years(year):
    announced = [day for day in workdays.statutory(year) if day in constants.holidays]
    later = {date(2024, 2, 9), date(2024, 5, 2)}  # the amendment of 2024 added 除夕 and 2 May
    assert set(workdays.statutory(year)) - later == set(announced) - later


def test_third_of_third():
    found = [workdays.third_of_third(year) for year in (2024, 2025, 2026)]
    assert found == [date(2024, 4, 11), date(2025, 3, 31), date(2026, 4, 19)]


@pytest.mark.parametrize("year", range(2004, 2027))
def test_pure_brightness(year):
    terms = chinese_calendar.get_solar_terms(date(year, 4, 1), date(year, 4, 10))
    assert workdays.pure_brightness(year) == terms[0][0]


def test_due_today_is_not_overdue():
    day = date(2026, 3, 30)
    assert (workdays.days_left(day, day), workdays.elapsed(day, day), workdays.overdue(day, day)) == (0, 0, False)
    assert (workdays.elapsed(day, day + DAY), workdays.overdue(day, day + DAY)) == (1, True)
    assert workdays.days_left(day, day - 12 * DAY) == 12


def test_before_a_hearing():
    assert workdays.before(date(2026, 3, 16), 3) == date(2026, 3, 13)


@pytest.mark.parametrize(("amount", "unit"), [(0, "day"), (-1, "month"), (1, "week")])
def test_no_term(amount, unit):
    with pytest.raises(ValueError, match="no term"):
        Term(amount, unit)


def test_beyond_the_calendar():
    with pytest.raises((OverflowError, ValueError)):
        workdays.due(date(9999, 12, 30), Term(2, "month"), EMPTY)


# --- Properties of every calendar -------------------------------------------------------------------------------------
dates = st.dates(date(2000, 1, 1), date(2090, 12, 31))
calendars = st.builds(
    Calendar,
    st.dictionaries(st.dates(date(2020, 1, 1), date(2024, 12, 31)), st.booleans(), max_size=60),
    st.frozensets(st.integers(2000, 2091), max_size=90),
)
starts = st.one_of(dates, st.dates(date(2019, 11, 1), date(2025, 1, 31)))
terms = st.builds(Term, st.integers(1, 120), st.sampled_from(list(workdays.UNITS)), st.booleans())
spans = st.builds(Term, st.integers(1, 60), st.sampled_from(["day", "month", "workday"]))


@given(starts, terms, calendars)
def test_the_end_lies_after_the_start_and_never_before_the_nominal_day(start, term, calendar):
    count = workdays.due(start, term, calendar)
    assert start < count.nominal <= count.due


@given(starts, spans, calendars)
def test_a_rolling_term_ends_on_the_first_working_day(start, term, calendar):
    count = workdays.due(start, term, calendar)
    between = [count.nominal + DAY * n for n in range((count.due - count.nominal).days)]
    assert calendar.is_workday(count.due)
    assert not any(calendar.is_workday(day) for day in between)


@given(starts, st.integers(1, 60), calendars)
def test_working_days_are_counted_one_by_one(start, amount, calendar):
    due = workdays.due(start, Term(amount, "workday"), calendar).due
    assert sum(calendar.is_workday(start + DAY * n) for n in range(1, (due - start).days + 1)) == amount


@given(starts, st.integers(1, 240))
def test_months_end_on_the_corresponding_day_or_the_last(start, months):
    end = workdays.after_months(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == start.day or (end.day < start.day and (end + DAY).day == 1)


@given(starts, starts, st.builds(Term, st.integers(1, 60), st.sampled_from(list(workdays.UNITS))), calendars)
def test_a_later_start_never_ends_earlier(one, other, term, calendar):
    first, last = sorted((one, other))
    assert workdays.due(first, term, calendar).due <= workdays.due(last, term, calendar).due


@given(starts, terms, calendars)
def test_a_term_that_does_not_roll_ends_on_its_nominal_day(start, term, calendar):
    fixed = workdays.due(start, Term(term.amount, term.unit, rolls=False), calendar)
    assert fixed.due == fixed.nominal


@given(starts, spans, calendars)
def test_provisional_exactly_when_a_day_that_counts_lies_in_a_year_not_loaded(start, term, calendar):
    count = workdays.due(start, term, calendar)
    first = start + DAY if term.unit == "workday" else count.nominal
    touched = [first + DAY * n for n in range((count.due - first).days + 1)]
    assert count.provisional == any(not calendar.is_loaded(day.year) for day in touched)
    assert count.provisional == count.steps[-1].endswith("日期暂定")


@given(starts, spans)
def test_loading_every_year_makes_a_date_certain(start, term):
    calendar = Calendar(NATIONAL.days, frozenset(range(2000, 2110)))
    assert not workdays.due(start, term, calendar).provisional


@given(starts, spans, calendars)
def test_no_sentence_is_empty_and_the_end_is_named(start, term, calendar):
    count = workdays.due(start, term, calendar)
    assert all(count.steps)
    assert any(f"{count.due.month}月{count.due.day}日" in step for step in count.steps)
