"""How much a page asks of the database: so many queries at 10, 100 and 10,000 letters, and the inbox order from its index."""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linkage.matters.models import Event, Party, ReadMark
from linkage.notices.models import Notice
from linkage.web.lists import LAMPS, PAGE, TABS
from tests.crowd import multiply
from tests.stages import Stages, browser, kept_for_a_module

pytestmark = pytest.mark.django_db
POSTGRES = connection.vendor == "postgresql"
LIST, DETAIL, WORKBENCH = 7, 10, 7  # of 8, 10 and 12 that the architecture allows
TIMES = (1, 10, 1000)


class World(Stages):
    """Ten letters in different states; the legal office has a copy of each."""

    def __init__(self):
        super().__init__()
        self.late = self.handling(late=True)
        self.take(self.late, "receive", self.bureau)
        ways = (
            self.draft, lambda: self.signing(self.draft()), self.issued, self.handling, self.replied, self.supplement,
            self.following, self.closed, self.withdrawn,
        )  # fmt: skip
        self.letters = [self.written(self.late), *(make() for make in ways)]
        self.browsers = {
            (unit.pk, role): browser(actor)
            for unit in (self.court, self.office, self.bureau)
            for role, actor in self.people[unit.pk].items()
        }

    def asked(self, unit, path: str, role: str = "handler") -> list[str]:
        """The queries of a page, sessions and all."""
        client = self.browsers[unit.pk, role]
        with CaptureQueriesContext(connection) as queries:
            page = client.get(path)
        assert page.status_code == 200
        return [query["sql"] for query in queries]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept_for_a_module(django_db_blocker, tmp_path_factory.mktemp("files")):
        yield World()


@pytest.fixture(scope="module", params=TIMES, ids=[f"{10 * times} letters" for times in TIMES])
def crowd(request, world) -> int:
    """So many letters for every one of the ten, of different days; as many as the database knows of itself."""
    with transaction.atomic():
        assert multiply(request.param) == 10 * request.param
        if request.param == max(TIMES):
            settle(world)
        yield request.param
        transaction.set_rollback(True)


def settle(world) -> None:
    """Days apart, half of what is for reading read, and statistics as they are after a night."""
    days = "matter_id / 1000000 % 1000"
    spread = f"sort_on + ({days})::int" if POSTGRES else f"date(sort_on, ({days}) || ' days')"
    rows = Party.objects.filter(holder=world.court, box=1).values_list("matter", flat=True)
    user = world.handler(world.court).user
    ReadMark.objects.bulk_create(ReadMark(user=user, unit=world.court, matter_id=pk) for pk in list(rows)[::2])
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE matters_party SET sort_on = {spread}")
        cursor.execute("ANALYZE")
    connection.check_constraints()


# --- counts -------------------------------------------------------------------------------------------------------------
def test_a_list_asks_the_same_however_long_it_is(world, crowd):
    asked = {unit.short: len(world.asked(unit, "/suggestions/")) for unit in (world.court, world.office, world.bureau)}
    assert asked == {"市人民法院": LIST, "市司法局": LIST, "市自然资源局": LIST}


def test_nor_do_its_tabs_lamps_conditions_and_pages_ask_more(world, crowd):
    paths = [f"?tab={tab}" for tab, _ in TABS] + [f"?lamp={lamp}" for lamp, _, _ in LAMPS]
    paths += [
        "?q=规范&family=judicial",
        f"?addressee={world.bureau.pk}&state=handling",
        "?q=没有这样的标题",
        "?after=0_2026-01-01_0",
    ]
    asked = {path: len(world.asked(world.court, f"/suggestions/{path}")) for path in paths}
    none = ("?lamp=soon", "?q=没有这样的标题", *(["?tab=read"] if crowd < max(TIMES) else []))
    empty = dict.fromkeys(none, LIST - 1)  # no deadlines to fetch
    unit = f"?addressee={world.bureau.pk}&state=handling"  # fetches the unit that is named
    assert asked == dict.fromkeys(paths, LIST) | empty | {unit: LIST + 1}


def test_a_matter_asks_the_same_however_many_there_are(world, crowd):
    for unit, role in ((world.court, "handler"), (world.bureau, "leader"), (world.office, "handler")):
        assert len(world.asked(unit, f"/suggestions/{world.late.pk}/", role)) == DETAIL


def test_a_matter_asks_the_same_in_every_state(world):
    for matter in world.letters:
        for role in ("handler", "leader"):
            assert (matter.state, len(world.asked(world.court, f"/suggestions/{matter.pk}/", role))) == (
                matter.state,
                DETAIL,
            )


def test_a_matter_asks_the_same_however_much_is_in_it(world):
    """A hundred events and twelve papers returned again and again."""
    now = timezone.now()
    Event.objects.bulk_create(
        Event(
            matter=world.late, verb="call", label="电话催办", unit=world.court, happened_on=world.today, recorded_at=now
        )
        for _ in range(100)
    )
    for _ in range(6):
        world.take(world.late, "reply-submit", world.bureau)
        world.take(world.late, "reply-return", world.bureau, "leader", note="再改。")
    assert len(world.asked(world.bureau, f"/suggestions/{world.late.pk}/")) == DETAIL


def test_the_workbench_asks_the_same_however_much_is_on_it(world, crowd):
    asked = {unit.short: len(world.asked(unit, "/")) for unit in (world.court, world.office, world.bureau)}
    assert asked == {
        "市人民法院": WORKBENCH + 1,
        "市司法局": WORKBENCH + 1,
        "市自然资源局": WORKBENCH,
    }  # 待催办 of the leads


@pytest.mark.parametrize("rows", [1, 100])
def test_the_inbox_of_notices_asks_the_same(world, rows):
    user = world.handler(world.office).user
    Notice.objects.bulk_create(
        Notice(user=user, unit=world.office, matter=world.late, key=f"n:{at}", title="抄送：一件", topic="read")
        for at in range(rows)
    )
    assert len(world.asked(world.office, "/inbox/")) == 4


def test_a_paper_and_a_form_stay_below_the_budget_of_a_matter(world):
    letter = world.late.papers.get(kind="suggestion")
    paths = {"paper": f"papers/{letter.pk}/", "form": "remind/", "receipt": "receipt/"}
    asked = {
        name: len(world.asked(world.court, f"/suggestions/{world.late.pk}/{path}")) for name, path in paths.items()
    }
    assert asked == {"paper": 6, "form": 5, "receipt": 9}


# --- plans --------------------------------------------------------------------------------------------------------------
def plan_of(sql: str) -> list[str]:
    """The steps of a plan, the outermost first on PostgreSQL, the first scan first on SQLite."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'' if POSTGRES else 'QUERY PLAN'} {sql}")
        return [str(row[-1]).strip() for row in cursor.fetchall()]


def listing(queries: list[str]) -> str:
    """The query that fetches the rows of a page."""
    return next(sql for sql in queries if sql.endswith(f"LIMIT {PAGE + 1}") and "p_sort" in sql)


def middle(world, box: int) -> str:
    """Where a page begins far down the rows of a box."""
    rows = Party.objects.filter(holder=world.court, box=box).order_by("sort_on", "matter_id")
    row = rows[rows.count() // 2]
    return f"{box}_{row.sort_on}_{row.matter_id}"


PAGES = {
    "list": ("/suggestions/", None), "list, on": ("/suggestions/?after={}", 1), "list, back": ("/suggestions/?before={}", 1),
    **{f"list, {tab}": (f"/suggestions/?tab={tab}", None) for tab, _ in TABS if tab},
    "list, todo, on": ("/suggestions/?tab=todo&after={}", 0), "list, todo, back": ("/suggestions/?tab=todo&before={}", 0),
    "list, done, on": ("/suggestions/?tab=done&after={}", 3), "list, closed, on": ("/suggestions/?lamp=closed&after={}", 3),
    "workbench": ("/", None), "workbench, unit": ("/?tab=unit", None), "workbench, unit, on": ("/?tab=unit&after={}", 1),
    **{f"workbench, {tab}, on": (f"/?tab={tab}&after={{}}", box) for tab, box in (("todo", 0), ("unread", 1), ("read", 1), ("done", 3))},
}  # fmt: skip


@pytest.fixture
def planner(crowd) -> None:
    """A few rows PostgreSQL sorts faster than it finds them; then it is asked whether the index would do."""
    if POSTGRES and crowd < max(TIMES):
        with connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off"
            )


@pytest.mark.parametrize("name", PAGES)
def test_the_inbox_order_is_that_of_its_index(world, crowd, planner, name):
    """No sorting, no scan of a table: the first step walks the index of the unit's inbox, a later page from its middle."""
    path, box = PAGES[name]
    place = middle(world, box) if box is not None else ""
    plan = plan_of(listing(world.asked(world.court, path.format(place))))
    found = "\n".join(plan)
    assert re.search(r"party_(kind_)?inbox", found), found
    assert not re.search(
        r"TEMP B-TREE|\bSort\b|^SCAN|Seq Scan on (matters_\w+|suggestions_suggestion)\b", found, re.MULTILINE
    ), found
    if place and not POSTGRES:
        compared = (
            "sort_on,matter_id"
            if "tab=" in path.replace("tab=unit", "") or "closed" in path
            else "box,sort_on,matter_id"
        )
        assert f"({compared})" in plan[0], found
