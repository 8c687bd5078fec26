"""Deriving anew what the engine has stored, and finding where the two differ: for check commands, over all data."""

import copy
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, F, OuterRef

from . import inbox
from .models import Deadline, DeadlineChange, Event, Matter, Paper, Party, Series, numbered

BATCH = 500
WORDS = {
    "turn": "当前岗位", "box": "分箱", "sort_on": "排序日", "due_on": "期限", "warn_on": "预警日", "ended_on": "办毕日",
}  # fmt: skip


# --- the inbox rows ---------------------------------------------------------------------------------------------------
def inbox_differences() -> Iterator[str]:
    """A sentence for every derived column of a party that is not what the flow and the deadlines give."""
    ids = list(Matter.objects.filter(void=False).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        yield from batch_differences(list(Matter.objects.filter(pk__in=ids[start : start + BATCH])))


def batch_differences(matters: list[Matter]) -> Iterator[str]:
    """Five queries, however many matters."""
    states = inbox.read_many(matters)
    parties = list(Party.objects.filter(matter__in=states).select_related("holder").order_by("matter", "pk"))
    moves = moves_of([party.matter_id for party in parties if party.ended_on])
    for party in parties:
        state = states[party.matter_id]
        derived = copy.copy(party)
        derived.ended_on = rested_on(party, state, moves[party.matter_id])
        inbox.derive(derived, state)
        yield from differences(party, derived, state.matter)


def moves_of(ids: list[int]) -> dict[int, list[Event]]:
    """The events that changed the state of matters, in their order."""
    moves: dict[int, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(matter__in=set(ids)).exclude(from_state=F("to_state")).order_by("pk"):
        moves[event.matter_id or 0].append(event)
    return moves


def rested_on(party: Party, state: inbox.State, moves: list[Event]) -> date | None:
    """The legal day on which the party's present rest began."""
    flow, day, resting = state.kind.flow, None, False
    for event in moves:
        before, resting = resting, party.has(flow.rests.get(event.to_state, ())) or event.to_state in flow.final
        day = (day if before else event.happened_on) if resting else None
    return day


def differences(stored: Party, derived: Party, matter: Matter) -> Iterator[str]:
    for name in inbox.FIELDS:
        had, wanted = getattr(stored, name), getattr(derived, name)
        if had != wanted:
            yield f"事项{matter.pk} {matter} {stored.holder}：{WORDS[name]}为“{had}”，应为“{wanted}”"


# --- deadlines --------------------------------------------------------------------------------------------------------
def deadline_differences() -> Iterator[str]:
    """Deadlines whose present due date is not the fold of their changes over the first one."""
    last: dict[int, tuple[Deadline, date]] = {}
    changes = DeadlineChange.objects.select_related("deadline").order_by("deadline", "pk")
    for change in changes.iterator():
        row, due = last.get(change.deadline_id, (change.deadline, change.deadline.first_due))
        if change.from_due != due:
            yield f"期限{row.pk} {row.label}：变更自{change.from_due}起，前一届满日为{due}"
        last[change.deadline_id] = (row, change.to_due)
    yield from (unfolded(row, due) for row, due in last.values() if row.due != due)
    changed = Exists(DeadlineChange.objects.filter(deadline=OuterRef("pk")))
    for row in Deadline.objects.filter(~changed).exclude(due=F("first_due")):
        yield unfolded(row, row.first_due)


def unfolded(row: Deadline, due: date) -> str:
    return f"期限{row.pk} {row.label}：届满日为{row.due}，按变更记录应为{due}"


# --- numbers ----------------------------------------------------------------------------------------------------------
def series_gaps() -> Iterator[str]:
    """Numbers a series has given out that no paper bears."""
    for series in Series.objects.order_by("prefix", "kind", "year"):
        wanted = [numbered(series.prefix, series.year, serial) for serial in range(1, series.last + 1)]
        stem = f"{series.prefix}〔{series.year}〕"
        borne = set(Paper.objects.filter(number__startswith=stem).values_list("number", flat=True))
        yield from (f"{number}没有对应的文书" for number in wanted if number not in borne)
