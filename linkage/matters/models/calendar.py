"""The working calendar: a national and a Guangxi layer, each day from a notice."""

from django.db import models

from linkage.units.models import User


class Layer(models.TextChoices):
    NATIONAL = "national", "全国"
    GUANGXI = "guangxi", "广西"


class CalendarNotice(models.Model):
    """The notice that fixes a year's holidays; a year with a national notice counts as loaded."""

    year = models.PositiveSmallIntegerField("年份")
    layer = models.CharField("层级", max_length=10, choices=Layer)
    title = models.CharField("通知名称", max_length=200)
    number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("发布日期", null=True, blank=True)
    source = models.CharField("来源", max_length=300)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "放假通知"
        ordering = ["-year", "layer"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "layer"],
                name="calendar_notice_once",
                violation_error_message="这一年的放假通知已经录入，请在原通知上修改。",
            )
        ]

    def __str__(self) -> str:
        return self.title


class WorkCalendarDay(models.Model):
    """A day that differs from the plain week: a holiday, or a weekend day worked in exchange."""

    date = models.DateField("日期")
    layer = models.CharField("层级", max_length=10, choices=Layer)
    works = models.BooleanField("上班")
    name = models.CharField("说明", max_length=40)
    notice = models.ForeignKey(CalendarNotice, models.PROTECT, related_name="days")

    class Meta:
        verbose_name = verbose_name_plural = "工作日历"
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["date", "layer"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.date} {'上班' if self.works else '休息'}"
