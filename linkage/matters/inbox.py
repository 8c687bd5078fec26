"""Whose turn it is: turn, box and dates of every party, derived from the flow and the open deadlines."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localdate

from .kinds import Kind, kinds
from .models import Box, Deadline, Matter, Paper, Part, Party, Signature

FIELDS = ("turn", "box", "sort_on", "due_on", "warn_on", "ended_on")


@dataclass
class State:
    """What the fold of one matter reads, fetched once."""

    matter: Matter
    kind: Kind
    deadlines: list[Deadline]
    papers: list[Paper]
    asked: dict[int, set[int]]
    returned: set[int]


def read(matter: Matter) -> State:
    return read_many([matter])[matter.pk]


def read_many(matters: list[Matter]) -> dict[int, State]:
    """The states of several matters in three queries."""
    states = {row.pk: State(row, kinds[row.kind], [], [], {}, set()) for row in matters}
    for deadline in Deadline.objects.open().filter(matter__in=states):
        states[deadline.matter_id].deadlines.append(deadline)
    unfinished = (Paper.Status.DRAFT, Paper.Status.SIGNING)
    papers = {row.pk: row for row in Paper.objects.filter(matter__in=states, status__in=unfinished)}
    for paper in papers.values():
        states[paper.matter_id].papers.append(paper)
    read_places(states, papers)
    return states


def read_places(states: dict[int, State], papers: dict[int, Paper]) -> None:
    """Who is asked to sign a paper that can still be signed, and which drafts were returned."""
    verdicts = ("", Signature.Verdict.RETURNED)
    for place in Signature.objects.filter(paper__in=papers, verdict__in=verdicts).order_by("order"):
        paper = papers[place.paper_id]
        state = states[paper.matter_id]
        if place.verdict == "" and signable(paper, state):
            state.asked.setdefault(paper.pk, set()).add(place.unit_id)
        elif place.verdict and paper.status == Paper.Status.DRAFT:
            state.returned.add(paper.pk)


def signable(paper: Paper, state: State) -> bool:
    """Whether the paper waits for signatures in a state in which they lead on.

    A 催办函 that is overtaken by the reply waits for nobody any more.
    """
    steps = (row for row in state.kind.flow.rows if row.signs == paper.kind)
    return paper.status == Paper.Status.SIGNING and any(state.matter.state in row.source for row in steps)


def fold(matter: Matter, on: date | None = None) -> None:
    """Write turn, box and dates of all parties; `on` is the day the step legally happened."""
    state = read(matter)
    parties = list(Party.objects.filter(matter=matter))
    for party in parties:
        derive(party, state, on)
    Party.objects.bulk_update(parties, FIELDS)


def derive(party: Party, state: State, on: date | None = None) -> None:
    """Set the derived fields of one party; a pure function of its inputs but for the day it first rests."""
    party.turn, party.box = turn_and_box(party, state)
    party.ended_on = ended(party, state, on)
    main = clock(party, state)
    party.due_on = main.due if main and not main.soft else None
    party.warn_on = main.due - timedelta(days=main.window) if party.due_on else None
    party.sort_on = sort_day(party, state)


def ended(party: Party, state: State, on: date | None) -> date | None:
    """The day a row came to rest: the closing day of a closed matter, else the day the unit had done its part."""
    if party.box != Box.DONE:
        return None
    return state.matter.closed_on or party.ended_on or on or localdate()


def turn_and_box(party: Party, state: State) -> tuple[str, int]:
    at_signature = signing_turn(party, state)
    if at_signature:
        return at_signature, Box.TODO
    matter, flow = state.matter, state.kind.flow
    if matter.state in flow.final or party.has(flow.rests.get(matter.state, ())):
        return "", Box.DONE
    if not any(party.has(row.by) and waits(row, party, state.deadlines) for row in flow.duties(matter.state)):
        return "", Box.WATCHING
    returned = any(paper.pk in state.returned for paper in own_papers(party, state))
    fresh = flow.is_draft(matter.state) and not returned
    return "handler", Box.PAUSED if fresh else Box.TODO


def signing_turn(party: Party, state: State) -> str:
    """'leader' while a paper waits for a signature of this unit."""
    return "leader" if any(party.holder_id in units for units in state.asked.values()) else ""


def own_papers(party: Party, state: State) -> list[Paper]:
    return [paper for paper in state.papers if paper.unit_id == party.holder_id]


def waits(row, party: Party, deadlines: list[Deadline]) -> bool:
    """Whether a duty waits for this party; `deadlines` are the open ones of the matter."""
    return not taken(row, party) and (not row.owed or owes(row, party, deadlines))


def owes(row, party: Party, deadlines: list[Deadline]) -> bool:
    """Whether the party's unit owes an open deadline that the step closes."""
    return any(each.unit_id == party.holder_id and each.code in row.closes for each in deadlines)


def taken(row, party: Party) -> bool:
    """A per-party step that this party has taken already."""
    return row.per is not None and party.received_at is not None


def clock(party: Party, state: State) -> Deadline | None:
    """The deadline a party's lamp shows: its own nearest, else the nearest of the matter; none where it rests."""
    if party.box == Box.DONE or state.kind.flow.is_draft(state.matter.state):
        return None
    own = [deadline for deadline in state.deadlines if deadline.unit_id == party.holder_id]
    other = [] if party.box == Box.TODO else [row for row in state.deadlines if row.code in state.kind.shown]
    return min(own or other, key=lambda row: row.due, default=None)


def sort_day(party: Party, state: State) -> date:
    """Nearest own open due date; the closing day in box 3; else the day the matter came in."""
    if party.box == Box.DONE:
        return party.ended_on
    own = [row.due for row in state.deadlines if row.unit_id == party.holder_id]
    if party.box == Box.TODO and own:
        return min(own)
    came = party.since or state.matter.created_at
    return localdate(came)


def holder(matter: Matter, part: Part) -> Party | None:
    """The first party that carries a part."""
    return Party.objects.filter(matter=matter, **{part: True}).select_related("holder", "unit").first()
