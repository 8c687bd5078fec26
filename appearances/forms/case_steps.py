"""What people type when they take a step of a case."""

from datetime import timedelta

from django import forms
from django.utils.timezone import localdate

from linkage.web.forms import DayField, MatterForm, UploadField, UploadsField

from .. import terms
from ..models import Case, Defendant, OutcomeRule, outcomes_in
from .case_hearings import SUED, CancelForm, HearingForm, MoveForm
from .cases import AREA, AmendForm, RegisterForm

SEEN = "能看到本案的单位都能看到，不写当事人姓名"


class CaseForm(MatterForm):
    """A form about a registered case."""

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.case = Case.objects.get(pk=self.matter.pk)

    def organs(self):
        return Defendant.objects.filter(case=self.matter.pk).select_related("unit")

    def not_before(self, name: str, start, words: str) -> None:
        """A day that cannot precede another."""
        day = self.cleaned_data.get(name)
        if day and start and day < start:
            self.add_error(name, f"不能早于{words}（{start:%Y-%m-%d}）。")


class OrganChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.unit.short}（{obj.get_role_display()}）"


class ServeForm(CaseForm):
    """登记应诉通知书送达: the date starts the period of defence."""

    defendant = OrganChoice(Defendant.objects.none(), label="被送达的行政机关", empty_label="请选择")
    happened_on = DayField(label="送达日期", help_text="送达回证上的日期，答辩期从次日起算")
    scan = UploadField(label="送达回证扫描件", required=False)

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.fields["defendant"].queryset = self.organs().filter(role__in=SUED)

    def clean(self):
        cleaned = super().clean()
        self.not_before("happened_on", self.case.filed_on, "立案日期")
        return cleaned


class DefendForm(CaseForm):
    happened_on = DayField(label="提交答辩日期", initial=localdate)
    files = UploadsField(label="答辩状和证据", required=False, help_text="可以选几个文件；只有法院和被诉单位能看到")
    note = forms.CharField(label="说明", required=False, widget=forms.Textarea(attrs=AREA), help_text=SEEN)

    def clean(self):
        cleaned = super().clean()
        self.not_before("happened_on", self.case.filed_on, "立案日期")
        return cleaned


class NoteForm(MatterForm):
    note = forms.CharField(label="协调化解情况", widget=forms.Textarea(attrs=AREA), help_text=SEEN)


class ReasonForm(MatterForm):
    note = forms.CharField(label="原因", widget=forms.Textarea(attrs=AREA), help_text=SEEN)


# --- judgment --------------------------------------------------------------------------------------------------------
def fits(rule: OutcomeRule, case: Case) -> bool:
    """Whether a case of this category and instance can end so."""
    if rule.enforcement != (case.category == Case.Category.ENFORCEMENT):
        return False
    return rule.effect == OutcomeRule.Appeal.OWN or case.instance != Case.Instance.FIRST


class JudgmentForm(CaseForm):
    """登记裁判: how it ended, and when each organ was served, which starts its period of appeal."""

    outcome = forms.ChoiceField(label="裁判结果")
    happened_on = DayField(label="裁判日期")
    plaintiff_served_on = DayField(label="送达原告日期", required=False)
    compensation = forms.DecimalField(
        label="赔偿（补偿）金额",
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        help_text="元；没有的不填",
    )
    duty_text = forms.CharField(
        label="裁判确定的履行义务", required=False, widget=forms.Textarea(attrs=AREA),
        help_text=f"行政机关须履行的内容；不用履行的不填。{SEEN}",
    )  # fmt: skip
    perform_by = forms.DateField(
        label="履行期限", required=False, help_text="裁判文书写明的最后一天；没有写明的不填",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input-s"}),
    )  # fmt: skip
    files = UploadsField(label="裁判文书", required=False, help_text="可以选几个文件；只有法院和被诉单位能看到")

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        rules = [rule for rule in outcomes_in(localdate().year).values() if fits(rule, self.case)]
        named = [(rule.code, f"{rule.label}（{rule.get_document_display()}）") for rule in rules]
        self.fields["outcome"].choices = [("", "请选择"), *named]
        self.served = list(self.organs())
        for row in self.served:
            self.fields[f"service_{row.pk}"] = DayField(
                label=f"送达{row.unit.short}日期", required=False, help_text="上诉期从次日起算；尚未送达的以后再登记"
            )
        self.fields["files"].required = self.actor.unit.pk != self.case.court_id
        services = [f"service_{row.pk}" for row in self.served]
        self.order_fields(["outcome", "happened_on", *services, "plaintiff_served_on"])

    def clean(self):
        cleaned = super().clean()
        judged = cleaned.get("happened_on")
        self.not_before("happened_on", self.case.filed_on, "立案日期")
        for name in (*(f"service_{row.pk}" for row in self.served), "plaintiff_served_on", "perform_by"):
            self.not_before(name, judged, "裁判日期")
        if cleaned.get("perform_by") and not cleaned.get("duty_text", "").strip() and "duty_text" not in self.errors:
            self.add_error("duty_text", "填写了履行期限的，写明裁判确定的履行义务。")
        if judged and cleaned.get("outcome") and cleaned["outcome"] not in outcomes_in(judged.year):
            self.add_error("outcome", f"{judged.year}年没有这种裁判结果，请核对裁判日期。")
        cleaned["services"] = {row.pk: cleaned.get(f"service_{row.pk}") for row in self.served}
        return cleaned


class ServeJudgmentForm(CaseForm):
    defendant = OrganChoice(Defendant.objects.none(), label="受送达人", required=False, empty_label="原告")
    happened_on = DayField(label="送达日期", help_text="上诉期从次日起算")

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.fields["defendant"].queryset = self.organs()

    def clean(self):
        cleaned = super().clean()
        self.not_before("happened_on", self.case.judged_on, "裁判日期")
        return cleaned


class AppealForm(MatterForm):
    appeal = forms.ChoiceField(label="是否上诉", choices=Defendant.Appeal.choices, widget=forms.RadioSelect)
    note = forms.CharField(label="说明", required=False, widget=forms.Textarea(attrs=AREA), help_text=SEEN)


class AppealedForm(CaseForm):
    """登记上诉: the second instance is registered as a case of its own."""

    appealed_by = forms.ChoiceField(label="上诉人")
    happened_on = DayField(label="上诉日期")

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        organs = [(row.unit.short[:60], row.unit.short) for row in self.organs()]
        self.fields["appealed_by"].choices = [("", "请选择"), ("原告", "原告"), ("第三人", "第三人"), *organs]

    def clean(self):
        cleaned = super().clean()
        self.not_before("happened_on", self.case.judged_on, "裁判日期")
        return cleaned


# --- effect and performance ------------------------------------------------------------------------------------------
class EffectiveForm(CaseForm):
    happened_on = DayField(label="生效日期")

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        words = "，".join(
            f"{who}至{day:%Y-%m-%d}" if day else f"{who}尚未送达" for who, day in terms.appeal_ends(self.case)
        )
        last = terms.last_appeal_day(self.case)
        self.fields["happened_on"].help_text = f"上诉期：{words}。没有上诉的，最后一方届满的次日生效"
        self.fields["happened_on"].initial = last + timedelta(days=1) if last and last < localdate() else None

    def clean(self):
        cleaned = super().clean()
        day = cleaned.get("happened_on")
        if day:
            for problem in self.pending(day):
                self.add_error("happened_on", problem)
        return cleaned

    def pending(self, day):
        """What keeps the judgment from having taken effect on a day (行政诉讼法 85)."""
        for row in self.organs().filter(appeal=Defendant.Appeal.APPEALS):
            yield f"{row.unit.short}已决定上诉，请用“登记上诉”。"
        for who, last in terms.appeal_ends(self.case):
            if last is None:
                yield f"裁判文书尚未送达{who}，请先“登记裁判送达”。"
            elif day <= last:
                yield f"{who}的上诉期至{last:%Y-%m-%d}届满，生效日期不能早于届满次日。"


class PerformForm(CaseForm):
    happened_on = DayField(label="履行日期")
    note = forms.CharField(label="履行情况", widget=forms.Textarea(attrs=AREA), help_text=SEEN)
    files = UploadsField(label="履行证明材料", help_text="可以选几个文件；只有法院和被诉单位能看到")

    def clean(self):
        cleaned = super().clean()
        self.not_before("happened_on", self.case.judged_on, "裁判日期")
        return cleaned


class VerifyForm(CaseForm):
    performance = forms.ChoiceField(label="履行结果", choices=Case.Performance.choices, widget=forms.RadioSelect)
    performed_on = DayField(label="履行日期", required=False, help_text="按期履行、逾期履行的必填")
    note = forms.CharField(label="说明", required=False, widget=forms.Textarea(attrs=AREA), help_text=SEEN)
    files = UploadsField(label="材料", required=False)

    def clean(self):
        cleaned = super().clean()
        whole = cleaned.get("performance") in (Case.Performance.IN_TIME, Case.Performance.LATE)
        if whole and not cleaned.get("performed_on") and "performed_on" not in self.errors:
            self.add_error("performed_on", "填写履行日期。")
        self.not_before("performed_on", self.case.judged_on, "裁判日期")
        return cleaned


CASE_FORMS = {
    form.__name__: form
    for form in (
        RegisterForm, ServeForm, DefendForm, HearingForm, MoveForm, CancelForm, NoteForm, JudgmentForm, ServeJudgmentForm,
        AppealForm, AppealedForm, EffectiveForm, PerformForm, VerifyForm, ReasonForm, AmendForm,
    )
}  # fmt: skip
