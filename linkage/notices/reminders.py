"""Reminders before and after a due date: due and not sent, each once, on working days in office hours only."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from linkage import workdays
from linkage.matters import workcalendar
from linkage.matters.models import Deadline, Party
from linkage.units.models import User

from . import announce, audience, hours, mails
from .models import Notice

BATCH = 500


def remind(now: datetime | None = None) -> int:
    """Everything that is due and was not said yet; returns the number of notices written."""
    if not hours.open_now(now):
        return 0
    today = timezone.localdate(now)
    said = sum(remind_deadline(row, today) for row in near(today))
    digests(today)
    return said


def near(today: date) -> list[Deadline]:
    """Open deadlines whose warning window may be open; the longest window is 60 days."""
    rows = Deadline.objects.open().filter(matter__void=False, due__lte=today + timedelta(days=60))
    return [row for row in rows.select_related("matter") if row.due - timedelta(days=row.window) <= today]


def remind_deadline(row: Deadline, today: date) -> int:
    """Say the stage a deadline has reached; stages passed while nobody was there are not said late."""
    stage, sentence, urgent = stage_of(row, today)
    party = Party.objects.filter(matter=row.matter, holder=row.unit, since__isnull=False).first()
    if party is None:
        return 0
    people = list({*audience.people(party), *(audience.leaders(row.matter, row.unit_id) if urgent else [])})
    key = f"due:{row.pk}:{row.due.isoformat()}:{stage}"
    told = set(Notice.objects.filter(key=key, user__in=people).values_list("user_id", flat=True))
    new = [person for person in people if person.pk not in told]
    title = f"{row.label}{sentence}：{row.matter.number or row.matter.title}"
    with transaction.atomic():
        return len(announce.tell(new, party, key, title, Notice.Topic.URGE, urgent)) if new else 0


def stage_of(row: Deadline, today: date) -> tuple[str, str, bool]:
    """(stage, words, urgent): window, tomorrow (the last working day before), today, overdue."""
    left = workdays.days_left(row.due, today)
    if left < 0:
        return ("past", f"已过商定日期 {-left} 天", False) if row.soft else ("overdue", f"已逾期 {-left} 天", True)
    if left == 0:
        return "today", "今天到期", True
    following = workcalendar.calendar().next_workday(today + timedelta(days=1))
    if row.due <= following:
        return "tomorrow", f"将于{row.due.month}月{row.due.day}日到期", True
    return "window", f"剩 {left} 天", False


def digests(today: date) -> None:
    """One mail a day per person with what was not mailed yet and not read."""
    waiting = Notice.objects.unread().filter(mail=None, urgent=False).exclude(user__email="")
    for user_id in list(waiting.values_list("user", flat=True).distinct().order_by("user")[:BATCH]):
        with transaction.atomic():
            mine = list(waiting.filter(user=user_id).order_by("pk"))
            mails.digest(User.objects.get(pk=user_id), mine, today)
