"""The inbox of notices: unread first opened, then marked; nothing is written by a GET."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from linkage.matters.kinds import kinds
from linkage.notices.models import Notice
from linkage.web.details import number

PAGE = 20
TOPICS = (("", "全部"), ("todo", "待办"), ("read", "待阅"), ("urge", "提醒催办"))


class Inbox(View):
    """A person's notices for the unit he acts for, newest first."""

    def get(self, request):
        topic = request.GET.get("topic", "")
        rows = Notice.objects.of(request.user, request.actor.unit).select_related("matter")
        rows = rows.filter(topic=topic) if topic in Notice.Topic.values else rows
        before = number(request.GET.get("before"))
        rows = rows.filter(pk__lt=before) if before else rows
        found = list(rows.order_by("-pk")[: PAGE + 1])
        context = {
            "notices": found[:PAGE],
            "next": f"{request.path}?topic={topic}&before={found[PAGE - 1].pk}" if len(found) > PAGE else "",
            "tabs": [
                {"label": label, "url": f"{request.path}?topic={name}", "count": 0, "current": name == topic}
                for name, label in TOPICS
            ],
        }
        return render(request, "home/inbox.html", context)

    def post(self, request):
        """全部标为已阅."""
        Notice.objects.of(request.user, request.actor.unit).unread().update(read_at=timezone.now())
        return redirect("inbox")


class Open(View):
    """Opening a notice marks it and leads to its matter."""

    def post(self, request, pk):
        notice = Notice.objects.of(request.user, request.actor.unit).filter(pk=pk).select_related("matter").first()
        if notice is None:
            raise Http404
        Notice.objects.filter(pk=pk, read_at=None).update(read_at=timezone.now())
        return redirect(reverse(kinds[notice.matter.kind].url, args=[notice.matter_id]))
