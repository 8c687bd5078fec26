"""Reminders before and after a due date: due and not said, each once, on working days in office hours only."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from linkage import workdays
from linkage.matters import workcalendar
from linkage.matters.kinds import kinds
from linkage.matters.models import Deadline, Party

from . import digests, hours, telling
from .audience import Staff
from .models import Notice, Reminder
from .telling import Message

BATCH = 300
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Days:
    """Today, the next working day, and the lengths of the warning windows that are in use."""

    today: date
    following: date
    windows: frozenset[int]

    @classmethod
    def of(cls, today: date) -> "Days":
        following = workcalendar.calendar(today).next_workday(today + DAY)
        windows = Deadline.objects.open().order_by().values_list("window", flat=True).distinct()
        return cls(today, following, frozenset(windows))


@dataclass(frozen=True)
class Stage:
    """One row of the table of reminders: which open deadlines have reached it, and how it is said.

    Mailed `at_once` or in the day's digest; those `to_all` go to the leaders too, as does every stage of the deadlines
    that a kind names in `warns_leaders`.
    """

    code: str
    reached: Callable[[Days], Q]
    sentence: str
    at_once: bool = False
    to_all: bool = False


def in_window(days: Days) -> Q:
    """Warned of since as many days as the rule says, and not due before the next working day is over."""
    opened = Q(pk__in=[])
    for window in days.windows:
        opened |= Q(window=window, due__lte=days.today + DAY * window)
    return opened & Q(due__gt=days.following)


S = Reminder.Stage
FALLS_DUE = "{term}{day}到期"
# An agreed date is never overdue (offices.md 10). A stage that passed while nobody was there is not said late.
STAGES = (
    Stage(
        S.OVERDUE, lambda days: Q(due__lt=days.today, soft=False), "{label}已逾期，期限{day}", at_once=True, to_all=True
    ),
    Stage(S.TODAY, lambda days: Q(due=days.today), FALLS_DUE),
    Stage(S.TOMORROW, lambda days: Q(due__gt=days.today, due__lte=days.following), FALLS_DUE, at_once=True),
    Stage(S.WINDOW, in_window, FALLS_DUE),
)


def remind(now: datetime | None = None) -> int:
    """Say everything that is due and was not said yet; returns the number of notices written.

    Two runs at once do no harm: a notice is unique by its key, and so is a mail.
    """
    if not hours.open_now(now):
        return 0
    days = Days.of(timezone.localdate(now))
    said = sum(say_stage(stage, days) for stage in STAGES)
    digests.ask(days.today)
    return said


def unsaid(stage: Stage, days: Days) -> QuerySet[Deadline]:
    """The open deadlines that have reached a stage which was not said of their present due date."""
    said = Reminder.objects.filter(deadline=OuterRef("pk"), due=OuterRef("due"), stage=stage.code)
    return Deadline.objects.open().filter(stage.reached(days), ~Exists(said), matter__void=False)


def say_stage(stage: Stage, days: Days) -> int:
    ids = list(unsaid(stage, days).order_by("due", "pk").values_list("pk", flat=True))
    return sum(say(stage, days, ids[start : start + BATCH]) for start in range(0, len(ids), BATCH))


def say(stage: Stage, days: Days, ids: list[int]) -> int:
    """Say a stage of some deadlines, in one transaction and a number of queries that does not depend on theirs."""
    with transaction.atomic():
        rows = list(unsaid(stage, days).filter(pk__in=ids).select_related("matter"))
        found = messages(stage, days, rows)
        sent_keys = [Reminder(deadline=row, due=row.due, stage=stage.code) for row, _ in found]
        Reminder.objects.bulk_create(sent_keys, ignore_conflicts=True)
        return telling.tell([message for _, message in found])


def messages(stage: Stage, days: Days, rows: list[Deadline]) -> list[tuple[Deadline, Message]]:
    """What is said to whom; where nobody answers for a deadline, nothing, until somebody does."""
    seen = Party.objects.filter(matter__in={row.matter_id for row in rows}, since__isnull=False, until=None)
    parties = {(party.matter_id, party.holder_id): party for party in seen}
    staff = Staff(row.unit_id for row in rows)
    found = []
    for row in rows:
        party = parties.get((row.matter_id, row.unit_id))
        people = staff.reminded(party, with_leaders=stage.to_all or warns_leaders(row)) if party else []
        if people:
            found.append((row, message(stage, days, row, people)))
    return found


def warns_leaders(row: Deadline) -> bool:
    """Whether a clock is so dangerous that the leaders hear every warning of it, not only that it has run out."""
    return row.code in kinds[row.matter.kind].warns_leaders


def message(stage: Stage, days: Days, row: Deadline, people: list) -> Message:
    return Message(
        key=f"due:{row.pk}:{row.due.isoformat()}:{stage.code}",
        unit=row.unit_id,
        matter=row.matter_id,
        title=title(stage, days, row),
        topic=Notice.Topic.URGE,
        urgent=stage.at_once,
        people=tuple(people),
        due_on=None if row.soft else row.due,
    )


def title(stage: Stage, days: Days, row: Deadline) -> str:
    """Names the day, never "in so many days": a sentence that is read later must still be true."""
    day = workdays.day_words(row.due, dated=row.due.year != days.today.year)
    day = f"{day}（暂定）" if row.provisional else day
    term = f"{row.label}{'商定日期' if row.soft else '期限'}"
    what = f"{row.matter.number} {row.matter.title}".strip()
    return f"{stage.sentence.format(label=row.label, term=term, day=day)}：{what}"
