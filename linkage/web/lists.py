"""Lists of matters: one inbox order, paged by comparison of rows, never by offset."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import BooleanField, Exists, F, Func, Model, OuterRef, Q, Value
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views import View

from linkage.matters.kinds import Kind, kinds
from linkage.matters.models import Box, Deadline, Party, ReadMark

from .lamps import lamp

PAGE = 20
BIGGEST = 2**63 - 1  # of a key in both databases
TABS = (("", "本单位"), ("todo", "待办"), ("unread", "待阅"), ("done", "已办"), ("read", "已阅"))
LAMPS = (
    ("overdue", "red", "已逾期"),
    ("soon", "amber", "临近期限"),
    ("running", "green", "期限内"),
    ("closed", "done", "已办结"),
)


class RowAfter(Func):
    """(a, b, c) > (x, y, z) as one comparison, which both databases answer from the inbox index."""

    output_field = BooleanField()

    def __init__(self, columns, values, *, backwards: bool = False):
        super().__init__(*columns, *[Value(value) for value in values])
        self.width, self.sign = len(columns), "<" if backwards else ">"

    def as_sql(self, compiler, connection, **_):
        parts = [compiler.compile(part) for part in self.source_expressions]
        sides = [", ".join(sql for sql, _ in half) for half in (parts[: self.width], parts[self.width :])]
        params = [param for _, values in parts for param in values]
        return f"({sides[0]}) {self.sign} ({sides[1]})", params


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after (or before) the row with this box, day and matter."""

    box: int
    day: date
    matter: int
    before: bool = False

    @classmethod
    def of(cls, query) -> "Cursor | None":
        """The cursor in ?after= or ?before=, None without one; nonsense starts at the beginning."""
        name = "before" if query.get("before") else "after"
        try:
            box, day, matter = query.get(name, "").split("_")
            made = cls(int(box), date.fromisoformat(day), int(matter), name == "before")
        except ValueError:
            return None
        return made if made.box in Box.values and 0 <= made.matter <= BIGGEST else None


def token(row) -> str:
    return f"{row.p_box}_{row.p_sort.isoformat()}_{row.p_matter}"


@dataclass(frozen=True)
class Page:
    """One page of rows and the tokens of its neighbours."""

    rows: list
    previous: str
    next: str


def page_of(queryset, cursor: Cursor | None, *, one_box: bool = False, newest_first: bool = False) -> Page:
    """PAGE rows in inbox order. `queryset` comes from visible_to; boxes, then days, then matters.

    `one_box`: the rows are of a single box, which then stays out of order and comparison; with a column that is both
    given and compared SQLite would leave the inbox index and sort.
    """
    columns = (F("p_box"), F("p_sort"), F("p_matter"))[one_box:]
    before = bool(cursor and cursor.before)
    backwards = before != newest_first
    if cursor:
        values = (cursor.box, cursor.day, cursor.matter)[one_box:]
        queryset = queryset.filter(RowAfter(columns, values, backwards=backwards))
    order = [column.desc() if backwards else column.asc() for column in columns]
    rows = list(queryset.order_by(*order)[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    rows = rows[::-1] if before else rows
    has_previous, has_next = (more, True) if before else (cursor is not None, more)
    return Page(
        rows,
        token(rows[0]) if rows and has_previous else "",
        token(rows[-1]) if rows and has_next else "",
    )


def in_tab(queryset, tab: str, actor):
    """The five tabs of the inbox: 待办 = box 0 of my roles; 待阅 / 已阅 = box 1 split by my ReadMark; 已办 = box 3."""
    mine = ReadMark.objects.filter(user=actor.user, matter=OuterRef("p_matter"))
    if tab == "todo":
        return queryset.filter(p_box=Box.TODO, p_turn__in=actor.roles)
    if tab == "unread":
        return queryset.filter(~Exists(mine), p_box=Box.WATCHING)
    if tab == "read":
        return queryset.filter(Exists(mine), p_box=Box.WATCHING)
    return queryset.filter(p_box=Box.DONE) if tab == "done" else queryset


def with_lamp(queryset, name: str, today: date | None = None):
    """The rows of one lamp of the bar."""
    day = today or localdate()
    conditions = {
        "overdue": Q(p_due__lt=day),
        "soon": Q(p_due__gte=day, p_warn__lte=day),
        "running": Q(p_warn__gt=day),
        "closed": Q(p_box=Box.DONE),
    }
    return queryset.filter(conditions[name]) if name in conditions else queryset


def in_one_box(tab: str, lamp: str = "") -> bool:
    """Whether a tab or a lamp leaves the rows of a single box."""
    return tab in ("todo", "unread", "done", "read") or lamp == "closed"


def attach_deadlines(rows) -> None:
    """Give every row its open deadlines, its answer's once closed, and whether the addressee has received: one query."""
    found: dict[int, list[Deadline]] = {row.p_matter: [] for row in rows}
    wanted = Q(closed_on=None) | Q(code__in={kind.answer for kind in kinds.values()})
    for deadline in Deadline.objects.filter(wanted, matter__in=found).order_by("due"):
        found[deadline.matter_id].append(deadline)
    for row in rows:
        row.open_deadlines = [deadline for deadline in found[row.p_matter] if not deadline.closed_on]
        answer = kinds[row.matter.kind].answer
        row.answered = next((each for each in found[row.p_matter] if each.closed_on and each.code == answer), None)
        row.matter.received = all(deadline.code != "receive" for deadline in row.open_deadlines)


class MatterList(View):
    """The list of a kind: tabs, lamps, filters, pages. Subclasses name kind, filterset, template and row()."""

    kind: Kind
    filterset_class: type
    template = ""

    def get(self, request):
        scope = self.scope(request)
        filters = self.filterset_class(request.GET, queryset=scope, request=request)
        tab, shining = request.GET.get("tab", ""), request.GET.get("lamp", "")
        rows = with_lamp(in_tab(filters.qs, tab, request.actor), shining)
        alone, newest = in_one_box(tab, shining), tab == "done"
        page = page_of(self.rows(rows), Cursor.of(request.GET), one_box=alone, newest_first=newest)
        attach_deadlines(page.rows)
        self.count(request, rows)
        context = {
            "filters": filters,
            "rows": [self.row(row, request.actor) for row in page.rows],
            "total": request.counts.get("listed"),
            "tabs": self.tabs(request, tab),
            "lamps": self.lampbar(request, shining),
            "previous": self.link(request, before=page.previous) if page.previous else "",
            "next": self.link(request, after=page.next) if page.next else "",
            "chips": self.chips(request, filters),
            "tab": tab,
        }
        return render(request, self.template, {**context, **self.extra(request)})

    def scope(self, request):
        seen = self.kind.scope().visible_to(request.actor)
        return seen.filter(p_kind=self.kind.code)

    def rows(self, queryset):
        return queryset.select_related("matter")

    def count(self, request, rows) -> None:
        request.counts.add("listed", rows)
        base = Party.objects.inbox(request.actor.unit).filter(kind=self.kind.code)
        today = localdate()
        request.counts.add("overdue", base.filter(due_on__lt=today))
        request.counts.add("soon", base.filter(due_on__gte=today, warn_on__lte=today))
        request.counts.add("running", base.filter(due_on__isnull=False, warn_on__gt=today))
        request.counts.add("closed", base.filter(box=Box.DONE))

    def tabs(self, request, current: str) -> list[dict]:
        counted = {"todo": request.counts.get(f"{self.kind.code}s")}
        return [
            {
                "label": label,
                "url": self.link(request, tab=name),
                "count": counted.get(name, 0),
                "current": name == current,
            }
            for name, label in TABS
        ]

    def lampbar(self, request, current: str) -> list[dict]:
        """Each number counts the unit's rows under one lamp, so its address drops all other conditions."""
        return [
            {
                "tone": tone,
                "label": label,
                "count": request.counts.get(name),
                "current": name == current,
                "url": request.path if name == current else f"{request.path}?lamp={name}",
            }
            for name, tone, label in LAMPS
        ]

    def link(self, request, **change) -> str:
        """This list with some of its conditions changed; a changed condition starts at the first page."""
        kept = {key: value for key, value in request.GET.items() if value and key not in ("after", "before")}
        kept |= change
        query = urlencode({key: value for key, value in kept.items() if value})
        return f"{request.path}?{query}" if query else request.path

    def chips(self, request, filters) -> list[dict]:
        """The conditions in force, each with the address that takes it out."""
        form = filters.form
        if not form.is_valid():
            return []
        return [
            {"label": f"{form[name].label}：{words(form[name], value)}", "url": self.link(request, **{name: ""})}
            for name, value in form.cleaned_data.items()
            if value not in (None, "")
        ]

    def extra(self, request) -> dict:
        """What else the template of a subclass needs."""
        return {}

    def row(self, row, actor):
        """What the template shows of a row."""
        return row


def words(field, value) -> str:
    if isinstance(value, Model):
        return str(value)  # its field would fetch all its choices again
    choices = dict(getattr(field.field, "choices", []) or [])
    return str(choices.get(value, choices.get(str(value), value)))


def row_lamp(row, kind: Kind, unit_id: int):
    """The lamp of a row: for who has done his part whether it was in time; else the unit's own nearest deadline, else
    the nearest that all parties see."""
    if row.p_box == Box.DONE:
        return lamp(row.answered, done="办结" if row.matter.state in kind.flow.final else "回复")
    own = [deadline for deadline in row.open_deadlines if deadline.unit_id == unit_id]
    seen = [deadline for deadline in row.open_deadlines if deadline.code in kind.shown]
    return lamp(next(iter(own or seen), None))
