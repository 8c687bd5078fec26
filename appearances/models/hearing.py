"""Hearing: a session of a case; when and where also stand in the hub's Appointment."""

from django.db import models
from django.utils import timezone

from .case import Case


class Hearing(models.Model):
    class Status(models.TextChoices):
        SET = "set", "已排期"
        CANCELLED = "cancelled", "已取消"

    case = models.ForeignKey(Case, models.PROTECT, related_name="hearings")
    order = models.PositiveSmallIntegerField("第几次开庭")
    starts_at = models.DateTimeField("开庭时间")
    ends_at = models.DateTimeField("预计结束时间")
    place = models.CharField("地点", max_length=120)
    online = models.BooleanField("在线开庭", default=False)
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.SET)
    moves = models.PositiveSmallIntegerField("改期次数", default=0)

    class Meta:
        ordering = ["order"]
        verbose_name = verbose_name_plural = "开庭"
        constraints = [models.UniqueConstraint(fields=["case", "order"], name="hearing_order")]
        indexes = [models.Index(fields=["starts_at"], name="hearing_starts")]

    def __str__(self) -> str:
        return f"第{self.order}次开庭 {timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"

    @property
    def day(self):
        """The calendar day in Asia/Shanghai."""
        return timezone.localdate(self.starts_at)

    @property
    def begun(self) -> bool:
        return timezone.now() >= self.starts_at
