"""Case: one 案号, its litigants and defendants, its judgment and what became of it."""

from datetime import date

from django.db import models
from django.db.models import Q

from linkage.matters.models import Matter, MatterScope
from linkage.units.models import Unit

from .fields import Field
from .rules import Duty


class CaseState(models.TextChoices):
    DRAFT = "draft", "待登记"
    OPEN = "open", "审理中"
    JUDGED = "judged", "已裁判"
    APPEALED = "appealed", "已上诉"
    EFFECTIVE = "effective", "待履行"
    PERFORMED = "performed", "待核实履行"
    CLOSED = "closed", "已办结"
    ANNULLED = "annulled", "已撤销登记"


class CaseQuerySet(MatterScope):
    """Cases; what a unit may see comes from its Party rows (MatterScope.visible_to)."""

    matter_path = "matter__"

    def live(self):
        """Registered and neither annulled nor void: what lists of numbers and figures start from."""
        return self.filter(live=True)

    def filed_in(self, start: date, end: date):
        """Live cases accepted from `start` to `end`, both included."""
        return self.live().filter(filed_on__range=(start, end))


class Case(models.Model):
    """The detail of a matter of kind case: one 案号 is one case-instance, linked to the instance before by `previous`."""

    class Category(models.TextChoices):
        LITIGATION = "litigation", "行政诉讼"
        COMPENSATION = "compensation", "国家赔偿"
        ENFORCEMENT = "enforcement", "非诉行政执行"

    class Instance(models.TextChoices):
        FIRST = "first", "一审"
        SECOND = "second", "二审"
        REVIEW = "review", "申请再审审查"
        RETRIAL = "retrial", "再审"
        EXECUTION = "execution", "非诉审查"
        OTHER = "other", "其他"

    class Performance(models.TextChoices):
        IN_TIME = "in_time", "按期履行"
        LATE = "late", "逾期履行"
        PARTLY = "partly", "部分履行"
        REFUSED = "refused", "未履行"

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="case")
    live = models.BooleanField(default=False, editable=False)
    number = models.CharField("案号", max_length=60, blank=True)
    category = models.CharField("类别", max_length=12, choices=Category, default=Category.LITIGATION)
    instance = models.CharField("审级", max_length=10, choices=Instance, default=Instance.FIRST)
    cross_area = models.BooleanField("跨行政区划管辖", default=False)
    public_interest = models.BooleanField("行政公益诉讼", default=False)
    court = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="受理法院")
    chamber = models.CharField("审判庭", max_length=60, blank=True)
    judge = models.CharField("审判长（承办法官）", max_length=40, blank=True)
    clerk = models.CharField("书记员", max_length=40, blank=True)
    court_phone = models.CharField("法院联系电话", max_length=40, blank=True)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="following", verbose_name="前一审级案件"
    )
    cause = models.CharField("案由", max_length=100, blank=True)
    field = models.ForeignKey(Field, models.PROTECT, null=True, related_name="+", verbose_name="行政管理领域")
    act = models.CharField("被诉（申请执行的）行政行为", max_length=200, blank=True)
    act_number = models.CharField("行政文书文号", max_length=60, blank=True)
    act_on = models.DateField("行政行为作出日期", null=True, blank=True)
    circumstances = models.JSONField("案件情形", default=list, blank=True)
    filed_on = models.DateField("立案日期", null=True, blank=True)
    # how it ended
    outcome = models.CharField("裁判结果", max_length=24, blank=True)
    judged_on = models.DateField("裁判日期", null=True, blank=True)
    plaintiff_served_on = models.DateField("裁判文书送达原告日期", null=True, blank=True)
    compensation = models.DecimalField("赔偿（补偿）金额", max_digits=14, decimal_places=2, null=True, blank=True)
    duty_text = models.TextField("裁判确定的履行义务", blank=True)
    perform_by = models.DateField("履行期限", null=True, blank=True)
    appealed_on = models.DateField("上诉日期", null=True)
    appealed_by = models.CharField("上诉人", max_length=60, blank=True)
    effective_on = models.DateField("生效日期", null=True, blank=True)
    performance = models.CharField("履行结果", max_length=8, choices=Performance, blank=True)
    performed_on = models.DateField("履行日期", null=True, blank=True)
    # of the whole dispute, derived by chain.settle on its first instance
    result = models.CharField("最终结果", max_length=24, blank=True, editable=False)
    result_on = models.DateField("最终结果生效日期", null=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "行政案件"
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=Q(live=True), name="case_number_once",
                violation_error_message="这个案号已经登记。",
            )
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["court", "filed_on"], name="case_court_filed"),
            models.Index(fields=["filed_on", "matter"], name="case_filed"),
            models.Index(fields=["judged_on", "matter"], name="case_judged"),
            models.Index(fields=["previous"], name="case_previous"),
            models.Index(fields=["field", "matter"], name="case_field"),
        ]

    def __str__(self) -> str:
        return self.number or str(self.matter)


class Litigant(models.Model):
    """A plaintiff, applicant or third party that is no organ. The name is for the parties of the case only; titles, files,
    notices, events and papers with a copy to others carry `masked`."""

    class Role(models.TextChoices):
        PLAINTIFF = "plaintiff", "原告"
        THIRD = "third", "第三人"
        RESPONDENT = "respondent", "被执行人"

    class Sort(models.TextChoices):
        PERSON = "person", "自然人"
        ORGANISATION = "organisation", "法人或者其他组织"

    case = models.ForeignKey(Case, models.PROTECT, related_name="litigants")
    role = models.CharField("诉讼地位", max_length=10, choices=Role, default=Role.PLAINTIFF)
    sort = models.CharField("类型", max_length=12, choices=Sort, default=Sort.PERSON)
    name = models.CharField("姓名（名称）", max_length=120)
    masked = models.CharField("对外显示", max_length=120)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        verbose_name = verbose_name_plural = "原告、第三人"
        constraints = [models.UniqueConstraint(fields=["case", "order"], name="litigant_order")]

    def __str__(self) -> str:
        return self.masked


class Defendant(models.Model):
    """An organ in the case. `unit` is named by the court; for a government `handler` (应诉承办单位) does the work."""

    class Role(models.TextChoices):
        DEFENDANT = "defendant", "被告"
        REVIEWER = "reviewer", "共同被告（复议机关）"
        THIRD = "third", "第三人（行政机关）"
        APPLICANT = "applicant", "申请执行人"

    class Appeal(models.TextChoices):
        APPEALS = "appeals", "上诉"
        ACCEPTS = "accepts", "不上诉"

    case = models.ForeignKey(Case, models.PROTECT, related_name="defendants")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="行政机关")
    role = models.CharField("诉讼地位", max_length=10, choices=Role, default=Role.DEFENDANT)
    handler = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="应诉承办单位"
    )
    order = models.PositiveSmallIntegerField()
    duty = models.CharField("负责人出庭", max_length=4, choices=Duty, blank=True)
    duty_ground = models.CharField("通知依据", max_length=200, blank=True)
    duty_reason = models.CharField("说明", max_length=200, blank=True)
    served_on = models.DateField("应诉通知书送达日期", null=True, blank=True)
    defended_on = models.DateField("答辩日期", null=True)
    judgment_served_on = models.DateField("裁判文书送达日期", null=True, blank=True)
    appeal = models.CharField("上诉决定", max_length=8, choices=Appeal, blank=True)
    performed_on = models.DateField("报告履行日期", null=True)

    class Meta:
        ordering = ["order"]
        verbose_name = verbose_name_plural = "被告等行政机关"
        constraints = [
            models.UniqueConstraint(fields=["case", "unit"], name="defendant_once"),
            models.UniqueConstraint(fields=["case", "order"], name="defendant_order"),
        ]

    def __str__(self) -> str:
        return str(self.unit)

    @property
    def acting(self) -> Unit:
        """The unit that answers the case: it owes the clocks."""
        return self.handler or self.unit
