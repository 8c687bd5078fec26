"""Counting terms; pure arithmetic over a working calendar that the caller hands in.

The rules: the start day is not counted; months and years end on the corresponding day, else on the month's last
(民法典 200–202); a last day that falls on a day of rest moves to the first working day after it (民事诉讼法 85,
法释〔2018〕1号 48); a weekend day worked in exchange for a holiday is a working day. Dates that hang on a year whose
holidays are not yet announced are provisional.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import groupby

DAY = timedelta(days=1)
WEEKDAYS = "一二三四五六日"
UNITS = {"day": "日", "month": "个月", "year": "年", "workday": "个工作日"}
PLAIN_STARTS = ("", "起算", "起算日")

# 春节、三月三、端午、中秋 by the lunar calendar, as month and day; checked against two independent computations.
LUNAR = """
2024 0210 0411 0610 0917   2025 0129 0331 0531 1006   2026 0217 0419 0619 0925   2027 0206 0409 0609 0915
2028 0126 0328 0528 1003   2029 0213 0416 0616 0922   2030 0203 0405 0605 0912   2031 0123 0325 0624 1001
2032 0211 0412 0612 0919   2033 0131 0402 0601 0908   2034 0219 0421 0620 0927   2035 0208 0410 0610 0916
2036 0128 0330 0530 1004   2037 0215 0418 0618 0924   2038 0204 0407 0607 0913   2039 0124 0327 0527 1002
"""


def lunar_table(text: str) -> dict[int, list[date]]:
    words = text.split()
    rows = (words[at : at + 5] for at in range(0, len(words), 5))
    return {int(year): [date(int(year), int(day[:2]), int(day[2:])) for day in days] for year, *days in rows}


FESTIVALS = lunar_table(LUNAR)


def pure_brightness(year: int) -> date:
    """清明 of a year from 2000 to 2099."""
    short = year % 100
    return date(year, 4, int(short * 0.2422 + 4.81) - short // 4)


@cache
def statutory(year: int) -> Mapping[date, str]:
    """The holidays everybody has by 《全国年节及纪念日放假办法》 (2024) 2, without the exchange of days.

    Outside the years of the lunar table only those of the solar calendar.
    """
    days = {date(year, 1, 1): "元旦"}
    if 2000 <= year <= 2099:
        days[pure_brightness(year)] = "清明节"
    days |= {date(year, 5, day): "劳动节" for day in (1, 2)}
    days |= {date(year, 10, day): "国庆节" for day in (1, 2, 3)}
    if year in FESTIVALS:
        spring, _, dragon_boat, mid_autumn = FESTIVALS[year]
        days |= {spring + DAY * offset: "春节" for offset in range(-1, 3)}
        days |= {dragon_boat: "端午节", mid_autumn: "中秋节"}
    return days


def third_of_third(year: int) -> date | None:
    """壮族三月三 of a year, or None outside the lunar table."""
    return FESTIVALS[year][1] if year in FESTIVALS else None


@dataclass(frozen=True)
class Calendar:
    """Days that differ from the plain week (True works, False rests), their names, and the years announced.

    A year not in `loaded` has the weekends and the statutory holidays only.
    """

    days: Mapping[date, bool]
    loaded: frozenset[int]
    names: Mapping[date, str] = field(default_factory=dict)

    def is_loaded(self, year: int) -> bool:
        return year in self.loaded

    def is_workday(self, day: date) -> bool:
        if day in self.days:
            return self.days[day]
        return day.weekday() < 5 and (self.is_loaded(day.year) or day not in statutory(day.year))

    def next_workday(self, day: date) -> date:
        """The day itself if it is a working day, else the first one after it."""
        while not self.is_workday(day):
            day += DAY
        return day

    def name(self, day: date) -> str:
        """The holiday a day belongs to, or ''."""
        plain = {} if self.is_loaded(day.year) else statutory(day.year)
        return self.names.get(day) or plain.get(day, "")


@dataclass(frozen=True)
class Term:
    """A length of time; `rolls` False where a day of rest does not move the end (reports due within a quarter)."""

    amount: int
    unit: str
    rolls: bool = True

    def __post_init__(self):
        if self.amount < 1 or self.unit not in UNITS:
            raise ValueError(f"no term: {self.amount} {self.unit}")

    def __str__(self) -> str:
        return f"{self.amount}{UNITS[self.unit]}"


@dataclass(frozen=True)
class Count:
    """The end of a term: `nominal` before it moved, `due` as it counts, and the sentences that explain it."""

    due: date
    nominal: date
    steps: list[str]
    provisional: bool


def due(start: date, term: Term, calendar: Calendar, start_label: str = "起算日") -> Count:
    """Count a term from the day that sets it off, e.g. the day of service (`start_label` 送达).

    OverflowError or ValueError where the end lies beyond the year 9999.
    """
    nominal = nominal_end(start, term, calendar)
    last = calendar.next_workday(nominal) if term.rolls else nominal
    dated = start.year != last.year
    unknown = unknown_years(start, nominal, last, term, calendar)
    steps = [
        start_sentence(start, start_label, dated),
        length_sentence(start, nominal, term, dated),
        *passed_sentence(start, nominal, term, calendar, dated),
        *roll_sentence(nominal, last, term, calendar, dated),
        *(unknown_sentence(year, calendar) for year in unknown),
    ]
    return Count(last, nominal, steps, bool(unknown))


def nominal_end(start: date, term: Term, calendar: Calendar) -> date:
    """The last day of a term before any move for a day of rest."""
    if term.unit == "day":
        return start + DAY * term.amount
    if term.unit == "workday":
        return after_workdays(start, term.amount, calendar)
    return after_months(start, term.amount * (12 if term.unit == "year" else 1))


def after_months(start: date, months: int) -> date:
    """The corresponding day, or the month's last where there is none (民法典 202)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def after_workdays(start: date, amount: int, calendar: Calendar) -> date:
    day = start
    for _ in range(amount):
        day = calendar.next_workday(day + DAY)
    return day


def unknown_years(start: date, nominal: date, last: date, term: Term, calendar: Calendar) -> list[int]:
    """The years not loaded on which the end depends; none for a date that no day of rest can move."""
    if term.unit != "workday" and not term.rolls:
        return []
    first = start + DAY if term.unit == "workday" else nominal
    return [year for year in range(first.year, last.year + 1) if not calendar.is_loaded(year)]


def elapsed(due: date, today: date) -> int:
    """Calendar days since the due date; 0 on the day itself, negative before it."""
    return (today - due).days


def days_left(due: date, today: date) -> int:
    """Calendar days until the due date; 0 on the day itself, negative after it."""
    return (due - today).days


def overdue(due: date, today: date) -> bool:
    """Whether the due date has passed; due today is not overdue."""
    return today > due


def before(day: date, amount: int) -> date:
    """The last day for something due `amount` calendar days before another, e.g. a hearing (法释〔2020〕3号 5)."""
    return day - DAY * amount


# --- The sentences of 期限怎么算的 --------------------------------------------------------------------------------------
def short_words(day: date, dated: bool = False) -> str:
    """3月30日; with its year where the count crosses one."""
    return f"{day.year}年{day.month}月{day.day}日" if dated else f"{day.month}月{day.day}日"


def day_words(day: date, dated: bool = False) -> str:
    """3月30日（周一）"""
    return f"{short_words(day, dated)}（周{WEEKDAYS[day.weekday()]}）"


def span_words(first: date, last: date) -> str:
    """10月1日至7日, 9月29日至10月6日, 5月1日"""
    if first == last:
        return short_words(first)
    end = f"{last.day}日" if first.month == last.month else short_words(last)
    return f"{short_words(first)}至{end}"


def start_sentence(start: date, label: str, dated: bool) -> str:
    if label in PLAIN_STARTS:
        return f"以{short_words(start, dated)}为起算日，次日起算"
    return f"{short_words(start, dated)}{label}，次日起算"


def length_sentence(start: date, nominal: date, term: Term, dated: bool) -> str:
    by_months = term.unit in ("month", "year")
    if by_months and nominal.day != start.day:
        return f"期限{term}，{nominal.month}月没有{start.day}日，至月末{day_words(nominal, dated)}"
    return f"期限{term}，至{day_words(nominal, dated)}"


def passed_sentence(start: date, nominal: date, term: Term, calendar: Calendar, dated: bool) -> Iterator[str]:
    """The holidays left out and the weekend days worked, of a term counted in working days."""
    if term.unit != "workday":
        return
    span = [start + DAY * offset for offset in range(1, (nominal - start).days + 1)]
    holidays = [day for day in span if not calendar.is_workday(day) and calendar.name(day)]
    rests = [f"{name}（{span_words(days[0], days[-1])}）" for name, days in runs(holidays, calendar)]
    worked = [day_words(day, dated) for day in span if day.weekday() > 4 and calendar.is_workday(day)]
    parts = [f"{'、'.join(rests)}不计"] if rests else []
    parts += [f"{'、'.join(worked)}调休上班，计入"] if worked else []
    if parts:
        yield "，".join(parts)


def runs(days: list[date], calendar: Calendar) -> Iterator[tuple[str, list[date]]]:
    """Days in a row that belong to one holiday."""
    keyed = groupby(enumerate(days), key=lambda at: (calendar.name(at[1]), at[1] - DAY * at[0]))
    for (name, _), members in keyed:
        yield name, [day for _, day in members]


def roll_sentence(nominal: date, last: date, term: Term, calendar: Calendar, dated: bool) -> Iterator[str]:
    if term.unit == "workday":
        return
    if calendar.is_workday(nominal):
        if nominal.weekday() > 4:
            yield f"{day_words(nominal, dated)}调休上班，不顺延"
        return
    name = calendar.name(nominal)
    rest = f"届满日为休息日（{name}）" if name else "届满日为休息日"
    yield f"{rest}，顺延至{day_words(last, dated)}" if term.rolls else f"{rest}，按规定不顺延"


def unknown_sentence(year: int, calendar: Calendar) -> str:
    past = bool(calendar.loaded) and year < min(calendar.loaded)
    return f"{year}年放假安排{'未录入' if past else '尚未公布'}，日期暂定"
