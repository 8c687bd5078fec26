"""What every page of the portal needs: names, the navigation of the person who looks, his units."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate

from linkage.units.acting import Actor
from linkage.units.models import Post, Unit

from .system import may_watch


@dataclass(frozen=True)
class Entry:
    """A line of the navigation; `current` is the value of aria-current, `count` what waits behind it."""

    label: str
    url: str
    icon: str
    current: str = ""
    count: int | str = 0


@dataclass(frozen=True)
class Section:
    title: str
    entries: list[Entry]


class Portal:
    """The shell's data; worked out only when a template asks for it."""

    def __init__(self, request):
        self.request = request
        self.site_name, self.support_line = settings.SITE_NAME, settings.SUPPORT_LINE
        self.actor = getattr(request, "actor", Actor(user=None, unit=None))

    @property
    def today(self) -> date:
        return localdate()

    @property
    def query(self) -> str:
        """What was searched for, to stand in the search box again."""
        return self.request.GET.get("q", "")

    @property
    def frame(self) -> str:
        """The base of pages that everybody may see: with the navigation for those who have a unit to act for."""
        return "base.html" if self.actor.unit else "base_plain.html"

    @cached_property
    def counts(self) -> dict:
        return getattr(self.request, "counts", {})

    @cached_property
    def home(self) -> Entry:
        return self.entry("工作台", "home", "layout-dashboard", "todo")

    @cached_property
    def work(self) -> list[Entry]:
        return [
            self.entry("建议办理", "suggestions:list", "file-text", "suggestions"),
            self.entry("行政案件", "cases:list", "scale", "cases"),
            self.entry("出庭应诉", "appearances:list", "gavel", "appearances"),
            self.entry("联合文件", "infoshare:list", "files", "infoshare"),
        ]

    @cached_property
    def inbox(self) -> Entry:
        return self.entry("通知", "inbox", "bell", "unread")

    @property
    def nav(self) -> list[Section]:
        sections = [Section("", [self.home]), Section("业务办理", self.work), Section("管理", list(self.keeping()))]
        return [section for section in sections if section.entries]

    def keeping(self) -> Iterator[Entry]:
        """The pages of the unit's administrator, and of the legal office, which keeps the calendar (offices.md 23)."""
        if self.actor.holds(Post.Role.ADMIN):
            yield self.entry("人员与岗位", "unit_users", "users")
            yield self.entry("应用接入", "applications", "plug")
        if self.actor.unit and self.actor.unit.kind == Unit.Kind.LEGAL_OFFICE:
            yield self.entry("工作日历与期限规则", "calendar", "calendar-cog")
        if may_watch(self.actor):
            yield self.entry("系统状态", "system_state", "activity", "failed")

    def entry(self, label: str, name: str, icon: str, count: str = "") -> Entry:
        url = reverse(name)
        return Entry(label, url, icon, self.current(url), self.counts.get(count, 0) if count else 0)

    def current(self, url: str) -> str:
        """aria-current: page on the page itself, true on a page below it."""
        path = self.request.path
        if path == url:
            return "page"
        return "true" if url != reverse("home") and path.startswith(url) else ""

    @cached_property
    def units(self) -> list[Unit]:
        """The units the person may act for; more than one is a choice to offer."""
        return list({post.unit_id: post.unit for post in self.request.user.held}.values())

    @property
    def standing(self) -> str:
        """The unit acted for and the title borne there, or the role where the post has no title."""
        if not self.actor.unit:
            return "暂无岗位"
        titles = [title for title in self.actor.titles.values() if title]
        roles = [role.label for role in Post.Role if self.actor.holds(role)]
        return " · ".join([self.actor.unit.short, *(titles + roles)[:1]])


def portal(request) -> dict:
    """Context processor: `portal`."""
    return {"portal": Portal(request)}
