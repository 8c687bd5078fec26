"""A suggestion as the API gives it."""

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from linkage.matters.models import Box, TermUnit
from linkage.web.serializers import (
    PARTS,
    AttachmentSerializer,
    DeadlineSerializer,
    EventSerializer,
    OptionSerializer,
    PaperSerializer,
    PartySerializer,
    StepSerializer,
    UnitSerializer,
    choice,
)

from .models import Reply, ReplyItem, State, Suggestion, SuggestionType

BOXES = [(name.lower(), Box[name].label) for name in Box.names]


class TypeSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    family = choice(SuggestionType.Family.choices, "大类")
    document = serializers.CharField(help_text="文书名称")


class HeadSerializer(serializers.Serializer):
    """What the list says of a suggestion; the whole of it stands at `url`."""

    id = serializers.IntegerField(source="matter.pk")
    url = serializers.CharField()
    number = serializers.CharField(source="matter.number", help_text="文号，草稿没有")
    title = serializers.CharField(source="matter.title", help_text="事由")
    type = TypeSerializer(source="row.type")
    issuer = UnitSerializer(source="row.issuer", help_text="制发单位")
    addressee = UnitSerializer(source="row.addressee", allow_null=True, help_text="被建议单位，草稿可能还没有")
    state = choice(State.choices, "环节代码", source="matter.state")
    stage = serializers.CharField(help_text="环节，与页面的用词相同")
    version = serializers.IntegerField(source="matter.version", help_text="版本号，办理时可以送回核对")
    created_at = serializers.DateTimeField(source="matter.created_at")
    issued_on = serializers.DateField(source="matter.issued_on", allow_null=True, help_text="成文日期")
    served_on = serializers.DateField(source="row.served_on", allow_null=True, help_text="送达日期")
    closed_on = serializers.DateField(source="matter.closed_on", allow_null=True, help_text="办结日期")


class RowSerializer(HeadSerializer):
    box = choice(BOXES, "在本单位的位置")
    due_on = serializers.DateField(source="row.p_due", allow_null=True, help_text="最近的期限")


class PeriodSerializer(serializers.Serializer):
    amount = serializers.IntegerField(source="period_amount")
    unit = choice(TermUnit.choices, "单位", source="period_unit")


class AnswerSerializer(serializers.Serializer):
    reply = serializers.IntegerField(help_text="复函的文书编号")
    number = serializers.CharField(help_text="复函文号")
    status = choice(ReplyItem.Status.choices, "落实情况")
    note = serializers.CharField(help_text="说明")


class AdviceSerializer(serializers.Serializer):
    order = serializers.IntegerField()
    text = serializers.CharField(help_text="建议事项")
    answers = AnswerSerializer(many=True, help_text="历次回复，先后有序")


class ReplySerializer(serializers.Serializer):
    """The statement that rules 二(三)2 ask of a reply."""

    paper = serializers.IntegerField(source="paper_id", help_text="复函的文书编号")
    stance = choice(Reply.Stance.choices, "总体意见")
    unlawful = choice(Reply.Unlawful.choices, "是否确属行政不作为或者违法行使职权")
    correction = serializers.CharField(help_text="纠正措施")
    opening = serializers.CharField(help_text="办理概况")


class SuggestionSerializer(HeadSerializer):
    case_number = serializers.CharField(source="row.case_number", help_text="案号")
    opening = serializers.CharField(source="row.opening", help_text="基本情况")
    problems = serializers.CharField(source="row.problems", help_text="存在问题")
    period = PeriodSerializer(allow_null=True, help_text="文书写明的回复期限，没有写明的为空")
    committee_on = serializers.DateField(source="row.committee_on", allow_null=True, help_text="审判委员会讨论日期")
    contact = serializers.CharField(source="row.contact", help_text="联系人")
    contact_phone = serializers.CharField(source="row.contact_phone", help_text="联系电话")
    served_by = choice([("", "未送达"), *Suggestion.Method.choices], "送达方式", source="row.served_by")
    served_to = serializers.CharField(source="row.served_to", help_text="受送达人")
    result = choice([("", "未审查"), *Suggestion.Result.choices], "审查结果", source="row.result")
    opinion = serializers.CharField(source="row.opinion", help_text="审查意见")
    supplement_on = serializers.DateField(source="row.supplement_on", allow_null=True, help_text="商定补充日期")
    urged = serializers.IntegerField(source="row.urged", help_text="催办次数")
    parts = serializers.ListField(child=serializers.ChoiceField(choices=PARTS), help_text="本单位的身份")
    parties = PartySerializer(many=True, help_text="主送、抄送等单位")
    advice = AdviceSerializer(many=True, help_text="逐项建议和逐项回复")
    replies = ReplySerializer(many=True, help_text="已经发出的回复")
    deadlines = DeadlineSerializer(many=True, help_text="期限，写明怎么算的")
    papers = PaperSerializer(many=True, help_text="已经制发的文书")
    files = AttachmentSerializer(many=True, help_text="附件")
    events = EventSerializer(many=True, help_text="办理记录，新的在前")
    steps = StepSerializer(many=True, help_text="这个应用现在可以办理的步骤，需要“办理”权限")


@extend_schema_serializer(many=False)
class PageSerializer(serializers.Serializer):
    results = RowSerializer(many=True)
    previous = serializers.CharField(allow_null=True, help_text="上一页的地址")
    next = serializers.CharField(allow_null=True, help_text="下一页的地址")


class ChoicesSerializer(serializers.Serializer):
    """The values that registering a letter accepts."""

    type = OptionSerializer(many=True, help_text="本单位可以登记的类型")
    addressee = OptionSerializer(many=True, help_text="被建议单位")
    copies = OptionSerializer(many=True, help_text="其他抄送单位；司法局自动抄送，不用填")
    period_unit = OptionSerializer(many=True, help_text="回复期限的单位")
    method = OptionSerializer(many=True, help_text="送达方式")
