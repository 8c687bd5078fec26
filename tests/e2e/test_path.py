"""A suggestion by hand, from the first word of the letter to its close: five people, nothing outside the screens."""

import re

import pytest
from playwright.sync_api import Page, expect

from linkage.jobs import outbox
from linkage.matters.filetypes import pdf_text
from linkage.matters.models import Deadline, Matter
from linkage.web.templatetags.portal import cn_date
from tests.e2e.conftest import sign_in_by_hand
from tests.factories import PDF

HALF_A_MINUTE = 31_000  # autosave comes every 30 seconds
TITLE = "规范行政处罚听证告知程序"


@pytest.fixture
def people(desk, world):
    """people("court_handler") is that person's own browser, after he signed in by hand."""
    open_ones: dict[str, Page] = {}

    def of(name: str) -> Page:
        if name not in open_ones:
            open_ones[name] = desk()
            sign_in_by_hand(open_ones[name], getattr(world, name))
        return open_ones[name]

    return of


def told(page: Page, words: str) -> None:
    expect(page.locator(".note-green")).to_contain_text(words)


def task(page: Page, verb: str):
    """The button of the one task on the workbench, by its verb."""
    page.goto("/")
    return page.locator(".task").get_by_role("link", name=re.compile(f"^{verb}"))


def open_matter(page: Page) -> None:
    """By way of the list, as one looks for a matter that waits for nothing."""
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="建议办理").click()
    page.get_by_role("link", name=TITLE, exact=True).click()


def test_a_suggestion_from_the_first_word_to_the_close(people):
    the_clerk_writes(people("court_handler"))
    the_judge_returns_it(people("court_leader"))
    the_clerk_mends(people("court_handler"))
    the_judge_signs(people("court_leader"))
    outbox.drain()
    the_officer_receives(people("bureau_handler"))
    the_officer_answers_in_two_visits(people("bureau_handler"))
    the_head_signs(people("bureau_leader"))
    outbox.drain()
    the_legal_office_reads_its_copy(people("office_handler"))
    the_clerk_closes(people("court_handler"))
    for name in ("court_leader", "bureau_handler", "bureau_leader", "office_handler"):
        page = people(name)
        open_matter(page)
        expect(page.locator(".pagehead .sub")).to_contain_text("已办结")
        expect(page.get_by_role("heading", name="审查结果")).to_be_visible()
    both_papers_are_there(people("office_handler"))


def the_clerk_writes(page: Page) -> None:
    """With the sheet beside the form following every word, and the draft saving itself."""
    page.clock.install()
    page.get_by_role("link", name="建议办理").first.click()
    page.get_by_role("link", name="新建建议").click()
    page.get_by_label("类型").select_option(label="司法建议 · 个案、类案建议")
    page.get_by_label("被建议单位").select_option(label="市自然资源局")
    page.get_by_label("标题").fill(TITLE)
    page.get_by_label("存在问题").fill("（一）听证告知期限不足。\n（二）告知书送达没有记录。")
    page.get_by_label("建议事项").fill("一、规范听证告知程序。\n二、组织执法人员培训。")
    sheet = page.get_by_role("region", name="预览")
    expect(sheet).to_contain_text(f"岑溪市人民法院关于{TITLE}的司法建议书")
    expect(sheet).to_contain_text("抄送：岑溪市司法局")
    page.get_by_role("button", name="保存草稿").click()
    told(page, "草稿已保存")
    page.get_by_label("基本情况").fill("本院在审理案件中发现：")
    page.clock.run_for(HALF_A_MINUTE)
    expect(page.locator("[data-saved]")).to_contain_text(re.compile(r"草稿已于 \d\d:\d\d 自动保存"))
    page.reload()
    expect(page.get_by_label("基本情况")).to_have_value("本院在审理案件中发现：")
    expect(sheet).to_contain_text("二、建议事项")
    page.get_by_role("button", name="送审签").click()
    told(page, "已送审签")


def the_judge_returns_it(page: Page) -> None:
    task(page, "审签").click()
    page.get_by_role("link", name="查看文稿").click()
    expect(page.locator(".official")).to_contain_text("告知书送达没有记录")
    page.get_by_role("link", name="退回").click()
    page.get_by_role("button", name="退回").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("填写退回原因")
    page.get_by_label("退回原因").fill("第 2 项写明培训的时间。")
    page.get_by_role("button", name="退回").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def the_clerk_mends(page: Page) -> None:
    task(page, "签发").click()
    expect(page.locator(".note-amber")).to_contain_text("第 2 项写明培训的时间。")
    page.get_by_role("link", name="继续填写").click()
    page.get_by_label("建议事项").fill("一、规范听证告知程序。\n二、十二月底前组织执法人员培训。")
    page.get_by_role("button", name="送审签").click()
    told(page, "已送审签")


def the_judge_signs(page: Page) -> None:
    task(page, "审签").click()
    page.get_by_role("button", name="签署").click()
    told(page, "被建议单位和抄送单位已收到")
    expect(page.locator(".pagehead .sub")).to_contain_text(re.compile(r"岑法建〔\d{4}〕1号"))


def the_officer_receives(page: Page) -> None:
    """Told in the inbox; the page says until when and why."""
    page.get_by_role("navigation", name="个人").get_by_role("link", name="通知").click()
    page.get_by_role("button", name=re.compile("新收建议")).first.click()
    page.get_by_role("button", name="签收").click()
    told(page, "已签收")
    due = Deadline.objects.open().get(code="reply")
    clock = page.locator(".clock")
    expect(clock).to_contain_text(f"{cn_date(due.due)}前书面回复")
    for line in due.steps:
        expect(clock).to_contain_text(line)
    expect(clock).to_contain_text("文书载明")
    page.get_by_role("link", name="收文处理单").click()
    expect(page.locator(".official-form")).to_contain_text("拟办意见")
    page.get_by_role("link", name="返回").click()


def the_officer_answers_in_two_visits(page: Page) -> None:
    task(page, "回复").click()
    page.get_by_role("link", name="回复", exact=True).click()
    page.get_by_label("部分采纳").check()
    page.get_by_label("落实情况").first.select_option(label="已完成")
    page.get_by_role("textbox", name="说明").first.fill("已修订听证告知书样式。")
    expect(page.get_by_role("region", name="预览")).to_contain_text("已修订听证告知书样式")
    page.get_by_role("button", name="保存草稿").click()
    told(page, "草稿已保存")

    task(page, "回复").click()
    page.get_by_role("link", name="继续填写").click()
    expect(page.get_by_role("textbox", name="说明").first).to_have_value("已修订听证告知书样式。")
    page.get_by_label("落实情况").nth(1).select_option(label="正在整改")
    page.get_by_role("textbox", name="说明").nth(1).fill("十二月二十日开班。")
    page.get_by_label("不属于").check()
    page.get_by_label("佐证材料").set_input_files(
        {"name": "告知书样式.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="送审签").click()
    told(page, "已送审签")
    expect(page.get_by_role("link", name="告知书样式.pdf")).to_be_visible()
    page.get_by_role("link", name="打印发文稿纸").click()
    expect(page.locator(".official-form")).to_contain_text("签发")


def the_head_signs(page: Page) -> None:
    task(page, "审签").click()
    page.get_by_role("button", name="签署").click()
    told(page, "回复已提交，制发单位和抄送单位已收到")


def the_legal_office_reads_its_copy(page: Page) -> None:
    """What was read leaves 待阅 by itself."""
    page.goto("/?tab=unread")
    page.locator(".task").get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", name="逐项回复")).to_be_visible()
    expect(page.get_by_text("十二月二十日开班。")).to_be_visible()
    expect(page.get_by_text("请阅知")).to_have_count(0)
    page.goto("/?tab=read")
    expect(page.locator(".task")).to_contain_text(TITLE)


def the_clerk_closes(page: Page) -> None:
    task(page, "办结").click()
    expect(page.get_by_text("部分采纳")).to_be_visible()
    page.get_by_role("link", name="办结", exact=True).click()
    page.get_by_label("审查意见").fill("两项建议均有落实。")
    page.get_by_role("button", name="办结").click()
    told(page, "已办结")
    page.get_by_role("link", name="送达回证").click()
    expect(page.locator(".official-form")).to_contain_text("受送达单位")
    page.goto(f"/suggestions/{Matter.objects.get().pk}/")


def both_papers_are_there(page: Page) -> None:
    """The letter and the reply as PDF, with their words in them."""
    links = page.locator("section", has_text="文书与材料").get_by_role("link", name=re.compile("^下载 PDF"))
    expect(links).to_have_count(2)
    texts = []
    for link in links.all():
        answer = page.request.get(link.get_attribute("href"))
        assert answer.headers["content-type"] == "application/pdf"
        texts.append(re.sub(r"\s", "", pdf_text(answer.body(), pages=5)))
    assert "十二月底前组织执法人员培训" in texts[0]
    assert "已修订听证告知书样式" in texts[1]
