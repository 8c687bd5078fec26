"""Opening and closing deadlines inside a step."""

from datetime import date

from linkage import workdays

from . import workcalendar
from .flow import ALL
from .kinds import Kind, Term
from .models import Deadline, Matter, Party


def open_due(kind: Kind, matter: Matter, code: str, start: date) -> list[Deadline]:
    """Open a deadline for every party that owes it; nothing where neither law nor letter sets a term."""
    parties = Party.objects.filter(matter=matter, until=None)
    owners = [row.holder_id for row in parties if row.has(kind.flow.owner(code))]
    return open_for(kind.term(matter, code), matter, code, start, owners)


def open_for(term: Term | None, matter: Matter, code: str, start: date, units: list[int]) -> list[Deadline]:
    """Open a deadline for some units; for a clock that starts for each of them on a day of its own."""
    if term is None or not (term.amount or term.agreed):
        return []
    begun = term.start or start
    count = counted(term, begun)
    return [
        Deadline.objects.create(**row_of(term, count, begun), matter=matter, code=code, unit_id=unit) for unit in units
    ]


def counted(term: Term, start: date) -> workdays.Count:
    """The due date of a term with its steps; an agreed date is taken as it is."""
    if term.agreed:
        words = term.words or f"双方商定{workdays.day_words(term.agreed)}"
        return workdays.Count(term.agreed, term.agreed, [words], False)
    span = workdays.Term(term.amount, term.unit, term.rolls)
    return workdays.due(start, span, workcalendar.calendar(start), start_label=term.start_label or "起算")


def row_of(term: Term, count: workdays.Count, start: date) -> dict:
    return {
        "label": term.label,
        "rule": term.rule,
        "mark": term.mark,
        "basis": term.basis,
        "start_on": start,
        "amount": term.amount or None,
        "term_unit": term.unit,
        "rolls": term.rolls,
        "soft": term.soft,
        "window": term.window,
        "first_due": count.due,
        "due": count.due,
        "provisional": count.provisional,
        "steps": count.steps,
    }


def close_due(matter: Matter, codes: tuple[str, ...], on: date, unit_id: int | None = None) -> list[str]:
    """Close the open deadlines of these codes; ALL cancels every one. Returns what was closed, for the Event."""
    rows = Deadline.objects.open().filter(matter=matter)
    if codes != ALL:
        rows = rows.filter(code__in=codes)
    if unit_id:
        rows = rows.filter(unit=unit_id)
    closed = []
    for row in rows:
        row.closed_on, row.outcome = on, outcome(row, on, codes)
        row.save(update_fields=["closed_on", "outcome"])
        closed.append(f"{row.code}:{row.outcome}")
    return closed


def outcome(row: Deadline, on: date, codes: tuple[str, ...]) -> str:
    if codes == ALL:
        return Deadline.Outcome.CANCELLED
    return Deadline.Outcome.MET if row.soft or on <= row.due else Deadline.Outcome.LATE
