"""What people type about an appearance (法释〔2020〕3号)."""

from django import forms

from linkage.units.forms import Explained
from linkage.web.forms import Confirmation, DayField, MatterForm, RecordForm, ReturnForm, UploadField, UploadsField

from ..models import Appearance

AREA = {"rows": 4}
ABSENT = "absent"
CONSEQUENCES = {
    **dict.fromkeys(Appearance.Rank.values, "计入负责人出庭，以法院确认为准"),
    ABSENT: "须写明理由并附证明材料，由法院审查",
}
YES_NO = [("yes", "是"), ("no", "否")]


class ReasonForm(MatterForm):
    note = forms.CharField(label="需要补正的内容", widget=forms.Textarea(attrs=AREA))


class UnnotifiedForm(MatterForm):
    """未另行通知: 行政诉讼法 3(3) still holds."""

    note = forms.CharField(
        label="说明", widget=forms.Textarea(attrs=AREA), help_text="法院未另行通知的，仍适用行政诉讼法第三条第三款"
    )


class EnterNoticeForm(MatterForm):
    """登记出庭通知书: a notice that the court made outside the portal."""

    number = forms.CharField(label="文号", max_length=60, required=False)
    issued_on = DayField(label="通知书日期")
    happened_on = DayField(label="送达日期", help_text="应当在开庭三日前送达")
    scan = UploadField(label="出庭通知书扫描件")

    def clean(self):
        cleaned = super().clean()
        issued, served = cleaned.get("issued_on"), cleaned.get("happened_on")
        if issued and served and served < issued:
            self.add_error("happened_on", "送达日期不能早于通知书日期。")
        return cleaned


class ServedForm(MatterForm):
    happened_on = DayField(label="送达日期")
    scan = UploadField(label="送达回证扫描件", required=False)


class MaterialForm(MatterForm):
    files = UploadsField(label="材料")


class NameForm(MatterForm):
    """确定出庭人: a principal by rank, or why none can come (art. 2, 8, 9)."""

    who = forms.ChoiceField(
        label="由谁出庭", choices=[*Appearance.Rank.choices, (ABSENT, "负责人不能出庭")], widget=Explained(CONSEQUENCES)
    )
    name = forms.CharField(label="姓名", max_length=40, required=False)
    post = forms.CharField(label="职务", max_length=60, required=False)
    agents = forms.CharField(
        label="委托诉讼代理人", required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一行一人，最多两人。负责人不能出庭的，应当委托本单位工作人员，不得仅委托律师",
    )  # fmt: skip
    staff = forms.BooleanField(
        label="上列代理人中有本单位工作人员", required=False, help_text="负责人不能出庭时必须确认：不得仅委托律师出庭"
    )
    absence = forms.ChoiceField(
        label="不能出庭的理由", required=False, choices=[("", "请选择"), *Appearance.Absence.choices]
    )
    absence_text = forms.CharField(label="情况说明", required=False, widget=forms.Textarea(attrs=AREA))
    files = UploadsField(
        label="身份证明、授权委托书、证明材料", required=False,
        help_text="不能出庭的，证明材料须加盖单位印章或者由主要负责人签字",
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if len([line for line in cleaned.get("agents", "").splitlines() if line.strip()]) > 2:
            self.add_error("agents", "委托诉讼代理人最多两人。")
        wanted = self.of_absence(cleaned) if cleaned.get("who") == ABSENT else self.of_principal(cleaned)
        for field, sentence in wanted:
            if field not in self.errors:
                self.add_error(field, sentence)
        absent = cleaned.get("who") == ABSENT
        cleaned["attending"], cleaned["rank"] = not absent, "" if absent else cleaned.get("who", "")
        if not absent:
            cleaned["absence"] = cleaned["absence_text"] = ""
        return cleaned

    def of_principal(self, cleaned):
        rows = (("name", "填写出庭负责人姓名。"), ("post", "填写出庭负责人职务。"))
        return [(field, text) for field, text in rows if not cleaned.get(field)]

    def of_absence(self, cleaned):
        rows = (
            ("absence", "选择不能出庭的理由。"), ("absence_text", "填写情况说明。"), ("files", "上传证明材料。"),
            ("agents", "填写受委托出庭的工作人员。"), ("staff", "确认代理人中有本单位工作人员，不得仅委托律师出庭。"),
        )  # fmt: skip
        return [(field, text) for field, text in rows if not cleaned.get(field)]


def yes_no(label: str, **options) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=YES_NO, widget=forms.RadioSelect, coerce=lambda value: value == "yes", **options
    )


class ConfirmForm(MatterForm):
    """法院确认 (art. 6, 8–12): what rates are made of."""

    appeared = yes_no("负责人是否到庭")
    identity = forms.ChoiceField(
        label="身份审查", required=False, choices=[("", "未到庭"), *Appearance.Identity.choices]
    )
    court_rank = forms.ChoiceField(
        label="到庭负责人类别", required=False, choices=[("", "未到庭"), *Appearance.Rank.choices]
    )
    court_name = forms.CharField(label="到庭负责人", max_length=40, required=False)
    court_post = forms.CharField(label="职务", max_length=60, required=False)
    spoke = forms.BooleanField(label="发表意见", required=False)
    spoke_on_resolution = forms.BooleanField(label="就实质化解争议发表意见", required=False)
    left_early = forms.BooleanField(label="未经许可中途退庭", required=False)
    refused = forms.BooleanField(label="经释明仍拒绝回答或者说明", required=False)
    substitute = forms.ChoiceField(
        label="未到庭时", required=False, choices=[("", "负责人已到庭"), *Appearance.Substitute.choices]
    )
    accepted = forms.ChoiceField(
        label="未到庭的理由", required=False, choices=[("", "没有说明理由"), ("yes", "理由成立"), ("no", "理由不成立")]
    )
    finding = forms.ChoiceField(
        label="第十二条情形", required=False, choices=[("", "没有"), *Appearance.Finding.choices],
        help_text="认定后，平台生成给监察机关和上一级行政机关的司法建议草稿，应当提出，不能作废",
    )  # fmt: skip
    court_note = forms.CharField(label="说明", required=False, widget=forms.Textarea(attrs=AREA))
    files = UploadsField(label="裁判文书或者庭审笔录", required=False)

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        row = Appearance.objects.select_related("hearing__case").get(pk=self.matter.pk)
        self.by_court = row.hearing.case.court_id == self.actor.unit.pk
        self.explained = row.attending is False
        named = {"court_rank": row.rank, "court_name": row.name, "court_post": row.post}
        had = {name: getattr(row, name) for name in ("court_rank", "court_name", "court_post")}
        for name, value in (had if row.confirmed_on else named).items():
            self.fields[name].initial = value
        if row.confirmed_on:
            self.fill(row)

    def fill(self, row: Appearance) -> None:
        """What was confirmed, for its correction."""
        for name in ("identity", "spoke", "spoke_on_resolution", "left_early", "refused", "substitute", "finding",
                     "court_note"):  # fmt: skip
            self.fields[name].initial = getattr(row, name)
        self.fields["appeared"].initial = "yes" if row.appeared else "no"
        self.fields["accepted"].initial = {True: "yes", False: "no", None: ""}[row.reason_accepted]

    def clean(self):
        cleaned = super().clean()
        came = cleaned.get("appeared")
        if came not in (True, False):
            return cleaned  # the field itself says what is missing
        for field, sentence in self.gaps(cleaned):
            self.add_error(field, sentence)
        cleaned["reason_accepted"] = {"yes": True, "no": False}.get(cleaned.get("accepted", ""))
        if came:
            return cleaned | {"substitute": "", "reason_accepted": None}
        of_nobody = {"identity": "", "court_rank": "", "court_name": "", "court_post": ""}
        return cleaned | of_nobody | {"spoke": False, "spoke_on_resolution": False, "left_early": False}

    def gaps(self, cleaned):
        came, found = cleaned.get("appeared"), []
        if came and not cleaned.get("identity"):
            found.append(("identity", "选择身份审查结果。"))
        if came and not cleaned.get("court_rank"):
            found.append(("court_rank", "选择到庭负责人类别。"))
        if came and not cleaned.get("court_name"):
            found.append(("court_name", "填写到庭负责人姓名。"))
        if not came and not cleaned.get("substitute"):
            found.append(("substitute", "负责人未到庭的，选择由谁出庭。"))
        if not came and self.explained and not cleaned.get("accepted"):
            found.append(("accepted", "行政机关说明了理由，选择理由是否成立。"))
        if not self.by_court and not cleaned.get("files"):
            found.append(("files", "受理法院没有在平台办案，上传裁判文书或者庭审笔录，代替法院确认。"))
        return found + self.unfit(cleaned)

    def unfit(self, cleaned):
        """A finding must fit what was confirmed beside it (art. 12)."""
        accepted, finding = cleaned.get("accepted"), cleaned.get("finding")
        came = cleaned.get("appeared")
        absent = not came or cleaned.get("identity") == Appearance.Identity.UNFIT
        fits = {
            "": True, "no_reason": absent and accepted != "yes", "again": absent and accepted != "yes",
            "nobody": not came and cleaned.get("substitute") == "nobody", "left": came and cleaned.get("left_early"),
            "refused": bool(cleaned.get("refused")),
        }  # fmt: skip
        return [] if fits.get(finding or "", True) else [("finding", "认定的情形与上面填写的情况不符，请核对。")]


class CorrectForm(ConfirmForm):
    note = forms.CharField(label="更正原因", widget=forms.Textarea(attrs=AREA))


class SummaryForm(MatterForm):
    summary = forms.CharField(
        label="庭后总结",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="庭审情况、败诉风险、执法中应当改进的问题和措施",
    )
    files = UploadsField(label="附件", required=False)


class PaperForm(MatterForm):
    """The text of a notice or of an urging letter."""

    number = forms.CharField(
        label="文号", max_length=60, required=False, help_text="本单位用登记簿编号的填写，否则自动编号"
    )
    text = forms.CharField(label="正文", widget=forms.Textarea(attrs={"rows": 14}), required=False)


class PreparationForm(MatterForm):
    """庭前准备, for the agency alone."""

    CHECKS = (
        "负责人已阅卷，熟悉事实和程序", "证据和依据已在法定期限内提交", "已拟定庭审发言要点（含实质化解争议的意见）",
        "已研究协调和解的可行方案",
    )  # fmt: skip
    checklist = forms.MultipleChoiceField(
        label="自查", required=False, choices=[(text, text) for text in CHECKS], widget=forms.CheckboxSelectMultiple
    )
    outline = forms.CharField(label="庭审发言提纲", required=False, widget=forms.Textarea(attrs={"rows": 8}))


APPEARANCE_FORMS = {
    form.__name__: form
    for form in (
        EnterNoticeForm, UnnotifiedForm, ServedForm, NameForm, MaterialForm, ReasonForm, ConfirmForm, CorrectForm,
        SummaryForm, ReturnForm, RecordForm, Confirmation,
    )
}  # fmt: skip
