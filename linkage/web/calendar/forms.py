"""What the legal office enters of the calendar and the rules, and what anybody may have counted."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from linkage import workdays
from linkage.matters import trail, workcalendar
from linkage.matters.models import CalendarNotice, DeadlineRule, Event, Layer, TermUnit
from linkage.web.forms import DayField, MatterForm

from . import wording

LOCAL_HOLIDAY = "壮族三月三"
EXAMPLE = "元旦：1月1日至3日放假调休，共3天。1月4日上班。\n春节：2月15日至23日放假调休，共9天。\n上班：2月14日、2月28日"


def day_field(label: str, hint: str) -> forms.DateField:
    """A required date that may lie on either side of today."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input-s"})
    sentences = {"required": f"填写{label}。", "invalid": f"{label}按“年-月-日”填写，如 2026-03-02。"}
    return forms.DateField(label=label, help_text=hint, widget=widget, error_messages=sentences)


class NoticeForm(MatterForm, forms.ModelForm):
    """A holiday notice: where it comes from, and its text with the days."""

    issued_on = DayField(label="发布日期", error_messages={"required": "填写通知的发布日期。"})
    text = forms.CharField(
        label="放假和上班日期",
        help_text="从通知中粘贴，一行一个节日；或者按“1月1日至3日”“上班：1月4日、2月14日”填写。下一步先看识别结果，再保存。",
        widget=forms.Textarea(attrs={"rows": 10, "placeholder": EXAMPLE}),
        error_messages={"required": "粘贴通知中的放假和上班日期。"},
    )

    class Meta:
        model = CalendarNotice
        fields = ["year", "layer", "title", "number", "issued_on", "source"]
        help_texts = {"source": "如 中国政府网 2025-11-04 发布，或来文单位和收文日期"}
        error_messages = {
            "year": {"required": "填写年份。"},
            "layer": {"required": "选择层级。"},
            "title": {"required": "填写通知名称。"},
            "source": {"required": "填写来源，便于核对。"},
        }

    def __init__(self, *args, **options):
        super().__init__(*args, matter=None, **options)
        self.fields["year"].widget.attrs["class"] = "input-xs"
        if self.instance.pk:
            self.fields["year"].disabled = self.fields["layer"].disabled = True
            days = workcalendar.entered(self.instance)
            self.initial.setdefault("text", wording.written(days, self.instance.year))

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if not 2000 <= year <= localdate().year + 2:
            raise ValidationError(f"年份在 2000 至 {localdate().year + 2} 之间。")
        return year

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("text") and cleaned.get("year") and cleaned.get("layer"):
            self.read(cleaned)
        return cleaned

    def read(self, cleaned: dict) -> None:
        """Read the days from the text into `reading`; what is wrong with them belongs to the text field."""
        unnamed = LOCAL_HOLIDAY if cleaned["layer"] == Layer.GUANGXI else wording.UNNAMED
        self.reading = wording.read(cleaned["text"], cleaned["year"], unnamed)
        problems = list(self.reading.problems)
        if not self.reading.days and not problems:
            problems.append("没有读到日期，按“1月1日至3日”的样子填写。")
        notice = CalendarNotice(pk=self.instance.pk, layer=cleaned["layer"])
        taken = workcalendar.taken(notice, self.reading.days)
        problems += [f"{workdays.day_words(day, dated=True)}已由另一年的放假通知安排，请核对。" for day in taken]
        if problems:
            self.add_error("text", problems)

    @property
    def missing(self) -> list[str]:
        """Statutory holidays that the text of a national notice does not mention."""
        if self.cleaned_data["layer"] != Layer.NATIONAL:
            return []
        year, days = self.cleaned_data["year"], self.reading.days
        unread = [(name, day) for day, name in workdays.statutory(year).items() if day not in days or days[day].works]
        return [f"{name}（{workdays.short_words(day)}）" for name, day in unread]

    def save(self, commit=True) -> Event:
        """Enter the notice; see workcalendar.enter."""
        return workcalendar.enter(self.instance, self.reading.days, self.actor)


class RuleForm(MatterForm, forms.ModelForm):
    """A new version of a rule, in force from a day after the newest version's; the old row stays as it is."""

    amount = forms.IntegerField(
        label="时长",
        min_value=1,
        max_value=999,
        widget=forms.NumberInput(attrs={"class": "input-xs"}),
        error_messages={"required": "填写时长。"},
    )
    valid_from = day_field("施行日期", "从这一天起新产生的期限按新版本计算，已经起算的不变")

    class Meta:
        model = DeadlineRule
        fields = ["label", "amount", "unit", "start", "basis", "mark", "source", "rolls", "window", "valid_from"]
        error_messages = {"basis": {"required": "写明依据的文件和条款；没有法律依据的写“平台约定”。"}}

    def __init__(self, *args, newest: DeadlineRule, **options):
        self.newest = newest
        initial = {name: getattr(newest, name) for name in self.Meta.fields if name != "valid_from"}
        super().__init__(*args, matter=None, initial=initial, **options)
        self.instance.code = newest.code

    def clean_valid_from(self) -> date:
        day = self.cleaned_data["valid_from"]
        if day <= self.newest.valid_from:
            raise ValidationError(f"施行日期要晚于最新版本的 {self.newest.valid_from}。")
        return day

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("valid_from") and not self.changed:
            raise ValidationError("内容与最新版本相同，没有需要保存的修改。")
        return cleaned

    @property
    def changed(self) -> dict[str, list]:
        """What differs from the newest version: field → [before, after]."""
        names = [name for name in self.Meta.fields if name != "valid_from" and name in self.cleaned_data]
        pairs = {name: [getattr(self.newest, name), self.cleaned_data[name]] for name in names}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    def save(self, commit=True) -> DeadlineRule:
        """Create the version and write the Event."""
        with transaction.atomic():
            rule = super().save()
            trail.record(
                None, "rule", "期限规则新版本", self.actor,
                note=f"{rule}，{rule.valid_from} 起施行",
                data={"code": rule.code, "valid_from": str(rule.valid_from), "changed": self.changed},
            )  # fmt: skip
        return rule


class CountForm(forms.Form):
    """A day and a term, by a rule or by its length."""

    start = day_field("起算依据日", "如送达之日，当日不计")
    rule = forms.ChoiceField(label="期限规则", required=False)
    amount = forms.IntegerField(
        label="时长", required=False, min_value=1, max_value=9999, widget=forms.NumberInput(attrs={"class": "input-xs"})
    )
    unit = forms.ChoiceField(label="单位", required=False, choices=TermUnit.choices, initial=TermUnit.DAYS)
    marks = {"start": "", "rule": "", "amount": "", "unit": ""}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        rules = DeadlineRule.objects.order_by("code", "-valid_from")
        names = {rule.code: str(rule) for rule in reversed(rules)}
        self.fields["rule"].choices = [("", "自填时长"), *names.items()]

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if not cleaned["rule"] and not cleaned["amount"]:
            self.add_error("amount", "选择期限规则，或者填写时长。")
            return cleaned
        self.version = self.version_of(cleaned["rule"], cleaned["start"])
        return cleaned

    def version_of(self, code: str, start: date) -> DeadlineRule | None:
        """The rule as it stood on the start day; None where a length was given."""
        if not code:
            return None
        rule = DeadlineRule.objects.in_force(code, start)
        if rule is None:
            self.add_error("rule", "这条规则在起算日还没有施行。")
        return rule

    @property
    def term(self) -> workdays.Term:
        if self.version:
            return workdays.Term(self.version.amount, self.version.unit, self.version.rolls)
        return workdays.Term(self.cleaned_data["amount"], self.cleaned_data["unit"] or TermUnit.DAYS)

    def count(self) -> workdays.Count | None:
        """The result; an error at the length where the end lies beyond the calendar."""
        start = self.cleaned_data["start"]
        label = self.version.start.removesuffix("次日") if self.version else ""
        try:
            return workdays.due(start, self.term, workcalendar.calendar(start), label)
        except (OverflowError, ValueError):
            self.add_error("amount", "届满日超出公元 9999 年，无法计算。")
            return None
