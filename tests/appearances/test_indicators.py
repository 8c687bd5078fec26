"""Every rate in every variant over a year worked out by hand, the two scopes, and what one moved hearing moves."""

import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from appearances import indicators
from appearances.models import Hearing
from linkage.figures import Period
from linkage.matters.models import Matter
from linkage.units.models import Area
from tests.appearances.docket import HERE, MUST, THERE, Docket, came, moment, year

pytestmark = pytest.mark.django_db
YEAR = Period(2024, None, date(2025, 6, 1))
QUERIES = 4  # outcome rules, cases, defendants, appearances


@pytest.fixture
def docket():
    return year()


# By the cases of docket.py. Opened 1–9 and 11, principals came in 1, 2, 5, 11; only the absence in 4 was wholly accepted.
# Heard 1–5, 10, 11 (10: papers unfit); served 1–5, 11; 应当 1, 3, 4, 5; sessions 8 (5 has two), came 1, 2, 5, 5, 11.
# Spoke 1, 2, 11; on resolution 1, 11. Closed first instances 1, 2, 3, 5, 6, 7, 8, 10, of two organs in 5; lost 1, 3, 5;
# on the merits 1, 2, 3, 5. Effective in the year 1, 2, 3, 6, 7, 8, 12; lost 1, 3, 12; on the merits 1, 2, 3, 12.
# Due to be performed 1 (in time), 12 (late), 13 (not). Closed in all instances 1–8 and 10; new 1–9, 11; pending 11, 16.
WHOLE = {
    "attendance.opened_kept": (4, 10), "attendance.opened_removed": (4, 9),
    "attendance.notified_kept": (4, 6), "attendance.notified_removed": (4, 5),
    "attendance.heard_kept": (4, 7), "attendance.heard_removed": (4, 6),
    "attendance.must_kept": (2, 4), "attendance.must_removed": (2, 3),
    "attendance.hearings_kept": (5, 8), "attendance.hearings_removed": (5, 7),
    "chief.attended": (1, 4), "chief.heard": (1, 7),
    "spoke.cases": (3, 4), "spoke.times": (3, 5), "resolution.cases": (2, 4), "resolution.times": (2, 5),
    "loss.own_all_once": (3, 8), "loss.own_all_each": (4, 9),
    "loss.own_substantive_once": (3, 4), "loss.own_substantive_each": (4, 5),
    "loss.effective_all_once": (3, 7), "loss.effective_all_each": (3, 7),
    "loss.effective_substantive_once": (3, 4), "loss.effective_substantive_each": (3, 4),
    "settlement.settled": (2, 8), "settlement.withdrawals": (3, 8),
    "performance.in_time": (1, 3), "performance.with_late": (2, 3),
    "closing.new": (9, 10), "closing.with_pending": (9, 11),
}  # fmt: skip
# The department next door is sued in 5 (with the bureau, not notified), 10 and 11.
NEXT_DOOR = {
    "attendance.opened_kept": (2, 2), "attendance.opened_removed": (2, 2),
    "attendance.notified_kept": (1, 1), "attendance.notified_removed": (1, 1),
    "attendance.heard_kept": (2, 3), "attendance.heard_removed": (2, 3),
    "attendance.must_kept": (0, 0), "attendance.must_removed": (0, 0),
    "attendance.hearings_kept": (3, 4), "attendance.hearings_removed": (3, 4),
    "chief.attended": (0, 2), "chief.heard": (0, 3),
    "spoke.cases": (1, 2), "spoke.times": (1, 3), "resolution.cases": (1, 2), "resolution.times": (1, 3),
    "loss.own_all_once": (1, 2), "loss.own_all_each": (1, 2),
    "loss.own_substantive_once": (1, 1), "loss.own_substantive_each": (1, 1),
    "loss.effective_all_once": (0, 0), "loss.effective_all_each": (0, 0),
    "loss.effective_substantive_once": (0, 0), "loss.effective_substantive_each": (0, 0),
    "settlement.settled": (0, 2), "settlement.withdrawals": (0, 2),
    "performance.in_time": (0, 0), "performance.with_late": (0, 0),
    "closing.new": (2, 2), "closing.with_pending": (2, 3),
}  # fmt: skip
# Case 11 is heard on 2025-01-06 instead of 2024-12-30: it was opened in 2024, and is heard, came and spoke a year later.
MOVED = {
    "attendance.opened_kept": (3, 10), "attendance.opened_removed": (3, 9),
    "attendance.notified_kept": (3, 5), "attendance.notified_removed": (3, 4),
    "attendance.heard_kept": (3, 6), "attendance.heard_removed": (3, 5),
    "attendance.hearings_kept": (4, 7), "attendance.hearings_removed": (4, 6),
    "chief.attended": (1, 3), "chief.heard": (1, 6),
    "spoke.cases": (2, 3), "spoke.times": (2, 4), "resolution.cases": (1, 3), "resolution.times": (1, 4),
}  # fmt: skip


def counted(period: Period = YEAR, *args) -> dict[str, tuple[int, int]]:
    return {
        f"{figure.indicator.code}.{figure.variant}": (figure.numerator, figure.denominator)
        for figure in indicators.figures(period, *args)
    }


def test_a_year_gives_every_variant_as_worked_out_by_hand(docket):
    assert counted() == WHOLE


def test_the_two_scopes_differ(docket):
    assert counted(YEAR, frozenset({THERE}), indicators.DEFENDANT) == NEXT_DOOR
    assert counted(YEAR, frozenset({HERE}), indicators.COURT) == WHOLE
    assert set(counted(YEAR, frozenset({THERE}), indicators.COURT).values()) == {(0, 0)}


def test_a_hearing_moved_into_the_next_year_moves_these_figures_only(docket):
    day = moment("2025-01-06")
    Hearing.objects.filter(case=docket.cases["11"]).update(starts_at=day, ends_at=day)
    after = counted()
    assert {name: value for name, value in after.items() if value != WHOLE[name]} == MOVED


def test_the_last_hour_of_the_year_is_the_year_of_the_hearing(docket):
    Hearing.objects.filter(case=docket.cases["11"]).update(starts_at=datetime(2024, 12, 31, 15, 59, tzinfo=UTC))
    assert counted() == WHOLE
    Hearing.objects.filter(case=docket.cases["11"]).update(starts_at=datetime(2024, 12, 31, 16, 0, tzinfo=UTC))
    assert counted() == WHOLE | MOVED


def test_a_quarter_takes_what_happened_in_it(docket):
    first = counted(Period(2024, 1, YEAR.as_of))
    assert first["attendance.opened_kept"] == (2, 8)  # 1, 2, 3, 5–9; 5 came only in May
    assert first["attendance.heard_kept"] == (2, 3)  # 1, 2, 10
    assert first["loss.own_all_once"] == (0, 2)  # 6, 10
    assert first["performance.with_late"] == (1, 1)  # 12
    assert first["closing.with_pending"] == (2, 10)  # 6, 10; pending 1, 2, 3, 5, 7, 8, 9, 16


def test_a_running_year_counts_what_has_fallen_due(docket):
    running = counted(Period(2024, None, date(2024, 8, 31)))
    assert running["performance.with_late"] == (2, 2)  # 1 and 12; 13 falls due in September


def test_cancelled_void_and_annulled_rows_count_nowhere(docket):
    Hearing.objects.filter(case=docket.cases["11"]).update(status="cancelled")
    assert counted() == WHOLE | MOVED
    Matter.objects.filter(appearance__hearing__case=docket.cases["1"]).update(void=True)
    assert counted()["attendance.heard_kept"] == (2, 5)  # 2, 3, 4, 5, 10


def test_a_figure_knows_its_rows(docket):
    found = {(row.indicator.code, row.variant): row for row in indicators.figures(YEAR)}
    lost = found["loss", "own_all_once"]
    assert lost.above == {docket.cases[name].pk for name in ("1", "3", "5")}
    assert lost.of == "case"
    assert found["loss", "own_all_each"].of == "defendant"
    assert all(row.above <= row.below for row in found.values() if row.variant != "new")


def test_an_empty_year_has_no_rates():
    assert {row.printed for row in indicators.figures(YEAR)} == {"—"}


@pytest.mark.parametrize("size", [10, 200])
def test_the_number_of_queries_does_not_grow(size):
    made = Docket()
    for number in range(size):
        made.case(str(number), "2024-02-02", ended=("revoked", "2024-06-01"),
                  sessions=[("2024-05-01", {made.a: came("chief", **MUST)})])  # fmt: skip
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert counted()["attendance.heard_kept"] == (size, size)
    assert len(asked) == QUERIES


def printed(*args) -> str:
    out = StringIO()
    call_command("indicators", *args, stdout=out)
    return out.getvalue()


def test_the_command_prints_every_figure_with_its_definition(docket):
    made = json.loads(printed("--year", "2024", "--json"))
    assert {
        f"{row['code']}.{row['variant']}": (row["numerator"], row["denominator"]) for row in made["figures"]
    } == WHOLE
    assert made["as_of"] == timezone.localdate().isoformat()
    assert all(row["definition"] and row["exclusions"] and row["source"] and row["unit"] for row in made["figures"])
    text = printed("--year", "2024", "--area", THERE, "--scope", "defendant")
    assert f"2024年指标　范围：苍梧县（被告属地）　数据截至 {timezone.localdate()}" in text
    assert "  按实际开庭数，正当理由未出庭的计入分母：66.7%（2÷3，单位：件）" in text
    assert "—（0÷0" in text


def test_an_area_includes_those_below_it(docket):
    above = Area.objects.get(pk=HERE).parent_id
    made = json.loads(printed("--year", "2024", "--area", above, "--json"))
    assert {
        f"{row['code']}.{row['variant']}": (row["numerator"], row["denominator"]) for row in made["figures"]
    } == WHOLE


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        ((), "写明统计年度"), (("--year", "二〇二四"), "不是可以统计的年度"), (("--year", "9999"), "不是可以统计的年度"),
        (("--year", "2024", "--quarter", "5"), "不是季度"), (("--year", "2024", "--area", "999999"), "没有代码为“999999”的行政区划"),
        (("--year", "2024", "--scope", "all"), "不是统计范围"),
    ],
)  # fmt: skip
def test_a_wrong_option_is_answered_in_words(args, sentence):
    with pytest.raises(CommandError, match=sentence):
        printed(*args)
