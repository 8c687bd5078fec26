"""What the court types about sessions: when, where, and which principals it notifies."""

from django import forms
from django.utils import timezone
from django.utils.timezone import localtime

from linkage.web.forms import MatterForm

from .. import grounds
from ..models import Case, Defendant, Duty, Ground, Hearing

SUED = (Defendant.Role.DEFENDANT, Defendant.Role.REVIEWER)


class MomentField(forms.DateTimeField):
    """Day and time in one input, to the minute."""

    def __init__(self, **options):
        attrs = {"type": "datetime-local", "class": "input-s"}
        super().__init__(widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs=attrs), **options)


class SessionForm(MatterForm):
    """When and where; a session lies ahead and ends after it began."""

    starts_at = MomentField(label="开庭时间")
    ends_at = MomentField(label="预计结束时间")
    place = forms.CharField(label="地点", max_length=120, help_text="如 第一审判庭；在线开庭写明平台名称")
    online = forms.BooleanField(label="在线开庭", required=False)

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        case = Case.objects.get(pk=self.matter.pk)
        stands_in = case.court_id != self.actor.unit.pk  # it may learn of a session of that court afterwards
        if start and start <= timezone.now() and not stands_in:
            self.add_error("starts_at", "开庭时间须在现在以后。")
        if start and end and end <= start:
            self.add_error("ends_at", "结束时间须在开庭时间以后。")
        if start and end and (end - start).days >= 1:
            self.add_error("ends_at", "一次开庭不超过一天，隔日续开的另行排期。")
        return cleaned


class HearingForm(SessionForm):
    """排期开庭: the session, and for each organ whether its principal is notified (法释〔2020〕3号 4)."""

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        case = Case.objects.get(pk=self.matter.pk)
        organs = Defendant.objects.filter(case=case).exclude(role=Defendant.Role.APPLICANT)
        self.organs = list(organs.select_related("unit"))
        proposed = grounds.proposed(case)
        self.proposal = proposed[0].duty if proposed else Duty.NONE
        self.marks = {f"ground_{row.pk}": "" for row in self.organs}
        self.add_organs(proposed)

    def add_organs(self, proposed: list[Ground]) -> None:
        first = proposed[0].text if proposed else ""
        texts = list(dict.fromkeys(row.text for row in Ground.objects.in_force()))
        for row in self.organs:
            self.fields[f"duty_{row.pk}"] = forms.ChoiceField(
                label=f"{row.unit.short}负责人出庭", choices=Duty.choices, initial=self.proposal,
                widget=forms.RadioSelect, help_text=self.words(proposed),
            )  # fmt: skip
            self.fields[f"ground_{row.pk}"] = forms.ChoiceField(
                label=f"{row.unit.short}：通知情形", choices=[("", "请选择"), *((text, text) for text in texts)],
                initial=first, required=False, help_text="通知的必须选择",
            )  # fmt: skip
            self.fields[f"reason_{row.pk}"] = forms.CharField(
                label=f"{row.unit.short}：说明", max_length=200, required=False,
                help_text="能看到本案的单位都能看到，不写当事人姓名",
            )  # fmt: skip

    def words(self, proposed: list[Ground]) -> str:
        """The proposal with its grounds and their sources."""
        if not proposed:
            return "登记的案件情形没有对应的通知情形，建议：法院未另行通知。由法院决定。"
        told = "；".join(f"{row.text}（{row.basis}）" for row in proposed)
        return f"按登记的案件情形建议：{Duty(self.proposal).label}。{told}。由法院决定。"

    def clean(self):
        cleaned = super().clean()
        cleaned["decisions"] = [self.decision(row) for row in self.organs]
        return cleaned

    def decision(self, row: Defendant) -> dict:
        """What was decided for one organ; who is notified is told why."""
        duty, ground, reason = (self.cleaned_data.get(f"{name}_{row.pk}", "") for name in ("duty", "ground", "reason"))
        notified = duty in (Duty.MUST, Duty.MAY)
        if notified and not ground:
            self.add_error(f"ground_{row.pk}", f"选择通知{row.unit.short}负责人出庭的情形。")
        return {"defendant": row, "duty": duty, "ground": ground if notified else "", "reason": reason}


def waiting(matter) -> "forms.models.QuerySet":
    """Sessions that may still be moved or called off: what the court has confirmed took place."""
    held = Hearing.objects.filter(case=matter.pk, appearances__confirmed_on__isnull=False)
    return Hearing.objects.filter(case=matter.pk, status=Hearing.Status.SET).exclude(pk__in=held)


class MoveForm(SessionForm):
    """改期: everybody is told, deadlines that hang on the session move."""

    hearing = forms.ModelChoiceField(Hearing.objects.none(), label="哪一次开庭", empty_label="请选择")
    reason = forms.CharField(label="改期原因", max_length=200, help_text="能看到本案的单位都能看到，不写当事人姓名")
    field_order = ["hearing", "starts_at", "ends_at", "place", "online", "reason"]

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        rows = waiting(self.matter)
        self.fields["hearing"].queryset = rows
        last = rows.order_by("order").last()
        if last:
            now = {name: getattr(last, name) for name in ("place", "online")}
            when = {name: localtime(getattr(last, name)) for name in ("starts_at", "ends_at")}
            self.initial = {"hearing": last.pk, **now, **when, **self.initial}


class CancelForm(MatterForm):
    hearing = forms.ModelChoiceField(Hearing.objects.none(), label="哪一次开庭", empty_label="请选择")
    reason = forms.CharField(label="取消原因", max_length=200, help_text="能看到本案的单位都能看到，不写当事人姓名")

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        rows = waiting(self.matter)
        self.fields["hearing"].queryset = rows
        last = rows.order_by("order").last()
        self.initial = {"hearing": last.pk if last else None, **self.initial}
