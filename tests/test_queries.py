"""How much a page asks of the database: so many queries at 1, 100 and 10,000 letters, and the inbox order from its index."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import factories
from tests.crowd import multiply
from tests.stages import Stages, browser, kept_for_a_module

from linkage.matters.models import Box, Event, Matter, Party
from linkage.web.lists import LAMPS, PAGE, TABS

pytestmark = pytest.mark.django_db
POSTGRES = connection.vendor == "postgresql"


class World(Stages):
    """Ten letters in different states; the legal office has a copy of each."""

    def __init__(self):
        super().__init__()
        late = self.handling(late=True)
        self.take(late, "receive", self.bureau)
        self.one = self.written(late)
        for make in (self.draft, self.issued, self.handling, self.handling, self.replied, self.supplement, self.following,
                     self.closed, self.withdrawn):  # fmt: skip
            make()
        self.browsers = {
            (unit.pk, role): browser(actor)
            for unit in (self.court, self.office, self.bureau)
            for role, actor in self.people[unit.pk].items()
        }

    def page(self, unit, path: str, role: str = "handler"):
        return self.browsers[unit.pk, role].get(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, folder):
    with kept_for_a_module(django_db_blocker, folder):
        yield World()


@pytest.fixture(params=[1, 10, 1000], ids=["10 letters", "100 letters", "10000 letters"])
def crowd(request, world):
    assert multiply(request.param) == 10 * request.param
    return request.param


def asked(client_get) -> list[str]:
    with CaptureQueriesContext(connection, ) as queries:
        page = client_get()
    assert page.status_code == 200
    return [query["sql"] for query in queries]


PATHS = {
    "list": ("/suggestions/", 5),
    "list, searched": ("/suggestions/?q=规范&family=judicial&state=handling", 5),
    **{f"list, {tab}": (f"/suggestions/?tab={tab}", 5) for tab, _ in TABS if tab},
    **{f"list, {lamp}": (f"/suggestions/?lamp={lamp}", 5) for lamp, _, _ in LAMPS},
    "workbench": ("/", 9),
    "inbox": ("/inbox/", 4),
}


@pytest.mark.parametrize("name", PATHS)
def test_x(world, crowd, name):
    path, count = PATHS[name]
    for unit in (world.court, world.office, world.bureau):
        sql = asked(lambda: world.page(unit, path))
        print(name, unit, len(sql))

def test_y(world):
    for unit in (world.court, world.office, world.bureau):
        sql = asked(lambda: world.page(unit, f"/suggestions/{world.one.pk}/"))
        print(unit, len(sql))
        if unit==world.court:
            print("\n".join(s[:150]+"..."+s[-200:] for s in sql))
    sql = asked(lambda: world.page(world.court, f"/suggestions/"))
    print("\n".join(s[:100]+"..."+s[-200:] for s in sql))
    sql = asked(lambda: world.page(world.court, f"/"))
    print("\n".join(s[:100]+"..."+s[-200:] for s in sql))
