"""The pages of joint notices."""

from datetime import date, timedelta

import pytest

from infoshare.models import Notice
from linkage.matters.models import Event, Matter, Paper, ReadMark
from tests import factories
from tests.infoshare.conftest import FIELDS, PUBLISH


def text(answer) -> str:
    return answer.content.decode()


def form(*units, **fields) -> dict:
    return {**FIELDS, "issuers": [unit.pk for unit in units], **fields}


def test_everybody_reads_what_is_published(world, publish, sign_in):
    matter = publish()
    for actor in (world.bureau_handler, world.town_leader, world.procuratorate_leader):
        browser = sign_in(actor)
        page = text(browser.get(f"/infoshare/{matter.pk}/"))
        assert "关于建立联动机制的通知" in page
        assert "岑法制发〔2018〕1号" in page
        assert "现印发给你们，请遵照执行。" in page
        assert "版式文件生成中" in page
        assert PUBLISH["number"] in text(browser.get("/infoshare/"))


def test_a_draft_is_seen_by_its_issuers_only(world, write, sign_in):
    matter = write(world.office_handler, world.office, world.court)
    for actor, status in ((world.court_leader, 200), (world.procuratorate_handler, 404), (world.bureau_handler, 404)):
        assert sign_in(actor).get(f"/infoshare/{matter.pk}/").status_code == status
    assert FIELDS["title"] in text(sign_in(world.court_handler).get("/infoshare/"))
    assert FIELDS["title"] not in text(sign_in(world.procuratorate_handler).get("/infoshare/"))


def test_only_handlers_of_lead_units_draft(world, sign_in):
    assert sign_in(world.court_handler).get("/infoshare/new/").status_code == 200
    for actor in (world.bureau_handler, world.court_leader):
        browser = sign_in(actor)
        assert browser.get("/infoshare/new/").status_code == 403
        assert browser.post("/infoshare/new/", form(world.court)).status_code == 403
        assert "/infoshare/new/" not in text(browser.get("/infoshare/"))
    assert not Notice.objects.exists()


def test_a_notice_is_written_in_the_browser(world, sign_in):
    browser = sign_in(world.office_handler)
    begun = browser.post("/infoshare/new/", form(world.office, world.court, title="关于印发《规则》的通知"))
    matter = Matter.objects.get()
    assert begun.url == f"/infoshare/{matter.pk}/write/"
    paper = Paper.objects.get()
    changed = form(world.office, world.court, text="", version=paper.version, action="submit")
    refused = browser.post(begun.url, changed)
    assert refused.status_code == 422
    assert "填写正文。" in text(refused)
    paper.refresh_from_db()
    done = browser.post(begun.url, form(world.office, world.court, version=paper.version, action="submit"))
    assert done.url == f"/infoshare/{matter.pk}/publish/"
    assert "成文日期" in text(browser.get(done.url))
    out = browser.post(done.url, {"number": "岑司联发[2026] 1 号", "issued_on": "2026-03-02"}, follow=True)
    assert "已发布，所有用户都能看到" in text(out)
    matter.refresh_from_db()
    assert (matter.number, matter.state) == ("岑司联发〔2026〕1号", "published")


def test_a_preview_saves_nothing(world, write, sign_in):
    browser = sign_in(world.office_handler)
    drawn = browser.post("/infoshare/new/", form(world.office, text="一、总则,要求。", action="preview"))
    assert "一、总则，要求。" in text(drawn)
    assert not Matter.objects.exists()
    matter = write(world.office_handler, world.office)
    drawn = browser.post(f"/infoshare/{matter.pk}/write/", form(world.office, text="新的正文", action="preview"))
    assert "新的正文" in text(drawn)
    assert Notice.objects.get().text == FIELDS["text"]


def test_co_issuers_write_together_and_collide_visibly(world, write, sign_in):
    matter = write(world.office_handler, world.office, world.court)
    url, version = f"/infoshare/{matter.pk}/write/", Paper.objects.get().version
    fields = form(world.office, world.court, version=version)
    assert sign_in(world.court_handler).post(url, {**fields, "text": "法院改过"}).status_code == 302
    late = sign_in(world.office_handler).post(url, {**fields, "text": "司法局改过"})
    assert late.status_code == 409
    assert "司法局改过" in text(late)
    assert Notice.objects.get().text == "法院改过"


def test_the_host_cannot_be_left_out(world, write, sign_in, bureau_of_old):
    matter = write(world.office_handler, world.office)
    browser = sign_in(world.office_handler)
    url = f"/infoshare/{matter.pk}/write/"
    assert "发文单位应包括主办单位" in text(browser.post(url, form(world.court)))
    assert "只选一个" in text(browser.post(url, form(world.office, bureau_of_old)))
    assert browser.post(url, form(bureau_of_old)).status_code == 302


def test_a_date_outside_an_issuers_life_is_refused(world, write, sign_in, bureau_of_old):
    matter = write(world.office_handler, bureau_of_old)
    answer = sign_in(world.office_handler).post(
        f"/infoshare/{matter.pk}/publish/", {"number": "岑法制发〔2020〕1号", "issued_on": "2020-04-03"}
    )
    assert "岑溪市法制办公室在成文日期不存在" in text(answer)


def test_secrecy_marks_are_refused(world, sign_in):
    answer = sign_in(world.office_handler).post("/infoshare/new/", form(world.office, text="机密★10年 关于……"))
    assert answer.status_code == 422
    assert not Matter.objects.exists()
    assert Event.objects.filter(verb="secrecy").count() == 1


def test_a_withdrawn_notice_says_so(world, publish, sign_in):
    matter = publish()
    browser = sign_in(world.office_leader)
    assert browser.post(f"/infoshare/{matter.pk}/withdraw/", {"note": "重新制发", "version": 2}).status_code == 302
    page = text(sign_in(world.town_handler).get(f"/infoshare/{matter.pk}/"))
    assert "这份文件已撤回" in page
    assert "重新制发" in page
    assert "已撤回" in text(sign_in(world.town_handler).get("/infoshare/"))


def test_the_pdf_is_given_out_and_recorded(world, publish, sign_in):
    from linkage.matters import files

    matter = publish()
    paper = Paper.objects.get(matter=matter)
    browser = sign_in(world.bureau_handler)
    assert browser.get(f"/infoshare/{matter.pk}/papers/{paper.pk}/pdf/").status_code == 404
    Paper.objects.filter(pk=paper.pk).update(pdf_key=files.write(factories.PDF), pdf_pages=1, pdf_size=9)
    assert "下载 PDF" in text(browser.get(f"/infoshare/{matter.pk}/papers/{paper.pk}/progress/"))
    answer = browser.get(f"/infoshare/{matter.pk}/papers/{paper.pk}/pdf/")
    assert b"".join(answer.streaming_content) == factories.PDF
    assert Event.objects.filter(matter=matter, verb="download", unit=world.bureau).count() == 1


def test_reading_is_posted(world, publish, sign_in):
    matter = publish()
    browser = sign_in(world.bureau_handler)
    browser.get(f"/infoshare/{matter.pk}/")
    assert not ReadMark.objects.exists()
    browser.post(f"/infoshare/{matter.pk}/read/")
    assert ReadMark.objects.get().unit == world.bureau


def numbers(answer) -> list[str]:
    return [row.matter.number for row in answer.context["rows"]]


def test_the_list_pages_and_searches(world, publish, sign_in):
    days = [date(2020, 1, 1) + timedelta(days=number // 2) for number in range(45)]
    for serial, day in enumerate(days, start=1):
        publish(number=f"岑司联发〔2020〕{serial}号", issued_on=day)
    browser = sign_in(world.bureau_handler)
    first = browser.get("/infoshare/")
    second = browser.get(first.context["next"])
    third = browser.get(second.context["next"])
    assert [len(numbers(page)) for page in (first, second, third)] == [20, 20, 5]
    assert third.context["next"] == ""
    seen = numbers(first) + numbers(second) + numbers(third)
    assert seen == [f"岑司联发〔2020〕{serial}号" for serial in range(45, 0, -1)]
    assert numbers(browser.get("/infoshare/?q=2020〕45号")) == ["岑司联发〔2020〕45号"]
    nothing = browser.get("/infoshare/?q=白皮书")
    assert "没有符合条件的联合文件" in text(nothing)
    assert browser.get("/infoshare/?after=nonsense").context["rows"] == first.context["rows"]


def test_the_empty_list_says_what_will_come(world, sign_in):
    assert "还没有联合文件" in text(sign_in(world.bureau_handler).get("/infoshare/"))


@pytest.mark.parametrize("count", [1, 30])
def test_pages_keep_to_their_budget_of_queries(world, publish, sign_in, django_assert_max_num_queries, count):
    for serial in range(1, count + 1):
        matter = publish(number=f"岑司联发〔2020〕{serial}号")
    browser = sign_in(world.office_handler)
    with django_assert_max_num_queries(8):
        browser.get("/infoshare/")
    with django_assert_max_num_queries(10):
        browser.get(f"/infoshare/{matter.pk}/")


def test_steps_of_others_are_refused_with_the_reason(world, publish, sign_in):
    matter = publish()
    assert sign_in(world.bureau_leader).get(f"/infoshare/{matter.pk}/withdraw/").status_code == 403
    assert sign_in(world.office_handler).get(f"/infoshare/{matter.pk}/withdraw/").status_code == 403
