"""Everything works where no script runs: the same path, the list and its pages."""

import pytest
from playwright.sync_api import Page, expect

from linkage.matters.models import Matter
from suggestions.models import State
from tests import factories


@pytest.fixture
def plain(desk):
    """plain(actor) is a browser that runs no script."""
    return lambda actor: desk(actor, java_script_enabled=False)


def told(page: Page, words: str) -> None:
    expect(page.locator(".note-green")).to_contain_text(words)


def test_a_letter_is_drafted_signed_received_and_answered(plain, world):
    clerk, judge = plain(world.court_handler), plain(world.court_leader)
    officer, head = plain(world.bureau_handler), plain(world.bureau_leader)
    drafted(clerk)
    matter = Matter.objects.get()
    page_of = f"/suggestions/{matter.pk}/"
    judge.goto(page_of)
    judge.get_by_role("button", name="签署").click()
    told(judge, "已签发")
    officer.goto(page_of)
    officer.get_by_role("button", name="签收").click()
    told(officer, "已签收")
    officer.get_by_role("link", name="回复", exact=True).click()
    answered(officer)
    head.goto(page_of)
    head.get_by_role("button", name="签署").click()
    told(head, "回复已提交")
    matter.refresh_from_db()
    assert matter.state == State.REPLIED


def drafted(page: Page) -> None:
    """The sheet is drawn by the server after each save; what is missing is said and led to."""
    page.goto("/suggestions/new/")
    page.get_by_label("类型").select_option(label="司法建议 · 个案、类案建议")
    page.get_by_label("被建议单位").select_option(label="市自然资源局")
    page.get_by_label("建议事项").fill("一、规范听证告知程序。")
    page.get_by_label("标题").fill("无脚本起草")
    page.get_by_role("button", name="保存草稿").click()
    told(page, "草稿已保存")
    expect(page.get_by_role("region", name="预览")).to_contain_text("无脚本起草")
    page.get_by_role("button", name="送审签").click()
    expect(page.get_by_role("alert")).to_contain_text("填写存在问题")
    page.get_by_label("存在问题").fill("听证告知期限不足。")
    page.get_by_role("button", name="送审签").click()
    told(page, "已送审签")


def answered(page: Page) -> None:
    page.get_by_label("全部采纳").check()
    page.get_by_label("落实情况").select_option(label="已完成")
    page.get_by_role("textbox", name="说明").fill("已修订样式。")
    page.get_by_label("不属于").check()
    page.get_by_label("佐证材料").set_input_files(
        {"name": "样式.pdf", "mimeType": "application/pdf", "buffer": factories.PDF}
    )
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_role("link", name="样式.pdf")).to_be_visible()
    page.get_by_role("button", name="移除 样式.pdf").click()
    expect(page.get_by_role("link", name="样式.pdf")).to_have_count(0)
    expect(page.get_by_role("textbox", name="说明")).to_have_value("已修订样式。")
    page.get_by_role("button", name="送审签").click()
    told(page, "已送审签")


def test_the_list_is_filtered_and_turned(plain, world):
    for number in range(21):
        factories.issued(world, title=f"翻页 {number:02d}")
    page = plain(world.bureau_handler)
    page.goto("/suggestions/?q=翻页")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(20)
    page.get_by_role("link", name="下一页").click()
    expect(rows).to_have_count(1)
    page.get_by_role("link", name="上一页").click()
    expect(rows).to_have_count(20)
    page.get_by_label("标题、文号、案号或单位").fill("翻页 07")
    page.get_by_role("button", name="查询").click()
    expect(rows).to_have_count(1)
    page.get_by_role("link", name="移除此条件").click()
    expect(page.locator(".chips")).to_contain_text("共 22 件")


def test_on_a_phone_more_conditions_and_the_menu_open_without_a_script(desk, world):
    page = desk(world.bureau_handler, java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto("/suggestions/")
    expect(page.get_by_label("被建议单位")).to_be_hidden()
    page.get_by_text("更多条件").click()
    expect(page.get_by_label("被建议单位")).to_be_visible()
    page.get_by_role("link", name="更多").click()
    expect(page.get_by_role("navigation", name="主导航")).to_be_visible()
    page.get_by_role("link", name="关闭").click()
    expect(page.get_by_role("navigation", name="主导航")).to_be_hidden()


def test_what_was_read_is_marked_by_a_button(plain, world):
    matter = factories.issued(world, title="阅知")
    page = plain(world.office_handler)
    page.goto(f"/suggestions/{matter.pk}/")
    page.get_by_role("button", name="已阅").click()
    expect(page.get_by_role("button", name="已阅")).to_have_count(0)
