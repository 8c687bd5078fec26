"""The straight path through the pages, as five people take it."""

import pytest
from django.urls import reverse

from linkage.matters.models import Matter, Paper
from suggestions.models import State, Suggestion

pytestmark = pytest.mark.django_db


def form_of(world, **fields) -> dict:
    data = {
        "type": "judicial.case",
        "addressee": world.bureau.pk,
        "title": "规范行政处罚听证告知程序",
        "problems": "一、听证告知期限不足。",
        "advice": "一、规范听证告知程序。\n二、组织培训。",
        "period_amount": "2",
        "period_unit": "month",
        "contact": "梁某",
        "contact_phone": "0774-1",
    }
    return {**data, **fields}


def test_a_letter_goes_from_the_court_to_the_department_and_back(world, sign_in):
    clerk, judge = sign_in(world.court_handler), sign_in(world.court_leader)
    officer, head = sign_in(world.bureau_handler), sign_in(world.bureau_leader)
    office = sign_in(world.office_handler)

    assert clerk.get(reverse("suggestions:new")).status_code == 200
    answer = clerk.post(reverse("suggestions:new"), form_of(world))
    matter = Matter.objects.get()
    assert answer.url == reverse("suggestions:write", args=[matter.pk, "suggestion"])
    editor = clerk.get(answer.url)
    assert "听证告知期限不足" in editor.content.decode()
    version = Paper.objects.get().version
    answer = clerk.post(answer.url, form_of(world, version=version, action="submit"))
    detail = reverse("suggestions:detail", args=[matter.pk])
    assert answer.url == detail
    assert officer.get(detail).status_code == 404
    assert office.get(detail).status_code == 404

    assert judge.get(detail).status_code == 200
    answer = judge.post(f"{detail}suggestion-sign/")
    assert answer.status_code == 302, answer.content.decode()
    matter.refresh_from_db()
    assert matter.state == State.HANDLING
    for browser in (clerk, judge, officer, office):
        page = browser.get(detail)
        assert page.status_code == 200
        assert "岑法建〔" in page.content.decode()

    assert officer.post(f"{detail}receive/").status_code == 302
    write = f"{detail}write/reply/"
    assert officer.get(write).status_code == 200
    reply = {
        "stance": "full",
        "unlawful": "no",
        "status-1": "done",
        "note-1": "已修订。",
        "status-2": "doing",
        "note-2": "已安排。",
    }
    assert officer.post(write, {**reply, "action": "save"}).status_code == 302
    assert "已修订" not in clerk.get(detail).content.decode()
    paper = Paper.objects.get(kind="reply")
    assert officer.post(write, {**reply, "version": paper.version, "action": "submit"}).url == detail
    assert head.post(f"{detail}reply-sign/").status_code == 302
    assert "已修订" in office.get(detail).content.decode()
    assert clerk.get(f"{detail}close/").status_code == 200
    assert clerk.post(f"{detail}close/", {"result": "done", "opinion": "落实到位。"}).status_code == 302
    assert Suggestion.objects.get().matter.state == State.CLOSED
    for browser in (clerk, judge, officer, head, office):
        assert browser.get(reverse("home")).status_code == 200
        assert browser.get(reverse("suggestions:list")).status_code == 200
        assert browser.get(reverse("inbox")).status_code == 200


def test_an_empty_draft_is_kept_and_says_what_is_missing(world, sign_in):
    clerk = sign_in(world.court_handler)
    clerk.post(reverse("suggestions:new"), {"type": "judicial.case", "period_unit": "month"})
    matter = Matter.objects.get()
    write = reverse("suggestions:write", args=[matter.pk, "suggestion"])
    page = clerk.post(write, {"type": "judicial.case", "period_unit": "month", "action": "submit"})
    assert page.status_code == 422
    assert "选择被建议单位" in page.content.decode()
