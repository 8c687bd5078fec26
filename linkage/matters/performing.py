"""What a checked step does: applies its data, numbers, freezes, counts, folds, and writes exactly one Event."""

from django.utils import timezone

from linkage.units.acting import Actor

from . import deadlines, inbox, papers, trail
from .flow import SAME
from .models import Event, Party
from .taking import Taking, start


def perform(taking: Taking) -> Event:
    """Apply a checked step; also called for the step that a last signature takes."""
    matter, step = taking.matter, taking.step
    before = matter.state
    if step.apply:
        step.apply(taking)
    if step.signs:
        papers.freeze(taking)
    move(taking)
    closed = deadlines.close_due(matter, step.closes, taking.happened_on, per_unit(taking)) if step.closes else []
    opened = [
        row
        for due in step.opens
        if not due.by_deed
        for row in deadlines.open_due(taking.kind, matter, due.code, taking.happened_on)
    ]
    inbox.fold(matter, taking.happened_on)
    event = trail.record(
        matter,
        step.verb,
        step.label,
        taking.actor,
        note=taking.note,
        happened_on=taking.happened_on,
        from_state=before,
        to_state=matter.state,
        data={**taking.extra, "closed": closed, "opened": {row.code: row.due.isoformat() for row in opened}},
    )
    for verb, data, actor in taking.follow:
        perform(start(matter, verb, actor, data))
    return event


def per_unit(taking: Taking) -> int | None:
    return taking.party.holder_id if (taking.step.per or taking.step.owed) and taking.party else None


def move(taking: Taking) -> None:
    """State, version and sight."""
    matter, step, flow = taking.matter, taking.step, taking.kind.flow
    if matter.state == flow.initial and step.to not in (SAME, flow.initial):
        Party.objects.filter(matter=matter).update(since=timezone.now())
    if step.per and taking.party:
        receive(taking.party, taking.actor)
        return
    if step.to != SAME:
        matter.state = step.to
        matter.closed_on = taking.happened_on if matter.state in flow.final else None
        matter.version += 1
    matter.save()


def receive(party: Party, actor: Actor) -> None:
    """Mark a per-party step as taken; the one who receives becomes the handler."""
    Party.objects.filter(pk=party.pk, received_at=None).update(
        received_at=timezone.now(), received_by=actor.user, handler=actor.user, version=party.version + 1
    )
