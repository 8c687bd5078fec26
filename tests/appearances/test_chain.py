"""The result of a dispute over its instances: only what is effective in the end counts."""

from datetime import date

import pytest

from tests.appearances.story import Docket

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = date(2026, 5, 6), date(2026, 8, 3), date(2026, 10, 12)


@pytest.fixture
def docket(world):
    return Docket(world)


def above(docket, below, code: str):
    """The next instance of a case, by the type code of its number."""
    docket.serial += 1
    return docket.case(number=f"（2026）桂04{code}{docket.serial}号", previous=below)


def result(case) -> tuple:
    case.refresh_from_db()
    return case.result, case.result_on


def lost(docket):
    return docket.judge(docket.case(), "revoked", FIRST)


def appealed(docket):
    case = lost(docket)
    docket.take(case, "appealed", appealed_by="市自然资源局", happened_on=date(2026, 5, 20))
    return case


def test_a_judgment_that_is_not_effective_is_no_result(docket):
    assert result(lost(docket)) == ("", None)


def test_without_an_appeal_the_first_judgment_is_the_result(docket):
    assert result(docket.effective(lost(docket))) == ("revoked", date(2026, 5, 22))


def test_an_appeal_that_is_pending_leaves_no_result(docket):
    case = appealed(docket)
    above(docket, case, "行终")
    assert (result(case), case.matter.state) == (("", None), "appealed")


def test_a_second_instance_that_is_open_takes_the_effect_away(docket):
    case = docket.effective(lost(docket))
    second = above(docket, case, "行终")
    assert result(case) == ("", None)
    docket.take(second, "annul", docket.world.court_leader, note="登记有误")
    assert result(case) == ("revoked", date(2026, 5, 22))


def test_an_upheld_judgment_counts_as_the_one_below_from_the_second_day(docket):
    case = appealed(docket)
    docket.judge(above(docket, case, "行终"), "upheld", SECOND)
    assert result(case) == ("revoked", SECOND)


def test_a_second_judgment_of_its_own_replaces_the_first(docket):
    case = appealed(docket)
    docket.judge(above(docket, case, "行终"), "dismissed", SECOND)
    assert result(case) == ("dismissed", SECOND)


def test_a_withdrawn_appeal_leaves_the_first_judgment(docket):
    case = appealed(docket)
    docket.judge(above(docket, case, "行终"), "appeal_withdrawn", SECOND)
    assert result(case) == ("revoked", SECOND)


def test_a_case_sent_back_has_no_result_and_its_new_first_instance_one_of_its_own(docket):
    case = appealed(docket)
    second = docket.judge(above(docket, case, "行终"), "remanded", SECOND)
    assert result(case) == ("", None)
    again = docket.case(previous=second)
    docket.effective(docket.judge(again, "dismissed", THIRD), date(2026, 10, 30))
    assert (result(case), result(again)) == (("", None), ("dismissed", date(2026, 10, 30)))


def test_a_refused_review_leaves_result_and_day(docket):
    case = appealed(docket)
    second = docket.judge(above(docket, case, "行终"), "upheld", SECOND)
    docket.judge(above(docket, second, "行申"), "review_refused", THIRD)
    assert result(case) == ("revoked", SECOND)


def test_a_review_that_is_open_leaves_the_result_standing(docket):
    case = appealed(docket)
    second = docket.judge(above(docket, case, "行终"), "upheld", SECOND)
    above(docket, second, "行申")
    assert result(case) == ("revoked", SECOND)


def test_a_retrial_over_three_instances_is_the_last_word(docket):
    case = appealed(docket)
    second = docket.judge(above(docket, case, "行终"), "upheld", SECOND)
    docket.judge(above(docket, second, "行再"), "dismissed", THIRD)
    assert result(case) == ("dismissed", THIRD)
    assert result(second) == ("", None)  # only the first instance bears the dispute's result
