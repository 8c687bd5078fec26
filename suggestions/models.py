"""Suggestions and the replies to them."""

from django.db import models

from linkage.matters.models import Matter, MatterScope, Paper, TermUnit
from linkage.units.models import Unit


class SuggestionType(models.Model):
    """A type of letter as data: who may issue it, how long the reply takes, which answers it offers."""

    class Family(models.TextChoices):
        JUDICIAL = "judicial", "司法建议"
        PROCURATORIAL = "procuratorial", "检察建议"
        OPINION = "opinion", "意见书、督办函"

    class Answers(models.TextChoices):
        ADOPTION = "adoption", "全部采纳、部分采纳、不予采纳"
        DUTY = "duty", "已履职、部分履职、认为不违法"

    code = models.CharField(max_length=40, primary_key=True)
    family = models.CharField("大类", max_length=16, choices=Family)
    name = models.CharField("类型", max_length=40)
    document = models.CharField("文书名称", max_length=20)
    issuers = models.JSONField("制发单位类别")
    made_here = models.BooleanField("可以在平台制发", default=True)
    reply_rule = models.CharField("回复期限规则", max_length=40, blank=True)
    committee = models.BooleanField("须经审判委员会讨论", default=False)
    signer = models.CharField("签发人", max_length=40, blank=True)
    answers = models.CharField("回复口径", max_length=10, choices=Answers, default=Answers.ADOPTION)
    basis = models.CharField("依据", max_length=200)
    order = models.PositiveSmallIntegerField(default=100)
    active = models.BooleanField("使用中", default=True)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = verbose_name_plural = "建议类型"

    def __str__(self) -> str:
        return f"{self.get_family_display()} · {self.name}"


class State(models.TextChoices):
    DRAFT = "draft", "拟稿"
    ISSUED = "issued", "待送达"
    HANDLING = "handling", "办理中"
    REPLIED = "replied", "已回复待审查"
    SUPPLEMENT = "supplement", "商请补充"
    FOLLOWING = "following", "跟进中"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"


class SuggestionQuerySet(MatterScope):
    """Suggestions; what a unit may see comes from its Party rows (MatterScope.visible_to)."""

    matter_path = "matter__"


class Suggestion(models.Model):
    """The detail of a matter of kind suggestion."""

    class Method(models.TextChoices):
        ONLINE = "online", "线上送达"
        DIRECT = "direct", "直接送达"
        ANNOUNCED = "announced", "现场宣告送达"
        LEFT = "left", "留置送达"
        POST = "post", "邮寄送达"

    class Result(models.TextChoices):
        DONE = "done", "落实到位"
        PARTLY = "partly", "部分落实"
        PENDING = "pending", "待跟进"

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="suggestion")
    type = models.ForeignKey(SuggestionType, models.PROTECT, related_name="+", verbose_name="类型")
    addressee = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="被建议单位")
    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="制发单位")
    case_number = models.CharField("案号", max_length=60, blank=True)
    opening = models.TextField("基本情况", blank=True)
    problems = models.TextField("存在问题", blank=True)
    period_amount = models.PositiveSmallIntegerField("回复期限", null=True, blank=True)
    period_unit = models.CharField("期限单位", max_length=8, choices=TermUnit, default=TermUnit.MONTHS)
    committee_on = models.DateField("审判委员会讨论日期", null=True, blank=True)
    contact = models.CharField("联系人", max_length=40, blank=True)
    contact_phone = models.CharField("联系电话", max_length=40, blank=True)
    served_on = models.DateField("送达日期", null=True)
    served_by = models.CharField("送达方式", max_length=10, choices=Method, blank=True)
    served_to = models.CharField("受送达人", max_length=60, blank=True)
    result = models.CharField("审查结果", max_length=8, choices=Result, blank=True)
    opinion = models.TextField("审查意见", blank=True)
    supplement_on = models.DateField("商定补充日期", null=True)
    urged = models.PositiveSmallIntegerField("催办次数", default=0)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "建议"
        indexes = [
            models.Index(fields=["type", "matter"], name="suggestion_type"),
            models.Index(fields=["addressee", "matter"], name="suggestion_addressee"),
            models.Index(fields=["served_on", "matter"], name="suggestion_served"),
        ]

    def __str__(self) -> str:
        return str(self.matter)

    @property
    def period(self) -> str:
        """The reply period in words, or an empty string where the letter sets none."""
        return f"{self.period_amount}{self.get_period_unit_display()}" if self.period_amount else ""


class Advice(models.Model):
    """One item of advice, answered on its own."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="advice")
    order = models.PositiveSmallIntegerField()
    text = models.TextField("建议事项")

    class Meta:
        ordering = ["order"]
        verbose_name = verbose_name_plural = "建议事项"
        constraints = [models.UniqueConstraint(fields=["suggestion", "order"], name="advice_order")]

    def __str__(self) -> str:
        return f"{self.order}. {self.text}"


class Reply(models.Model):
    """A reply once it is out; while it is a draft it lives in its Paper, within the agency."""

    class Stance(models.TextChoices):
        FULL = "full", "全部采纳"
        PART = "part", "部分采纳"
        NONE = "none", "不予采纳"
        PERFORMED = "performed", "已依法履职"
        PARTLY = "partly", "部分履职"
        LAWFUL = "lawful", "认为不违法"

    class Unlawful(models.TextChoices):
        YES = "yes", "确属行政不作为或者违法行使职权"
        PARTLY = "partly", "部分属于"
        NO = "no", "不属于"

    paper = models.OneToOneField(Paper, models.PROTECT, primary_key=True, related_name="reply")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="replies")
    stance = models.CharField("总体意见", max_length=10, choices=Stance)
    unlawful = models.CharField("是否确属行政不作为或者违法行使职权", max_length=8, choices=Unlawful)
    correction = models.TextField("纠正措施", blank=True)
    opening = models.TextField("办理概况", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "回复"
        ordering = ["paper"]

    def __str__(self) -> str:
        return str(self.paper)


class ReplyItem(models.Model):
    """What became of one item of advice."""

    class Status(models.TextChoices):
        DONE = "done", "已完成"
        DOING = "doing", "正在整改"
        UNABLE = "unable", "暂不具备条件"
        NOT_OURS = "not_ours", "不涉及本单位"
        DISAGREE = "disagree", "有不同意见"

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="items")
    advice = models.ForeignKey(Advice, models.PROTECT, related_name="answers")
    status = models.CharField("落实情况", max_length=10, choices=Status)
    note = models.TextField("说明")

    class Meta:
        ordering = ["advice__order"]
        verbose_name = verbose_name_plural = "逐项回复"
        constraints = [models.UniqueConstraint(fields=["reply", "advice"], name="reply_item_once")]

    def __str__(self) -> str:
        return f"{self.advice.order}. {self.get_status_display()}"
