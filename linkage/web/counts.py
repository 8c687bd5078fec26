"""All numbers of a page in one query, each capped: no count of a whole table, and no query per number."""

from django.core.exceptions import EmptyResultSet
from django.db import connection

from linkage.jobs.models import Job
from linkage.matters.kinds import kinds
from linkage.matters.models import Party
from linkage.notices.models import Notice
from linkage.units.acting import Actor

from .system import may_watch

MOST = 1000


def shown(number: int) -> int | str:
    """1000 and more are written 1000+."""
    return f"{MOST}+" if number > MOST else number


def capped(querysets: dict) -> dict[str, int]:
    """The sizes of several querysets, each at most MOST + 1, by one statement of scalar subqueries."""
    found = dict.fromkeys(querysets, 0)
    statements = {name: sql for name, queryset in querysets.items() if (sql := counting(queryset))}
    if statements:
        columns = ", ".join(sql for sql, _ in statements.values())
        values = [value for _, params in statements.values() for value in params]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns}", values)
            found |= dict(zip(statements, cursor.fetchone(), strict=True))
    return found


def counting(queryset) -> tuple[str, tuple] | None:
    """The scalar subquery that counts a queryset, with its values; None where it is empty by its conditions."""
    try:
        sql, params = queryset.order_by().values("pk")[: MOST + 1].query.sql_with_params()
    except EmptyResultSet:
        return None
    return f"(SELECT COUNT(*) FROM ({sql}) counted)", params  # noqa: S608  a statement of the ORM


def todo(actor: Actor):
    """What waits for the roles the person holds in the unit he acts for."""
    return Party.objects.inbox(actor.unit).filter(box=0, turn__in=actor.roles)


class Counts:
    """The page's numbers: those of the navigation, and what a view adds before it renders."""

    def __init__(self, actor: Actor):
        self.wanted: dict = {}
        self.known: dict[str, int] = {}
        if actor.unit and actor.user:
            mine = todo(actor)
            self.wanted = {
                "todo": mine,
                **{f"{code}s": mine.filter(kind=code) for code in kinds},
                "unread": Notice.objects.of(actor.user, actor.unit).unread(),
            }
        if may_watch(actor):
            self.wanted["failed"] = Job.objects.failed()

    def add(self, name: str, queryset) -> None:
        """Ask for one more number."""
        self.wanted[name] = queryset

    def get(self, name: str, default=0) -> int | str:
        """A number as it is shown; the first one asked for fetches all."""
        return shown(self.number(name, default))

    def number(self, name: str, default: int = 0) -> int:
        missing = {key: queryset for key, queryset in self.wanted.items() if key not in self.known}
        if name in missing:
            self.known |= capped(missing)
        return self.known.get(name, default)


class CountsMiddleware:
    """Hangs the page's counts on the request; nothing is counted before a page asks."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.counts = Counts(request.actor)
        return self.get_response(request)
