"""Reading the days out of a holiday notice as it is pasted, and writing them back in the same words.

Understood are the sentences of the State Council's and the autonomous region's notices (元旦：1月1日（周四）至3日（周六）
放假调休，共3天。1月4日（周日）上班。) and plain lines (1月1日至3日; 2026-02-15至2026-02-23 春节; 上班：1月4日、2月14日).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from linkage import workdays
from linkage.matters.workcalendar import Entry

DAY = timedelta(days=1)
LONGEST = 20
WORKED, UNNAMED = "调休上班", "节假日"
FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节", "三月三")
SHORT = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节", "国庆": "国庆节", "五一": "劳动节"}
LONG = {"三月三": "壮族三月三"}
NARROW = str.maketrans("０１２３４５６７８９：（）；．／－", "0123456789:();./-")

TOKEN = re.compile(
    r"(?P<y>\d{4})[年/.-](?P<ym>\d{1,2})[月/.-](?P<yd>\d{1,2})日?"
    r"|(?P<m>\d{1,2})月(?P<md>\d{1,2})日?|(?<!\d)(?P<d>\d{1,2})日"
    r"|(?P<to>至|到|[-—–~～─]+)|(?P<works>(?<!不)上班|补班)|(?P<rests>放假|休息|公休|补休)|共(?P<total>\d+)天"
)
ORDINAL = re.compile(r"^\s*(?:[一二三四五六七八九十]+[、.]|\d{1,2}[、.](?!\d)|\([一二三四五六七八九十\d]+\))\s*")
HEAD = re.compile(r"^(?P<head>[^:。]{1,40}):(?P<rest>.*)$")
LEAVING = re.compile(r"放假|休息|安排|时间|日期|调休|上班|补班")
ASIDE = re.compile(r"\([^()]*\)")
LONE_DATE = re.compile(r"^\d{4}[年/.-]\d{1,2}[月/.-]\d{1,2}日?$")


@dataclass
class Span:
    """Days from `first` to `last` as a line names them."""

    first: date
    last: date

    @property
    def days(self) -> list[date]:
        return [self.first + DAY * offset for offset in range((self.last - self.first).days + 1)]


@dataclass
class Reading:
    """What a text says: the days, what is wrong with it, and the lines without a date.

    `unnamed` is the name of days off whose line gives none.
    """

    year: int
    unnamed: str = UNNAMED
    days: dict[date, Entry] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def add(self, day: date, entry: Entry) -> None:
        said = words(day, self.year)
        if entry.works and day.weekday() < 5:
            self.problems.append(f"{said}不是周末，不会是调休上班日，请核对。")
        elif day in self.days and self.days[day].works != entry.works:
            self.problems.append(f"{said}既写了休息又写了上班，请删去其中一处。")
        elif not date(self.year - 1, 12, 1) <= day <= date(self.year, 12, 31):
            self.problems.append(f"{said}不在{self.year}年的放假安排内，请核对年份。")
        else:
            self.days.setdefault(day, entry)


def words(day: date, year: int) -> str:
    return workdays.day_words(day, dated=day.year != year)


def read(text: str, year: int, unnamed: str = UNNAMED) -> Reading:
    """Read a pasted notice of a year; never raises, the problems are sentences for the person who pasted it."""
    reading = Reading(year, unnamed)
    for line in text.splitlines():
        bare = ASIDE.sub("", line.translate(NARROW)).strip()
        if bare and (LONE_DATE.match(bare) or not Line(bare, reading).read()):
            reading.ignored.append(line.strip())
    reading.problems = list(dict.fromkeys(reading.problems))
    return reading


class Line:
    """One line while it is read: a name or mode before the colon, then sentences of dates and what happens on them."""

    def __init__(self, text: str, reading: Reading):
        self.reading = reading
        self.name, self.works, self.body = headed(ORDINAL.sub("", text))
        self.month: int | None = None
        self.found = 0

    def read(self) -> bool:
        """Add the line's days to the reading; whether it had any."""
        for sentence in re.split(r"[。;]", self.body):
            self.sentence(sentence)
        return bool(self.found)

    def sentence(self, text: str) -> None:
        """Dates wait until a word says what they are; those left at the end follow the head, else they are days off."""
        waiting: list[Span] = []
        resting: set[date] = set()
        joined = False
        for token in TOKEN.finditer(text):
            if token["works"]:
                resting |= self.settle(waiting, text, works=True)
            elif token["rests"] and waiting:
                resting |= self.settle(waiting, text, works=False)
            elif token["total"]:
                resting |= self.settle(waiting, text, works=False)
                self.check_total(int(token["total"]), resting)
            elif not (token["to"] or token["rests"]):
                self.take(token, waiting, joined)
            joined = bool(token["to"])
        self.settle(waiting, text, works=self.works)

    def take(self, token: re.Match, waiting: list[Span], joined: bool) -> None:
        """A date: the end of the span before it if 至 stands between, else a day of its own."""
        self.found += 1
        day = self.day(token)
        if day is None:
            return
        if not (joined and waiting):
            waiting.append(Span(day, day))
            return
        span = waiting[-1]
        if day < span.first and not token["y"]:
            span.first = span.first.replace(year=day.year - 1)
        span.last = day
        if not 0 <= (span.last - span.first).days < LONGEST:
            self.reading.problems.append(f"{token.string.strip()}：起止日期不对，或者超过{LONGEST}天，请核对。")
            waiting.pop()

    def day(self, token: re.Match) -> date | None:
        year = int(token["y"] or self.reading.year)
        self.month = int(token["ym"] or token["m"] or self.month or 0)
        try:
            return date(year, self.month, int(token["yd"] or token["md"] or token["d"]))
        except ValueError:
            self.reading.problems.append(f"“{token[0]}”不是一个日期，请核对。")
            return None

    def settle(self, waiting: list[Span], text: str, *, works: bool) -> set[date]:
        """Decide what the waiting dates are; a span of several days is never worked. Returns the days off."""
        off: set[date] = set()
        for span in waiting:
            working = works and span.first == span.last
            entry = Entry(working, self.name or named(text, span, working) or self.unnamed(working))
            for day in span.days:
                self.reading.add(day, entry)
            off.update([] if working else span.days)
        waiting.clear()
        return off

    def unnamed(self, works: bool) -> str:
        return WORKED if works else self.reading.unnamed

    def check_total(self, total: int, resting: set[date]) -> None:
        if total != len(resting):
            self.reading.problems.append(f"{self.name or '这一行'}写明共{total}天，读到的是{len(resting)}天，请核对。")


def headed(text: str) -> tuple[str, bool, str]:
    """(name, whether the head says 上班, the rest): 元旦：…, 上班：…, or a line without a head."""
    parts = HEAD.match(text)
    if parts is None or any(token["y"] or token["m"] or token["d"] for token in TOKEN.finditer(parts["head"])):
        return "", False, text
    head = parts["head"]
    return LEAVING.sub("", head).strip(" 、，,"), bool(re.search("上班|补班", head)), parts["rest"]


def named(text: str, span: Span, works: bool) -> str:
    """The holiday a sentence without a head speaks of: by its name in the text, else by the statutory day in it."""
    known = [full(name) for name in (*FESTIVALS, *SHORT) if name in text]
    if known or works:
        return "、".join(dict.fromkeys(known))
    statutory = (workdays.statutory(day.year).get(day) for day in span.days)
    return next((name for name in statutory if name), "")


def full(name: str) -> str:
    return SHORT.get(name) or LONG.get(name) or name


# --- Writing -----------------------------------------------------------------------------------------------------------
def spans(days: list[date]) -> Iterator[Span]:
    """Days as spans of days in a row."""
    for _, run in groupby(enumerate(sorted(days)), key=lambda at: at[1] - DAY * at[0]):
        members = [day for _, day in run]
        yield Span(members[0], members[-1])


@dataclass(frozen=True)
class Holiday:
    """One line of a calendar as people read it."""

    name: str
    off: list[Span]
    worked: list[date]

    @property
    def count(self) -> int:
        return sum(len(span.days) for span in self.off)

    @property
    def off_words(self) -> str:
        """1月1日（周四）至1月3日（周六）"""
        return "、".join("至".join(ends(span)) for span in self.off)

    @property
    def worked_words(self) -> str:
        return "、".join(workdays.day_words(day) for day in self.worked)


def ends(span: Span) -> list[str]:
    """The first and the last day in words; one where they are the same."""
    return list(dict.fromkeys(workdays.day_words(day) for day in (span.first, span.last)))


def holidays(days: Mapping[date, Entry]) -> list[Holiday]:
    """The days by holiday, in the order of their days off; weekend days worked for no holiday named come last."""
    off_first = sorted(days, key=lambda day: (days[day].works, day))
    return [holiday(name, days) for name in dict.fromkeys(days[day].name for day in off_first)]


def holiday(name: str, days: Mapping[date, Entry]) -> Holiday:
    own = {day: entry.works for day, entry in days.items() if entry.name == name}
    off = spans([day for day, works in own.items() if not works])
    return Holiday(name, list(off), sorted(day for day, works in own.items() if works))


def written(days: Mapping[date, Entry], year: int) -> str:
    """The lines from which `read` gives the same days."""
    return "\n".join(line(holiday, year) for holiday in holidays(days))


def line(holiday: Holiday, year: int) -> str:
    worked = "、".join(plain(day, year) for day in holiday.worked)
    if not holiday.off:
        return f"上班：{worked}" if holiday.name == WORKED else f"{holiday.name}：{worked}上班"
    off = "、".join(span_text(span, year) for span in holiday.off)
    return f"{holiday.name}：{off}放假" + (f"，{worked}上班" if worked else "")


def plain(day: date, year: int) -> str:
    return workdays.short_words(day, dated=day.year != year)


def span_text(span: Span, year: int) -> str:
    if span.first == span.last:
        return plain(span.first, year)
    return f"{plain(span.first, year)}至{plain(span.last, year)}"
