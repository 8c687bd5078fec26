"""Every address of the portal: closed without signing in, and opened without writing anything."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import converters, get_resolver, reverse

from infoshare import drafts as notices
from infoshare.kind import KIND as NOTICE
from linkage.jobs import outbox
from linkage.jobs.models import Job
from linkage.matters import engine, files
from linkage.matters.kinds import kinds
from linkage.matters.models import CalendarNotice, DeadlineRule, Matter, Paper
from linkage.notices.models import Notice
from linkage.units.acting import for_unit
from linkage.units.models import Post
from linkage.web.models import ApiToken
from suggestions import drafts
from suggestions.kind import KIND
from suggestions.models import SuggestionType
from tests import factories
from tests.appearances.courtroom import Courtroom
from tests.infoshare.conftest import FIELDS
from tests.stages import Stages, browser, kept_for_a_module, storage_in

pytestmark = pytest.mark.django_db
OPEN = {
    "account_login",
    "health",
    "api-schema",
    "",
}  # the last: the icon, which a browser asks for before it knows anybody
RECORDED = {
    f"{space}:{what}" for space in ("suggestions", "infoshare", "appearances", "cases") for what in ("pdf", "file")
}
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|ALTER|CREATE|DROP)\b", re.IGNORECASE)
ANY = {  # for a parameter that no row of the world gives a value
    converters.IntConverter: 1, converters.StringConverter: "x", converters.SlugConverter: "x", converters.PathConverter: "x",
    converters.UUIDConverter: "00000000-0000-4000-8000-000000000000",
}  # fmt: skip


def patterns(resolver, prefix: str = "", namespaces: tuple = ()) -> Iterator[tuple[str, str, dict]]:
    """(route, name, converters) of every address, namespaces and prefixes included."""
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from patterns(entry, prefix + str(entry.pattern), (*namespaces, *filter(None, [entry.namespace])))
        else:
            yield prefix + str(entry.pattern), ":".join((*namespaces, entry.name or "")), entry.pattern.converters


ROUTES = list(patterns(get_resolver()))
API = [row for row in ROUTES if row[0].startswith("api/v1/") and row[1] != "api-schema"]
PAGES = [row for row in ROUTES if row not in API]


COURTROOM = {"cases": ("case draft", "case open", "case judged"), "appearances": ("notifying", "naming", "named")}


class World(Stages):
    """Letters of several states, a joint notice, files, exports, people; in each unit one person who holds every post."""

    def __init__(self):
        super().__init__()
        self.all_posts = {unit.pk: self.person_of_all_posts(unit) for unit in (self.court, self.office, self.bureau)}
        for unit in (self.court, self.office, self.bureau):
            self.people[unit.pk] = dict.fromkeys(Post.Role.values, self.all_posts[unit.pk])
        late = self.written(self.handling(late=True))
        empty = drafts.begin(self.all_posts[self.court.pk], KIND, SuggestionType.objects.first())
        self.late, self.letters = late, [self.draft(), empty, self.registered(), late, self.withdrawn()]
        files.store(factories.upload("佐证.txt", b"x"), late, "service", self.all_posts[self.court.pk])
        self.notice = self.joint_notice()
        self.hearing = Courtroom(self)
        self.export = self.exported()
        self.token, self.secret = ApiToken.issue(
            unit=self.court, name="办公系统", scopes=["read", "register", "handle"], expires_on=self.today,
            created_by=self.all_posts[self.court.pk].user,
        )  # fmt: skip
        for pk in Job.objects.filter(name="announce").values_list("pk", flat=True):
            outbox.carry_out(pk)
        letter = Paper.objects.get(matter=late, kind="suggestion")
        outbox.carry_out(Job.objects.get(key=f"render:{letter.pk}").pk)
        self.browsers = {
            name: browser(self.all_posts[getattr(self, name).pk]) for name in ("court", "office", "bureau")
        }

    def person_of_all_posts(self, unit):
        return factories.person(unit, *Post.Role.values)

    def joint_notice(self):
        clerk = self.all_posts[self.office.pk]
        matter, paper = notices.begin(clerk, NOTICE)
        notices.write(matter, paper, {**FIELDS, "issuers": [self.office, self.court]})
        paper.save()
        engine.take(matter.pk, "publish", clerk, data={"number": "岑司发〔2026〕1号", "issued_on": self.today})
        return matter

    def exported(self) -> str:
        clerk = self.all_posts[self.court.pk]
        key = "11111111-1111-4111-8111-111111111111"
        outbox.ask("export-suggestions", f"export:{key}", user=clerk.user.pk, unit=self.court.pk, query="")
        assert outbox.carry_out(Job.objects.get(key=f"export:{key}").pk)
        return key

    # --- addresses --------------------------------------------------------------------------------------------------------
    def values(self, route: str, unit: str) -> list[dict]:
        """The parameters with which a route is opened: letters with their papers and files, one row of all else.

        The court opens all of its letters, the others the one that is out and answered by nobody yet.
        """
        if "suggestions/" in route or "infoshare/" in route:
            letters = self.letters if unit == "court" else [self.late]
            matters = letters if "suggestions/" in route else [self.notice]
            return [values for matter in matters for values in self.inside(matter)]
        if route.startswith(("cases/", "appearances/")):
            names = COURTROOM[route.split("/", maxsplit=1)[0]]
            matters = Matter.objects.filter(pk__in=[self.hearing.pk[name] for name in names])
            return [values for matter in matters for values in self.inside(matter)]
        user = self.people[self.court.pk]["handler"].user
        single = {
            "inbox/": Notice.objects.first(), "unit/users/": user, "calendar/notices/": CalendarNotice.objects.first(),
            "unit/applications/": self.token,
        }  # fmt: skip
        pk = next((row.pk for start, row in single.items() if route.startswith(start)), 1)
        return [{"pk": pk, "code": DeadlineRule.objects.first().code}]

    def inside(self, matter) -> Iterator[dict]:
        """Every other verb for one letter, a few for the others; all papers and files for each."""
        papers, attached = (
            [row.pk for row in matter.papers.all()] or [1],
            [row.pk for row in matter.attachments.all()] or [1],
        )
        verbs = list(kinds[matter.kind].flow.by_verb)[:: 2 if matter == self.late else 7]
        codes = list(kinds[matter.kind].papers) or ["x"]
        for at in range(max(map(len, (papers, attached, verbs)))):
            yield {
                "pk": matter.pk, "paper": papers[at % len(papers)], "attachment": attached[at % len(attached)],
                "verb": verbs[at % len(verbs)], "code": codes[at % len(codes)], "key": self.export,
            }  # fmt: skip

    def addresses(self, route: str, names: dict, unit: str = "court") -> list[str]:
        """The route filled in with every set of values, each address once."""
        filled = []
        for values in self.values(route, unit):
            address = f"/{route}"
            for name, converter in names.items():
                value = values.get(name, ANY[type(converter)])
                address = re.sub(rf"<(\w+:)?{name}>", str(value), address)
            filled.append(address)
        return list(dict.fromkeys(filled))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, folder):
    with kept_for_a_module(django_db_blocker, folder):
        yield World()


@pytest.fixture(autouse=True)
def _files_of_the_module(_files_in_a_folder_of_their_own, settings, folder):
    for name, value in storage_in(folder).items():
        setattr(settings, name, value)


def consumed(response) -> int:
    """The status of an answer that is read to its end."""
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


# --- without signing in -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("route", "name", "names"), PAGES, ids=[row[0] or "/" for row in PAGES])
def test_a_page_is_closed_to_whoever_is_not_signed_in(world, route, name, names):
    for address in world.addresses(route, names)[:2]:
        for method in ("get", "post"):
            answer = getattr(Client(), method)(address)
            if name in OPEN:
                assert consumed(answer) in (
                    200,
                    302,
                    405,
                    503,
                )  # the last: the health of an installation without a worker
            else:
                assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize(("route", "name", "names"), API, ids=[row[0] for row in API])
def test_the_api_is_closed_to_whoever_has_no_token(world, route, name, names):
    """And to a browser that is signed in."""
    for address in world.addresses(route, names)[:1]:
        for client in (Client(), world.browsers["court"]):
            assert [client.get(address).status_code, client.post(address).status_code] == [401, 401]


# --- opening writes nothing ---------------------------------------------------------------------------------------------
def written_by(client: Client, address: str, **more) -> tuple[int, list[str]]:
    """The status of an answer and the statements that wrote; an update would leave all counts as they are."""
    with CaptureQueriesContext(connection) as queries:
        status = consumed(client.get(address, **more))
    return status, [query["sql"] for query in queries if WRITES.match(query["sql"])]


def only_the_download(statements: list[str]) -> bool:
    return (
        len(statements) == 1
        and statements[0].startswith('INSERT INTO "matters_event"')
        and "'download'" in statements[0]
    )


@pytest.mark.parametrize(("route", "name", "names"), PAGES, ids=[row[0] or "/" for row in PAGES])
def test_opening_a_page_writes_nothing(world, route, name, names):
    """But for the record of a download, which stands before its first byte."""
    opened = [(unit, address) for unit in world.browsers for address in world.addresses(route, names, unit)]
    for unit, address in opened:
        status, statements = written_by(world.browsers[unit], address)
        assert status in (200, 302, 403, 404, 405, 409, *([503] if name == "health" else [])), (unit, address)
        recorded = name in RECORDED and status == 200
        assert only_the_download(statements) if recorded else statements == [], (unit, address, statements)


@pytest.mark.parametrize(("route", "name", "names"), API, ids=[row[0] for row in API])
def test_reading_at_the_api_writes_nothing(world, route, name, names):
    for address in world.addresses(route, names):
        status, statements = written_by(Client(), address, headers={"Authorization": f"Token {world.secret}"})
        assert status in (200, 404, 405), address
        recorded = status == 200 and name.endswith(("-pdf", "-file"))
        assert only_the_download(statements) if recorded else statements == [], (address, statements)


def counts() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def test_after_looking_at_everything_all_tables_are_as_long_as_before(world):
    before = counts()
    for route, _, names in PAGES:
        for address in world.addresses(route, names)[:1]:
            consumed(world.browsers["court"].get(address))
    after = counts()
    grown = {label: after[label] - before[label] for label in before if after[label] != before[label]}
    assert set(grown) <= {"matters.Event"}


def test_head_and_options_write_no_more_than_get(world):
    address = reverse("suggestions:detail", args=[world.late.pk])
    for method in ("head", "options"):
        with CaptureQueriesContext(connection) as queries:
            getattr(world.browsers["court"], method)(address)
        assert not [query["sql"] for query in queries if WRITES.match(query["sql"])]


# --- nonsense -----------------------------------------------------------------------------------------------------------
HUGE = "9" * 30
NONSENSE = [
    *(f"/suggestions/?{query}" for query in (
        f"after={HUGE}_2026-01-01_1", f"after=0_2026-01-01_{HUGE}", "after=0_2026-13-45_1", "after=x", f"before=-1_2026-01-01_-{HUGE}",
        "tab=x", "lamp=x", f"year={HUGE}", "year=0", "year=-1", "year=2026.5", "year=NaN", "year=1e999", f"addressee={HUGE}", "addressee=x",
        "state=x", "q=%00", "q=%25_%5C", "q='\"<>", f"q={'字' * 3000}",
    )),
    *(f"/?{query}" for query in ("tab=x", f"after=0_2026-01-01_{HUGE}", "lamp=x")),
    *(f"/inbox/?{query}" for query in (f"before={HUGE}", "before=²", "before=x", "topic=x")),
    f"/suggestions/{HUGE}/", f"/suggestions/1/papers/{HUGE}/", f"/suggestions/1/files/{HUGE}/", f"/infoshare/{HUGE}/", f"/inbox/{HUGE}/",
    f"/unit/users/{HUGE}/", f"/calendar/notices/{HUGE}/", "/calendar/?year=x", f"/calendar/?year={HUGE}", "/calendar/rules/%27/new/",
]  # fmt: skip


@pytest.mark.parametrize("address", NONSENSE)
def test_nonsense_in_an_address_is_answered_calmly(world, address):
    assert consumed(world.browsers["office"].get(address)) in (200, 302, 403, 404, 405)


VERSIONS = ["", "x", "-1", "²", "1.5", HUGE, "9" * 5000, "٣"]


@pytest.mark.parametrize("version", VERSIONS, ids=lambda text: text[:12])
def test_nonsense_for_a_version_is_answered_calmly(world, version):
    late = world.late
    form = {"version": version, "paper_version": version, "remove": version, "note": "请按期回复。", "action": "save"}
    for unit, rest in (
        ("court", "call/"),
        ("bureau", "write/reply/"),
        ("bureau", "reply-recall/"),
        ("bureau", "receive/"),
    ):
        address = reverse("suggestions:detail", args=[late.pk]) + rest
        assert consumed(world.browsers[unit].post(address, form)) in (200, 302, 403, 409, 422)


def test_the_two_people_of_the_world_do_hold_every_post(world):
    """Guards the above: who may do little would be shown little."""
    for unit in (world.court, world.office, world.bureau):
        assert set(for_unit(world.all_posts[unit.pk].user, unit).roles) == set(Post.Role.values)
