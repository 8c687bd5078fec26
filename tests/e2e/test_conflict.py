"""Two people at one thing: nobody's words are lost, and each is told who came first."""

import pytest
from playwright.sync_api import Page, expect

from linkage.matters.models import Paper
from tests import factories

HALF_A_MINUTE = 31_000


@pytest.fixture
def colleague(world):
    return factories.person(world.bureau, "handler", name="莫春燕")


@pytest.fixture
def letter(world):
    return factories.issued(world)


def notes(page: Page):
    return page.get_by_role("textbox", name="说明")


def opened(page: Page, letter) -> Page:
    page.goto(f"/suggestions/{letter.pk}/write/reply/")
    return page


def saved(page: Page) -> None:
    page.get_by_role("button", name="保存草稿").click()


def test_two_who_begin_the_same_reply(desk, world, colleague, letter):
    """The second one is told by whom and when, keeps what was typed, and may save it knowing that."""
    first, second = opened(desk(colleague), letter), opened(desk(world.bureau_handler), letter)
    notes(first).first.fill("先写的说明。")
    notes(second).nth(1).fill("后写的说明。")
    saved(first)
    expect(first.locator(".note-green")).to_contain_text("草稿已保存")
    saved(second)
    expect(second.get_by_role("alert")).to_be_focused()
    expect(second.get_by_role("alert")).to_contain_text("莫春燕")
    expect(notes(second).nth(1)).to_have_value("后写的说明。")
    expect(second.get_by_role("region", name="预览")).to_contain_text("先写的说明。")
    assert Paper.objects.get(matter=letter, kind="reply").draft["items"]["1"]["note"] == "先写的说明。"
    notes(second).first.fill("先写的说明。")
    saved(second)
    expect(second.locator(".note-green")).to_contain_text("草稿已保存")
    items = Paper.objects.get(matter=letter, kind="reply").draft["items"]
    assert [items[order]["note"] for order in ("1", "2")] == ["先写的说明。", "后写的说明。"]


def test_a_draft_that_saves_itself_never_overwrites_another(desk, world, colleague, letter):
    page = desk(world.bureau_handler)
    page.clock.install()
    opened(page, letter)
    other = opened(desk(colleague), letter)
    notes(other).first.fill("同事的说明。")
    saved(other)
    expect(other.locator(".note-green")).to_be_visible()
    notes(page).first.fill("我的说明。")
    page.clock.run_for(HALF_A_MINUTE)
    expect(page.locator("[data-saved]")).to_have_text("这份草稿已被他人修改，自动保存已停止")
    expect(notes(page).first).to_have_value("我的说明。")
    assert Paper.objects.get(matter=letter, kind="reply").draft["items"]["1"]["note"] == "同事的说明。"


def test_what_was_typed_is_kept_when_the_matter_moved_on(desk, world, letter):
    """The review is written while a colleague closes the matter."""
    factories.replied(world, letter)
    clerk, late = desk(world.court_handler), desk(world.court_handler)
    for page in (clerk, late):
        page.goto(f"/suggestions/{letter.pk}/close/")
    late.get_by_label("审查意见").fill("写了很久的意见。")
    clerk.get_by_label("审查意见").fill("已落实。")
    clerk.get_by_role("button", name="办结").click()
    expect(clerk.locator(".note-green")).to_contain_text("已办结")
    late.get_by_role("button", name="办结").click()
    expect(late.get_by_role("alert")).to_be_focused()
    expect(late.get_by_label("审查意见")).to_have_value("写了很久的意见。")


def test_a_form_is_sent_once(desk, world, letter):
    """A second click of an impatient hand does nothing."""
    page = desk(world.bureau_handler)
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.goto(f"/suggestions/{letter.pk}/")
    page.get_by_role("button", name="签收").dblclick()
    expect(page.locator(".note-green")).to_contain_text("已签收")
    assert len([url for url in posts if url.endswith("/receive/")]) == 1
