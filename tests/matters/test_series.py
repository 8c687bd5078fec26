"""Numbers of documents: gap-free by prefix, kind and year of Asia/Shanghai; a number typed or used before is not given again."""

from datetime import date

import pytest
import time_machine

from linkage.matters import engine, papers
from linkage.matters.models import Matter, Paper, Series, numbered
from linkage.matters.refusals import Incomplete, Refused
from linkage.units.models import Unit
from suggestions.models import Suggestion
from tests import factories

pytestmark = pytest.mark.django_db


def at(moment: str):
    return time_machine.travel(f"{moment}+08:00", tick=False)


def test_a_number_is_written_by_gb_t_9704():
    """Hexagonal brackets, no 第, no leading noughts."""
    assert [numbered("岑法建", 2026, serial) for serial in (1, 12, 1000)] == [
        "岑法建〔2026〕1号",
        "岑法建〔2026〕12号",
        "岑法建〔2026〕1000号",
    ]


def test_each_prefix_kind_and_year_counts_for_itself():
    rows = [
        ("岑法建", "suggestion", 2026),
        ("岑司建", "suggestion", 2026),
        ("岑法建", "urging", 2026),
        ("岑法建", "suggestion", 2027),
    ]
    assert [Series.take(*row)[-2:] for row in rows for _ in range(2)] == ["1号", "2号"] * 4
    assert Series.objects.count() == 4


@pytest.mark.parametrize(
    ("moment", "number"), [("2026-12-31T23:59:59", "岑法建〔2026〕1号"), ("2027-01-01T00:00:00", "岑法建〔2027〕1号")]
)
def test_the_year_ends_at_midnight_of_shanghai(world, moment, number):
    """An hour at which it is still the old year in UTC."""
    with at(moment):
        assert factories.issued(world).number == number


def test_a_new_year_begins_at_one(world):
    with at("2026-12-30T10:00:00"):
        numbers = [factories.issued(world).number for _ in range(2)]
    with at("2027-01-04T10:00:00"):
        numbers.append(factories.issued(world).number)
    assert numbers == ["岑法建〔2026〕1号", "岑法建〔2026〕2号", "岑法建〔2027〕1号"]


def test_what_is_entered_late_takes_the_year_of_its_signature(world):
    with at("2027-01-04T10:00:00"):
        matter = factories.draft(world.court_handler, world.bureau)
        sheet = {"signer_name": "陆某", "signed_on": date(2026, 12, 31), "sheet": factories.upload("稿纸.pdf")}
        engine.take(matter.pk, "suggestion-record", world.court_handler, data=sheet)
        matter.refresh_from_db()
    assert (matter.number, str(matter.issued_on)) == ("岑法建〔2026〕1号", "2026-12-31")


def test_a_step_that_is_refused_leaves_no_gap(world):
    """The number is taken inside the step: what rolls back gives it back."""
    first = factories.draft(world.court_handler, world.bureau)
    engine.take(first.pk, "suggestion-submit", world.court_handler)
    Suggestion.objects.filter(pk=first.pk).update(problems="")
    with pytest.raises(Incomplete):
        engine.take(first.pk, "suggestion-sign", world.court_leader)
    assert factories.issued(world).number.endswith("〕1号")
    Suggestion.objects.filter(pk=first.pk).update(problems="补正后的问题。")
    engine.take(first.pk, "suggestion-sign", world.court_leader)
    first.refresh_from_db()
    assert first.number.endswith("〕2号")


def test_a_guard_at_the_last_signature_leaves_no_gap(world):
    matter = factories.draft(world.court_handler, world.bureau)
    engine.take(matter.pk, "suggestion-submit", world.court_handler)
    matter.parties.filter(holder=world.office).delete()
    with pytest.raises(Refused, match="必须同时抄送司法局"):
        engine.take(matter.pk, "suggestion-sign", world.court_leader)
    assert Series.objects.count() == 0


def test_a_number_registered_off_line_is_passed_over(world, sign_in):
    taken = factories.draft(world.court_handler, world.bureau)
    Paper.objects.filter(matter=taken).update(number="岑法建〔2026〕1号")
    with at("2026-03-03T10:00:00"):
        assert [factories.issued(world).number for _ in range(2)] == ["岑法建〔2026〕2号", "岑法建〔2026〕3号"]


def test_numbers_of_two_units_do_not_meet(world):
    with at("2026-03-03T10:00:00"):
        court = factories.issued(world)
        bureau = factories.replied(world, court)
    numbers = Paper.objects.filter(matter=bureau).values_list("number", flat=True)
    assert list(numbers) == ["岑法建〔2026〕1号", "岑自然资函〔2026〕1号"]


# --- the unit's own register --------------------------------------------------------------------------------------------
@pytest.fixture
def register(world):
    Unit.objects.filter(pk=world.court.pk).update(numbering=Unit.Numbering.REGISTER)
    return world


def typed(world, number: str) -> Matter:
    matter = factories.draft(world.court_handler, world.bureau)
    papers.save_draft(matter.pk, "suggestion", world.court_handler, None, {"number": number})
    return matter


def test_a_typed_number_is_taken_as_it_is(register):
    matter = typed(register, "岑法建〔2026〕31号")
    engine.take(matter.pk, "suggestion-submit", register.court_handler)
    engine.take(matter.pk, "suggestion-sign", register.court_leader)
    matter.refresh_from_db()
    assert (matter.number, Series.objects.count()) == ("岑法建〔2026〕31号", 0)


def test_without_a_number_it_is_not_sent_for_signature(register):
    matter = typed(register, "")
    with pytest.raises(Incomplete, match="填写文号：本单位使用登记簿编号"):
        engine.take(matter.pk, "suggestion-submit", register.court_handler)


def test_a_number_that_the_unit_has_used_is_refused(register):
    first, second = typed(register, "岑法建〔2026〕31号"), typed(register, "岑法建〔2026〕31号")
    for matter in (first, second):
        engine.take(matter.pk, "suggestion-submit", register.court_handler)
    engine.take(first.pk, "suggestion-sign", register.court_leader)
    with pytest.raises(Incomplete, match="本单位已有文号为岑法建〔2026〕31号的文书"):
        engine.take(second.pk, "suggestion-sign", register.court_leader)
    second.refresh_from_db()
    assert second.state == "draft"


def test_the_number_of_a_reply_entered_for_a_unit_without_account_is_refused_twice(world):
    first, second = (factories.issued(world, world.firm) for _ in range(2))
    given = {"draft": factories.reply_draft(), "issued_on": first.issued_on, "number": "石材函〔2026〕1号"}
    for matter in (first, second):
        engine.take(matter.pk, "serve", world.court_handler, data={"method": "direct"})
    engine.take(first.pk, "enter", world.court_handler, data={**given, "scan": factories.upload()})
    with pytest.raises(Incomplete, match="本单位已有文号为石材函〔2026〕1号的文书"):
        engine.take(second.pk, "enter", world.court_handler, data={**given, "scan": factories.upload()})
    assert Paper.objects.get(kind="reply").matter == first
