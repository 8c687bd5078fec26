"""提醒时间: the hours in which people are reminded and written to, kept by the legal office."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.views import View

from linkage.matters import trail
from linkage.matters.models import Event
from linkage.matters.refusals import NotYours
from linkage.notices.models import OfficeHours
from linkage.units.acting import Actor

from .calendar.views import may_keep


class HoursForm(forms.ModelForm):
    """From when to when on a working day."""

    class Meta:
        model = OfficeHours
        fields = ["opens", "closes"]
        widgets = dict.fromkeys(
            ("opens", "closes"), forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "input-xs"})
        )
        help_texts = {"closes": "这个时间以后产生的邮件，下一个工作日开始时发出"}
        error_messages = {
            "opens": {"required": "填写开始时间。", "invalid": "时间按“时:分”填写，如 8:30。"},
            "closes": {"required": "填写结束时间。", "invalid": "时间按“时:分”填写，如 18:00。"},
        }

    def save_by(self, actor: Actor) -> Event | None:
        """Save and write one Event with the hours before and after; nothing where they are the same."""
        before = str(OfficeHours.current())
        if str(self.instance) == before:
            return None
        with transaction.atomic():
            after = str(self.save())
            return trail.record(
                None, "hours", "修改提醒时间", actor,
                note=f"{before} 改为 {after}", data={"before": before, "after": after},
            )  # fmt: skip


class Hours(View):
    """The form; for handlers and administrators of the legal office."""

    def dispatch(self, request, *args, **kwargs):
        if not may_keep(request.actor):
            raise NotYours("提醒时间由市司法局的经办人或单位管理员设置。")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.page(request, HoursForm(instance=OfficeHours.current()))

    def post(self, request):
        form = HoursForm(request.POST, instance=OfficeHours.current())
        if not form.is_valid():
            return self.page(request, form)
        if form.save_by(request.actor):
            messages.success(request, f"提醒时间已改为 {form.instance}。")
        return redirect("office_hours")

    def page(self, request, form):
        return render(request, "web/hours.html", {"form": form})
