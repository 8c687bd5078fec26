"""The working calendar and the rules of time: everybody reads and counts, the legal office keeps them (offices.md 23)."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views import View
from django.views.generic import TemplateView

from linkage import workdays
from linkage.matters.models import CalendarNotice, DeadlineRule, Layer
from linkage.matters.refusals import NotYours
from linkage.matters.workcalendar import Entry
from linkage.units.acting import Actor
from linkage.units.models import Post, Unit

from . import wording
from .forms import CountForm, NoticeForm, RuleForm

FIRST_YEAR, LAST_YEAR = 2000, 2099


def may_keep(actor: Actor) -> bool:
    """Whether an actor keeps the calendar and the rules: handlers and administrators of the legal office."""
    kept = actor.unit is not None and actor.unit.kind == Unit.Kind.LEGAL_OFFICE
    return kept and (actor.holds(Post.Role.HANDLER) or actor.holds(Post.Role.ADMIN))


class ForKeepers:
    """Pages that change the calendar or the rules; others are told whose they are."""

    def dispatch(self, request, *args, **kwargs):
        if not may_keep(request.actor):
            raise NotYours("放假通知和期限规则由市司法局的经办人或单位管理员录入，其他单位可以查看。")
        return super().dispatch(request, *args, **kwargs)


@dataclass(frozen=True)
class Sheet:
    """A layer's notice of a year with its holidays; `checked` once the notice's own date is known."""

    notice: CalendarNotice
    holidays: list[wording.Holiday]

    @property
    def checked(self) -> bool:
        return self.notice.issued_on is not None


def sheets(year: int) -> list[Sheet]:
    """The notices of a year, national first."""
    notices = CalendarNotice.objects.filter(year=year).select_related("entered_by").prefetch_related("days")
    return [Sheet(notice, wording.holidays(days_of(notice))) for notice in sorted(notices, key=national_first)]


def days_of(notice: CalendarNotice) -> dict[date, Entry]:
    return {day.date: Entry(day.works, day.name) for day in notice.days.all()}


def national_first(notice: CalendarNotice) -> bool:
    return notice.layer != Layer.NATIONAL


class CalendarYear(TemplateView):
    """A year's holidays by layer with their source, and a term counted on demand; GET only."""

    template_name = "web/calendar.html"

    def get_context_data(self, **kwargs):
        year = self.year()
        found = sheets(year)
        loaded = any(sheet.notice.layer == Layer.NATIONAL for sheet in found)
        form = CountForm(self.request.GET if "start" in self.request.GET else None)
        count = form.count() if form.is_bound and form.is_valid() else None
        return super().get_context_data(
            year=year,
            years=[near for near in range(year - 2, year + 3) if FIRST_YEAR <= near <= LAST_YEAR],
            sheets=found,
            loaded=loaded,
            statutory=[] if loaded else wording.holidays(statutory_days(year)),
            form=form,
            count=count,
            rule=form.version if count else None,
            may_keep=may_keep(self.request.actor),
            **kwargs,
        )

    def year(self) -> int:
        """The year asked for; this one where none or nonsense is."""
        asked = self.request.GET.get("year", "")
        year = int(asked) if asked.isascii() and asked.isdigit() else 0
        return year if FIRST_YEAR <= year <= LAST_YEAR else localdate().year


def statutory_days(year: int) -> dict[date, Entry]:
    return {day: Entry(works=False, name=name) for day, name in workdays.statutory(year).items()}


class NoticePage(ForKeepers, View):
    """Enter a notice or change it: form, then what was read from it, then saved; nothing is kept before that."""

    def dispatch(self, request, *args, pk=None, **kwargs):
        self.notice = get_object_or_404(CalendarNotice, pk=pk) if pk else None
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        asked = {name: request.GET[name] for name in ("year", "layer") if name in request.GET}
        return self.page(request, NoticeForm(instance=self.notice, actor=request.actor, initial=asked))

    def post(self, request):
        form = NoticeForm(request.POST, instance=self.notice, actor=request.actor)
        step = request.POST.get("step")
        if not form.is_valid() or step == "edit":
            return self.page(request, form)
        if step != "save":
            return render(request, "web/calendar_preview.html", self.preview(form))
        event = form.save()
        messages.success(request, f"{event.note} 已保存。受影响的期限正在逐件重新计算，日期变动的会通知当事单位。")
        return redirect(f"{reverse('calendar')}?year={form.instance.year}")

    def page(self, request, form):
        return render(request, "web/calendar_notice.html", {"form": form, "notice": self.notice})

    def preview(self, form: NoticeForm) -> dict:
        return {
            "form": form,
            "notice": self.notice,
            "read": form.instance,
            "holidays": wording.holidays(form.reading.days),
            "ignored": form.reading.ignored,
            "missing": form.missing,
        }


@dataclass(frozen=True)
class Version:
    """A row of the list of rules: a version with the day another takes its place."""

    rule: DeadlineRule
    until: date | None
    state: str
    newest: bool


def versions(today: date) -> list[Version]:
    """All versions, the rules by code and the newest version of each first."""
    rows, later = [], None
    for rule in DeadlineRule.objects.order_by("code", "-valid_from"):
        follower = later if later and later.code == rule.code else None
        ends = [day for day in (rule.valid_until, follower and follower.valid_from) if day]
        until = min(ends, default=None)
        rows.append(Version(rule, until, state_of(rule, until, today), follower is None))
        later = rule
    return rows


def state_of(rule: DeadlineRule, until: date | None, today: date) -> str:
    if rule.valid_from > today:
        return "将施行"
    return "已失效" if until and until <= today else "现行"


class RuleList(TemplateView):
    template_name = "web/calendar_rules.html"

    def get_context_data(self, **kwargs):
        keeps = may_keep(self.request.actor)
        return super().get_context_data(versions=versions(localdate()), may_keep=keeps, **kwargs)


class RuleVersion(ForKeepers, View):
    """A new version of a rule; the versions before it and the deadlines that run by them stay as they are."""

    def dispatch(self, request, *args, code="", **kwargs):
        self.newest = DeadlineRule.objects.filter(code=code).order_by("-valid_from").first()
        if self.newest is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.page(request, RuleForm(newest=self.newest, actor=request.actor))

    def post(self, request):
        form = RuleForm(request.POST, newest=self.newest, actor=request.actor)
        if not form.is_valid():
            return self.page(request, form)
        rule = form.save()
        messages.success(request, f"“{rule.label}”的新版本已保存，{rule.valid_from} 起施行；已经起算的期限不变。")
        return redirect("calendar_rules")

    def page(self, request, form):
        return render(request, "web/calendar_rule.html", {"form": form, "newest": self.newest})
