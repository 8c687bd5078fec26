"""线下签发代录: a leader who never signs in; the clerk enters what was signed on paper, and the record says so."""

from datetime import timedelta

from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from linkage.matters.models import Attachment, Paper, Signature
from linkage.units.models import Unit
from suggestions.models import State
from tests import factories

SHEET = {"name": "发文稿纸.pdf", "mimeType": "application/pdf", "buffer": factories.PDF}


def test_a_reply_signed_on_paper_goes_out_by_the_clerk(desk, world):
    Unit.objects.filter(pk=world.bureau.pk).update(signing=Unit.Signing.OFFLINE)
    matter = factories.issued(world)
    factories.papers.save_draft(matter.pk, "reply", world.bureau_handler, None, factories.reply_draft())
    clerk = desk(world.bureau_handler)
    clerk.goto(f"/suggestions/{matter.pk}/")
    the_sheet_is_printed(clerk)
    what_was_signed_is_entered(clerk)
    matter.refresh_from_db()
    place = Signature.objects.get(paper__kind="reply")
    assert (matter.state, place.signer_name, place.recorded_by) == (State.REPLIED, "陆振东", world.bureau_handler.user)
    assert Paper.objects.get(kind="reply").issued_on == localdate() - timedelta(days=1)
    assert Attachment.objects.get(purpose="sheet").within == f",{world.bureau.pk},"
    the_court_sees_the_reply_but_not_the_sheet(desk(world.court_handler), matter.pk)


def the_sheet_is_printed(page: Page) -> None:
    page.get_by_role("link", name="打印发文稿纸").click()
    form = page.locator(".official-form")
    expect(form).to_contain_text("市人民法院")
    expect(page.get_by_role("button", name="打印")).to_be_visible()
    page.get_by_role("link", name="返回").click()


def what_was_signed_is_entered(page: Page) -> None:
    page.get_by_role("link", name="线下签发代录").click()
    page.get_by_label("签发人").fill("陆振东")
    page.get_by_label("签发日期").fill(f"{localdate() + timedelta(days=1)}")
    page.get_by_label("签发的发文稿纸").set_input_files(SHEET)
    page.get_by_role("button", name="线下签发代录").click()
    expect(page.get_by_role("alert")).to_contain_text("日期不能晚于今天")
    expect(page.get_by_label("签发人")).to_have_value("陆振东")
    page.get_by_label("签发日期").fill(f"{localdate() - timedelta(days=1)}")
    page.get_by_label("签发的发文稿纸").set_input_files(SHEET)
    page.get_by_role("button", name="线下签发代录").click()
    expect(page.locator(".note-green")).to_contain_text("回复已提交")
    expect(page.locator(".log")).to_contain_text("线下签发：陆振东")


def the_court_sees_the_reply_but_not_the_sheet(page: Page, pk: int) -> None:
    page.goto(f"/suggestions/{pk}/")
    expect(page.get_by_role("heading", name="逐项回复")).to_be_visible()
    expect(page.get_by_text("发文稿纸.pdf")).to_have_count(0)
    expect(page.get_by_text("签发人 陆振东")).to_be_visible()
