"""E-mail: at once for what cannot wait, else one digest a day; no case text, only titles and the address."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from email.utils import parseaddr
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Exists, OuterRef
from django.utils import timezone

from linkage import workdays
from linkage.jobs import outbox
from linkage.jobs.outbox import job
from linkage.units.models import Post, User

from . import hours
from .models import Mail, Notice

MOST_LINES = 50
HEAD = "【联动平台】"
FOOT = "本邮件由系统自动发送，请勿回复。本系统为非涉密系统，严禁存储、处理涉密信息。"
NOT_SENT = "未发送：没有邮箱，或者已离岗"


@dataclass
class Letter:
    """A mail to be written: its key makes it unique. `text` stands where there are no notices."""

    user: User
    key: str
    subject: str
    notices: list[Notice] = field(default_factory=list)
    text: str = ""


def at_once(notices: list[Notice]) -> None:
    """One mail for each person with all that was written together, at the next moment the offices are open."""
    own: dict[User, list[Notice]] = {}
    for notice in notices:
        if notice.user.email:
            own.setdefault(notice.user, []).append(notice)
    queue([Letter(user, f"{rows[0].key}:{user.pk}", subject(rows), rows) for user, rows in own.items()])


def subject(rows: list[Notice]) -> str:
    return rows[0].title if len(rows) == 1 else f"有 {len(rows)} 条需要立即查看的通知"


def queue(letters: list[Letter]) -> None:
    """Write mails and their jobs in the caller's transaction; a key written before is left alone."""
    known = set(Mail.objects.filter(key__in=[letter.key for letter in letters]).values_list("key", flat=True))
    new = {letter.key: letter for letter in letters if letter.key not in known}
    if not new:
        return
    when = hours.next_open()
    Mail.objects.bulk_create(
        [Mail(user=letter.user, key=key, subject=f"{HEAD}{letter.subject}"[:200], text=letter.text, send_after=when)
         for key, letter in new.items()],
        ignore_conflicts=True,
    )  # fmt: skip
    made = list(Mail.objects.filter(key__in=new))
    for mail in made:
        for notice in new[mail.key].notices:
            notice.mail = mail
    Notice.objects.bulk_update([notice for letter in new.values() for notice in letter.notices], ["mail"])
    outbox.ask_many([("mail", f"mail:{mail.pk}", {"mail": mail.pk}) for mail in made], when)


@job("mail")
def send(mail: int) -> str:
    """Send one mail in office hours, to a person who still has an address and the posts it is about.

    Its Message-ID is fixed, so that a crash between sending and marking shows as the same letter.
    """
    row = Mail.objects.select_related("user").get(pk=mail)
    if row.sent_at:
        return ""
    if not hours.open_now():
        raise outbox.Later(hours.next_open())
    lines = row.text.splitlines() or list(lines_of(row, timezone.localdate()))
    if not (lines and row.user.email and row.user.is_active):
        return NOT_SENT
    message(row, lines).send()
    Mail.objects.filter(pk=row.pk).update(sent_at=timezone.now())
    return ""


def message(mail: Mail, lines: list[str]) -> EmailMessage:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<linkage-mail-{mail.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    text = [f"{mail.user.name}：", "", *lines, "", f"请登录{settings.SITE_NAME}办理：{settings.SITE_URL}/", FOOT]
    return EmailMessage(mail.subject, "\n".join(text), to=[mail.user.email], headers=headers)


def lines_of(mail: Mail, today: date) -> Iterable[str]:
    """The notices under the unit they are for; how many days are left is counted on the day of sending."""
    notices = list(readable(mail.notices.all()).select_related("unit").order_by("unit", "pk"))
    for unit, rows in groupby(notices[:MOST_LINES], key=lambda notice: notice.unit):
        yield f"{unit.short}："
        yield from (f"· {notice.title}{days_words(notice.due_on, today)}" for notice in rows)
    if len(notices) > MOST_LINES:
        yield f"另有 {len(notices) - MOST_LINES} 条，请登录查看。"


def days_words(due_on: date | None, today: date) -> str:
    if due_on is None:
        return ""
    left = workdays.days_left(due_on, today)
    if left == 0:
        return "（今天到期）"
    return f"（剩 {left} 天）" if left > 0 else f"（逾期 {-left} 天）"


def readable(notices):
    """Notices for a unit in which the person still holds a post; who left it must not read on by mail."""
    return notices.filter(Exists(Post.objects.active().filter(user=OuterRef("user"), unit=OuterRef("unit"))))
