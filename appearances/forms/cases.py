"""Registering a case: a draft may lack anything, registration and correction may not."""

from django import forms
from django.db.models import Q
from django.utils.functional import cached_property

from linkage.units.models import Unit
from linkage.web.forms import DayField, MatterForm, UploadField

from .. import drafts, numbers
from ..models import Case, Defendant, Field, Ground, Litigant
from .case_parts import HINT, ROWS, UnitChoice, lines_of, litigants_of, organ_fields, organ_initial, organs_of

COURTS = (Unit.Kind.COURT, Unit.Kind.OUTSIDE_COURT)
PROCURATORATES = (Unit.Kind.PROCURATORATE, Unit.Kind.OUTSIDE_PROCURATORATE)
AREA = {"rows": 4}


class RegistrationForm(MatterForm):
    """The facts of a case as drafts.write takes them; what is typed must be right, nothing must be typed."""

    number = forms.CharField(label="案号", max_length=60, required=False, help_text=f"如 {numbers.SAMPLE}")
    cause = forms.CharField(label="案由", max_length=100, required=False, help_text="如 土地行政处罚")
    field = forms.ModelChoiceField(
        Field.objects.filter(active=True), label="行政管理领域", required=False, empty_label="请选择"
    )
    filed_on = DayField(label="立案日期", required=False)
    act = forms.CharField(label="被诉（申请执行的）行政行为", max_length=200, required=False)
    act_number = forms.CharField(label="行政文书文号", max_length=60, required=False)
    act_on = DayField(label="行政行为作出日期", required=False)
    public_interest = forms.BooleanField(label="行政公益诉讼", required=False)
    cross_area = forms.BooleanField(label="跨行政区划管辖", required=False)
    circumstances = forms.MultipleChoiceField(
        label="案件情形", required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "picks-box"}),
        help_text="据此建议是否通知负责人出庭，由法院决定",
    )  # fmt: skip
    chamber = forms.CharField(label="审判庭", max_length=60, required=False)
    judge = forms.CharField(label="审判长（承办法官）", max_length=40, required=False)
    clerk = forms.CharField(label="书记员", max_length=40, required=False)
    court_phone = forms.CharField(label="法院联系电话", max_length=40, required=False)
    previous = forms.CharField(
        label="前一审级案号", max_length=60, required=False, help_text="二审、再审填写原审案号，原审须已登记"
    )
    plaintiffs = forms.CharField(
        label="原告（非诉执行填被执行人）", required=False, widget=forms.Textarea(attrs=AREA), help_text=HINT
    )
    thirds = forms.CharField(
        label="第三人",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="写法同上；行政机关作第三人的，填在下面",
    )
    notice = UploadField(label="应诉通知书", required=False, help_text="扫描件，只有法院和被诉单位能看到")
    marks = dict.fromkeys(("number", "court", "cause", "field", "filed_on", "plaintiffs", "organ_1"), "必填")
    strict = False

    def __init__(self, data=None, files=None, *, matter=None, actor, initial=None, **more):
        self.case = Case.objects.filter(pk=matter.pk).first() if matter else None
        self.known = self.defendants_of(self.case)
        super().__init__(
            data, files, matter=matter, actor=actor, initial={**self.first(actor.unit), **(initial or {})}, **more
        )
        units = list(Unit.objects.filter(Q(pk__in=Unit.objects.current()) | Q(pk__in=self.bound())).order_by("pk"))
        courts = [unit for unit in units if unit.kind in COURTS]
        organs = [unit for unit in units if unit.kind not in (*COURTS, *PROCURATORATES)]
        self.rows = max(ROWS, len(self.known))
        self.fields["court"] = UnitChoice(courts, label="受理法院")
        self.fields |= organ_fields(organs, self.rows)
        self.fields["circumstances"].choices = [
            (row.code, row.text) for row in Ground.objects.in_force().filter(fact=True)
        ]
        if self.strict:
            for name in ("number", "court", "cause", "field", "filed_on"):
                self.fields[name].required = True

    # --- what stands in the form at first ----------------------------------------------------------------------------
    @staticmethod
    def defendants_of(case: Case | None) -> list[Defendant]:
        return list(Defendant.objects.filter(case=case).select_related("unit", "handler")) if case else []

    def bound(self) -> list[int]:
        """Units that the case already names, also those that are no more."""
        own = [key for row in self.known for key in (row.unit_id, row.handler_id)]
        return [key for key in (*own, self.case.court_id if self.case else None) if key]

    def first(self, unit: Unit) -> dict:
        if self.case is None:
            own = {"court": unit.pk} if unit.kind in COURTS else {}
            return own or ({"organ_1": unit.pk} if unit.kind != Unit.Kind.LEGAL_OFFICE else {})
        plain = {
            name: getattr(self.case, name) for name in drafts.COLUMNS if name not in ("court", "previous", "field")
        }
        previous = self.case.previous.number if self.case.previous_id else ""
        links = {"court": self.case.court_id, "field": self.case.field_id, "previous": previous}
        return {**plain, **links, **lines_of(list(self.case.litigants.all())), **organ_initial(self.known)}

    def organ_rows(self) -> list[dict]:
        """The fields of each organ, for the template; a row after the first that is empty stays folded."""
        return [
            {"order": order, "fields": [self[f"{name}_{order}"] for name in ("organ", "role", "handler", "served")],
             "open": order == 1 or any(self[f"{name}_{order}"].value() for name in ("organ", "handler", "served"))}
            for order in range(1, self.rows + 1)
        ]  # fmt: skip

    # --- reading -----------------------------------------------------------------------------------------------------
    def clean_number(self):
        typed = self.cleaned_data["number"]
        number = normal(typed) if typed else ""
        taken = Case.objects.live().filter(number=number).exclude(pk=self.matter.pk if self.matter else None)
        if number and taken.exists():
            raise forms.ValidationError(drafts.TWICE.format(number=number))
        return number

    def clean_previous(self):
        typed = self.cleaned_data["previous"]
        if not typed:
            return None
        number = normal(typed)
        own = self.matter.pk if self.matter else None
        seen = Case.objects.visible_to(self.actor).filter(live=True, number=number).exclude(pk=own).first()
        same = self.case and self.case.previous_id and self.case.previous.number == number
        if seen is None and not same:
            raise forms.ValidationError(f"没有找到{number}。原审案件登记并送本单位以后，才能在这里填写。")
        return seen or self.case.previous

    def clean_circumstances(self):
        shown = {code for code, _ in self.fields["circumstances"].choices}
        kept = [code for code in (self.case.circumstances if self.case else []) if code not in shown]
        return [*self.cleaned_data["circumstances"], *kept]

    @cached_property
    def enforcement(self) -> bool:
        number = self.cleaned_data.get("number")
        return bool(number) and numbers.parse(number).category == Case.Category.ENFORCEMENT

    def clean(self):
        cleaned = super().clean()
        sides = {"plaintiffs": Litigant.Role.RESPONDENT if self.enforcement else Litigant.Role.PLAINTIFF}
        cleaned["litigants"] = []
        for name, role in (sides | {"thirds": Litigant.Role.THIRD}).items():
            try:
                cleaned["litigants"] += litigants_of(cleaned.get(name, ""), role)
            except forms.ValidationError as error:
                self.add_error(name, error)
        cleaned["defendants"] = organs_of(self, self.rows)
        self.check_dates()
        self.check_kept()
        if self.strict:
            self.check_whole()
        return cleaned

    def check_dates(self) -> None:
        filed, acted = self.cleaned_data.get("filed_on"), self.cleaned_data.get("act_on")
        if filed and acted and acted > filed:
            self.add_error("act_on", "行政行为作出日期不能晚于立案日期。")
        for order in range(1, self.rows + 1):
            served = self.cleaned_data.get(f"served_{order}")
            if served and filed and served < filed:
                self.add_error(f"served_{order}", "送达日期不能早于立案日期。")

    def check_kept(self) -> None:
        """An organ with appearances cannot leave the case."""
        named = {row["unit"].pk for row in self.cleaned_data["defendants"]}
        left = [row.pk for row in self.known if row.unit_id not in named]
        for row in Defendant.objects.filter(pk__in=left, appearances__isnull=False).select_related("unit").distinct():
            self.add_error(None, f"{row.unit.short}已有出庭事项，不能从本案移除。")

    def check_whole(self) -> None:
        """What a registered case must have beyond single fields."""
        cleaned, unit = self.cleaned_data, self.actor.unit
        if not cleaned["litigants"] and "plaintiffs" not in self.errors:
            self.add_error("plaintiffs", "填写原告（非诉执行填被执行人），一行一个。")
        rows = cleaned["defendants"]
        if not rows and "organ_1" not in self.errors:
            self.add_error("organ_1", "选择被诉的（申请执行的）行政机关。")
        mine = [row for row in rows if unit in (row["unit"], row["handler"])]
        own_case = unit.kind in COURTS or unit.kind == Unit.Kind.LEGAL_OFFICE
        if rows and not mine and not own_case:
            self.add_error("organ_1", f"只能登记{unit.short}作为当事人或者应诉承办单位的案件。")
        roles = {row["role"] for row in rows}
        sued = roles & {Defendant.Role.DEFENDANT, Defendant.Role.REVIEWER}
        if self.enforcement and rows and (sued or Defendant.Role.APPLICANT not in roles):
            self.add_error("role_1", "非诉行政执行案件中，行政机关的诉讼地位选“申请执行人”。")
        elif cleaned.get("number") and not self.enforcement and rows and Defendant.Role.DEFENDANT not in roles:
            self.add_error("role_1", "行政诉讼案件至少要有一个行政机关是被告。")


def normal(typed: str) -> str:
    try:
        return numbers.normal(typed)
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error


class RegisterForm(RegistrationForm):
    """登记案件: now everything must be there."""

    strict = True


class AmendForm(RegisterForm):
    """更正登记: the same facts, and why."""

    note = forms.CharField(
        label="更正原因", widget=forms.Textarea(attrs=AREA), help_text="能看到本案的单位都能看到，不写当事人姓名"
    )
    marks = {**RegistrationForm.marks, "note": "必填"}

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        del self.fields["notice"]
