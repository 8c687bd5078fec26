"""The portal in Chromium: one browser and one server for all, one world for each module, a context for each person.

The test's own process stands for the worker: `outbox.drain()` makes the PDFs. What a page logs as an error, and every
request that would leave the host, fails the test that opened it.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from linkage.units.acting import Actor
from tests import factories
from tests.stages import QUICK_PASSWORDS, storage_in
from tests.stages import browser as client_of

expect.set_options(timeout=15_000)  # a build server may be slow

DESK, PHONE, SMALLEST = ({"width": 1440, "height": 900}, {"width": 390, "height": 844}, {"width": 320, "height": 700})
ANSWER = "Failed to load resource:"  # a refusal, or a broken line, is looked at by the test itself
INSIDE = {"data", "blob", "about", "chrome", "chrome-extension"}  # the last two are Chromium's own viewer of PDF


@pytest.fixture(scope="session", autouse=True)
def _playwright_runs_a_loop() -> Iterator[None]:
    """Django takes the loop of Playwright in this thread for asynchronous code; the tests' queries are not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own() -> None:
    """Files last as long as the world: a module (see `portal`)."""


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings) -> Iterator[None]:
    """The test database. Made here, because pytest-django makes it only for tests that it may roll back or flush."""
    with django_db_blocker.unblock():
        before = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(before, verbosity=0)


@pytest.fixture(scope="session")
def server(django_db_setup) -> Iterator[LiveServer]:
    server = LiveServer("127.0.0.1")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def portal(server, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """The portal's address; what a module writes is there for the server and gone after the module."""
    settings = {**storage_in(tmp_path_factory.mktemp("files")), **QUICK_PASSWORDS}
    with django_db_blocker.unblock(), override_settings(**settings):
        yield server.url
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def world(portal) -> factories.World:
    return factories.World()


# --- The browser ------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args) -> dict:
    """Debian's Chromium; as root its sandbox cannot start."""
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": shutil.which("chromium"), "args": sandbox}


@pytest.fixture(scope="session")
def base_url(server) -> str:
    return server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args, base_url) -> dict:
    place = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": DESK}
    return {**browser_context_args, **place, "base_url": base_url}


# --- People -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What went wrong behind the pages of a test; nothing may have."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def desk(portal, browser, browser_context_args, complaints) -> Iterator[Callable[..., Page]]:
    """desk(actor) is a page in which that person is signed in; desk() one of nobody. Options are the context's."""
    contexts: list[BrowserContext] = []

    def sit_down(actor: Actor | None = None, **options) -> Page:
        context = browser.new_context(**{**browser_context_args, **options})
        contexts.append(context)
        watch(context, complaints)
        if actor:
            sign_in(context, client_of(actor), portal)
        return context.new_page()

    yield sit_down
    for context in contexts:
        context.close()


def watch(context: BrowserContext, complaints: list[str]) -> None:
    """Collect errors of scripts and of the security policy, requests that leave the host, parts that are not there."""
    context.on("console", lambda message: complaints.extend(errors_of(message)))
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("request", lambda request: complaints.extend(foreign(request.url)))
    context.on("response", lambda answer: complaints.extend(missing(answer)))


def errors_of(message) -> list[str]:
    serious = message.type in ("error", "warning") and not message.text.startswith(ANSWER)
    return [f"{message.page and message.page.url}: {message.text}"] if serious else []


def missing(answer) -> list[str]:
    """Styles, scripts, icons; a page that refuses is no such thing."""
    return [f"{answer.status} {answer.url}"] if answer.status >= 400 and "/static/" in answer.url else []


def foreign(url: str) -> list[str]:
    parts = urlsplit(url)
    return [] if parts.scheme in INSIDE or parts.hostname == "127.0.0.1" else [f"left the host: {url}"]


def sign_in(context: BrowserContext, client: Client, address: str) -> None:
    """With the session of a client, for the tests that are not about signing in."""
    context.clear_cookies()
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])


def sign_in_by_hand(page: Page, actor: Actor) -> None:
    """Through the sign-in page, as people do."""
    page.goto("/login/")
    page.get_by_label("账号").fill(actor.user.username)
    page.get_by_label("密码").fill(factories.PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/")
