"""What a letter is about: drafted here, or registered from its PDF."""

from django import forms

from linkage.matters.models import Paper, TermUnit
from linkage.units.models import Unit
from linkage.web.forms import DayField, MatterForm, UploadField

from ..models import SuggestionType
from .fields import AREA, NumberField, advice_lines, types_for
from .steps import ServiceForm


class LetterForm(MatterForm):
    """What a letter is about, drafted here or registered: type, addressee, items, reply period."""

    type = forms.ModelChoiceField(SuggestionType.objects.none(), label="类型", empty_label="请选择")
    addressee = forms.ModelChoiceField(
        Unit.objects.none(),
        label="被建议单位",
        empty_label="请选择",
        required=False,
        help_text="主送行政机关时自动抄送市司法局，不能取消",
    )
    title = forms.CharField(
        label="标题",
        max_length=100,
        required=False,
        help_text="只写事由，如“规范行政处罚听证告知程序”；“关于”和“的司法建议书”自动加上",
    )
    case_number = forms.CharField(label="案号", max_length=60, required=False, help_text="如 （2026）桂0481行初12号")
    advice = forms.CharField(
        label="建议事项",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="一项一段，可以从 Word、WPS 直接粘贴，段前的“一、”“1.”会自动识别；对方逐项回复",
    )
    period_amount = forms.IntegerField(
        label="回复期限",
        required=False,
        min_value=1,
        max_value=365,
        widget=forms.NumberInput(attrs={"class": "input-xs"}),
        help_text="文书写明多久就填多久，没有写明就留空，系统不计算逾期",
    )
    period_unit = forms.ChoiceField(
        label="期限单位",
        choices=TermUnit.choices[:3],
        initial=TermUnit.MONTHS,
        widget=forms.Select(attrs={"class": "input-xs"}),
    )
    copies = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label="其他抄送单位",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "picks-box"}),
        help_text="可以选几个；司法局自动抄送，不用选",
    )
    made_here = True
    marks = dict.fromkeys(
        ("type", "addressee", "title", "problems", "advice", "contact", "number", "issued_on"), "必填"
    ) | {"period_unit": ""}

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        codes = [row.pk for row in types_for(self.actor.unit, self.made_here)]
        self.fields["type"].queryset = SuggestionType.objects.filter(pk__in=codes)
        others = Unit.objects.current().exclude(pk=self.actor.unit.pk)
        self.fields["addressee"].queryset = others
        self.fields["copies"].queryset = others.exclude(kind=Unit.Kind.LEGAL_OFFICE)

    def clean_case_number(self):
        return self.cleaned_data["case_number"].replace("(", "（").replace(")", "）").replace(" ", "")

    def clean_advice(self):
        return advice_lines(self.cleaned_data["advice"])

    def clean(self):
        cleaned = super().clean()
        addressee, copies = cleaned.get("addressee"), cleaned.get("copies")
        if addressee and copies and addressee in copies:
            self.add_error("copies", "被建议单位不能同时是抄送单位。")
        return cleaned


class DraftForm(LetterForm):
    """A letter made here; everything may be empty while it is a draft, what is missing is said at 送审签."""

    opening = forms.CharField(label="基本情况", required=False, widget=forms.Textarea(attrs=AREA))
    problems = forms.CharField(
        label="存在问题",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="可以直接粘贴，层次序号用 （一） 1. （1）",
    )
    committee_on = DayField(
        label="审判委员会讨论日期", required=False, help_text="综合治理类必填（法释〔2023〕11号第七条）"
    )
    contact = forms.CharField(label="联系人", max_length=40, required=False)
    contact_phone = forms.CharField(label="联系电话", max_length=40, required=False)
    number = NumberField(required=False)

    field_order = [
        "type",
        "addressee",
        "title",
        "case_number",
        "opening",
        "problems",
        "advice",
        "period_amount",
        "period_unit",
        "committee_on",
        "contact",
        "contact_phone",
        "copies",
        "number",
    ]

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        if self.actor.unit.numbering == Unit.Numbering.SERIES:
            del self.fields["number"]


class RegistrationForm(LetterForm):
    """What is read from an issued PDF or typed beside it; saved as a draft, confirmed by RegisterForm."""

    number = NumberField(required=False)
    issued_on = DayField(label="成文日期", required=False)
    signed_by = forms.CharField(label="签发人", max_length=40, required=False)
    made_here = False
    field_order = [
        "type",
        "number",
        "issued_on",
        "addressee",
        "title",
        "advice",
        "period_amount",
        "period_unit",
        "case_number",
        "signed_by",
        "copies",
    ]

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.fields["title"].help_text = "只写事由，如“督促清理石材废料”"


class LetterUploadForm(MatterForm):
    """Dropping in the issued PDF."""

    letter = UploadField(
        label="已制发的文书（PDF）", help_text="PDF，不超过 50 MB。有文字层的会自动读出文号、日期和被建议单位"
    )

    def clean_letter(self):
        upload = self.cleaned_data["letter"]
        if not upload.name.lower().endswith(".pdf"):
            raise forms.ValidationError("请上传 PDF。Word、WPS 文书请先另存为 PDF。")
        return upload


class RegisterForm(RegistrationForm):
    """Confirming a registered letter: now everything must be there, and its number must be new."""

    served_on = DayField(label="送达日期", required=False, help_text="已经送达的填写送达回证上的日期，尚未送达的留空")
    method = forms.ChoiceField(
        label="送达方式", required=False, choices=[("", "请选择"), *ServiceForm.base_fields["method"].choices]
    )
    scan = UploadField(label="送达回证扫描件", required=False)
    field_order = [*RegistrationForm.field_order, "served_on", "method", "scan"]

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        for name in ("addressee", "title", "number", "issued_on", "advice"):
            self.fields[name].required = True

    def clean_number(self):
        number = self.cleaned_data["number"]
        if Paper.objects.filter(unit=self.actor.unit, number=number).exclude(matter=self.matter).exists():
            raise forms.ValidationError(f"本单位已登记过{number}，请核对文号。")
        return number

    def clean(self):
        cleaned = super().clean()
        served, issued = cleaned.get("served_on"), cleaned.get("issued_on")
        if served and issued and served < issued:
            self.add_error("served_on", "送达日期不能早于成文日期。")
        if served and not cleaned.get("method"):
            self.add_error("method", "选择送达方式。")
        if served and not cleaned.get("scan"):
            self.add_error("scan", "上传送达回证扫描件，或者先不填送达日期，以后再登记送达。")
        return cleaned
