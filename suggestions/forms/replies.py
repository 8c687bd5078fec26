"""What the agency answers, item by item, and the text of a 催办函."""

from django import forms
from django.utils.timezone import localdate

from linkage.units.forms import Explained
from linkage.units.models import Unit
from linkage.web.forms import DayField, MatterForm, UploadField, UploadsField

from ..models import Advice, Reply, ReplyItem, Suggestion, SuggestionType
from .fields import AREA, NumberField

# What follows from a choice: said on the second line of its card.
STANCES = {
    Reply.Stance.PART: "需说明未采纳部分的理由",
    Reply.Stance.NONE: "需说明理由和依据",
    Reply.Stance.PARTLY: "需说明未履职部分的原因和安排",
    Reply.Stance.LAWFUL: "需说明事实和法律依据",
}
VERDICTS = dict.fromkeys((Reply.Unlawful.YES, Reply.Unlawful.PARTLY), "需填写纠正措施")


class ReplyForm(MatterForm):
    """The reply, item by item; anything may be empty while it is a draft."""

    stance = forms.ChoiceField(label="总体意见", required=False, widget=Explained(STANCES))
    opening = forms.CharField(label="办理概况", required=False, widget=forms.Textarea(attrs=AREA))
    unlawful = forms.ChoiceField(
        label="是否确属行政不作为或者违法行使职权",
        required=False,
        widget=Explained(VERDICTS),
        choices=Reply.Unlawful.choices,
        help_text="《工作规则》二、（三）2 要求回复时说明",
    )
    correction = forms.CharField(label="纠正措施", required=False, widget=forms.Textarea(attrs=AREA))
    number = NumberField(required=False)
    evidence = UploadsField(
        label="佐证材料", required=False, help_text="PDF、Word、图片、ZIP，单个不超过 50 MB，不得上传涉密文件"
    )
    own = UploadField(
        label="本单位的回复文书",
        required=False,
        help_text="已经用 Word、WPS 写好的，上传后每项建议只填落实情况和一句说明",
    )

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.marks = {"stance": "必填", "unlawful": "必填", "correction": "确属或者部分属于时必填"}
        suggestion = Suggestion.objects.select_related("type").get(pk=self.matter.pk)
        duty = suggestion.type.answers == SuggestionType.Answers.DUTY
        stances = ("performed", "partly", "lawful") if duty else ("full", "part", "none")
        self.fields["stance"].choices = [(value, Reply.Stance(value).label) for value in stances]
        if self.actor.unit.numbering == Unit.Numbering.SERIES:
            self.fields["number"].help_text = "留空由平台顺序编号"
        self.advice = list(Advice.objects.filter(suggestion=suggestion))
        for row in self.advice:
            self.add_item(row)

    def add_item(self, row: Advice) -> None:
        self.marks |= {f"status-{row.order}": "必填", f"note-{row.order}": "必填"}
        choices = [("", "请选择"), *ReplyItem.Status.choices]
        narrow = forms.Select(attrs={"class": "input-s"})
        self.fields[f"status-{row.order}"] = forms.ChoiceField(
            label="落实情况", choices=choices, required=False, widget=narrow
        )
        self.fields[f"note-{row.order}"] = forms.CharField(
            label="说明", required=False, widget=forms.Textarea(attrs={"rows": 3})
        )

    def items(self):
        """(advice, status field, note field) in order, for the template."""
        return [(row, self[f"status-{row.order}"], self[f"note-{row.order}"]) for row in self.advice]

    def draft(self) -> dict:
        """The draft as it is kept on the paper."""
        data = self.cleaned_data
        plain = {name: data.get(name, "") for name in ("stance", "opening", "unlawful", "correction", "number")}
        items = {
            str(row.order): {"status": data[f"status-{row.order}"], "note": data[f"note-{row.order}"].strip()}
            for row in self.advice
        }
        return {**plain, "items": items}

    @staticmethod
    def initial_of(draft: dict) -> dict:
        """Form values of a stored draft."""
        values = {name: draft.get(name, "") for name in ("stance", "opening", "unlawful", "correction", "number")}
        for order, answer in draft.get("items", {}).items():
            values |= {f"status-{order}": answer["status"], f"note-{order}": answer["note"]}
        return values


class OfflineReplyForm(ReplyForm):
    """The issuer enters the paper reply of a unit without an account; now everything must be there."""

    issued_on = DayField(label="回复文书日期")
    happened_on = DayField(label="收到日期", initial=localdate)
    scan = UploadField(label="回复文书扫描件")

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        for name in ("evidence", "own"):
            del self.fields[name]
        for name, field in self.fields.items():
            field.required = name.startswith(("status-", "note-")) or name in (
                "stance",
                "unlawful",
                "scan",
                "issued_on",
            )

    def clean(self):
        cleaned = super().clean()
        cleaned["draft"] = self.draft() if not self.errors else {}
        return cleaned


class UrgingForm(MatterForm):
    """The text of a 催办函."""

    text = forms.CharField(label="催办意见", required=False, widget=forms.Textarea(attrs={"rows": 8}))
    number = NumberField(required=False)

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        if self.actor.unit.numbering == Unit.Numbering.SERIES:
            del self.fields["number"]
