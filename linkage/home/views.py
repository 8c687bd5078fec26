"""The workbench: what must I do now, and by when."""

from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views import View

from linkage.matters.kinds import kinds
from linkage.matters.models import Box, Deadline, Party, ReadMark
from linkage.units.models import Unit
from linkage.web.counts import todo
from linkage.web.lamps import lamp
from linkage.web.lists import Cursor, attach_deadlines, in_one_box, page_of, with_lamp
from linkage.web.tasks import verb_of

TABS = (("todo", "待办"), ("unread", "待阅"), ("done", "已办"), ("read", "已阅"), ("unit", "本单位"))
GROUPS = (
    ("overdue", "red", "已逾期"),
    ("soon", "amber", "临近期限"),
    ("running", "green", "期限内"),
    ("none", "gray", "没有期限"),
)
MOST_LATE = 20


def inbox_rows(actor, tab: str):
    """The unit's inbox rows of a tab, with the aliases that paging needs."""
    rows = Party.objects.inbox(actor.unit)
    mine = ReadMark.objects.filter(user=actor.user, matter=OuterRef("matter"))
    narrowed = {
        "todo": lambda: rows.filter(box=Box.TODO, turn__in=actor.roles),
        "unread": lambda: rows.filter(~Exists(mine), box=Box.WATCHING),
        "read": lambda: rows.filter(Exists(mine), box=Box.WATCHING),
        "done": lambda: rows.filter(box=Box.DONE),
    }
    chosen = narrowed[tab]() if tab in narrowed else rows
    aliases = {"p_box": F("box"), "p_sort": F("sort_on"), "p_matter": F("matter_id")}
    return chosen.annotate(**aliases).alias(p_due=F("due_on"), p_warn=F("warn_on")).select_related("matter")


def group_of(party: Party, today) -> str:
    """The lamp group of a task by its due date."""
    if party.due_on is None:
        return "none"
    if party.due_on < today:
        return "overdue"
    return "soon" if party.warn_on <= today else "running"


class Workbench(View):
    """Tasks in groups by lamp; what is for reading; what is to be urged; the coming dates."""

    def get(self, request):
        if request.actor.unit is None:
            return render(request, "units/no_post.html")
        tab = request.GET.get("tab") if request.GET.get("tab") in dict(TABS) else "todo"
        shining = request.GET.get("lamp", "") if tab == "todo" else ""
        rows = with_lamp(inbox_rows(request.actor, tab), shining)
        alone, newest = in_one_box(tab), tab == "done"
        page = page_of(rows, Cursor.of(request.GET), one_box=alone, newest_first=newest)
        late = self.late(request) if tab == "todo" and not shining else []
        attach_deadlines([*page.rows, *late])
        tasks = [self.task(row, request.actor) for row in page.rows]
        urging = [{**self.task(row, request.actor), "verb": "催办", "primary": False} for row in late]
        self.count(request)
        context = {
            "tab": tab,
            "tabs": self.tabs(request, tab),
            "groups": grouped(tasks, urging) if tab == "todo" else [],
            "tasks": tasks,
            "lamps": self.lampbar(request, tab, shining),
            "shining": shining,
            "previous": link(tab, lamp=shining, before=page.previous) if page.previous else "",
            "next": link(tab, lamp=shining, after=page.next) if page.next else "",
            "headline": self.headline(request),
            "dates": self.dates(request),
            "reading": self.reading(request) if tab == "todo" else [],
        }
        return render(request, "home/workbench.html", context)

    def task(self, row: Party, actor) -> dict:
        kind, matter = kinds[row.kind], row.matter
        deadline = next((each for each in row.open_deadlines if each.due == row.due_on), None)
        soft = next((each for each in row.open_deadlines if each.soft), None)
        return {
            "party": row,
            "matter": matter,
            "url": reverse(kind.url, args=[matter.pk]),
            "stage": kind.stage(matter, row),
            "verb": verb_of(row, matter, actor, row.open_deadlines),
            "lamp": lamp(deadline or soft),
            "group": group_of(row, localdate()),
        }

    def count(self, request) -> None:
        today, mine = localdate(), todo(request.actor)
        request.counts.add("overdue", mine.filter(due_on__lt=today))
        request.counts.add("soon", mine.filter(due_on__gte=today, warn_on__lte=today))
        request.counts.add("running", mine.filter(warn_on__gt=today))
        request.counts.add("to_urge", self.to_urge(request))
        request.counts.add("for_reading", inbox_rows(request.actor, "unread"))

    def lampbar(self, request, tab: str, shining: str) -> list[dict]:
        """Three numbers of tasks by their lamp and that of what is for reading; each opens its rows below."""
        tasks = [
            {
                "tone": tone,
                "label": label,
                "url": link("todo", lamp="" if name == shining else name),
                "count": request.counts.get(name),
                "current": name == shining,
            }
            for name, tone, label in GROUPS[:3]
        ]
        reading = {
            "icon": "mail-open",
            "label": "待阅",
            "url": link("unread"),
            "count": request.counts.get("for_reading"),
            "current": tab == "unread",
        }
        return [*tasks, reading]

    def tabs(self, request, current: str) -> list[dict]:
        counted = {"todo": request.counts.get("todo"), "unread": request.counts.get("for_reading")}
        return [
            {"label": label, "url": link(name), "count": counted.get(name, 0), "current": name == current}
            for name, label in TABS
        ]

    def headline(self, request) -> str:
        words = (("overdue", "件已逾期"), ("soon", "件临近期限"), ("to_urge", "件待催办"))
        parts = [f"{request.counts.get(name)} {word}" for name, word in words if request.counts.number(name)]
        return "有 " + "，".join(parts) if parts else "今天没有到期事项"

    def reading(self, request) -> list[dict]:
        """The first few matters for reading, for the right column."""
        rows = inbox_rows(request.actor, "unread").order_by("-sort_on", "-matter_id")[:5]
        return [{"matter": row.matter, "url": reverse(kinds[row.kind].url, args=[row.matter_id])} for row in rows]

    def late(self, request) -> list[Party]:
        """待催办: the most overdue matters of others, for the lead units."""
        return list(self.to_urge(request).select_related("matter").order_by("due_on", "matter")[:MOST_LATE])

    def to_urge(self, request):
        """Matters in which the unit watches and somebody else's reply is overdue; lead units urge (rules 二(三)1)."""
        rows = inbox_rows(request.actor, "").filter(box=Box.WATCHING, due_on__lt=localdate())
        return rows if request.actor.unit.kind in Unit.LEADS else rows.none()

    def dates(self, request) -> list[dict]:
        """Deadlines of the unit in the next 30 days."""
        until = localdate() + timedelta(days=30)
        rows = Deadline.objects.open().filter(
            unit=request.actor.unit, due__range=(localdate(), until), matter__void=False
        )
        return [
            {
                "due": row.due,
                "label": row.label,
                "matter": row.matter,
                "url": reverse(kinds[row.matter.kind].url, args=[row.matter_id]),
            }
            for row in rows.select_related("matter").order_by("due")[:6]
        ]


def link(tab: str, **more) -> str:
    """The workbench at a tab, with a lamp and a page where they are given."""
    return f"{reverse('home')}?{urlencode({'tab': tab, **{name: value for name, value in more.items() if value}})}"


def grouped(tasks: list[dict], urging: list[dict]) -> list[dict]:
    """Tasks by lamp group, what is to be urged after them; empty groups left out."""
    groups = [
        {"name": name, "label": label, "tasks": [task for task in tasks if task["group"] == name]}
        for name, _, label in GROUPS
    ]
    for place, task in enumerate(tasks):
        task["primary"] = place == 0 or task["group"] == "overdue"
    groups.append({"name": "urge", "label": "待催办", "tasks": urging})
    return [group for group in groups if group["tasks"]]


class Help(View):
    """What to do where, by role."""

    def get(self, request):
        return render(request, "home/help.html")
