"""Units: the agencies, courts and procuratorates that exchange matters."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import localdate
from stdnum.cn import uscc

from linkage.units.pinyin import unit_key


def valid_credit_code(value: str) -> None:
    """Refuse a unified social credit code that breaks GB 32100-2015."""
    if not uscc.is_valid(value) or uscc.compact(value) != value:
        raise ValidationError("统一社会信用代码不正确，请核对 18 位代码（不含空格，字母大写）。")


class Dated(models.Model):
    """Something valid from a day until the day before another; an open end is null."""

    since = models.DateField("起", default=date(1949, 10, 1))
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        abstract = True


class UnitQuerySet(models.QuerySet):
    def current(self, on: date | None = None):
        """Units that exist on a day."""
        day = on or localdate()
        return self.filter(since__lte=day).exclude(until__lte=day)

    def administrative(self):
        """Administrative organs, to whom the copy rule applies (rules 二(三)1)."""
        return self.filter(kind__in=Unit.ADMINISTRATIVE)


class Unit(Dated):
    """An agency with its social credit code, document prefix and the ways it signs, numbers and is served."""

    class Kind(models.TextChoices):
        LEGAL_OFFICE = "legal_office", "司法局"
        COURT = "court", "人民法院"
        PROCURATORATE = "procuratorate", "人民检察院"
        GOVERNMENT = "government", "人民政府"
        DEPARTMENT = "department", "政府部门"
        TOWN = "town", "镇人民政府"
        OUTPOST = "outpost", "派出机构"
        VERTICAL = "vertical", "垂直管理单位"
        PARTY = "party", "党委机关"
        CONGRESS = "congress", "人大机关"
        SUPERVISION = "supervision", "监察机关"
        OUTSIDE_COURT = "outside_court", "外地或上级法院"
        OUTSIDE_PROCURATORATE = "outside_procuratorate", "外地或上级检察院"
        ENTERPRISE = "enterprise", "企业事业单位"

    class Signing(models.TextChoices):
        ONLINE = "online", "线上签发"
        OFFLINE = "offline", "线下签发代录"

    class Numbering(models.TextChoices):
        SERIES = "series", "平台顺序编号"
        REGISTER = "register", "本单位登记簿编号"

    ADMINISTRATIVE = (
        Kind.LEGAL_OFFICE,
        Kind.GOVERNMENT,
        Kind.DEPARTMENT,
        Kind.TOWN,
        Kind.OUTPOST,
        Kind.VERTICAL,
    )
    LEADS = (Kind.LEGAL_OFFICE, Kind.COURT, Kind.PROCURATORATE)

    kind = models.CharField("类别", max_length=24, choices=Kind.choices)
    area = models.ForeignKey("units.Area", models.PROTECT, verbose_name="行政区划")
    name = models.CharField("全称", max_length=120)
    short = models.CharField("规范简称", max_length=60)
    government = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="同级政府"
    )
    superior = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上级主管部门"
    )
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True, validators=[valid_credit_code])
    prefix = models.CharField("发文机关代字", max_length=20, blank=True, help_text="如 岑自然资")
    offline = models.BooleanField("线下单位", default=False, help_text="没有账号，由制发单位代录送达和回复")
    signing = models.CharField("签发方式", max_length=8, choices=Signing, default=Signing.ONLINE)
    numbering = models.CharField("编号方式", max_length=8, choices=Numbering, default=Numbering.SERIES)
    online_service_since = models.DateField(
        "书面同意线上送达之日", null=True, blank=True, help_text="双方都同意，线上到达之日才是送达之日"
    )
    phone = models.CharField("联系电话", max_length=40, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_index=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "id"]
        verbose_name = verbose_name_plural = "单位"
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~models.Q(credit_code=""),
                name="unit_credit_code_once",
                violation_error_message="已有单位使用这个统一社会信用代码。",
            )
        ]

    def __str__(self) -> str:
        return self.short

    def save(self, *args, **kwargs):
        self.sort_key = unit_key(self.short)
        super().save(*args, **kwargs)

    @property
    def administrative(self) -> bool:
        return self.kind in self.ADMINISTRATIVE

    @property
    def lead(self) -> bool:
        """One of the three lead units (牵头单位, rules 一(一))."""
        return self.kind in self.LEADS

    def accepts_online_service(self, on: date) -> bool:
        """Whether written consent to online service was filed by that day (offices.md 4)."""
        return self.online_service_since is not None and self.online_service_since <= on

    def name_on(self, day: date) -> str:
        """The full name the unit bore on a day: an old paper keeps the old name."""
        old = self.names.filter(since__lte=day).filter(until__gt=day).first()
        return old.name if old else self.name


class UnitName(Dated):
    """A former name and the days it was borne."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names")
    name = models.CharField("全称", max_length=120)
    short = models.CharField("规范简称", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "曾用名"

    def __str__(self) -> str:
        return self.name


class Desk(Dated):
    """An inner office that answers for a task, e.g. 行政审判庭; its name is dated, it is not a unit."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="desks")
    name = models.CharField("名称", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "内设机构"

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """On a day one unit takes over another's open matters (e.g. 法制办 → 司法局)."""

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successors", verbose_name="原单位")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="predecessors", verbose_name="承继单位")
    on = models.DateField("承继之日")
    basis = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "机构承继"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")),
                name="succession_between_two",
                violation_error_message="原单位和承继单位不能是同一个。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
