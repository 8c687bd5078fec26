"""The department's job with Tab, Enter, Space and arrows alone; where the focus is can always be seen."""

import pytest
from playwright.sync_api import Page, expect

from linkage.matters.models import Paper
from suggestions.models import State
from tests import factories

# What has the focus: its own words, or those of its label.
FOCUSED = """() => { const it = document.activeElement;
  return it.getAttribute("aria-label") ?? it.labels?.[0]?.innerText ?? it.innerText ?? ""; }"""
RING = "() => getComputedStyle(document.activeElement).boxShadow"
MOST = 120  # stops of the longest page


@pytest.fixture
def letter(world):
    return factories.issued(world, world.bureau)


def tab_to(page: Page, words: str, role: str = "") -> None:
    """Tab on until something of these words has the focus, with a ring around every stop on the way."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        assert page.evaluate(RING) != "none", page.evaluate("document.activeElement.outerHTML")
        kind = page.evaluate("document.activeElement.tagName").lower()
        if page.evaluate(FOCUSED).strip().startswith(words) and role in ("", kind):
            return
    pytest.fail(f"nothing called {words} can be reached")


def press(page: Page, words: str, role: str = "") -> None:
    tab_to(page, words, role)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_skip_link_leads_past_the_navigation(desk, world, letter):
    page = desk(world.bureau_handler)
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到主要内容")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_slash_looks_for_a_letter(desk, world, letter):
    page = desk(world.bureau_handler)
    page.goto("/help/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="全站检索")).to_be_focused()
    page.keyboard.type("听证告知")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("司法建议 · 检察建议")
    expect(page.locator("tbody tr").filter(has_text="规范行政处罚听证告知程序")).not_to_have_count(0)
    expect(page.get_by_label("标题、文号、案号或单位")).to_have_value("听证告知")


def test_the_letter_is_received_and_answered(desk, world, letter):
    officer, head = desk(world.bureau_handler), desk(world.bureau_leader)
    officer.goto(f"/suggestions/{letter.pk}/")
    press(officer, "签收", "button")
    expect(officer.locator(".note-green")).to_contain_text("已签收")
    press(officer, "回复", "a")
    the_reply_is_written(officer)
    expect(officer.locator(".note-green")).to_contain_text("已送审签")
    head.goto("/")
    press(head, "审签", "a")
    expect(head.get_by_role("heading", name="复函")).to_be_visible()
    press(head, "签署", "button")
    expect(head.locator(".note-green")).to_contain_text("回复已提交")
    letter.refresh_from_db()
    assert letter.state == State.REPLIED
    assert Paper.objects.get(matter=letter, kind="reply").draft["items"]["3"]["note"] == "第三项已办。"


def the_reply_is_written(page: Page) -> None:
    """Radio buttons by Space, choices by their first letters or arrows, text as it comes."""
    tab_to(page, "全部采纳")
    page.keyboard.press("Space")
    for word in "一二三":
        tab_to(page, "落实情况")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.type(f"第{word}项已办。")
    tab_to(page, "确属行政不作为")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("不属于")).to_be_checked()
    press(page, "送审签", "button")
