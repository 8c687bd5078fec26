"""DeadlineRule: terms as data with their basis; edited by the legal office, never in code."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate


class TermUnit(models.TextChoices):
    DAYS = "day", "日"
    MONTHS = "month", "个月"
    WORKDAYS = "workday", "个工作日"
    YEARS = "year", "年"


class RuleQuerySet(models.QuerySet):
    def in_force(self, code: str, on: date | None = None):
        """The version of a rule valid on a day, or None."""
        day = on or localdate()
        valid = Q(valid_until=None) | Q(valid_until__gt=day)
        return self.filter(valid, code=code, valid_from__lte=day).order_by("-valid_from").first()


class DeadlineRule(models.Model):
    """One version of a rule; a new version never moves a deadline that is running."""

    class Mark(models.TextChoices):
        LAW = "law", "法定"
        LETTER = "letter", "文书载明"
        COURT = "court", "法院要求"
        AGREED = "agreed", "平台约定"

    class Source(models.TextChoices):
        V = "V", "已核对原文"
        P = "P", "转载，待核对"
        R = "R", "凭记忆，待核对"
        D = "D", "平台理解"
        X = "X", "办公经验"

    code = models.CharField("代码", max_length=40)
    label = models.CharField("期限名称", max_length=60)
    amount = models.PositiveSmallIntegerField("时长")
    unit = models.CharField("单位", max_length=8, choices=TermUnit)
    start = models.CharField("起算", max_length=60, help_text="如 送达次日")
    basis = models.CharField("依据", max_length=200)
    mark = models.CharField("性质", max_length=8, choices=Mark)
    source = models.CharField("核对情况", max_length=1, choices=Source)
    rolls = models.BooleanField("届满日逢休息日顺延", default=True)
    window = models.PositiveSmallIntegerField("提前提醒天数", default=1)
    valid_from = models.DateField("施行日期", default=date(2000, 1, 1))
    valid_until = models.DateField("废止日期", null=True, blank=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "期限规则"
        ordering = ["code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="rule_version_once",
                violation_error_message="这条规则在这一天已有一个版本。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.amount}{self.get_unit_display()}"
