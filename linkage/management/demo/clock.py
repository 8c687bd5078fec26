"""Living through the past: the clock of the process is moved while the demonstration is written."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from linkage import workdays
from linkage.jobs import outbox
from linkage.matters import workcalendar
from linkage.notices import mails

DAY = timedelta(days=1)


class Clock:
    """Stands in for django.utils.timezone.now; without a moment set it tells the real time."""

    def __init__(self, real: Callable[[], datetime]):
        self.real = real
        self.moment: datetime | None = None

    def __call__(self) -> datetime:
        return self.moment or self.real()

    def to(self, moment: datetime | None) -> None:
        self.moment = moment

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """A single act in the past."""
        self.to(moment)
        try:
            yield
        finally:
            self.to(None)


@contextmanager
def moving() -> Iterator[Clock]:
    """The process's clock, to be moved; afterwards it tells the real time again."""
    clock = Clock(timezone.now)
    timezone.now = clock
    try:
        yield clock
    finally:
        timezone.now = clock.real


def silence(_rows: list[Any]) -> None:
    """Neither a wake-up nor a mail."""


@contextmanager
def quiet() -> Iterator[None]:
    """Nobody is woken and no mail goes out for what is long past; jobs stay in the table for the sweeper."""
    kept, typesetter = (outbox.wake, mails.at_once), logging.getLogger("weasyprint.progress")
    level = typesetter.level
    outbox.wake = mails.at_once = silence
    typesetter.setLevel(logging.WARNING)
    try:
        yield
    finally:
        outbox.wake, mails.at_once = kept
        typesetter.setLevel(level)


class Diary:
    """Moments on working days, counted backwards from today."""

    def __init__(self, now: datetime):
        self.now = timezone.localtime(now)
        self.calendar = workcalendar.calendar()

    def day(self, ago: int) -> date:
        """The working day that many days ago, or the last one before it."""
        day = self.now.date() - ago * DAY
        while not self.calendar.is_workday(day):
            day -= DAY
        return day

    def days_left(self, ago: int, term: workdays.Term) -> int:
        """How many days are left of a term that was set off that many days ago."""
        return (workdays.due(self.day(ago), term, self.calendar).due - self.now.date()).days

    def moment(self, ago: int, clock: time, after: datetime | None = None) -> datetime:
        """A moment on that day, later than `after` and never in the future."""
        wanted = timezone.make_aware(datetime.combine(self.day(ago), clock))
        if after and wanted <= after:
            wanted = after + timedelta(minutes=17)
        return min(wanted, self.now)
