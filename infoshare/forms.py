"""What people type about a joint notice."""

import re
from datetime import date

from django import forms

from linkage.matters import succession
from linkage.matters.models import Paper
from linkage.papers.punctuation import mend
from linkage.units.models import Unit
from linkage.web.forms import DayField, MatterForm, UploadField

from .papers import issuers_of

NUMBER = re.compile(r"^[^\s〔〕\[\]（）()]{1,20}〔\d{4}〕\d{1,5}号$")
SEARCH = forms.TextInput(attrs={"type": "search", "placeholder": "标题或文号"})


class SearchForm(forms.Form):
    """The one condition of the list."""

    q = forms.CharField(label="标题或文号", max_length=100, required=False, widget=SEARCH)


class IssuersField(forms.ModelMultipleChoiceField):
    """The lead units, also those that have ended, for papers of their time."""

    def label_from_instance(self, unit: Unit) -> str:
        until = unit.until
        return f"{unit.name}（{until.year}年{until.month}月{until.day}日前）" if until else unit.name


class NoticeForm(MatterForm):
    """The draft; anything but the issuers may be empty, what is missing is said at 登记发布."""

    title = forms.CharField(label="标题", max_length=200, required=False, help_text="全称，如“关于印发《……》的通知”")
    issuers = IssuersField(
        Unit.objects.none(),
        label="发文单位",
        widget=forms.CheckboxSelectMultiple,
        help_text="主办单位排在第一，文号用主办单位的；名称按成文日期当时的全称",
    )
    to = forms.CharField(label="主送", max_length=300, required=False, help_text="如 各镇人民政府，市政府各部门")
    text = forms.CharField(
        label="正文",
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="可以从 Word、WPS 直接粘贴，层次序号 一、（一） 1. （1） 自动识别，标点自动改正",
    )
    annex_title = forms.CharField(label="附件标题", max_length=200, required=False)
    annex_text = forms.CharField(
        label="附件正文",
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="印发的制度、规则全文，另起一页",
    )
    copied = forms.CharField(label="抄送", max_length=500, required=False, help_text="机关名称用逗号隔开，印在版记里")
    note = forms.CharField(label="附注", max_length=100, required=False, help_text="如 此件公开发布")

    def __init__(self, *args, host: Unit, **more):
        super().__init__(*args, **more)
        self.host = host
        self.fields["issuers"].queryset = Unit.objects.filter(kind__in=Unit.LEADS, area=host.area).order_by(
            "until", "pk"
        )
        self.fields["issuers"].error_messages["required"] = "选择发文单位。"

    def clean_title(self):
        return mend(self.cleaned_data["title"])

    def clean_to(self):
        return mend(self.cleaned_data["to"]).rstrip("：:")

    def clean_annex_title(self):
        return mend(self.cleaned_data["annex_title"])

    def clean_issuers(self):
        issuers = self.cleaned_data["issuers"]
        answering = [succession.answering(unit) for unit in issuers]
        if self.host not in answering:
            raise forms.ValidationError(f"发文单位应包括主办单位{self.host.short}。")
        if len(set(answering)) < len(answering):
            raise forms.ValidationError("机构改革前后的同一单位只选一个。")
        return issuers


class PublishForm(MatterForm):
    """登记发布: the number and date of the signed paper, whose text then stands for good."""

    number = forms.CharField(label="文号", max_length=60, help_text="主办单位登记簿上的文号，如 岑法联发〔2026〕1号")
    issued_on = DayField(label="成文日期", help_text="最后一个发文单位负责人签发的日期")
    printed_by = forms.CharField(label="印发机关", max_length=120, required=False, help_text="留空为主办单位")
    printed_on = DayField(label="印发日期", required=False, help_text="留空为成文日期")
    sheet = UploadField(label="签发稿扫描件", required=False, help_text="各单位签发的发文稿纸，只有发文单位能看到")

    def clean_number(self):
        """Mended and new; another lead unit may not enter the same paper twice."""
        number = mend(self.cleaned_data["number"]).replace(" ", "")
        if not NUMBER.match(number):
            raise forms.ValidationError("文号写法不对，请按“岑法联发〔2026〕1号”填写。")
        if Paper.objects.filter(kind="notice", number=number).exclude(matter=self.matter).exists():
            raise forms.ValidationError(f"已有文号为{number}的联合文件，请核对文号。")
        return number

    def clean(self):
        cleaned = super().clean()
        issued = cleaned.get("issued_on")
        if not issued:
            return cleaned
        gone = [unit.name for unit in issuers_of(self.matter) if not existed(unit, issued)]
        if gone:
            self.add_error("issued_on", f"{'、'.join(gone)}在成文日期不存在，请核对日期或者发文单位。")
        if cleaned.get("printed_on") and cleaned["printed_on"] < issued:
            self.add_error("printed_on", "印发日期不能早于成文日期。")
        return cleaned


def existed(unit: Unit, day: date) -> bool:
    return unit.since <= day and (unit.until is None or day < unit.until)


class StampForm(MatterForm):
    scan = UploadField(label="盖章扫描件", help_text="上传后以盖章件为准，所有用户都能看到")


class ReasonForm(MatterForm):
    note = forms.CharField(label="原因", widget=forms.Textarea(attrs={"rows": 4}), help_text="所有用户都能看到")


FORMS = {form.__name__: form for form in (PublishForm, StampForm, ReasonForm)}
