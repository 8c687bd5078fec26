"""Notices in the portal and the mails that follow from them."""

from datetime import time

from django.db import models

from linkage.matters.models import Deadline, Matter
from linkage.units.models import Unit, User


class NoticeQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(read_at=None)

    def unmailed(self):
        """Notices that no mail carries."""
        return self.filter(mail=None)

    def of(self, user: User, unit: Unit | None):
        """A person's notices for the unit he acts for."""
        return self.filter(user=user, unit=unit)


class Notice(models.Model):
    """One sentence for one person in one unit; `key` says what it is about, so that it is never told twice.

    `due_on` is the day a reminder speaks of; how far away it is, is said on the day of reading.
    """

    class Topic(models.TextChoices):
        TODO = "todo", "待办"
        READ = "read", "待阅"
        URGE = "urge", "提醒催办"

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    topic = models.CharField(max_length=8, choices=Topic)
    title = models.CharField(max_length=300)
    urgent = models.BooleanField(default=False)
    key = models.CharField(max_length=120)
    due_on = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mail = models.ForeignKey("Mail", models.PROTECT, null=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "通知"
        constraints = [models.UniqueConstraint(fields=["key", "user", "unit"], name="notice_once")]
        indexes = [
            models.Index(fields=["user", "unit", "-id"], name="notice_inbox"),
            models.Index(fields=["user", "unit"], condition=models.Q(read_at=None), name="notice_unread"),
            models.Index(fields=["user"], condition=models.Q(read_at=None, mail=None), name="notice_for_digest"),
        ]

    def __str__(self) -> str:
        return self.title


class Mail(models.Model):
    """An e-mail to one person; `key` makes it unique, and its Message-ID follows from its number, so that a resend is
    recognised. `text` stands instead of notices where it is about none.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.CharField(max_length=120, unique=True)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    send_after = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = "邮件"

    def __str__(self) -> str:
        return self.subject


class Reminder(models.Model):
    """The send key of a reminder: which stage of which due date was said. A date that moves is reminded of anew."""

    class Stage(models.TextChoices):
        WINDOW = "window", "临近期限"
        TOMORROW = "tomorrow", "届满前最后一个工作日"
        TODAY = "today", "届满当日"
        OVERDUE = "overdue", "逾期"

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="+")
    due = models.DateField()
    stage = models.CharField(max_length=8, choices=Stage)
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "期限提醒"
        constraints = [models.UniqueConstraint(fields=["deadline", "due", "stage"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.due} {self.get_stage_display()}"


class OfficeHours(models.Model):
    """When people may be reminded: one row, edited by the legal office."""

    opens = models.TimeField("开始", default=time(8, 30))
    closes = models.TimeField("结束", default=time(18, 0))

    class Meta:
        verbose_name = verbose_name_plural = "提醒时间"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens__lt=models.F("closes")),
                name="office_hours_order",
                violation_error_message="结束时间应晚于开始时间。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"

    @classmethod
    def current(cls) -> "OfficeHours":
        """The row, or the default hours."""
        return cls.objects.order_by("pk").first() or cls()
