"""What people type when they take a step."""

from django import forms

from linkage.units.forms import Explained
from linkage.web.forms import DayField, MatterForm, UploadField

from ..models import Suggestion
from .fields import AREA


class ServiceForm(MatterForm):
    """登记送达: the date on the 送达回证 starts the clock."""

    method = forms.ChoiceField(
        label="送达方式",
        choices=[row for row in Suggestion.Method.choices if row[0] != Suggestion.Method.ONLINE],
        widget=forms.RadioSelect,
    )
    happened_on = DayField(label="送达日期", help_text="送达回证上的日期，回复期限从次日起算")
    served_to = forms.CharField(label="受送达人", max_length=60, required=False)
    scan = UploadField(label="送达回证扫描件")

    def clean_happened_on(self):
        day = self.cleaned_data["happened_on"]
        if self.matter.issued_on and day < self.matter.issued_on:
            raise forms.ValidationError(f"送达日期不能早于成文日期（{self.matter.issued_on:%Y-%m-%d}）。")
        return day


class ReasonForm(MatterForm):
    note = forms.CharField(label="原因", widget=forms.Textarea(attrs=AREA), help_text="所有收到建议的单位都能看到")


class NoteForm(MatterForm):
    note = forms.CharField(
        label="提醒内容", widget=forms.Textarea(attrs=AREA), initial="请按期书面回复，并抄送市司法局。"
    )


class CallForm(MatterForm):
    """电话催办 is one line."""

    note = forms.CharField(label="通话情况", max_length=200, help_text="如 上午与法规股联系，答复本周内报送")


class StampForm(MatterForm):
    scan = UploadField(label="盖章扫描件", help_text="上传后以盖章件为准")


CONSEQUENCES = {
    Suggestion.Result.DONE: "办结，被建议单位和抄送单位收到审查结果",
    Suggestion.Result.PARTLY: "继续跟进没有落实的事项",
    Suggestion.Result.PENDING: "继续跟进，落实后再办结",
}


class ReviewForm(MatterForm):
    """The issuer's review of the reply: a court does not 退回补正 a government's reply (offices.md 10)."""

    result = forms.ChoiceField(label="审查结果", widget=Explained(CONSEQUENCES))
    opinion = forms.CharField(label="审查意见", widget=forms.Textarea(attrs=AREA))
    results: list[str] = []

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.fields["result"].choices = [(value, Suggestion.Result(value).label) for value in self.results]
        if len(self.results) == 1:
            self.fields["result"].initial = self.results[0]


class CloseForm(ReviewForm):
    results = [Suggestion.Result.DONE]


class FollowForm(ReviewForm):
    results = [Suggestion.Result.PARTLY, Suggestion.Result.PENDING]


class AgreedDateForm(MatterForm):
    """商请补充回复, with the date agreed with the agency; it is never overdue."""

    agreed_on = DayField(label="商定日期", past=False)
    note = forms.CharField(label="需要补充的内容", widget=forms.Textarea(attrs=AREA))
