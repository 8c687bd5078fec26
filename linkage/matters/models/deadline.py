"""Deadlines: who owes what by when, with the steps of the count; the first due date is kept for ever."""

from django.db import models
from django.db.models import Q

from linkage.units.models import Unit

from .event import Event
from .matter import Matter
from .rule import DeadlineRule, TermUnit


class DeadlineQuerySet(models.QuerySet):
    def open(self):
        """Deadlines still running."""
        return self.filter(closed_on=None)


class Deadline(models.Model):
    """A term in one matter. `due` is the fold of `changes` over `first_due`; `steps` shows the count to people."""

    class Outcome(models.TextChoices):
        MET = "met", "按期"
        LATE = "late", "逾期"
        CANCELLED = "cancelled", "取消"
        SUPERSEDED = "superseded", "被替代"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="deadlines")
    code = models.CharField(max_length=24)
    label = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="应办单位")
    rule = models.ForeignKey(DeadlineRule, models.PROTECT, null=True, related_name="+")
    mark = models.CharField(max_length=8, choices=DeadlineRule.Mark)
    basis = models.CharField(max_length=200)
    start_on = models.DateField("起算依据日")
    amount = models.PositiveSmallIntegerField(null=True)
    term_unit = models.CharField(max_length=8, choices=TermUnit, blank=True)
    rolls = models.BooleanField(default=True)
    soft = models.BooleanField(default=False, help_text="an agreed date that is never overdue (offices.md 10)")
    window = models.PositiveSmallIntegerField(default=1)
    first_due = models.DateField("最初届满日")
    due = models.DateField("届满日")
    provisional = models.BooleanField("暂定", default=False)
    steps = models.JSONField(default=list)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "期限"
        ordering = ["due", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "code", "unit"], condition=Q(closed_on=None), name="deadline_open_once"
            )
        ]
        indexes = [
            models.Index(fields=["due"], condition=Q(closed_on=None), name="deadline_open_due"),
            models.Index(fields=["matter", "closed_on"], name="deadline_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.due}"


class DeadlineChange(models.Model):
    """One move of a due date; append-only like events."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="changes")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    from_due = models.DateField()
    to_due = models.DateField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "期限变更"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.from_due} → {self.to_due}"
