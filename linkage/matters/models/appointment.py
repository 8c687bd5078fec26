"""Appointment: when and where a hearing or a meeting takes place; conflicts and calendars are one range query."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from linkage.units.acting import Actor

from .matter import Matter
from .party import Party


class AppointmentQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor):
        """Appointments of the matters in which the unit acted for is a party now."""
        if actor.unit is None:
            return self.none()
        return self.filter(matter__in=Party.objects.inbox(actor.unit).values("matter"))

    def between(self, start: datetime, end: datetime):
        """Appointments that touch a span of time."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)

    def standing(self):
        """Without those that were called off."""
        return self.filter(cancelled=False)


class Appointment(models.Model):
    """`ref` is the child row of the matter that it is (a hearing), 0 for the matter itself; `revision` counts its moves."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="appointments")
    ref = models.PositiveBigIntegerField(default=0)
    title = models.CharField("事由", max_length=200)
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    place = models.CharField("地点", max_length=120, blank=True)
    online = models.BooleanField("线上", default=False)
    cancelled = models.BooleanField("已取消", default=False)
    revision = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "日程"
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "ref"], name="appointment_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")),
                name="appointment_ends_later",
                violation_error_message="结束时间应晚于开始时间。",
            ),
        ]
        indexes = [models.Index(fields=["starts_at", "ends_at"], name="appointment_when")]

    def __str__(self) -> str:
        return f"{self.title} {self.starts_at:%Y-%m-%d %H:%M}"
