"""Counting running deadlines anew after a change of the calendar, matter by matter.

Out of reach stay what people decided (an extension, an agreed date) and what is closed. A change of a rule never
comes here: a deadline keeps the term it was opened with.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from linkage import workdays
from linkage.jobs import outbox
from linkage.jobs.outbox import job
from linkage.units.acting import SYSTEM

from . import inbox, trail, workcalendar
from .models import Deadline, DeadlineChange, Event, Layer, Matter

VERB = "recompute"
LABEL = "期限重新计算"
BATCH = 500
START = re.compile(r"^(?:\d+年)?\d+月\d+日(?P<label>\D+?)，次日起算$")


@dataclass(frozen=True)
class Move:
    """A deadline whose end has moved."""

    deadline: Deadline
    from_due: date
    to_due: date

    def __str__(self) -> str:
        was, now = (workdays.day_words(day, dated=True) for day in (self.from_due, self.to_due))
        return f"{self.deadline.label}期限由{was}改为{now}"


def counted_deadlines() -> QuerySet[Deadline]:
    """Open deadlines that are a count from a day, and that nobody has moved by decision."""
    decided = DeadlineChange.objects.exclude(event__verb=VERB)
    return Deadline.objects.open().filter(amount__isnull=False, matter__void=False).exclude(changes__in=decided)


@job("recompute-all")
def spread(event: int, since: str, until: str, again: bool = False) -> None:
    """Ask for one job per matter with a count that runs through the changed days."""
    reached = counted_deadlines().filter(start_on__lte=until, due__gte=since).order_by("matter")
    key = f"{VERB}:{event}{':again' if again else ''}"
    for ids in batches(reached.values_list("matter", flat=True).distinct().iterator()):
        outbox.ask_many([(VERB, f"{key}:{pk}", {"matter": pk, "event": event}) for pk in ids])


def batches(ids: Iterable[int]) -> Iterable[list[int]]:
    full: list[int] = []
    for pk in ids:
        full.append(pk)
        if len(full) == BATCH:
            yield full
            full = []
    if full:
        yield full


@job(VERB)
def recompute(matter: int, event: int) -> None:
    """Bring one matter's deadlines in line with the calendar; `event` is the change of the calendar.

    Where a date moves: a DeadlineChange each, exactly one Event, the parties' rows folded. Where none moves, only the
    mark 暂定 and the sentences follow. Done twice it does nothing more.
    """
    with transaction.atomic():
        row = Matter.objects.select_for_update().filter(pk=matter, void=False).first()
        if row:
            settle(row, Event.objects.get(pk=event))


def settle(matter: Matter, cause: Event) -> None:
    rows = list(counted_deadlines().filter(matter=matter))
    calendar = workcalendar.calendar(min((row.start_on for row in rows), default=None))
    moves = [move for row in rows if (move := recount(row, calendar))]
    if moves:
        tell(matter, moves, cause)
        inbox.fold(matter)


def recount(row: Deadline, calendar: workdays.Calendar) -> Move | None:
    """Write the new count to a deadline; its move, if it moved."""
    term = workdays.Term(row.amount or 0, row.term_unit, row.rolls)
    count = workdays.due(row.start_on, term, calendar, start_label(row))
    move = Move(row, row.due, count.due) if count.due != row.due else None
    row.due, row.provisional, row.steps = count.due, count.provisional, count.steps
    row.save(update_fields=["due", "provisional", "steps"])
    return move


def start_label(row: Deadline) -> str:
    """The word for the start, e.g. 送达, as the first sentence of the count has it."""
    found = START.match(row.steps[0]) if row.steps else None
    return found["label"] if found else ""


def tell(matter: Matter, moves: list[Move], cause: Event) -> None:
    """One Event for all that moved in the matter, and the moves themselves; the notice follows from the Event."""
    year, layer = cause.data["year"], Layer(cause.data["layer"]).label
    reason = f"按{year}年{layer}放假安排重新计算"
    event = trail.record(
        matter, VERB, LABEL, SYSTEM,
        note=f"{reason}：{'；'.join(map(str, moves))}。",
        from_state=matter.state, to_state=matter.state,
        data={"cause": cause.pk, "moves": [[move.deadline.pk, str(move.from_due), str(move.to_due)] for move in moves]},
    )  # fmt: skip
    DeadlineChange.objects.bulk_create(
        DeadlineChange(deadline=move.deadline, event=event, reason=reason, from_due=move.from_due, to_due=move.to_due)
        for move in moves
    )
