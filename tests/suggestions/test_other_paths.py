"""Registered letters, paper service, units without an account, urging, supplement, withdrawal."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.timezone import localdate

from linkage.matters import engine, papers
from linkage.matters.models import Attachment, Deadline, Event, Matter, Paper
from linkage.matters.refusals import Incomplete, NotYours, Refused
from linkage.papers import content, render
from suggestions.models import Reply, State, Suggestion
from tests import factories

pytestmark = pytest.mark.django_db


def at(day: str):
    return time_machine.travel(f"{day}T10:00:00+08:00", tick=False)


def letter_pdf(world) -> bytes:
    return render.pdf(
        content.blank(
            form="letter",
            issuers=[world.procuratorate.name],
            number="岑检行公建〔2026〕3号",
            title="岑溪市人民检察院关于督促清理石材废料的检察建议书",
            to=world.bureau.name,
            body=[
                {"level": 0, "text": "现建议你局："},
                {"level": 1, "text": "一、清运废料；"},
                {"level": 1, "text": "二、恢复种植条件。"},
                {"level": 0, "text": "请自收到本建议书之日起两个月内书面回复本院。"},
            ],
            signed=[world.procuratorate.name],
            date="2026-01-26",
        )
    ).data


def test_the_procuratorate_registers_a_letter_from_its_pdf(world, sign_in):
    clerk = sign_in(world.procuratorate_handler)
    upload = factories.upload("检察建议书.pdf", letter_pdf(world))
    answer = clerk.post(reverse("suggestions:register"), {"letter": upload})
    matter = Matter.objects.get()
    assert answer.url == reverse("suggestions:letter", args=[matter.pk])
    page = clerk.get(answer.url).content.decode()
    for read in ("岑检行公建〔2026〕3号", "2026-01-26", "督促清理石材废料", "清运废料"):
        assert read in page
    assert sign_in(world.bureau_handler).get(reverse("suggestions:detail", args=[matter.pk])).status_code == 404
    form = {
        "type": "procuratorial.interest",
        "number": "岑检行公建〔2026〕3号",
        "issued_on": "2026-01-26",
        "addressee": world.bureau.pk,
        "title": "督促清理石材废料",
        "advice": "一、清运废料；\n二、恢复种植条件。",
        "period_amount": "2",
        "period_unit": "month",
        "served_on": "2026-01-28",
        "method": "direct",
        "scan": factories.upload(),
        "action": "submit",
        "version": Paper.objects.get().version,
    }
    answer = clerk.post(reverse("suggestions:letter", args=[matter.pk]), form)
    assert answer.status_code == 302, answer.content.decode()
    matter.refresh_from_db()
    assert (matter.number, matter.state, matter.issued_on) == (
        "岑检行公建〔2026〕3号",
        State.HANDLING,
        date(2026, 1, 26),
    )
    reply = Deadline.objects.get(matter=matter, code="reply")
    assert (reply.start_on, reply.due) == (date(2026, 1, 28), date(2026, 3, 30))
    assert [event.actor for event in Event.objects.filter(matter=matter)] == [world.procuratorate_handler.user] * 2
    assert sign_in(world.office_handler).get(reverse("suggestions:detail", args=[matter.pk])).status_code == 200


def test_a_registered_number_is_refused_twice_and_nothing_typed_is_lost(world, sign_in):
    world_letter = factories.issued(world)
    clerk = sign_in(world.court_handler)
    clerk.post(reverse("suggestions:register"), {"letter": factories.upload("建议书.pdf")})
    matter = Matter.objects.latest("pk")
    form = {
        "type": "judicial.case",
        "number": world_letter.number,
        "issued_on": "2026-01-26",
        "title": "另一份",
        "addressee": world.bureau.pk,
        "advice": "一、甲",
        "period_unit": "month",
        "action": "submit",
    }
    page = clerk.post(reverse("suggestions:letter", args=[matter.pk]), form)
    assert page.status_code == 422
    assert f"本单位已登记过{world_letter.number}" in page.content.decode()
    assert "另一份" in page.content.decode()


def test_the_procuratorate_may_not_draft_here(world, sign_in):
    page = sign_in(world.procuratorate_handler).get(reverse("suggestions:new"))
    assert page.status_code == 403
    assert "登记已制发文书" in page.content.decode()
    matter = factories.draft(world.procuratorate_handler, world.bureau, "procuratorial.governance")
    engine.take(matter.pk, "suggestion-submit", world.procuratorate_handler)
    with pytest.raises(Refused, match="登记已制发文书"):
        engine.take(matter.pk, "suggestion-sign", world.procuratorate_leader)


def test_paper_service_starts_the_clock_on_the_day_of_the_receipt(world):
    with at("2026-03-03"):
        matter = factories.issued(world, world.town)
    assert matter.state == State.ISSUED
    assert not Deadline.objects.filter(matter=matter, code="reply").exists()
    with at("2026-03-06"):
        data = {"method": "direct", "happened_on": date(2026, 3, 5), "scan": factories.upload()}
        event = engine.take(matter.pk, "serve", world.court_handler, data=data)
    assert (event.happened_on, event.recorded_at.date()) == (date(2026, 3, 5), date(2026, 3, 6))
    reply = Deadline.objects.get(matter=matter, code="reply")
    assert (reply.start_on, reply.due) == (date(2026, 3, 5), date(2026, 5, 6))
    assert Attachment.objects.get(matter=matter, purpose="service").within == ""


def test_a_unit_without_an_account_is_answered_for_by_the_issuer(world):
    matter = factories.issued(world, world.firm)
    assert not matter.parties.filter(holder=world.office).exists()
    engine.take(matter.pk, "serve", world.court_handler, data={"method": "post", "scan": factories.upload()})
    assert set(Deadline.objects.open().filter(matter=matter).values_list("code", flat=True)) == {"reply"}
    data = {"draft": factories.reply_draft(), "issued_on": localdate(), "scan": factories.upload("回复.pdf")}
    engine.take(matter.pk, "enter", world.court_handler, data=data)
    matter.refresh_from_db()
    paper = Paper.objects.get(matter=matter, kind="reply")
    assert (matter.state, paper.unit, paper.number) == (State.REPLIED, world.firm, "")
    assert Reply.objects.get(suggestion=matter.pk).items.count() == 3


def test_entering_a_reply_is_refused_for_a_unit_that_has_accounts(world):
    matter = factories.issued(world)
    with pytest.raises(Refused, match="由该单位在线回复"):
        engine.take(matter.pk, "enter", world.court_handler, data={})


def overdue_letter(world) -> Matter:
    with at("2026-03-03"):
        return factories.issued(world)


def test_the_legal_office_reminds_before_and_urges_after(world):
    matter = overdue_letter(world)
    with at("2026-05-06"):
        engine.take(matter.pk, "remind", world.office_handler, data={"note": "请按期回复"})
        with pytest.raises(Refused, match="回复期限未满"):
            engine.take(matter.pk, "call", world.office_handler, data={"note": "已联系"})
    with at("2026-05-07"):
        with pytest.raises(Refused, match="已超过期限"):
            engine.take(matter.pk, "remind", world.office_handler, data={"note": "请回复"})
        engine.take(matter.pk, "call", world.office_handler, data={"note": "已联系法规股"})
        papers.save_draft(matter.pk, "urging", world.office_handler, None, {"text": "请尽快书面回复。"})
        engine.take(matter.pk, "urging-submit", world.office_handler)
        engine.take(matter.pk, "urging-sign", world.office_leader)
    urging = Paper.objects.get(matter=matter, kind="urging")
    assert (urging.number, urging.within) == ("岑司催〔2026〕1号", "")
    assert Suggestion.objects.get(pk=matter.pk).urged == 1
    matter.refresh_from_db()
    assert matter.state == State.HANDLING


def test_the_proposed_urging_text_names_letter_due_date_and_days(world, sign_in):
    matter = overdue_letter(world)
    with at("2026-05-08"):
        page = sign_in(world.office_handler).get(reverse("suggestions:write", args=[matter.pk, "urging"]))
    text = page.content.decode()
    assert matter.number in text
    assert "应于2026年5月6日前书面回复，至今已逾期2天" in text


def test_a_supplement_has_an_agreed_date_that_is_never_overdue(world):
    matter = factories.replied(world, overdue_letter(world))
    agreed = localdate() + timedelta(days=10)
    engine.take(matter.pk, "supplement", world.court_handler, data={"agreed_on": agreed, "note": "补充台账"})
    matter.refresh_from_db()
    deadline = Deadline.objects.open().get(matter=matter)
    assert (matter.state, deadline.code, deadline.due, deadline.soft) == (State.SUPPLEMENT, "supplement", agreed, True)
    papers.save_draft(matter.pk, "reply", world.bureau_handler, None, factories.reply_draft())
    engine.take(matter.pk, "reply-submit", world.bureau_handler)
    engine.take(matter.pk, "reply-sign", world.bureau_leader)
    matter.refresh_from_db()
    assert matter.state == State.REPLIED
    assert Reply.objects.filter(suggestion=matter.pk).count() == 2


def test_a_withdrawn_letter_stays_readable_and_its_clocks_are_cancelled(world, sign_in):
    matter = factories.issued(world)
    with pytest.raises(NotYours):
        engine.take(matter.pk, "withdraw", world.court_handler, data={"note": "误发"})
    engine.take(matter.pk, "withdraw", world.court_leader, data={"note": "误发"})
    matter.refresh_from_db()
    assert matter.state == State.WITHDRAWN
    assert set(Deadline.objects.filter(matter=matter).values_list("outcome", flat=True)) <= {"met", "cancelled"}
    page = sign_in(world.bureau_handler).get(reverse("suggestions:detail", args=[matter.pk]))
    assert "已撤回" in page.content.decode()


def test_a_letter_to_an_organ_cannot_go_out_without_a_legal_office(world):
    office = world.office
    matter = factories.draft(world.court_handler, world.bureau)
    matter.parties.filter(holder=office).delete()
    engine.take(matter.pk, "suggestion-submit", world.court_handler)
    with pytest.raises(Refused, match="必须同时抄送司法局"):
        engine.take(matter.pk, "suggestion-sign", world.court_leader)
    matter.refresh_from_db()
    assert (matter.state, matter.number) == (State.DRAFT, "")


def test_the_general_type_asks_for_the_committees_date(world):
    matter = factories.draft(world.court_handler, world.bureau, "judicial.general")
    with pytest.raises(Incomplete, match="审判委员会讨论日期"):
        engine.take(matter.pk, "suggestion-submit", world.court_handler)


def test_a_unit_with_its_own_register_types_its_number(world):
    world.bureau.numbering = "register"
    world.bureau.save()
    matter = factories.issued(world)
    papers.save_draft(matter.pk, "reply", world.bureau_handler, None, factories.reply_draft())
    with pytest.raises(Incomplete, match="填写文号"):
        engine.take(matter.pk, "reply-submit", world.bureau_handler)
    papers.save_draft(
        matter.pk, "reply", world.bureau_handler, None, factories.reply_draft(number="岑自然资函〔2026〕21号")
    )
    engine.take(matter.pk, "reply-submit", world.bureau_handler)
    engine.take(matter.pk, "reply-sign", world.bureau_leader)
    assert Paper.objects.get(matter=matter, kind="reply").number == "岑自然资函〔2026〕21号"


def test_a_series_passes_over_a_number_used_off_line(world):
    factories.issued(world)
    Paper.objects.filter(kind="suggestion").first()
    other = factories.draft(world.court_handler, world.bureau)
    Paper.objects.create(matter=other, kind="suggestion", unit=world.court, number=f"岑法建〔{localdate().year}〕2号")
    third = factories.issued(world)
    assert third.number == f"岑法建〔{localdate().year}〕3号"
