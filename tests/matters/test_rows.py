"""Rows within a set of units: read by the units named and by nobody whose number merely looks alike."""

import pytest

from linkage.matters import trail
from linkage.matters.models import Attachment, Event, Paper
from linkage.matters.rows import only
from linkage.units.acting import SYSTEM, Actor, for_unit
from linkage.units.models import Post, Unit
from tests import factories

pytestmark = pytest.mark.django_db
ALIKE = (3, 13, 31, 33, 130, 300, 313)


def actor(unit: Unit) -> Actor:
    return Actor(None, unit, via="测试")


def test_within_nobody_named_is_within_everybody():
    assert (only(), only(None)) == ("", "")


def test_a_set_is_written_in_order_and_once():
    assert only(13, 3, 13, None, 130) == ",3,13,130,"


@pytest.mark.parametrize("number", ALIKE)
def test_a_unit_reads_its_own_rows_and_not_those_of_units_whose_number_holds_its_own(number):
    """3 is no 13, 13 no 130, 33 no 3."""
    rows = {each: trail.record(None, "note", "记录", SYSTEM, within=only(each), tell=False) for each in ALIKE}
    reader = actor(Unit(pk=number, short="某"))
    assert set(Event.objects.visible_to(reader).filter(pk__in=[row.pk for row in rows.values()])) == {rows[number]}


@pytest.mark.parametrize(
    ("within", "readers"), [((), set(ALIKE)), ((3, 130), {3, 130}), ((13,), {13}), ((31, 313), {31, 313})]
)
def test_a_row_within_several_is_read_by_each_of_them(within, readers):
    row = trail.record(None, "note", "记录", SYSTEM, within=only(*within), tell=False)
    found = {number for number in ALIKE if Event.objects.visible_to(actor(Unit(pk=number))).filter(pk=row.pk).exists()}
    assert found == readers


def test_who_acts_for_no_unit_reads_what_is_open_to_all(world):
    matter = factories.issued(world)
    nobody = Actor(world.court_handler.user, None)
    assert set(Event.objects.visible_to(nobody).filter(matter=matter).values_list("verb", flat=True)) == {
        "issue",
        "serve",
    }


def test_events_papers_and_files_are_read_by_one_rule(world):
    matter = factories.issued(world)
    for model in (Event, Paper, Attachment):
        rows = model.objects.visible_to(world.bureau_handler).filter(matter=matter)
        assert {row.within for row in rows} <= {""}
    mine = Event.objects.visible_to(world.court_handler).filter(matter=matter)
    assert {row.within for row in mine} == {"", f",{world.court.pk},"}


def test_a_person_of_two_units_reads_with_the_eyes_of_the_one_he_acts_for(world):
    matter = factories.issued(world)
    person = world.court_handler.user
    Post.objects.create(user=person, unit=world.bureau, role="handler")
    for unit, inside in ((world.court, 1), (world.bureau, 0)):
        rows = Event.objects.visible_to(for_unit(person, unit)).filter(matter=matter).exclude(within="")
        assert (unit, rows.count()) == (unit, inside)
