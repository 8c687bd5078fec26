"""The clocks of a case and of an appearance: from whose day they run, what moves them, whom they warn.

The year 2026: 1 to 5 May is Labour Day, 4 to 6 April is Qingming.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from appearances.kind import APPEARANCES, CASES
from linkage.matters.models import Deadline
from linkage.notices import reminders
from linkage.notices.models import Notice
from tests.appearances.story import Docket
from tests.notices.conftest import at

pytestmark = pytest.mark.django_db
CHINA = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def docket(world):
    with at("2026-03-10 10:00"):
        yield Docket(world)


def organs(docket) -> list[dict]:
    w = docket.world
    return [docket.sued(w.bureau, served_on=date(2026, 3, 4)), docket.sued(w.town, served_on=date(2026, 3, 9))]


# --- defence ------------------------------------------------------------------------------------------------------------
def test_defence_runs_fifteen_days_from_the_service_on_each_organ(docket):
    case = docket.case(defendants=organs(docket))
    w = docket.world
    assert docket.clocks(case, "defence", w.bureau) == [(date(2026, 3, 19), "")]
    assert docket.clocks(case, "defence", w.town) == [(date(2026, 3, 24), "")]


def test_an_organ_that_was_served_with_nothing_has_no_clock_until_it_is(docket):
    case = docket.case(defendants=[docket.sued(docket.world.bureau, served_on=None)])
    assert docket.clocks(case, "defence") == []
    docket.take(case, "serve", defendant=case.defendants.get(), happened_on=date(2026, 3, 9))
    assert docket.clocks(case, "defence") == [(date(2026, 3, 24), "")]


def test_a_defence_that_ends_on_a_holiday_ends_on_the_working_day_after(docket):
    case = docket.case(defendants=[docket.sued(docket.world.bureau, served_on=None)])
    with at("2026-04-17 10:00"):
        docket.take(case, "serve", defendant=case.defendants.get(), happened_on=date(2026, 4, 16))
    assert docket.clocks(case, "defence") == [(date(2026, 5, 6), "")]  # the 1st of May is a holiday until the 5th


def test_a_corrected_service_date_supersedes_the_clock(docket):
    case = docket.case()
    docket.take(case, "serve", defendant=case.defendants.get(), happened_on=date(2026, 3, 6))
    assert docket.clocks(case, "defence") == [
        (date(2026, 3, 19), "superseded"),
        (date(2026, 3, 23), ""),
    ]  # 21st: Saturday
    docket.take(case, "serve", defendant=case.defendants.get(), happened_on=date(2026, 3, 6))
    assert len(docket.clocks(case, "defence")) == 2


def test_the_answer_closes_the_clock_of_its_own_organ_alone(docket):
    case = docket.case(defendants=organs(docket))
    docket.take(case, "defend", docket.organ, happened_on=date(2026, 3, 10))
    w = docket.world
    assert docket.clocks(case, "defence", w.bureau)[0][1] == "met"
    assert docket.clocks(case, "defence", w.town)[0][1] == ""


def test_the_unit_that_answers_for_a_government_owes_the_clock(docket):
    w = docket.world
    case = docket.case(defendants=[docket.sued(w.town, handler=w.bureau)])
    assert [row.unit for row in Deadline.objects.filter(matter=case.pk, code="defence")] == [w.bureau]


# --- appeal and performance ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("outcome", "days"), [("revoked", 15), ("rejected", 10)])
def test_the_appeal_runs_from_each_service_by_judgment_or_ruling(docket, outcome, days):
    case, w = docket.case(defendants=organs(docket)), docket.world
    with at("2026-06-12 10:00"):
        docket.judge(case, outcome, date(2026, 6, 8), {w.bureau: date(2026, 6, 8), w.town: date(2026, 6, 11)})
    rows = Deadline.objects.filter(matter=case.pk, code="appeal")
    assert {row.unit: (row.start_on, row.amount) for row in rows} == {
        w.bureau: (date(2026, 6, 8), days),
        w.town: (date(2026, 6, 11), days),
    }
    assert docket.clocks(case, "appeal", w.bureau)[0][0] == date(2026, 6, 23 if days == 15 else 18)


def test_a_corrected_service_of_the_judgment_supersedes_the_appeal(docket):
    case = docket.case()
    with at("2026-06-12 10:00"):
        docket.judge(case, "revoked", date(2026, 6, 8))
        docket.take(case, "serve-judgment", defendant=case.defendants.get(), happened_on=date(2026, 6, 9))
    assert docket.clocks(case, "appeal") == [(date(2026, 6, 23), "superseded"), (date(2026, 6, 24), "")]


@pytest.mark.parametrize("outcome", ["withdrawn", "settled", "mediated"])
def test_what_cannot_be_appealed_opens_no_appeal_and_takes_effect_when_served(docket, outcome):
    case = docket.case()
    with at("2026-06-12 10:00"):
        docket.judge(case, outcome, date(2026, 6, 8))
    assert docket.clocks(case, "appeal") == []
    assert (case.effective_on, case.matter.state) == (date(2026, 6, 8), "closed")


def test_the_duty_is_performed_by_the_day_of_the_judgment_holiday_or_not(docket):
    case = docket.case()
    with at("2026-04-20 10:00"):
        docket.judge(case, "revoked", date(2026, 4, 2), duty_text="重新作出处理", perform_by=date(2026, 5, 2))
        docket.effective(case, date(2026, 4, 20))
    row = Deadline.objects.get(matter=case.pk, code="perform")
    assert (row.due, row.mark, row.unit) == (date(2026, 5, 2), "letter", docket.world.bureau)


def test_a_judgment_without_a_day_opens_no_clock_of_performance(docket):
    case = docket.case()
    with at("2026-06-25 10:00"):
        docket.judge(case, "revoked", date(2026, 6, 8), duty_text="重新作出处理")
        docket.effective(case, date(2026, 6, 24))
    assert (docket.clocks(case, "perform"), case.matter.state) == ([], "effective")


# --- around the hearing -------------------------------------------------------------------------------------------------
def heard_on(docket, case, day: int):
    return docket.schedule(case, starts_at=datetime(2026, 4, day, 9, 30, tzinfo=CHINA))


def test_the_notice_goes_three_days_before_the_hearing(docket):
    hearing = heard_on(docket, docket.case(), 20)
    assert docket.clocks(docket.appearance(hearing), "notify") == [(date(2026, 4, 17), "")]


def test_a_moved_hearing_moves_what_is_open_and_leaves_the_old_on_record(docket):
    hearing = heard_on(docket, docket.case(), 20)
    row = docket.notify(docket.appearance(hearing))
    before = docket.clocks(row, "name")
    docket.move(hearing, days=3)
    assert before == [(date(2026, 4, 16), "")]
    assert docket.clocks(row, "name") == [(date(2026, 4, 16), "superseded"), (date(2026, 4, 19), "")]
    assert [due for due, outcome in docket.clocks(row, "confirm") if not outcome] == [date(2026, 4, 30)]


def test_a_moved_hearing_leaves_alone_what_is_closed(docket):
    hearing = heard_on(docket, docket.case(), 20)
    row = docket.name(docket.notify(docket.appearance(hearing)))
    docket.move(hearing)
    assert docket.clocks(row, "name") == [(date(2026, 4, 16), "met")]


def test_a_cancelled_hearing_takes_its_clocks_away(docket):
    case = docket.case()
    hearing = heard_on(docket, case, 20)
    row = docket.notify(docket.appearance(hearing))
    docket.take(case, "cancel", hearing=hearing, reason="原告申请")
    row.refresh_from_db()
    row.matter.refresh_from_db()
    assert row.matter.state == "cancelled"
    assert not Deadline.objects.open().filter(matter=row.pk).exists()


# --- whom they warn -----------------------------------------------------------------------------------------------------
def warned(moment: str) -> set[tuple[str, int]]:
    """(stage, person) of what is said in a run at that moment."""
    Notice.objects.all().delete()
    with at(moment):
        reminders.remind()
    return {(row.key.rpartition(":")[2], row.user_id) for row in Notice.objects.filter(key__startswith="due:")}


def both(docket, stage: str) -> set[tuple[str, int]]:
    return {(stage, docket.world.bureau_handler.user.pk), (stage, docket.world.bureau_leader.user.pk)}


def test_every_warning_of_the_defence_goes_to_handler_and_leader(docket):
    docket.case()  # due on Thursday, 19 March
    assert warned("2026-03-13 09:00") == set()
    assert warned("2026-03-16 09:00") == both(docket, "window")
    assert warned("2026-03-18 09:00") == both(docket, "tomorrow")
    assert warned("2026-03-19 09:00") == both(docket, "today")
    assert warned("2026-03-20 09:00") == both(docket, "overdue")


def test_the_appeal_and_the_naming_warn_the_leader_too(docket):
    case = docket.case()
    docket.notify(docket.appearance(heard_on(docket, case, 20)))  # name by Thursday, 16 April
    docket.take(case, "defend", docket.organ, happened_on=date(2026, 3, 10))
    assert warned("2026-04-14 09:00") >= both(docket, "window")
    with at("2026-06-12 10:00"):
        docket.judge(case, "revoked", date(2026, 6, 8))
    assert warned("2026-06-22 09:00") >= both(docket, "tomorrow")


def test_the_other_clocks_warn_the_handler_until_they_are_overdue(docket):
    assert set(CASES.warns_leaders) == {"defence", "appeal", "perform"}
    assert set(APPEARANCES.warns_leaders) == {"notify", "name"}
    row = docket.appearance(heard_on(docket, docket.case(), 20))
    docket.confirm(docket.notify(row))
    due = docket.clocks(row, "summary")[0][0]
    Deadline.objects.exclude(code="summary").delete()
    assert warned(f"{due:%Y-%m-%d} 09:00") == {("today", docket.world.bureau_handler.user.pk)}
