"""The one mail a day: what a person has neither read nor been mailed."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from linkage.jobs import outbox
from linkage.jobs.models import Job
from linkage.jobs.outbox import job
from linkage.units.models import Post, Unit, User

from . import mails
from .mails import Letter
from .models import Notice

BATCH = 100


def ask(today: date) -> None:
    """Asked for by every run of the reminders; the first of the day counts."""
    outbox.ask("digests", f"digests:{today.isoformat()}", day=today.isoformat())


@job("digests")
def write(day: str) -> None:
    """Write the day's digests. One that comes too late is left to the next day's."""
    today = timezone.localdate()
    if day != today.isoformat():
        return
    alarm(today)
    people = list(waiting().order_by("user").values_list("user", flat=True).distinct())
    for start in range(0, len(people), BATCH):
        with transaction.atomic():
            mails.queue(letters(people[start : start + BATCH], today))


def waiting():
    """Notices that a digest has to carry."""
    rows = Notice.objects.unread().unmailed().filter(user__is_active=True).exclude(user__email="")
    return mails.readable(rows)


def letters(people: list[int], today: date) -> list[Letter]:
    own: dict[User, list[Notice]] = {}
    for notice in waiting().filter(user__in=people).select_related("user").order_by("pk"):
        own.setdefault(notice.user, []).append(notice)
    return [Letter(user, key(user, today), subject(today, len(rows)), rows) for user, rows in own.items()]


def key(user: User, today: date) -> str:
    return f"digest:{user.pk}:{today.isoformat()}"


def subject(today: date, count: int) -> str:
    return f"{today.month}月{today.day}日有 {count} 条新通知"


def alarm(today: date) -> None:
    """Tell the administrators of the legal offices, once a day, that background work was given up."""
    count = Job.objects.failed().count()
    posts = Post.objects.active().filter(role=Post.Role.ADMIN, unit__kind=Unit.Kind.LEGAL_OFFICE)
    people = User.objects.filter(posts__in=posts).exclude(email="").distinct() if count else []
    text = f"有 {count} 项后台任务多次重试后仍未完成，请在“系统状态”页面查看原因并重新执行。"
    with transaction.atomic():
        mails.queue([Letter(user, f"alarm:{user.pk}:{today.isoformat()}", text, text=text) for user in people])
