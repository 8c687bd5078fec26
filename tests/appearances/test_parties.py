"""Who is a party of a case, of an appearance and of their files; nothing goes to an organ without the legal office."""

import io

import pytest
from django.core.management import call_command

from appearances import parties
from linkage.matters import proofs
from linkage.matters.models import Attachment, Party
from linkage.matters.refusals import Incomplete, NotVisible, NotYours
from linkage.units.models import Unit
from tests import factories
from tests.appearances.story import ABSENT, Docket

pytestmark = pytest.mark.django_db


@pytest.fixture
def docket(world):
    return Docket(world)


def live(matter) -> dict:
    return {row.holder: sorted(row.parts) for row in Party.objects.filter(matter=matter, until=None)}


def sound() -> None:
    """What check_copies and check_data find after a story: nothing."""
    call_command("check_copies", stdout=io.StringIO())
    assert list(proofs.inbox_differences()) == []
    assert list(proofs.deadline_differences()) == []


def test_a_case_has_the_court_the_organs_their_handlers_and_the_legal_office(docket):
    w = docket.world
    case = docket.case(defendants=[docket.sued(w.town, handler=w.bureau)])
    assert live(case.matter) == {
        w.court: ["issuer"], w.town: ["addressee"], w.bureau: ["assisting"], w.office: ["copied"],
    }  # fmt: skip
    row = docket.appearance(docket.schedule(case))
    assert live(row.matter) == live(case.matter)
    sound()


def test_a_draft_is_its_authors_alone(docket):
    matter = docket.draft()
    assert set(live(matter)) == {docket.world.court}
    with pytest.raises(NotVisible):
        docket.take(type("Row", (), {"pk": matter.pk}), "register", docket.organ)


def test_who_registers_for_an_offline_court_acts_for_it(docket):
    w = docket.world
    far = factories.unit("court", "市中级人民法院", offline=True)
    case = docket.case(w.office_handler, court=far)
    assert live(case.matter) == {w.office: ["issuer"], w.bureau: ["addressee"]}
    sound()


def test_a_registrar_hands_over_to_a_court_that_has_an_account(docket):
    w = docket.world
    case = docket.case(w.office_handler)
    assert live(case.matter) == {w.court: ["issuer"], w.bureau: ["addressee"], w.office: ["copied"]}
    with pytest.raises(NotYours):
        docket.take(case, "amend", w.office_handler, note="x")
    docket.take(case, "serve", defendant=case.defendants.get(), happened_on=case.filed_on)
    sound()


def test_an_amendment_adds_an_organ_and_takes_one_away(docket):
    w = docket.world
    case = docket.case()
    docket.take(case, "amend", defendants=[docket.sued(w.town)], note="变更被告")
    assert live(case.matter) == {w.court: ["issuer"], w.town: ["addressee"], w.office: ["copied"]}
    with pytest.raises(NotVisible):
        docket.take(case, "defend", docket.organ, happened_on=case.filed_on)
    assert docket.clocks(case, "defence", w.town)
    sound()


def test_an_organ_that_has_an_appearance_stays_whatever_the_amendment_says(docket):
    w = docket.world
    case = docket.case()
    docket.schedule(case)
    docket.take(case, "amend", defendants=[docket.sued(w.town)], note="追加被告")
    assert {w.bureau, w.town} <= set(live(case.matter))


def test_files_are_for_those_who_may_know_the_litigants(docket):
    w = docket.world
    case = docket.case(notice=factories.upload("应诉通知书.pdf"))
    docket.take(case, "defend", docket.organ, happened_on=case.filed_on, files=[factories.upload("答辩状.pdf")])
    seen = {actor.unit.short: Attachment.objects.visible_to(actor).filter(matter=case.pk).count()
            for actor in (w.court_handler, w.bureau_handler, w.office_handler, w.town_handler)}  # fmt: skip
    assert seen == {"市人民法院": 2, "市自然资源局": 2, "市司法局": 0, "南渡镇人民政府": 0}
    known = {row.holder: parties.knows(row) for row in Party.objects.filter(matter=case.pk)}
    assert known == {w.court: True, w.bureau: True, w.office: False}
    assert not parties.knows(None)


def test_the_legal_office_that_is_sued_itself_is_a_party_as_an_organ(docket):
    w = docket.world
    case = docket.case(defendants=[docket.sued(w.office)])
    assert live(case.matter) == {w.court: ["issuer"], w.office: ["addressee"]}
    sound()


def test_without_a_legal_office_the_case_has_no_copy(docket):
    Unit.objects.filter(pk=docket.world.office.pk).update(until="2026-01-01")
    assert "copied" not in {part for parts in live(docket.case().matter).values() for part in parts}


@pytest.mark.parametrize("finding", ["", "nobody"])
def test_nothing_is_left_unproved_at_the_end_of_a_story(docket, finding):
    w = docket.world
    case = docket.case()
    docket.take(case, "defend", docket.organ, happened_on=case.filed_on)
    row = docket.name(docket.notify(docket.appearance(docket.schedule(case))))
    sound()
    docket.move(row.hearing)
    docket.confirm(row, **({**ABSENT, "finding": finding} if finding else {}))
    docket.take(row, "summarise", docket.organ, summary="已总结。")
    docket.judge(case, duty_text="重新作出处理", perform_by=case.filed_on.replace(month=12))
    docket.take(case, "decide", docket.organ, appeal="accepts")
    sound()
    docket.effective(case)
    docket.take(case, "perform", docket.organ, happened_on=case.effective_on, note="已履行")
    docket.take(case, "verify", performance="in_time", performed_on=case.effective_on)
    assert (case.matter.state, row.matter.state) == ("closed", "closed")
    assert w.office in live(case.matter)
    sound()


def test_two_corrections_to_one_number_leave_the_second_as_it_was(docket):
    first, second = docket.case(), docket.case()
    was = second.number
    with pytest.raises(Incomplete, match="已经登记"):
        docket.take(second, "amend", **docket.facts(number=first.number), note="案号有误")
    second.refresh_from_db()
    assert second.number == second.matter.number == was
