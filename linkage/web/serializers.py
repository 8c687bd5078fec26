"""The hub's rows as the API gives them; every one comes from visible_to of the unit acted for."""

from rest_framework import serializers

from linkage.matters.models import Attachment, Deadline, DeadlineRule, Paper, Party, TermUnit
from linkage.units.models import Unit

PARTS = [(part.value, part.label) for part in Party.PARTS]


def choice(choices, text: str, **options) -> serializers.ChoiceField:
    """A code; what each value means stands in the description."""
    return serializers.ChoiceField(choices=choices, help_text=text, **options)


class UnitSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField(help_text="全称")
    short = serializers.CharField(help_text="规范简称")
    kind = choice(Unit.Kind.choices, "单位类别")


class PartySerializer(serializers.Serializer):
    unit = UnitSerializer()
    parts = serializers.ListField(child=serializers.ChoiceField(choices=PARTS), help_text="在这个事项中的身份")
    since = serializers.DateTimeField(allow_null=True, help_text="可以看到这个事项的时间")
    received_at = serializers.DateTimeField(allow_null=True, help_text="签收时间")


class DeadlineSerializer(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField(help_text="期限名称")
    unit = UnitSerializer(help_text="应办单位")
    mark = choice(DeadlineRule.Mark.choices, "性质")
    basis = serializers.CharField(help_text="依据")
    start_on = serializers.DateField(help_text="起算依据日，次日起算")
    amount = serializers.IntegerField(allow_null=True, help_text="时长；商定日期的没有时长")
    term_unit = choice([("", "无"), *TermUnit.choices], "时长单位")
    first_due = serializers.DateField(help_text="最初届满日")
    due = serializers.DateField(help_text="届满日")
    provisional = serializers.BooleanField(help_text="放假通知尚未录入，届满日暂定")
    soft = serializers.BooleanField(help_text="双方商定的日期，不计逾期")
    steps = serializers.ListField(child=serializers.CharField(), help_text="期限怎么算的，逐步写明")
    closed_on = serializers.DateField(allow_null=True, help_text="了结日期")
    outcome = choice([("", "未了结"), *Deadline.Outcome.choices], "结果")


class AttachmentSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="row.pk")
    name = serializers.CharField(source="row.name", help_text="文件名")
    purpose = choice(Attachment.Purpose.choices, "用途", source="row.purpose")
    unit = UnitSerializer(source="row.unit", help_text="上传单位")
    size = serializers.IntegerField(source="row.size", help_text="字节数")
    sha256 = serializers.CharField(source="row.sha256")
    added_at = serializers.DateTimeField(source="row.added_at")
    url = serializers.CharField(help_text="下载地址，每次下载都留有记录")


class PaperSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="row.pk")
    code = serializers.CharField(source="row.kind", help_text="文书种类代码")
    label = serializers.CharField(help_text="文书种类")
    unit = UnitSerializer(source="row.unit", help_text="制发单位")
    title = serializers.CharField(source="row.title")
    number = serializers.CharField(source="row.number", help_text="文号")
    issued_on = serializers.DateField(source="row.issued_on", allow_null=True, help_text="成文日期")
    status = choice(Paper.Status.choices[2:], "状态", source="row.status")
    origin = choice(Paper.Origin.choices, "来源", source="row.origin")
    sha256 = serializers.CharField(source="row.sha256", help_text="正文的 sha256，记入办理记录")
    pdf_url = serializers.CharField(allow_null=True, help_text="版式文件地址；正在生成的，以及原件不是 PDF 的为空")
    pdf_sha256 = serializers.CharField(allow_null=True, help_text="版式文件的 sha256")
    stamped = AttachmentSerializer(allow_null=True, help_text="盖章扫描件，有的以它为准")


class EventSerializer(serializers.Serializer):
    verb = serializers.CharField()
    label = serializers.CharField()
    unit = UnitSerializer(allow_null=True, help_text="办理单位；系统办理的为空")
    who = serializers.CharField(help_text="办理人或者接入应用")
    note = serializers.CharField()
    happened_on = serializers.DateField(help_text="发生日期")
    recorded_at = serializers.DateTimeField(help_text="记录时间")


class StepSerializer(serializers.Serializer):
    """A step the application may take now."""

    verb = serializers.CharField()
    label = serializers.CharField()
    url = serializers.CharField()


class TakenSerializer(serializers.Serializer):
    """What a step did, and where the matter stands now."""

    verb = serializers.CharField()
    label = serializers.CharField()
    happened_on = serializers.DateField(help_text="发生日期")
    recorded_at = serializers.DateTimeField(help_text="记录时间")
    state = serializers.CharField(source="matter.state", help_text="办理后的环节代码")
    version = serializers.IntegerField(source="matter.version", help_text="办理后的版本号")


class OptionSerializer(serializers.Serializer):
    value = serializers.CharField()
    label = serializers.CharField()
