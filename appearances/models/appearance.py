"""Appearance: one defendant's principal at one hearing, from the notice to the summary."""

from django.db import models
from django.db.models import Q

from linkage.matters.models import Matter, MatterScope

from .case import Defendant
from .hearing import Hearing
from .rules import Duty


class AppearanceState(models.TextChoices):
    NOTIFYING = "notifying", "待发通知"
    NAMING = "naming", "待报出庭人"
    NAMED = "named", "待开庭"
    CONFIRMED = "confirmed", "待庭后总结"
    CLOSED = "closed", "已办结"
    CANCELLED = "cancelled", "已取消"


class AppearanceQuerySet(MatterScope):
    """Appearances; what a unit may see comes from its Party rows (MatterScope.visible_to)."""

    matter_path = "matter__"


class Appearance(models.Model):
    """The detail of a matter of kind appearance; rates use what the court confirmed, never what the agency named."""

    class Rank(models.TextChoices):
        CHIEF = "chief", "正职负责人"
        DEPUTY = "deputy", "副职负责人"
        VICE_RANK = "vice_rank", "副职级别的负责人"
        OTHER = "other", "其他参与分管的负责人"

    class Absence(models.TextChoices):
        """法释〔2020〕3号第八条."""

        FORCE = "force", "不可抗力"
        ACCIDENT = "accident", "意外事件"
        DUTY = "duty", "需要履行他人不能代替的公务"
        OTHER = "other", "无法出庭的其他正当事由"

    class Identity(models.TextChoices):
        """法释〔2020〕3号第六条."""

        FIT = "fit", "身份证明符合要求"
        MENDED = "mended", "经补正符合要求"
        UNFIT = "unfit", "无法补正，视为未出庭"

    class Substitute(models.TextChoices):
        STAFF = "staff", "委托的工作人员出庭"
        LAWYER = "lawyer", "仅委托律师出庭"
        NOBODY = "nobody", "负责人和工作人员均未出庭"

    class Finding(models.TextChoices):
        """法释〔2020〕3号第十二条第一款."""

        NO_REASON = "no_reason", "负责人未出庭，且未说明理由或者理由不成立"
        AGAIN = "again", "有正当理由申请延期开庭后，仍未出庭且未说明理由或者理由不成立"
        NOBODY = "nobody", "负责人和行政机关相应的工作人员均不出庭应诉"
        LEFT = "left", "负责人未经法庭许可中途退庭"
        REFUSED = "refused", "拒绝就法庭要求回答或者说明，经释明仍拒绝，导致庭审无法进行"

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="appearance")
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="appearances")
    defendant = models.ForeignKey(Defendant, models.PROTECT, related_name="appearances")
    # the court's decision before the hearing
    duty = models.CharField("负责人出庭", max_length=4, choices=Duty)
    ground = models.CharField("通知情形", max_length=200, blank=True)
    reason = models.CharField("说明", max_length=200, blank=True)
    notified_on = models.DateField("出庭通知书送达日期", null=True)
    urged = models.PositiveSmallIntegerField("督促次数", default=0)
    # what the agency says
    attending = models.BooleanField("负责人出庭", null=True)
    rank = models.CharField("负责人类别", max_length=10, choices=Rank, blank=True)
    name = models.CharField("姓名", max_length=40, blank=True)
    post = models.CharField("职务", max_length=60, blank=True)
    agents = models.TextField("委托诉讼代理人", blank=True)
    absence = models.CharField("不能出庭的理由", max_length=8, choices=Absence, blank=True)
    absence_text = models.TextField("情况说明", blank=True)
    # preparation, for the agency alone
    checklist = models.JSONField("庭前准备", default=list, blank=True)
    outline = models.TextField("庭审发言提纲", blank=True)
    # what the court confirmed
    confirmed_on = models.DateField("确认日期", null=True)
    identity = models.CharField("身份审查", max_length=8, choices=Identity, blank=True)
    appeared = models.BooleanField("负责人到庭", null=True)
    court_rank = models.CharField("到庭负责人类别", max_length=10, choices=Rank, blank=True)
    court_name = models.CharField("到庭负责人", max_length=40, blank=True)
    court_post = models.CharField("到庭负责人职务", max_length=60, blank=True)
    spoke = models.BooleanField("发表意见", default=False)
    spoke_on_resolution = models.BooleanField("就实质化解争议发表意见", default=False)
    left_early = models.BooleanField("未经许可中途退庭", default=False)
    refused = models.BooleanField("拒绝说明", default=False)
    substitute = models.CharField("未出庭时", max_length=8, choices=Substitute, blank=True)
    reason_accepted = models.BooleanField("理由成立", null=True)
    finding = models.CharField("第十二条情形", max_length=10, choices=Finding, blank=True)
    court_note = models.TextField("法院说明", blank=True)
    # afterwards
    summary = models.TextField("庭后总结", blank=True)
    summary_on = models.DateField("总结日期", null=True)

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "负责人出庭"
        constraints = [
            models.UniqueConstraint(fields=["hearing", "defendant"], name="appearance_once"),
            models.CheckConstraint(
                condition=Q(identity="unfit", appeared=True) | ~Q(identity="unfit"), name="appearance_identity_of_who_came",
                violation_error_message="没有到庭的，不作身份审查。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.matter)

    @property
    def counts(self) -> bool:
        """Whether a principal appeared in the eyes of the law: unfit papers that could not be mended are no appearance."""
        return bool(self.appeared) and self.identity != self.Identity.UNFIT
