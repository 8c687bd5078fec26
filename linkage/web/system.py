"""系统状态: whether what runs behind the pages is well, for the legal office's administrator and for monitoring."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from celery import current_app
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, transaction
from django.db.models import Count
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from linkage.jobs.models import Job, Pulse
from linkage.matters import trail, triggers, workcalendar
from linkage.matters.models import Deadline
from linkage.matters.refusals import NotYours, moment
from linkage.units.acting import Actor
from linkage.units.models import Post, Unit

SWEEP_LATE = timedelta(minutes=2)  # beat orders one every ten seconds
REMIND_LATE = timedelta(minutes=25)  # and a run of the reminders every ten minutes
MOST_ROWS = 50
NAMES = {
    "announce": "发送通知", "mail": "发送邮件", "digests": "汇总每日邮件", "render": "生成版式文件",
    "recompute": "重新计算期限", "recompute-all": "重新计算期限",
}  # fmt: skip


def may_watch(actor: Actor) -> bool:
    """Whether an actor looks after the installation: the administrators of the legal office."""
    kept = actor.unit is not None and actor.unit.kind == Unit.Kind.LEGAL_OFFICE
    return kept and actor.holds(Post.Role.ADMIN)


@dataclass(frozen=True)
class Check:
    """One line of the page: what was looked at, whether it is well, and what was found."""

    label: str
    well: bool
    found: str


def checks() -> Iterator[Check]:
    answering = workers_answer()
    yield Check("后台任务进程", answering, "有应答" if answering else "没有应答：进程没有运行，或者消息服务不通")
    yield from (pulse("任务调度", "sweep", SWEEP_LATE), pulse("期限提醒", "remind", REMIND_LATE))
    gone = sorted(triggers.missing())
    yield Check("办理记录防篡改", not gone, f"数据库缺少触发器：{'、'.join(gone)}" if gone else "触发器齐全")


def workers_answer() -> bool:
    """Whether a worker answers through the broker within a second."""
    try:
        return bool(current_app.control.ping(timeout=1, limit=1))
    except Exception:  # noqa: BLE001 kombu and redis raise many kinds when the broker is away
        return False


def pulse(label: str, name: str, late: timedelta) -> Check:
    ago = Pulse.since(name)
    if ago is None:
        return Check(label, False, "还没有运行过")
    return Check(label, ago < late, f"最近一次 {moment(timezone.now() - ago)}")


def provisional_years() -> list[dict]:
    """Years without a holiday notice in which running deadlines end, with their number."""
    calendar = workcalendar.calendar()
    open_ones = Deadline.objects.open().filter(provisional=True, matter__void=False).order_by()
    years = open_ones.values("due__year").annotate(count=Count("pk")).order_by("due__year")
    return [
        {"year": row["due__year"], "count": row["count"]} for row in years if not calendar.is_loaded(row["due__year"])
    ]


class ForWatchers:
    """Pages of the installation; others are told whose they are."""

    def dispatch(self, request, *args, **kwargs):
        if not may_watch(request.actor):
            raise NotYours("系统状态由市司法局的单位管理员查看。")
        return super().dispatch(request, *args, **kwargs)


class State(ForWatchers, View):
    def get(self, request):
        failed = Job.objects.failed()
        context = {
            "checks": list(checks()),
            "waiting": Job.objects.waiting().count(),
            "oldest": Job.objects.due().order_by("run_after").first(),
            "failed": failed.count(),
            "jobs": [{"row": row, "name": NAMES.get(row.name, "其他")} for row in failed.order_by("pk")[:MOST_ROWS]],
            "years": provisional_years(),
        }
        return render(request, "web/system.html", context)


class Retry(ForWatchers, View):
    """Give what was given up all its attempts back."""

    def post(self, request):
        with transaction.atomic():
            count = Job.objects.try_again()
            if count:
                note = f"重新执行 {count} 项失败的后台任务"
                trail.record(None, "retry", "重新执行后台任务", request.actor, note=note)
        messages.success(request, f"{count} 项任务已重新排队，一分钟内开始执行。")
        return redirect("system_state")


@method_decorator([login_not_required, never_cache], name="dispatch")
class Health(View):
    """For monitoring, without details: 200 while the database answers, keeps its guards, and jobs are seen to."""

    def get(self, request):
        well = healthy()
        return JsonResponse({"ok": well}, status=200 if well else 503)


def healthy() -> bool:
    try:
        return pulse("", "sweep", SWEEP_LATE).well and not triggers.missing()
    except DatabaseError:
        return False
