"""Rules as data: what an outcome counts as in a year, and when a principal must appear."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate

from linkage.matters.models import DeadlineRule


class Duty(models.TextChoices):
    """What the court decides for a defendant."""

    MUST = "must", "应当通知"
    MAY = "may", "可以通知"
    NONE = "none", "法院未另行通知"


class OutcomeRule(models.Model):
    """What one way of ending a case counts as from a year on (law.md §7); the newest version up to the year holds."""

    class Document(models.TextChoices):
        JUDGMENT = "judgment", "判决书"
        RULING = "ruling", "裁定书"
        MEDIATION = "mediation", "调解书"
        DECISION = "decision", "决定书"

    class Appeal(models.TextChoices):
        """What a second instance does to the result below."""

        OWN = "own", "本案结果"
        UPHELD = "upheld", "维持原结果"
        REMANDED = "remanded", "发回，重新审理"

    code = models.CharField("代码", max_length=24)
    year = models.PositiveSmallIntegerField("适用年度起")
    label = models.CharField("裁判结果", max_length=40)
    document = models.CharField("文书", max_length=10, choices=Document)
    article = models.CharField("条文", max_length=80, blank=True)
    lost = models.BooleanField("计入败诉", default=False)
    settled = models.BooleanField("计入协调化解", default=False)
    substantive = models.BooleanField("属于实体裁判", default=False)
    counted = models.BooleanField("计入结案", default=True)
    appealable = models.BooleanField("一审可以上诉", default=False)
    effect = models.CharField("对原审结果", max_length=8, choices=Appeal, default=Appeal.OWN)
    enforcement = models.BooleanField("用于非诉行政执行", default=False)
    source = models.CharField("核对情况", max_length=1, choices=DeadlineRule.Source)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["order", "code", "-year"]
        verbose_name = verbose_name_plural = "裁判结果口径"
        constraints = [models.UniqueConstraint(fields=["code", "year"], name="outcome_rule_once")]

    def __str__(self) -> str:
        return self.label


def outcomes_in(year: int) -> dict[str, OutcomeRule]:
    """The rules of a year by code, in their order."""
    found: dict[str, OutcomeRule] = {}
    for row in OutcomeRule.objects.filter(year__lte=year).order_by("order", "code", "-year"):
        found.setdefault(row.code, row)
    return found


class GroundQuerySet(models.QuerySet):
    def in_force(self, on: date | None = None):
        day = on or localdate()
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


class Ground(models.Model):
    """A reason for which the court notifies a principal (法释〔2020〕3号 4, the region's rule, local ones).

    `fields` lists codes of Field for which it holds by itself; `public_interest` makes it hold for 行政公益诉讼; the other
    grounds hold where the facts of the case say so.
    """

    code = models.CharField("代码", max_length=40)
    text = models.CharField("情形", max_length=200)
    duty = models.CharField("通知", max_length=4, choices=Duty.choices[:2])
    basis = models.CharField("依据", max_length=200)
    source = models.CharField("核对情况", max_length=1, choices=DeadlineRule.Source)
    fields = models.JSONField("所涉领域", default=list, blank=True)
    public_interest = models.BooleanField("行政公益诉讼", default=False)
    fact = models.BooleanField("登记案件时勾选", default=True)
    since = models.DateField("起", default=date(2020, 7, 1))
    until = models.DateField("止", null=True, blank=True)
    order = models.PositiveSmallIntegerField("顺序", default=100)

    objects = GroundQuerySet.as_manager()

    class Meta:
        ordering = ["order", "code"]
        verbose_name = verbose_name_plural = "通知出庭的情形"
        constraints = [models.UniqueConstraint(fields=["code", "since"], name="ground_version_once")]

    def __str__(self) -> str:
        return self.text
