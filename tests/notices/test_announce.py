"""Notices that follow from events: who hears what, once, for which unit."""

import pytest

from linkage.jobs import outbox
from linkage.jobs.models import Job
from linkage.matters import engine, trail
from linkage.matters.models import Event, Matter, Party
from linkage.notices.announce import announce
from linkage.notices.models import Mail, Notice
from linkage.units.models import Post
from tests import factories
from tests.notices.conftest import at
from tests.units.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_working_morning():
    with at("2026-03-02 10:00"):
        yield


def carry_out_announcements() -> None:
    for row in Job.objects.due().filter(name="announce").order_by("pk"):
        assert outbox.carry_out(row.pk), Job.objects.get(pk=row.pk).error


def heard(matter: Matter) -> set[tuple[str, str]]:
    """Who was told what of a matter: the unit's short name and role, and the sentence before the colon."""
    carry_out_announcements()
    rows = Notice.objects.filter(matter=matter).select_related("user", "unit")
    return {(who(row), row.title.partition("：")[0]) for row in rows}


def who(notice: Notice) -> str:
    roles = Post.objects.filter(user=notice.user, unit=notice.unit).values_list("role", flat=True)
    return f"{notice.unit.short} {'+'.join(sorted(roles))}"


def test_a_new_letter_is_told_once_to_the_addressee_and_the_copies(world):
    matter = factories.issued(world)
    assert heard(matter) == {("市自然资源局 handler", "新收建议"), ("市司法局 handler", "抄送")}
    assert Notice.objects.get(unit=world.bureau).title == "新收建议：岑法建〔2026〕1号 规范行政处罚听证告知程序"


def test_service_entered_later_asks_to_receive(world):
    matter = factories.issued(world, world.town)
    assert ("南渡镇人民政府 handler", "请签收") not in heard(matter)
    with at("2026-03-03 10:00"):
        engine.take(matter.pk, "serve", world.court_handler, data={"method": "paper"})
        announced = heard(matter)
    assert ("南渡镇人民政府 handler", "请签收") in announced


def test_what_waits_for_the_leader_is_told_to_the_leader_of_that_unit_only(world):
    matter = factories.draft(world.court_handler, world.bureau)
    engine.take(matter.pk, "suggestion-submit", world.court_handler)
    assert heard(matter) == {("市人民法院 leader", "请审签")}
    engine.take(matter.pk, "suggestion-return", world.court_leader, data={"note": "第2项无依据"})
    assert heard(matter) == {("市人民法院 leader", "请审签"), ("市人民法院 handler", "签发人退回")}
    assert not Notice.objects.filter(title__contains="无依据").exists()


def test_a_signature_that_was_given_meanwhile_is_asked_of_nobody(world):
    matter = factories.issued(world)  # nothing was announced in between
    assert not {sentence for _, sentence in heard(matter)} & {"请审签"}


def test_without_a_leader_the_handlers_are_asked(world):
    Post.objects.filter(unit=world.court, role="leader").delete()
    other = factories.person(world.court, "handler")
    matter = factories.draft(world.court_handler, world.bureau)
    engine.take(matter.pk, "suggestion-submit", world.court_handler)
    carry_out_announcements()
    assert [row.user for row in Notice.objects.filter(matter=matter)] == [other.user]


def test_a_draft_reply_stays_with_its_unit(world):
    matter = factories.issued(world)
    heard(matter)
    seen = set(Notice.objects.values_list("pk", flat=True))
    factories.replied(world, matter)
    sent = Event.objects.get(matter=matter, verb="reply-submit")
    announce(sent.pk)
    assert not Notice.objects.exclude(pk__in=seen).exclude(unit=world.bureau).exists()
    assert ("市人民法院 handler", "市自然资源局已回复，请审查") in heard(matter)


def test_the_one_who_did_it_is_not_told(world):
    matter = factories.issued(world)
    engine.take(matter.pk, "receive", world.bureau_handler)
    carry_out_announcements()
    told = {row.user for row in Notice.objects.filter(key=f"event:{Event.objects.get(verb='receive').pk}")}
    assert told == {world.court_handler.user}


def test_the_handler_in_charge_hears_of_it_else_both(world):
    second = factories.person(world.bureau, "handler")
    matter = factories.issued(world)
    carry_out_announcements()
    assert told_in(world.bureau) == {world.bureau_handler.user, second.user}
    engine.take(matter.pk, "receive", second)
    event = engine.take(matter.pk, "remind", world.court_handler, data={"note": "请按期回复"})
    announce(event.pk)
    assert {row.user for row in Notice.objects.filter(key=f"event:{event.pk}", unit=world.bureau)} == {second.user}


def told_in(unit) -> set:
    return {row.user for row in Notice.objects.filter(unit=unit)}


def test_a_reminder_reaches_the_leader_with_whom_the_reply_lies(world):
    matter = factories.issued(world)
    engine.take(matter.pk, "receive", world.bureau_handler)
    event = engine.take(matter.pk, "remind", world.court_handler, data={"note": "请按期回复"})
    Party.objects.filter(matter=matter, holder=world.bureau).update(turn="leader")
    announce(event.pk)
    told = {row.user for row in Notice.objects.filter(key=f"event:{event.pk}", unit=world.bureau)}
    assert told == {world.bureau_handler.user, world.bureau_leader.user}


def test_one_notice_for_who_is_handler_and_leader(world):
    Post.objects.create(user=world.bureau_handler.user, unit=world.bureau, role="leader")
    matter = factories.issued(world)
    carry_out_announcements()
    assert Notice.objects.filter(matter=matter, user=world.bureau_handler.user).count() == 1


def test_a_person_of_two_units_is_told_for_each_and_mailed_once(world):
    both = person("weihong", "韦红", (world.bureau, "handler"), (world.office, "handler"), email="wh@cenxi.example")
    event = Event.objects.get(matter=factories.issued(world), verb="issue")
    announce(event.pk)
    own = Notice.objects.filter(user=both)
    assert {(row.unit, row.title.partition("：")[0]) for row in own} == {
        (world.bureau, "新收建议"),
        (world.office, "抄送"),
    }
    assert Mail.objects.filter(user=both).count() == 1


def test_repeating_it_tells_nobody_again(world):
    matter = factories.issued(world)
    carry_out_announcements()
    before = list(Notice.objects.values_list("pk", flat=True))
    for event in Event.objects.filter(matter=matter):
        announce(event.pk)
    assert list(Notice.objects.values_list("pk", flat=True)) == before


def test_who_sees_the_matter_only_since_later_is_not_told_of_what_was_before(world):
    matter = factories.issued(world)
    event = Event.objects.get(matter=matter, verb="issue")
    with at("2026-03-03 09:00"):
        row = Party.objects.get(matter=matter, holder=world.office)
        Party.objects.create(
            matter=matter, kind=matter.kind, unit=world.town, holder=world.town, copied=True,
            since=row.since.replace(day=3), sort_on=row.sort_on,
        )  # fmt: skip
        announce(event.pk)
    assert not Notice.objects.filter(unit=world.town).exists()


def test_of_a_void_matter_nobody_hears(world):
    matter = factories.issued(world)
    Matter.objects.filter(pk=matter.pk).update(void=True)
    assert heard(matter) == set()


def test_a_person_without_an_address_is_told_in_the_portal_only(world):
    matter = factories.issued(world)
    carry_out_announcements()
    assert Notice.objects.filter(matter=matter, urgent=True, user=world.bureau_handler.user).count() == 1
    assert not Mail.objects.exists()


@pytest.mark.parametrize("end", ["\r\nBcc: all@cenxi.example", "\n", "\x1b[2J", "\u2028续\u202e"])
def test_a_title_cannot_break_out_of_its_line(world, end):
    matter = factories.issued(world)
    Matter.objects.filter(pk=matter.pk).update(title=f"=cmd|A1{end}尾")
    event = trail.record(Matter.objects.get(pk=matter.pk), "issue", "签发", world.court_handler)
    announce(event.pk)
    title = Notice.objects.get(key=f"event:{event.pk}", unit=world.bureau).title
    assert title.startswith("新收建议：岑法建〔2026〕1号 =cmd|A1")
    assert title.isprintable()


def test_a_title_of_any_length_fits(world):
    matter = factories.issued(world)
    Matter.objects.filter(pk=matter.pk).update(title="长" * 200, number="号" * 60)
    Party.objects.filter(matter=matter).update(until=None)
    event = trail.record(Matter.objects.get(pk=matter.pk), "issue", "签发", world.court_handler)
    announce(event.pk)
    assert len(Notice.objects.get(key=f"event:{event.pk}", unit=world.bureau).title) <= 300
