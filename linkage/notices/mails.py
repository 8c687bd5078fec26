"""E-mail: at once for what cannot wait, else one digest a day; no case text, only titles and the address."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from linkage.jobs import outbox
from linkage.jobs.outbox import job
from linkage.units.models import User

from . import hours
from .models import Mail, Notice

MOST_LINES = 50


def at_once(notice: Notice) -> None:
    """A mail of its own, at the next moment the offices are open."""
    if notice.user.email:
        queue(notice.user, f"notice:{notice.pk}", f"【联动平台】{notice.title}"[:200], [notice])


def queue(user: User, key: str, subject: str, notices: list[Notice]) -> None:
    """Write the mail and its job in the caller's transaction."""
    mail, made = Mail.objects.get_or_create(
        key=key, defaults={"user": user, "subject": subject, "send_after": hours.next_open()}
    )
    if made:
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mail=mail)
        outbox.ask("mail", f"mail:{mail.pk}", run_after=mail.send_after, mail=mail.pk)


def digest(user: User, notices: list[Notice], day) -> None:
    """The day's digest of a person; one a day whatever happens."""
    queue(user, f"digest:{user.pk}:{day.isoformat()}", f"【联动平台】{day.month}月{day.day}日有 {len(notices)} 条新通知", notices)


@job("mail")
def send(mail: int) -> None:
    """Send one mail; its Message-ID is fixed, so that a crash between sending and marking shows as the same letter."""
    row = Mail.objects.select_related("user").get(pk=mail)
    if row.sent_at:
        return
    message = EmailMessage(
        row.subject, body(row), to=[row.user.email],
        headers={"Message-ID": f"<linkage-mail-{row.pk}@{settings.DEFAULT_FROM_EMAIL.rsplit('@', 1)[-1]}>"},
    )
    message.send()
    Mail.objects.filter(pk=row.pk).update(sent_at=timezone.now())


def body(mail: Mail) -> str:
    lines = [f"· {notice.title}" for notice in mail.notices.all()[:MOST_LINES]]
    return "\n".join([
        f"{mail.user.name}：", "", *lines, "",
        f"请登录依法行政联动平台办理：{settings.SITE_URL}/",
        "本邮件由系统自动发送，请勿回复。本系统为非涉密系统，严禁存储、处理涉密信息。",
    ])
