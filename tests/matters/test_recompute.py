"""A calendar that changes moves the running deadlines, matter by matter, with one Event and one notice each."""

from datetime import date, timedelta

import pytest

from linkage.jobs import outbox
from linkage.jobs.models import Job
from linkage.matters import deadlines, inbox, recompute, trail, workcalendar
from linkage.matters.kinds import Term, kinds
from linkage.matters.models import CalendarNotice, Deadline, DeadlineChange, Event, Layer, Matter, Part, Party
from linkage.matters.workcalendar import Entry
from linkage.units.acting import SYSTEM
from linkage.units.models import Area, Unit

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
# The days off of a made-up notice of 2027: 春节 5–11 February, 国庆节, and a Sunday worked.
NEXT_YEAR = {date(2027, 2, 5) + DAY * n: Entry(works=False, name="春节") for n in range(7)}
NEXT_YEAR |= {date(2027, 2, 21): Entry(works=True, name="春节"), date(2027, 10, 1): Entry(works=False, name="国庆节")}


@pytest.fixture
def place():
    return Area.objects.get(code="450481")


@pytest.fixture
def court(place):
    return Unit.objects.create(kind="court", area=place, name="岑溪市人民法院", short="市法院")


@pytest.fixture
def bureau(place):
    return Unit.objects.create(kind="department", area=place, name="岑溪市自然资源局", short="市自然资源局")


@pytest.fixture
def letter(place, court, bureau):
    """letter(start, …) → a served suggestion with deadlines counted by the calendar as it stands."""

    def make(start: date, *terms: tuple[str, Term]) -> Matter:
        matter = Matter.objects.create(kind="suggestion", title="规范听证告知程序", state="handling", area=place)
        row = {"matter": matter, "kind": matter.kind, "since": matter.created_at, "sort_on": start}
        Party.objects.create(unit=court, holder=court, issuer=True, **row)
        Party.objects.create(unit=bureau, holder=bureau, addressee=True, received_at=matter.created_at, **row)
        for code, term in terms or [("reply", Term("书面回复", amount=2, unit="month", start_label="送达"))]:
            fields = deadlines.row_of(term, deadlines.counted(term, start), start)
            Deadline.objects.create(matter=matter, code=code, unit=bureau, **fields)
        inbox.fold(matter)
        return matter

    return make


def load_next_year(days=None, layer=Layer.NATIONAL) -> Event:
    notice, _ = CalendarNotice.objects.get_or_create(
        year=2027, layer=layer, defaults={"title": "2027年放假通知", "source": "中国政府网"}
    )
    return workcalendar.enter(notice, NEXT_YEAR if days is None else days, SYSTEM)


def run() -> list[str]:
    """Carry out the jobs of this module that are due; the keys of those that recomputed a matter."""
    done = []
    for name in ("recompute-all", "recompute"):
        for row in Job.objects.due().filter(name=name).order_by("pk"):
            assert outbox.carry_out(row.pk), Job.objects.get(pk=row.pk).error
            done.append(row.key)
    return [key for key in done if not key.startswith("recompute-all")]


def only(matter: Matter) -> Deadline:
    return matter.deadlines.get()


def test_a_date_that_moves_gives_one_change_one_event_and_one_notice(letter, bureau):
    matter = letter(date(2026, 12, 5))  # 5 February 2027 is 除夕: counted to the 9th, provisionally
    assert (only(matter).due, only(matter).provisional) == (date(2027, 2, 9), True)
    cause = load_next_year()
    assert run() == [f"recompute:{cause.pk}:{matter.pk}"]

    moved = only(matter)
    assert (moved.first_due, moved.due, moved.provisional) == (date(2027, 2, 9), date(2027, 2, 12), False)
    assert moved.steps == [
        "2026年12月5日送达，次日起算",
        "期限2个月，至2027年2月5日（周五）",
        "届满日为休息日（春节），顺延至2027年2月12日（周五）",
    ]
    event = Event.objects.get(matter=matter)
    assert (event.verb, event.actor, event.unit) == ("recompute", None, None)
    assert event.note == ("按2027年全国放假安排重新计算：书面回复期限由2027年2月9日（周二）改为2027年2月12日（周五）。")
    change = DeadlineChange.objects.get()
    assert (change.event, change.from_due, change.to_due) == (event, date(2027, 2, 9), date(2027, 2, 12))
    assert Job.objects.filter(name="announce").count() == 1
    party = Party.objects.get(matter=matter, holder=bureau)
    assert (party.due_on, party.sort_on) == (date(2027, 2, 12), date(2027, 2, 12))


def test_a_date_that_stays_only_loses_its_mark(letter):
    matter = letter(date(2027, 1, 6))
    assert only(matter).provisional
    load_next_year()
    assert len(run()) == 1
    assert (only(matter).due, only(matter).provisional) == (date(2027, 3, 8), False)
    assert only(matter).steps[-1] == "届满日为休息日，顺延至3月8日（周一）"
    assert not Event.objects.filter(matter=matter).exists()
    assert not DeadlineChange.objects.exists()


def test_doing_it_twice_changes_nothing_more(letter):
    matter = letter(date(2026, 12, 5))
    cause = load_next_year()
    run()
    recompute.recompute(matter.pk, cause.pk)
    recompute.spread(cause.pk, "2027-01-01", "2027-12-31")
    assert run() == []  # the key was asked before
    assert (Event.objects.filter(matter=matter).count(), DeadlineChange.objects.count()) == (1, 1)


def test_two_deadlines_of_one_matter_share_the_event(letter):
    terms = [("reply", Term("书面回复", amount=2, unit="month")), ("review", Term("审查", amount=45, unit="workday"))]
    matter = letter(date(2026, 12, 5), *terms)
    load_next_year()
    run()
    event = Event.objects.get(matter=matter)
    assert event.note.count("期限由") == 2
    assert DeadlineChange.objects.filter(event=event).count() == 2
    assert Job.objects.filter(name="announce").count() == 1


def test_every_matter_has_its_own_event(letter):
    matters = [letter(date(2026, 12, 5)) for _ in range(3)]
    load_next_year()
    assert len(run()) == 3
    assert [Event.objects.filter(matter=matter).count() for matter in matters] == [1, 1, 1]


def test_a_corrected_notice_moves_the_dates_back(letter):
    matter = letter(date(2026, 12, 5))
    load_next_year()
    run()
    load_next_year({day: entry for day, entry in NEXT_YEAR.items() if day < date(2027, 2, 10)})
    run()
    assert only(matter).due == date(2027, 2, 10)
    moves = [(row.from_due.day, row.to_due.day) for row in DeadlineChange.objects.all()]
    assert moves == [(9, 12), (12, 10)]


def test_the_local_layer_moves_dates_too(letter):
    matter = letter(date(2027, 3, 30), ("receive", Term("签收", amount=10, unit="day")))
    load_next_year()
    run()
    assert only(matter).due == date(2027, 4, 9)
    load_next_year({date(2027, 4, 9): Entry(works=False, name="壮族三月三")}, Layer.GUANGXI)
    run()
    assert only(matter).due == date(2027, 4, 12)
    assert Event.objects.get(matter=matter).note.startswith("按2027年广西放假安排重新计算")


def test_deadlines_outside_the_year_are_not_asked_for(letter):
    letter(date(2026, 8, 5))
    load_next_year()
    assert run() == []


def test_closed_deadlines_and_agreed_dates_stay(letter):
    agreed = letter(date(2026, 12, 5), ("supplement", Term("补充回复", agreed=date(2027, 2, 8), soft=True)))
    closed = letter(date(2026, 12, 5))
    closed.deadlines.update(closed_on=date(2026, 12, 20), outcome="met")
    load_next_year()
    assert run() == []
    assert [only(matter).due for matter in (agreed, closed)] == [date(2027, 2, 8), date(2027, 2, 9)]


def test_what_people_decided_stays(letter):
    matter = letter(date(2026, 12, 5))
    decision = trail.record(matter, "extend", "同意延期", SYSTEM)
    row = only(matter)
    DeadlineChange.objects.create(
        deadline=row, event=decision, reason="延期", from_due=row.due, to_due=date(2027, 3, 9)
    )
    matter.deadlines.update(due=date(2027, 3, 9), provisional=False)
    load_next_year()
    run()
    assert only(matter).due == date(2027, 3, 9)
    assert list(Event.objects.filter(matter=matter)) == [decision]


def test_a_voided_matter_is_left_alone(letter):
    matter = letter(date(2026, 12, 5))
    cause = load_next_year()
    Matter.objects.filter(pk=matter.pk).update(void=True)
    recompute.recompute(matter.pk, cause.pk)
    assert only(matter).provisional
    assert run() == []


def test_the_second_look_finds_what_was_committed_late(letter):
    cause = load_next_year()
    run()
    CalendarNotice.objects.get(year=2027).days.all().delete()  # as a step saw it that began before the notice
    matter = letter(date(2026, 12, 5))
    workcalendar.replace(CalendarNotice.objects.get(year=2027), NEXT_YEAR)
    Job.objects.filter(key=f"recompute-all:{cause.pk}:again").update(run_after=matter.created_at)
    assert run() == [f"recompute:{cause.pk}:again:{matter.pk}"]
    assert (only(matter).due, only(matter).provisional) == (date(2027, 2, 12), False)


def test_many_matters_are_asked_for_in_batches(letter, monkeypatch):
    monkeypatch.setattr(recompute, "BATCH", 2)
    for _ in range(5):
        letter(date(2026, 12, 5))
    load_next_year()
    assert len(run()) == 5


@pytest.mark.parametrize("label", ["", "送达", "签发"])
def test_the_word_for_the_start_survives(letter, label):
    matter = letter(date(2026, 12, 5), ("reply", Term("书面回复", amount=2, unit="month", start_label=label)))
    first = only(matter).steps[0]
    load_next_year()
    run()
    assert only(matter).steps[0] == first


def test_the_kind_tells_the_parties(letter, bureau):
    matter = letter(date(2026, 12, 5))
    load_next_year()
    run()
    party = Party.objects.get(matter=matter, holder=bureau)
    assert party.has((Part.ADDRESSEE,))
    assert kinds[matter.kind].news(Event.objects.get(matter=matter), party) is not None
