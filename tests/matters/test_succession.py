"""One unit takes over what another has open."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils.timezone import localdate

from linkage.matters import copying, engine, papers, succession
from linkage.matters.models import Deadline, Event, Paper, Party, Signature
from linkage.matters.refusals import NotVisible
from linkage.units.models import Succession
from suggestions.models import Suggestion
from tests import factories


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def heir(world):
    """市林业局 takes over what 市自然资源局 has."""
    unit = factories.unit("department", "市林业局", prefix="岑林", online_service_since=factories.CONSENT)
    world.heir_handler = factories.person(unit, "handler")
    world.heir_leader = factories.person(unit, "leader")
    return unit


@pytest.fixture
def succeeded(world, heir):
    return Succession.objects.create(predecessor=world.bureau, successor=heir, on=localdate(), basis="机构改革方案")


def party(matter, holder) -> Party:
    return Party.objects.get(matter=matter, holder=holder)


def test_open_matters_move_and_keep_the_name_on_the_paper(world, heir, succeeded):
    matter = factories.issued(world)
    assert succession.apply(succeeded) == 1
    row = party(matter, heir)
    assert (row.unit, row.box, row.turn) == (world.bureau, 0, "handler")
    owed = Deadline.objects.filter(matter=matter, code__in=("receive", "reply")).values_list("unit", flat=True)
    assert set(owed) == {heir.pk}
    event = Event.objects.get(matter=matter, verb="succeed")
    assert (event.happened_on, event.unit, event.actor) == (succeeded.on, None, None)
    assert "由岑溪市林业局承继（机构改革方案）" in event.note


def test_the_successor_goes_on_and_the_predecessor_cannot(world, heir, succeeded):
    matter = factories.issued(world)
    succession.apply(succeeded)
    with pytest.raises(NotVisible):
        engine.take(matter.pk, "receive", world.bureau_handler)
    engine.take(matter.pk, "receive", world.heir_handler)
    papers.save_draft(matter.pk, "reply", world.heir_handler, None, factories.reply_draft())
    engine.take(matter.pk, "reply-submit", world.heir_handler)
    engine.take(matter.pk, "reply-sign", world.heir_leader)
    matter.refresh_from_db()
    assert matter.state == "replied"
    assert Paper.objects.get(matter=matter, kind="reply").content["issuers"] == ["岑溪市林业局"]


def test_done_twice_it_does_nothing_more(world, succeeded):
    matter = factories.issued(world)
    assert [succession.apply(succeeded) for _ in range(2)] == [1, 0]
    assert Event.objects.filter(matter=matter, verb="succeed").count() == 1


def test_before_its_day_nothing_happens(world, heir):
    matter = factories.issued(world)
    tomorrow = localdate() + timedelta(days=1)
    future = Succession.objects.create(predecessor=world.bureau, successor=heir, on=tomorrow, basis="机构改革方案")
    assert succession.apply(future) == 0
    assert succession.due() == []
    assert party(matter, world.bureau).turn == "handler"


def test_what_is_closed_stays(world, succeeded):
    matter = factories.replied(world, factories.issued(world))
    engine.take(matter.pk, "close", world.court_handler, data={"result": "done", "opinion": "落实到位"})
    assert succession.apply(succeeded) == 0
    assert party(matter, world.bureau).box == 3


def test_a_reply_in_signing_moves_with_its_places(world, heir, succeeded):
    matter = factories.issued(world)
    papers.save_draft(matter.pk, "reply", world.bureau_handler, None, factories.reply_draft())
    engine.take(matter.pk, "reply-submit", world.bureau_handler)
    succession.apply(succeeded)
    paper = Paper.objects.get(matter=matter, kind="reply")
    assert paper.unit == heir
    assert Signature.objects.waiting().get(paper=paper).unit == heir
    assert party(matter, heir).turn == "leader"
    engine.take(matter.pk, "reply-sign", world.heir_leader)
    matter.refresh_from_db()
    assert matter.state == "replied"


def test_a_draft_goes_out_in_the_successors_name(world):
    court = factories.unit("court", "市新人民法院", prefix="岑新法")
    handler, leader = factories.person(court, "handler"), factories.person(court, "leader")
    matter = factories.draft(world.court_handler, world.bureau)
    taken = Succession.objects.create(predecessor=world.court, successor=court, on=localdate(), basis="示例")
    succession.apply(taken)
    assert Suggestion.objects.get(pk=matter.pk).issuer == court
    assert party(matter, court).unit == court
    engine.take(matter.pk, "suggestion-submit", handler)
    engine.take(matter.pk, "suggestion-sign", leader)
    assert Paper.objects.get(matter=matter).content["issuers"] == ["岑溪市新人民法院"]


def test_a_row_of_the_successors_own_takes_the_parts_over(world):
    """市司法局 had a copy of what it now answers for."""
    matter = factories.issued(world)
    taken = Succession.objects.create(predecessor=world.bureau, successor=world.office, on=localdate(), basis="示例")
    succession.apply(taken)
    row = party(matter, world.office)
    assert (row.addressee, row.copied, row.until, row.turn) == (True, True, None, "handler")
    assert party(matter, world.bureau).until is not None
    assert not copying.lacks_copy(matter)


def test_the_inbox_check_passes_afterwards(world, succeeded):
    factories.issued(world)
    factories.replied(world, factories.issued(world))
    factories.draft(world.court_handler, world.bureau)
    out = StringIO()
    call_command("succeed", stdout=out)
    assert "移交 3 件" in out.getvalue()
    call_command("check_inbox", stdout=out)
    call_command("check_copies", stdout=out)


def test_chains_of_successors_are_followed(world, heir, succeeded):
    last = factories.unit("department", "市自然资源和林业局")
    Succession.objects.create(predecessor=heir, successor=last, on=localdate(), basis="再次改革")
    assert succession.answering(world.bureau) == last
    assert succession.answering(world.bureau, date(2020, 1, 1)) == world.bureau
    assert succession.answering(world.town) == world.town


def test_without_successions_the_command_says_so(db):
    out = StringIO()
    call_command("succeed", stdout=out)
    assert "没有到期的机构承继" in out.getvalue()
