"""Who is told of what; and over a whole story nobody outside the case reads a litigant's name."""

from datetime import date

import pytest

from appearances.models import Case
from linkage.matters.models import Appointment, Event, Matter, Paper
from linkage.notices.models import Mail, Notice
from tests.appearances.story import ABSENT, PLAINTIFF, Docket
from tests.notices.conftest import at
from tests.notices.test_announce import carry_out_announcements

pytestmark = pytest.mark.django_db
THIRD = "欧阳建国"
NAMES = (PLAINTIFF, PLAINTIFF[1:], THIRD, THIRD[2:])


@pytest.fixture
def docket(world):
    with at("2026-03-10 10:00"):
        yield Docket(world)


def told(row, sentence: str) -> set[str]:
    """The units that were told a sentence of a matter."""
    carry_out_announcements()
    return {each.unit.short for each in Notice.objects.filter(matter=row.pk, title__startswith=sentence)}


def story(docket) -> Case:
    litigants = [
        {"role": "plaintiff", "sort": "person", "name": PLAINTIFF},
        {"role": "plaintiff", "sort": "person", "name": "张小丰"},
        {"role": "third", "sort": "person", "name": THIRD},
    ]
    case = docket.case(litigants=litigants)
    docket.take(case, "serve", defendant=case.defendants.get(), happened_on=date(2026, 3, 5))
    docket.take(case, "defend", docket.organ, happened_on=date(2026, 3, 10))
    hearing = docket.schedule(case)
    row = docket.name(docket.notify(docket.appearance(hearing)))
    docket.take(row, "swap", docket.organ, attending=False, absence="duty", absence_text="防汛")
    docket.move(hearing)
    docket.confirm(row, **ABSENT)
    docket.take(row, "summarise", docket.organ, summary="已总结。")
    docket.judge(case, day=date(2026, 3, 10), duty_text="重新作出处理", perform_by=date(2026, 9, 1))
    docket.take(case, "decide", docket.organ, appeal="accepts")
    docket.take(case, "amend", litigants=litigants[:1], note="更正原告")
    docket.effective(case, date(2026, 3, 10))
    docket.take(case, "perform", docket.organ, happened_on=date(2026, 3, 10), note="已履行")
    docket.take(case, "verify", performance="in_time", performed_on=date(2026, 3, 10))
    carry_out_announcements()
    return case


def test_no_litigant_is_named_in_what_a_story_leaves_behind(docket):
    story(docket)
    texts = [
        *(f"{row.title} {row.number}" for row in Matter.objects.all()),
        *(f"{vars(row)}" for row in Event.objects.all()),
        *(row.title for row in Notice.objects.all()),
        *(f"{vars(row)}" for row in Mail.objects.all()),
        *(row.title for row in Appointment.objects.all()),
        *(f"{row.draft} {row.content}" for row in Paper.objects.all()),
    ]
    assert len(Event.objects.all()) > 15
    assert Notice.objects.exists()
    assert [text for text in texts if any(name in text for name in NAMES)] == []


def test_the_title_names_the_first_plaintiff_masked(docket):
    assert story(docket).matter.title == "张某诉市自然资源局土地行政处罚案"


def test_the_registration_is_told_to_the_organ_as_work_and_to_the_legal_office_to_read(docket):
    case = docket.case()
    assert told(case, "新登记的应诉案件") == {"市自然资源局"}
    assert told(case, "新登记的行政案件") == {"市司法局"}
    todo = Notice.objects.filter(matter=case.pk, unit=docket.world.bureau).values_list("topic", "urgent")
    assert set(todo) == {("todo", True)}


def test_the_answer_is_told_to_court_and_legal_office(docket):
    case = docket.case()
    docket.take(case, "defend", docket.organ, happened_on=date(2026, 3, 10))
    assert told(case, "市自然资源局已答辩") == {"市人民法院", "市司法局"}


def test_a_notice_asks_the_organ_and_is_copied_to_the_legal_office(docket):
    row = docket.notify(docket.appearance(docket.schedule(docket.case())))
    assert told(row, "法院通知负责人出庭，请确定出庭人") == {"市自然资源局"}
    assert told(row, "抄送出庭通知书") == {"市司法局"}


def test_a_named_principal_and_a_swap_are_told_to_court_and_legal_office(docket):
    row = docket.name(docket.notify(docket.appearance(docket.schedule(docket.case()))))
    docket.take(row, "swap", docket.organ, attending=True, rank="deputy", name="刘某", post="副局长")
    for sentence in ("市自然资源局已确定出庭人", "市自然资源局更换出庭人"):
        assert told(row, sentence) == {"市人民法院", "市司法局"}


def test_a_moved_hearing_is_told_to_everybody_on_both_matters(docket):
    hearing = docket.schedule(docket.case())
    row = docket.notify(docket.appearance(hearing))
    docket.move(hearing)
    for each in (row, hearing.case):
        assert told(each, "第1次开庭由") == {"市自然资源局", "市司法局"}


def test_a_confirmation_asks_the_organ_for_its_summary(docket):
    row = docket.confirm(docket.notify(docket.appearance(docket.schedule(docket.case()))))
    assert told(row, "法院已确认出庭情况，请作庭后总结") == {"市自然资源局"}


def test_strangers_are_told_nothing(docket):
    story(docket)
    known = {"市人民法院", "市自然资源局", "市司法局"}
    assert {row.unit.short for row in Notice.objects.all()} <= known
