"""What the scripts of the shell add to pages that work without them."""

import re

import pytest
from playwright.sync_api import Page, expect

from linkage.jobs import outbox
from linkage.jobs.models import Job
from linkage.units.models import Post
from tests import factories

DROPPED = """name => { const bag = new DataTransfer(); bag.items.add(new File(["%PDF-1.4"], name)); return bag; }"""
CHOSEN = """input => { const bag = new DataTransfer(); bag.items.add(new File([new Uint8Array(51 * 2 ** 20)], "大.pdf"));
  input.files = bag.files; input.dispatchEvent(new Event("change", {bubbles: true})); }"""


@pytest.fixture(scope="module")
def letters(world) -> list:
    """Twenty-two letters, the newest of another name."""
    return [factories.issued(world, title=f"督促事项 {number:02d}") for number in range(21)] + [
        factories.issued(world, title="听证告知程序")
    ]


@pytest.fixture
def reply(desk, world, letters) -> Page:
    page = desk(world.bureau_handler)
    page.clock.install()
    page.goto(f"/suggestions/{letters[0].pk}/write/reply/")
    return page


def pdf(name: str) -> dict:
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.4" + b"x" * 3000}


def worker_comes(job: str) -> None:
    """Carry out the newest job of a name."""
    outbox.carry_out(Job.objects.filter(name=job).latest("pk").pk)


# --- Lists ------------------------------------------------------------------------------------------------------------
def test_a_filter_changes_the_list_alone_and_the_address_holds_it(desk, world, letters):
    page = desk(world.bureau_handler)
    page.goto("/suggestions/")
    page.evaluate("window.same = true")
    page.get_by_label("标题、文号、案号或单位").fill("听证告知")
    page.get_by_role("button", name="查询").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"q=%E5%90%AC%E8%AF%81%E5%91%8A%E7%9F%A5"))
    expect(page.get_by_role("button", name="查询")).to_be_focused()
    expect(page.locator("#list")).not_to_have_attribute("aria-busy", "true")
    assert page.evaluate("window.same")
    page.go_back()
    expect(page.locator("tbody tr")).to_have_count(20)
    page.go_forward()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.reload()
    expect(page.get_by_label("标题、文号、案号或单位")).to_have_value("听证告知")


def test_a_lamp_opens_what_it_counts(desk, world, letters):
    page = desk(world.bureau_handler)
    for address in ("/", "/suggestions/"):
        page.goto(address)
        lamp = page.locator(".lampbar a", has_text="期限内")
        number = lamp.locator("b").inner_text().removesuffix("件").strip()
        lamp.click()
        expect(page.locator(".lampbar [aria-current]")).to_contain_text("期限内")
        rows = page.locator(".task, tbody tr")
        assert (number, rows.count()) == ("22", 20)


def test_the_export_appears_without_a_reload(desk, world, letters):
    page = desk(world.bureau_handler)
    page.goto("/suggestions/?q=听证告知")
    page.get_by_role("button", name="导出 Excel").click()
    expect(page.get_by_text("完成后在这里下载")).to_be_visible()
    worker_comes("export-suggestions")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载表格").click()
    assert re.fullmatch(r"建议台账\d{8}\.xlsx", download.value.suggested_filename)


def test_the_pdf_appears_without_a_reload(desk, world):
    matter = factories.issued(world, title="版式文件")
    page = desk(world.bureau_handler)
    page.goto(f"/suggestions/{matter.pk}/")
    expect(page.get_by_text("版式文件生成中").first).to_be_visible()
    worker_comes("render")
    expect(page.get_by_role("link", name=re.compile("^下载 PDF")).first).to_be_visible()
    expect(page.locator(":focus")).to_have_count(0)  # a page that looks again by itself leaves the reader where he is


def test_a_list_is_printed_as_a_ledger_on_a4_across(desk, world, letters):
    page = desk(world.bureau_handler)
    page.goto("/suggestions/?q=督促事项")
    page.emulate_media(media="print")
    for gone in (page.locator(".topbar"), page.locator(".filters"), page.locator(".side"), page.locator(".pager")):
        expect(gone.first).to_be_hidden()
    expect(page.get_by_text("司法建议、检察建议办理台账")).to_be_visible()
    expect(page.locator("thead")).to_be_visible()
    boxes = re.findall(rb"/MediaBox ?\[([^\]]+)\]", page.pdf(prefer_css_page_size=True))
    assert {tuple(round(float(side)) for side in box.split()) for box in boxes} == {(0, 0, 842, 595)}


# --- Editors ------------------------------------------------------------------------------------------------------------
def test_a_draft_saves_itself_and_says_when(reply):
    note = reply.get_by_role("textbox", name="说明").first
    note.fill("已办。")
    reply.clock.run_for(31_000)
    expect(reply.locator("[data-saved]")).to_have_text(re.compile(r"草稿已于 \d\d:\d\d 自动保存"))
    reply.reload()
    expect(note).to_have_value("已办。")


def test_a_failed_save_keeps_the_words_and_tries_again(reply):
    reply.get_by_role("textbox", name="说明").first.fill("断网时写的。")
    reply.context.set_offline(True)
    reply.clock.run_for(31_000)
    expect(reply.locator("[data-saved]")).to_contain_text("网络不通，内容仍在本页")
    reply.context.set_offline(False)
    reply.clock.run_for(31_000)
    expect(reply.locator("[data-saved]")).to_contain_text("自动保存")


def test_after_the_session_ended_the_words_stay_on_the_page(reply):
    reply.get_by_role("textbox", name="说明").first.fill("登录过期后写的。")
    reply.context.clear_cookies(name="sessionid")
    reply.clock.run_for(31_000)
    expect(reply.locator("[data-saved]")).to_contain_text("登录已过期")
    expect(reply.get_by_role("textbox", name="说明").first).to_have_value("登录过期后写的。")


def test_files_are_listed_refused_and_taken_out(reply):
    files = reply.get_by_label("佐证材料")
    box, chosen = reply.locator("[data-upload]").first, reply.locator(".chosen").first
    files.set_input_files([pdf("一.pdf"), pdf("二.pdf")])
    expect(chosen.locator("li")).to_have_text(["一.pdf3 KB移除", "二.pdf3 KB移除"])
    box.dispatch_event("drop", {"dataTransfer": reply.evaluate_handle(DROPPED, "拖.pdf")})
    expect(chosen.locator("li")).to_have_count(3)
    reply.get_by_role("button", name="移除 二.pdf").click()
    expect(chosen.locator("li")).to_have_text(["一.pdf3 KB移除", "拖.pdf1 KB移除"])
    expect(files).to_be_focused()
    assert files.evaluate("input => [...input.files].map(file => file.name)") == ["一.pdf", "拖.pdf"]


def test_a_file_too_large_is_refused_before_it_is_sent(reply):
    reply.get_by_label("佐证材料").evaluate(CHOSEN)
    expect(reply.get_by_role("alert")).to_have_text("大.pdf 超过 50 MB，请压缩后上传")
    assert reply.get_by_label("佐证材料").evaluate("input => input.files.length") == 0


def test_an_error_is_read_first_and_leads_to_its_field(desk, world):
    page = desk(world.court_handler)
    page.goto("/suggestions/new/")
    page.get_by_role("button", name="送审签").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^错误："))
    summary.get_by_role("link", name="选择类型").click()
    expect(page.get_by_label("类型")).to_be_focused()


# --- The frame ------------------------------------------------------------------------------------------------------------
def test_the_menu_of_units_closes_and_changes_the_unit(desk, world):
    clerk = factories.person(world.bureau, "handler", name="谢海燕")
    Post.objects.create(user=clerk.user, unit=world.office, role="handler")
    page = desk(clerk)
    page.goto("/")
    opener = page.locator("details.switch > summary")
    menu = page.locator("details.switch .menu")
    opener.click()
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    page.get_by_role("heading", level=1).click()
    expect(menu).to_be_hidden()
    opener.click()
    menu.get_by_role("button", name="市司法局").click()
    expect(opener).to_contain_text("市司法局")


def test_printing_is_offered_only_where_a_script_can_do_it(desk, world):
    page, plain = desk(world.bureau_handler), desk(world.bureau_handler, java_script_enabled=False)
    for each in (page, plain):
        each.goto("/")
    expect(plain.locator("[data-print]")).to_be_hidden()
    page.evaluate("window.print = () => { window.printed = true }")
    page.locator("[data-print]").click()
    assert page.evaluate("window.printed")


def test_who_signs_in_again_comes_back_to_the_page(desk, world, letters):
    page = desk()
    page.goto("/suggestions/?q=听证告知")
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    page.get_by_label("账号").fill(world.bureau_handler.user.username)
    page.get_by_label("密码").fill("不对的密码-2026")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("密码").fill(factories.PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.locator("tbody tr")).to_have_count(1)
