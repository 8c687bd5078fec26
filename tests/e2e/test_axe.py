"""Every page as axe and a ruler see it, on a desk and on a phone, light and dark; no link of it leads nowhere."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from tests.e2e.conftest import DESK, PHONE, SMALLEST, sign_in, watch
from tests.e2e.pages import FORMS, NO_PAGES, SAMPLES, Sample, Scene, names, verbs
from tests.stages import browser as client_of

SCRIPT = Axe().axe_script
LOOK = """options => axe.run(document, {...options, iframes: false, resultTypes: ["violations"]}).then(found =>
  found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")}`)))"""
COLOURS = {"runOnly": ["color-contrast"]}
THEME = "name => document.documentElement.dataset.theme = name"
WIDTH = "[document.documentElement.scrollWidth, innerWidth]"
LINKS = "[...document.querySelectorAll('a[href]')].map(link => link.href)"


class Tour:
    """A window for each of the people, who look at one page after the other."""

    def __init__(self, scene: Scene, address: str, open_window):
        self.scene, self.address, self.open_window = scene, address, open_window
        self.pages: dict[str, Page] = {}
        self.clients: dict[str, Client] = {}
        self.opened: dict[str, int] = {}  # the status behind each link, for the first person who was shown it

    def enter(self, who: str) -> None:
        self.pages[who] = self.open_window()
        self.clients[who] = client_of(self.scene.actor(who)) if who else Client()
        if who:
            sign_in(self.pages[who].context, self.clients[who], self.address)

    def show(self, sample: Sample) -> Page:
        if sample.who not in self.pages:
            self.enter(sample.who)
        page = self.pages[sample.who]
        page.set_viewport_size(DESK)
        answer = page.goto(sample.address(self.scene))
        assert answer is not None
        assert answer.status == sample.status
        return page

    def dead_links(self, who: str) -> dict[str, int]:
        """The links of the page that open nothing for the person it is shown to."""
        page = self.pages[who]
        paths = {path_of(link) for link in page.evaluate(LINKS)} - {path_of(page.url)} if who else set()
        for path in sorted(paths - self.opened.keys()):
            answer = self.clients[who].get(path)
            self.opened[path] = answer.status_code
            answer.close()
        return {path: self.opened[path] for path in paths if self.opened[path] not in (200, 302)}


def path_of(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@pytest.fixture(scope="module")
def heard() -> list[str]:
    """What the browser complained of since the last sample."""
    return []


@pytest.fixture(scope="module")
def tour(portal, browser, browser_context_args, heard) -> Iterator[Tour]:
    contexts = []

    def open_window() -> Page:
        contexts.append(browser.new_context(**browser_context_args))
        watch(contexts[-1], heard)
        return contexts[-1].new_page()

    yield Tour(Scene(), portal, open_window)
    for context in contexts:
        context.close()


@pytest.fixture
def complaints(heard) -> list[str]:
    heard.clear()
    return heard


def test_every_page_has_a_sample():
    apart = set().union(*NO_PAGES.values())
    shown = {row.name for row in SAMPLES} - {""}
    assert shown | apart == set(names())
    assert shown & apart == set()


@pytest.mark.parametrize("name", sorted(FORMS))
def test_every_form_of_a_step_has_a_sample(name):
    assert FORMS[name] - verbs(name) == set()


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_a_page_is_clean(sample, tour, complaints):
    page = tour.show(sample)
    page.evaluate(SCRIPT)
    assert page.locator("h1").count() == 1
    assert page.evaluate(LOOK, {}) == []
    page.evaluate(THEME, "dark")
    assert page.evaluate(LOOK, COLOURS) == []
    page.evaluate(THEME, "")
    page.set_viewport_size(PHONE)
    assert page.evaluate(LOOK, {}) == []
    page.set_viewport_size(SMALLEST)
    width, window = page.evaluate(WIDTH)
    assert width <= window, "scrolls sideways"
    assert tour.dead_links(sample.who) == {}
    assert complaints == []
