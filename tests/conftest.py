"""Fixtures shared by all tests: a place for files, and the world of units."""

import gc
import inspect
from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from whitenoise.middleware import WhiteNoiseMiddleware

from tests import factories

OPENS_THE_DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}  # one of them makes it
CHEAPEST = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}  # of what the algorithm allows


def pytest_collection_finish() -> None:
    """Modules and tests stay until the end: the collector need not go through them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.hookimpl(tryfirst=True)  # before the marks are chosen from
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Whoever may open the database is marked; to everybody else pytest-django refuses it, whatever the engine."""
    for item in items:
        if item.get_closest_marker("django_db") or OPENS_THE_DATABASE & set(item.fixturenames) or asks_later(item):
            item.add_marker("database")


def asks_later(test: pytest.Function) -> bool:
    """Whether a test calls for fixtures by itself: which, is known only when it runs."""
    return "request" in inspect.signature(test.function).parameters


@pytest.fixture(scope="session", autouse=True)
def _argon2_is_quick() -> Iterator[None]:
    """The same algorithm and settings as in use, without the work that makes it slow to guess."""
    with pytest.MonkeyPatch.context() as patch:
        for cost, least in CHEAPEST.items():
            patch.setattr(Argon2PasswordHasher, cost, least)
        yield


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_listed_once() -> Iterator[None]:
    """Every test client loads the middleware anew, and WhiteNoise reads all folders each time: 20 ms."""
    listed: dict[str, dict] = {}
    really = WhiteNoiseMiddleware.add_files_from_finders

    def remembered(self: WhiteNoiseMiddleware) -> None:
        if self.static_prefix not in listed:
            really(self)
            listed[self.static_prefix] = dict(self.files)
        self.files.update(listed[self.static_prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", remembered)
        yield


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(settings, tmp_path):
    """Uploads and PDFs of a test go to its own folder and never touch the installation's."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        },
    }


@pytest.fixture
def world(db):
    """The three lead units and some agencies, each with a handler and a leader."""
    return factories.World()


@pytest.fixture
def sign_in():
    """sign_in(actor) gives a browser in which the actor's person is signed in for his unit."""

    def signed_in(actor) -> Client:
        client = Client()
        client.force_login(actor.user)
        session = client.session
        session["unit"] = actor.unit.pk
        session["started"] = 2_000_000_000
        session.save()
        return client

    return signed_in
