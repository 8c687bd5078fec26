"""Two people act at once: one wins; the other reads who did what and when, and keeps what he typed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from linkage.matters import engine, papers
from linkage.matters.models import Event, Matter, Paper, Party, Series, Signature
from linkage.matters.refusals import Refused
from suggestions.models import State, Suggestion
from tests import factories
from tests.stages import Stages, browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def court(db):
    """The units and people; of the court two handlers and two leaders."""
    return Stages()


@pytest.fixture
def colleague(court):
    """colleague(unit, role) is one more person of that post, with his browser."""

    def another(unit, role="handler", **fields):
        return browser(factories.person(unit, role, **fields))

    return another


def address(matter, *rest) -> str:
    return reverse("suggestions:detail", args=[matter.pk]) + "".join(f"{part}/" for part in rest)


def text_of(page) -> str:
    return page.content.decode()


def day_and_time(at) -> str:
    local = timezone.localtime(at)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


# --- steps --------------------------------------------------------------------------------------------------------------
def test_the_second_review_reads_who_was_first_and_keeps_its_opinion(court, colleague):
    matter = court.replied()
    first, second = browser(court.handler(court.court)), colleague(court.court)
    form = second.get(address(matter, "close"))
    seen = {"version": form.context["matter"].version}
    assert first.post(address(matter, "close"), {"result": "done", "opinion": "第一人的意见。"}).status_code == 302
    page = second.post(address(matter, "close"), {**seen, "result": "done", "opinion": "第二人写了很久的意见。"})
    event = Event.objects.filter(matter=matter).first()
    assert page.status_code == 409
    assert f"市人民法院{event.actor.name}“办结”" in text_of(page)
    assert day_and_time(event.recorded_at) in text_of(page)
    assert "第二人写了很久的意见。</textarea>" in text_of(page)
    assert Suggestion.objects.get(pk=matter.pk).opinion == "第一人的意见。"
    assert Event.objects.filter(matter=matter, verb="close").count() == 1


def test_a_stale_version_is_refused_even_where_the_step_would_still_fit(court, colleague):
    """跟进 and 办结 are both open in 待审查; 办结 of the old page is not taken on top of 跟进."""
    matter = court.replied()
    old = {"version": matter.version, "result": "done", "opinion": "旧页面的意见。"}
    court.take(matter, "follow", court.court, result="partly", opinion="第三项待落实。")
    page = browser(court.handler(court.court)).post(address(matter, "close"), old)
    assert page.status_code == 409
    assert "“跟进”" in text_of(page)
    assert "旧页面的意见。</textarea>" in text_of(page)
    matter.refresh_from_db()
    assert matter.state == State.FOLLOWING


def test_a_download_is_not_what_changed_the_matter(court, colleague):
    matter = court.replied()
    old = {"version": matter.version, "result": "done", "opinion": "意见。"}
    court.take(matter, "follow", court.court, result="partly", opinion="待落实。")
    first = browser(court.handler(court.court))
    scan = factories.upload("盖章件.pdf")
    court.take(matter, "stamp", court.court, scan=scan)
    paper = Paper.objects.get(matter=matter, kind="suggestion")
    b"".join(first.get(address(matter, "files", paper.stamped_id)).streaming_content)
    assert Event.objects.filter(matter=matter).first().verb == "download"
    page = first.post(address(matter, "close"), old)
    assert (page.status_code, "“下载”" in text_of(page), "“上传盖章件”" in text_of(page)) == (409, False, True)


def test_receiving_twice_names_the_one_who_received(court, colleague):
    matter = court.handling()
    first, second = browser(court.handler(court.bureau)), colleague(court.bureau)
    assert first.post(address(matter, "receive")).status_code == 302
    page = second.post(address(matter, "receive"))
    row = Party.objects.get(matter=matter, holder=court.bureau)
    assert page.status_code == 409
    assert f"本单位{row.received_by.name}已于{day_and_time(row.received_at)}签收。" in text_of(page)
    assert row.received_by == court.handler(court.bureau).user
    assert Event.objects.filter(matter=matter, verb="receive").count() == 1


# --- signing ------------------------------------------------------------------------------------------------------------
def test_a_leader_does_not_sign_what_was_called_back(court):
    matter = court.signing(court.draft())
    leader, paper = browser(court.people[court.court.pk]["leader"]), Paper.objects.get(matter=matter)
    court.take(matter, "suggestion-recall", court.court)
    page = leader.post(address(matter, "suggestion-sign"), {"paper_version": paper.version})
    assert (page.status_code, "“撤回送审”" in text_of(page)) == (409, True)
    matter.refresh_from_db()
    assert (matter.state, matter.number) == (State.DRAFT, "")


def test_a_leader_does_not_sign_a_text_that_he_has_not_seen(court):
    """Recalled, changed and sent again while his page was open."""
    matter = court.signing(court.draft())
    seen = Paper.objects.get(matter=matter).version
    court.take(matter, "suggestion-recall", court.court)
    clerk = court.handler(court.court)
    papers.save_draft(matter.pk, "suggestion", clerk, None, {"number": ""})
    court.take(matter, "suggestion-submit", court.court)
    page = browser(court.people[court.court.pk]["leader"]).post(
        address(matter, "suggestion-sign"), {"paper_version": seen}
    )
    assert (page.status_code, f"{clerk.user.name}“送审签”" in text_of(page)) == (409, True)
    matter.refresh_from_db()
    assert matter.state == State.DRAFT


def test_sending_for_signature_names_the_colleague_who_saved_since(court):
    matter = court.draft()
    seen, other = Paper.objects.get(matter=matter).version, factories.person(court.court, "handler")
    papers.save_draft(matter.pk, "suggestion", other, None, {"number": ""})
    page = browser(court.handler(court.court)).post(address(matter, "suggestion-submit"), {"paper_version": seen})
    saved = Paper.objects.get(matter=matter)
    assert page.status_code == 409
    assert f"这份草稿{other.user.name}已于{day_and_time(saved.saved_at)}修改" in text_of(page)
    assert saved.status == Paper.Status.DRAFT


def test_the_second_return_keeps_its_reason(court, colleague):
    matter = court.signing(court.draft())
    version = Paper.objects.get(matter=matter).version
    first, second = browser(court.people[court.court.pk]["leader"]), colleague(court.court, "leader")
    given = {"paper_version": version, "note": "先退回的原因。"}
    assert first.post(address(matter, "suggestion-return"), given).status_code == 302
    page = second.post(address(matter, "suggestion-return"), {**given, "note": "后退回的原因。"})
    assert (page.status_code, "“退回”" in text_of(page)) == (409, True)
    assert "后退回的原因。</textarea>" in text_of(page)
    assert Event.objects.filter(matter=matter, verb="suggestion-return").count() == 1


# --- drafts -------------------------------------------------------------------------------------------------------------
def reply_form(words: str, **fields) -> dict:
    answers = {f"{name}-{order}": value for order in (1, 2, 3) for name, value in (("status", "done"), ("note", words))}
    return {"stance": "full", "unlawful": "no", "action": "save", **answers, **fields}


def test_a_stale_draft_is_not_saved_over_a_newer_one(court, colleague):
    matter = court.handling()
    first, second = browser(court.handler(court.bureau)), colleague(court.bureau)
    write = address(matter, "write", "reply")
    assert first.post(write, reply_form("第一稿。", version=0)).status_code == 302
    version = Paper.objects.get(matter=matter, kind="reply").version
    assert f'name="version" value="{version}"' in text_of(second.get(write))
    assert first.post(write, reply_form("第二稿。", version=version)).status_code == 302
    page = second.post(write, reply_form("另一人的第二稿。", version=version))
    saved = Paper.objects.get(matter=matter, kind="reply")
    name = court.handler(court.bureau).user.name
    assert page.status_code == 409
    assert f"这份草稿{name}已于{day_and_time(saved.saved_at)}修改" in text_of(page)
    assert text_of(page).count("另一人的第二稿。</textarea>") == 3
    assert "第二稿。" in page.context["sheet"]  # beside it, what the colleague has written
    assert saved.draft["items"]["1"]["note"] == "第二稿。"
    assert f'name="version" value="{saved.version}"' in text_of(page)  # the next save says that both were compared
    kept = second.post(write, reply_form("两稿合一。", version=saved.version))
    assert (kept.status_code, Paper.objects.get(pk=saved.pk).draft["items"]["1"]["note"]) == (302, "两稿合一。")


def test_of_two_first_drafts_none_is_lost(court, colleague):
    """Both opened the editor before there was a draft."""
    matter = court.handling()
    first, second = browser(court.handler(court.bureau)), colleague(court.bureau)
    write = address(matter, "write", "reply")
    assert 'name="version" value="0"' in text_of(second.get(write))
    assert first.post(write, reply_form("甲的第一稿。", version=0)).status_code == 302
    page = second.post(write, reply_form("乙的第一稿。", version=0))
    assert (page.status_code, text_of(page).count("乙的第一稿。</textarea>")) == (409, 3)
    assert Paper.objects.get(matter=matter, kind="reply").draft["items"]["1"]["note"] == "甲的第一稿。"


def test_a_draft_typed_while_a_colleague_sends_it_is_still_on_the_page(court):
    matter = court.handling()
    paper = court.write(matter, "reply", court.bureau)
    court.take(matter, "reply-submit", court.bureau)
    clerk, write = browser(court.handler(court.bureau)), address(matter, "write", "reply")
    page = clerk.post(write, reply_form("送审以后写的。", version=paper.version))
    assert (page.status_code, "文书正在审签" in text_of(page)) == (409, True)
    assert text_of(page).count("送审以后写的。</textarea>") == 3


def test_a_draft_typed_while_the_reply_goes_out_is_still_on_the_page(court):
    matter = court.handling()
    paper = court.write(matter, "reply", court.bureau)
    court.take(matter, "reply-submit", court.bureau)
    court.take(matter, "reply-sign", court.bureau, "leader")
    page = browser(court.handler(court.bureau)).post(
        address(matter, "write", "reply"), reply_form("回复以后写的。", version=paper.version)
    )
    assert (page.status_code, "“回复”" in text_of(page)) == (409, True)
    assert text_of(page).count("回复以后写的。</textarea>") == 3


def test_a_letter_typed_while_a_colleague_registers_it_is_still_on_the_page(court):
    matter = court.registered()
    clerk, letter = browser(court.handler(court.court)), address(matter, "letter")
    court.take(matter, "register", court.court, number="岑法建〔2026〕9号", issued_on=court.today)
    typed = {"type": "judicial.case", "title": "登记以后改的标题", "period_unit": "month", "action": "save"}
    page = clerk.post(letter, typed)
    assert (page.status_code, "“登记已制发文书”" in text_of(page)) == (409, True)
    assert 'value="登记以后改的标题"' in text_of(page)


def test_saving_by_itself_answers_a_conflict_in_one_sentence(court):
    """The page keeps the text; the program that saves needs the sentence only."""
    matter = court.handling()
    paper = court.write(matter, "reply", court.bureau)
    answer = browser(court.handler(court.bureau)).post(
        address(matter, "write", "reply"),
        reply_form("自动保存。", version=paper.version - 1),
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 409
    assert answer.json()["detail"].startswith(f"这份草稿{paper.drafted_by}已于")


# --- at the same moment, in transactions of their own -------------------------------------------------------------------
committed = pytest.mark.django_db(transaction=True)


def at_once(*calls) -> list:
    """The answers of calls that start together, each with a connection of its own; a refusal is an answer."""
    start = Barrier(len(calls))

    def answer(call):
        try:
            start.wait(timeout=20)
            return call()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(answer, calls))


@committed
def test_letters_signed_at_once_get_numbers_without_gap(court):
    letters = [court.signing(court.draft()) for _ in range(4)]
    leader = court.people[court.court.pk]["leader"]
    events = at_once(*(lambda pk=row.pk: engine.take(pk, "suggestion-sign", leader) for row in letters))
    assert [event.verb for event in events] == ["issue"] * 4
    numbers = Matter.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [f"岑法建〔{court.today.year}〕{serial}号" for serial in (1, 2, 3, 4)]
    assert list(Paper.objects.order_by("number").values_list("number", flat=True)) == list(numbers)


@committed
def test_twenty_at_once_take_twenty_numbers():
    """Also the first of a year, for which there is no row yet."""
    taken = at_once(*[lambda: Series.take("岑司函", "reply", 2026)] * 20)
    assert sorted(taken) == sorted(f"岑司函〔2026〕{serial}号" for serial in range(1, 21))
    assert Series.objects.get().last == 20


@committed
def test_of_two_who_act_on_one_letter_at_once_one_wins(court):
    signed, called = court.signing(court.draft()), court.signing(court.draft())
    clerk, leader = court.handler(court.court), court.people[court.court.pk]["leader"]
    deputy = factories.person(court.court, "leader")
    both = at_once(*(lambda who=who: engine.take(signed.pk, "suggestion-sign", who) for who in (leader, deputy)))
    assert sorted(isinstance(answer, Event) for answer in both) == [False, True]
    assert Event.objects.filter(matter=signed, verb="issue").count() == 1
    assert Signature.objects.filter(paper__matter=signed, verdict="signed").count() == 1

    version = Paper.objects.get(matter=called).version
    either = at_once(
        lambda: engine.take(called.pk, "suggestion-sign", leader, data={"paper_version": version}),
        lambda: engine.take(called.pk, "suggestion-recall", clerk, data={"paper_version": version}),
    )
    won = [answer.verb for answer in either if isinstance(answer, Event)]
    called.refresh_from_db()
    assert (won, called.state) in ((["issue"], State.ISSUED), (["suggestion-recall"], State.DRAFT))


@committed
def test_one_receipt_one_draft_and_one_number_of_two_at_once(court):
    """签收, the first save of a reply, and two letters registered under one number."""
    matter, others = court.handling(), [court.registered(), court.registered()]
    clerks = [court.handler(court.bureau), factories.person(court.bureau, "handler")]
    at_once(*(lambda who=who: engine.take(matter.pk, "receive", who) for who in clerks))
    assert Event.objects.filter(matter=matter, verb="receive").count() == 1

    drafts = [factories.reply_draft(opening=words) for words in ("甲稿", "乙稿")]
    pairs = zip(clerks, drafts, strict=True)
    saved = at_once(
        *(lambda who=who, draft=draft: papers.save_draft(matter.pk, "reply", who, 0, draft) for who, draft in pairs)
    )
    assert sorted(type(answer).__name__ for answer in saved) == ["Conflict", "Paper"]

    number, clerk = (
        {"number": "岑法建〔2026〕66号", "issued_on": court.today - timedelta(days=3)},
        court.handler(court.court),
    )
    answers = at_once(*(lambda pk=row.pk: engine.take(pk, "register", clerk, data=number) for row in others))
    assert sorted(type(answer).__name__ for answer in answers) == ["Event", "Incomplete"]
    assert Paper.objects.filter(number=number["number"]).count() == 1
