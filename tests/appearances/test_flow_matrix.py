"""Every verb of the two tables × state × part × post: what the table lets through is permitted, all else is refused."""

from datetime import date

import pytest

from appearances.kind import APPEARANCES, CASES
from appearances.models import AppearanceState, CaseState
from linkage.matters import engine
from linkage.matters.models import Deadline, Party
from linkage.matters.refusals import Refused
from tests.appearances.story import Docket

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 22)


def cases(docket: Docket) -> dict:
    """A matter of each state of a case."""
    judged = docket.judge(docket.case())
    owed = [docket.judge(docket.case(), duty_text="重作", perform_by=date(2026, 12, 1)) for _ in range(2)]
    appealed, annulled = docket.judge(docket.case()), docket.case()
    docket.take(appealed, "appealed", appealed_by="原告", happened_on=DAY)
    docket.take(annulled, "annul", docket.world.court_leader, note="登记有误")
    effective, performed = (docket.effective(row) for row in owed)
    docket.take(performed, "perform", docket.organ, happened_on=DAY, note="已履行")
    closed = docket.effective(docket.judge(docket.case()))
    rows = (docket.case(), judged, appealed, effective, performed, closed, annulled)
    return {row.matter.state: row.matter for row in rows} | {"draft": docket.draft()}


def appearances(docket: Docket) -> dict:
    """A matter of each state of an appearance."""
    rows = [docket.appearance(docket.schedule(docket.case())) for _ in AppearanceState]
    for row in rows[1:5]:
        docket.notify(row)
    docket.name(rows[2])
    for row in rows[3:5]:
        docket.confirm(row)
    docket.take(rows[4], "summarise", docket.organ, summary="已总结。")
    docket.take(rows[5].hearing.case, "cancel", hearing=rows[5].hearing, reason="撤诉")
    for row in rows:
        row.matter.refresh_from_db()
    return {row.matter.state: row.matter for row in rows}


def owes(step, matter, actor) -> bool:
    """A step that answers a clock is there while the unit has that clock running."""
    running = Deadline.objects.open().filter(matter=matter, unit=actor.unit, code__in=step.closes)
    return not step.owed or running.exists()


@pytest.mark.parametrize(
    ("kind", "build", "states"), [(CASES, cases, CaseState), (APPEARANCES, appearances, AppearanceState)]
)
def test_the_table_is_what_people_may_do(world, kind, build, states):
    matters = build(Docket(world))
    assert set(matters) == set(states)
    people = [
        getattr(world, f"{unit}_{post}")
        for unit in ("court", "bureau", "office", "town")
        for post in ("handler", "leader")
    ]
    for (state, matter), actor in ((pair, each) for pair in matters.items() for each in people):
        party = Party.objects.inbox(actor.unit).filter(matter=matter).first()
        found = {step.verb for step in engine.permitted(kind, matter, party, actor)} if party else set()
        wanted = {
            step.verb for step in kind.flow.by_verb.values()
            if party and not step.signs and party.has(step.by) and step.post in actor.roles and state in step.source
            and owes(step, matter, actor)
        }  # fmt: skip
        assert (state, str(actor.unit), found) == (state, str(actor.unit), wanted)
        for verb in set(kind.flow.by_verb) - wanted:
            with pytest.raises(Refused):
                engine.take(matter.pk, verb, actor, data={})
