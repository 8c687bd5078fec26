"""The procuratorate enters a letter of its own system from the PDF: what was read stands beside the page itself."""

import pytest
from playwright.sync_api import Frame, Page, expect

from linkage.matters.models import Deadline, Matter
from linkage.papers import content, render
from suggestions.models import State
from tests.factories import PDF

NUMBER = "岑检行公建〔2026〕3号"


def uploaded(name: str, data: bytes) -> dict:
    return {"name": name, "mimeType": "application/pdf", "buffer": data}


@pytest.fixture(scope="module")
def letter(world) -> dict:
    """A letter as the procuratorate's own system makes it."""
    body = ["现建议你局：", "一、清运石材废料；", "二、恢复种植条件。", "请自收到本建议书之日起两个月内书面回复本院。"]
    made = content.blank(
        form="letter",
        issuers=[world.procuratorate.name],
        number=NUMBER,
        title="岑溪市人民检察院关于督促清理石材废料的检察建议书",
        to=world.bureau.name,
        body=[{"level": 1 if "、" in text[:2] else 0, "text": text} for text in body],
        signed=[world.procuratorate.name],
        date="2026-01-26",
    )
    return uploaded("检察建议书.pdf", render.pdf(made).data)


def test_a_letter_registered_from_its_pdf(desk, world, letter):
    clerk = desk(world.procuratorate_handler)
    with clerk.expect_response("**/files/*/") as shown:
        dropped_in(clerk, letter)
    the_page_shows_in_its_frame(clerk, shown.value)
    fields_say_what_was_read(clerk)
    confirmed(clerk)
    matter = Matter.objects.get()
    assert (matter.number, matter.state) == (NUMBER, State.HANDLING)
    the_bureau_reads_it(desk(world.bureau_handler))
    office = desk(world.office_handler)
    office.goto("/suggestions/")
    expect(office.get_by_role("link", name="督促清理石材废料")).to_be_visible()


def dropped_in(page: Page, letter: dict) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="建议办理").click()
    expect(page.get_by_role("link", name="新建建议")).to_have_count(0)
    page.get_by_role("link", name="登记已制发文书").click()
    page.get_by_role("button", name="上传并读取").click()
    expect(page.get_by_role("alert")).to_contain_text("上传已制发的文书")
    page.get_by_label("已制发的文书").set_input_files(letter)
    page.get_by_role("button", name="上传并读取").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("核对登记内容")


def the_page_shows_in_its_frame(page: Page, response) -> None:
    """The portal may frame its own files and nobody else may; Chromium's viewer opens in the frame."""
    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["x-frame-options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response.headers["content-security-policy"]
    frame = page.get_by_title("已制发文书原件")
    expect(frame).to_be_in_viewport()
    if not any(map(is_viewer, page.frames)):
        page.wait_for_event("framenavigated", is_viewer)


def is_viewer(frame: Frame) -> bool:
    return frame.url.startswith("chrome-extension://")


def fields_say_what_was_read(page: Page) -> None:
    page.get_by_label("类型").select_option(label="检察建议 · 行政公益诉讼")
    expect(page.get_by_label("文号")).to_have_value(NUMBER)
    expect(page.get_by_label("成文日期")).to_have_value("2026-01-26")
    expect(page.get_by_label("被建议单位").locator("option:checked")).to_have_text("市自然资源局")
    expect(page.get_by_label("标题")).to_have_value("督促清理石材废料")
    expect(page.get_by_label("建议事项")).to_have_value("1. 清运石材废料；\n2. 恢复种植条件。")
    expect(page.get_by_label("回复期限")).to_have_value("2")


def confirmed(page: Page) -> None:
    """A service date asks for its proof; nothing typed is lost."""
    page.get_by_label("送达日期").fill("2026-01-28")
    page.get_by_role("button", name="登记并发送").click()
    expect(page.get_by_role("alert")).to_contain_text("选择送达方式")
    expect(page.get_by_label("送达日期")).to_have_value("2026-01-28")
    page.get_by_label("送达方式").select_option(label="直接送达")
    page.get_by_label("送达回证扫描件").set_input_files(uploaded("回证.pdf", PDF))
    page.get_by_role("button", name="登记并发送").click()
    expect(page.locator(".note-green")).to_contain_text("已登记，被建议单位和抄送单位已收到")


def the_bureau_reads_it(page: Page) -> None:
    """With the period counted from the day on the receipt, and the original one click away."""
    page.goto("/suggestions/")
    page.get_by_role("link", name="督促清理石材废料").click()
    page.get_by_role("button", name="签收").click()
    expect(page.locator(".clock")).to_contain_text("2026年3月30日（周一）前书面回复")
    assert Deadline.objects.get(code="reply").start_on.isoformat() == "2026-01-28"
    original = page.get_by_role("link", name="查看原件（PDF）").get_attribute("href")
    assert page.request.get(original).body().startswith(b"%PDF-")
