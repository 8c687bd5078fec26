"""Taking a step: one transaction that checks, applies, numbers, freezes, counts, folds and writes one Event."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from linkage.units.acting import Actor

from . import inbox, signing
from .flow import Step
from .kinds import Kind
from .models import Event, Matter, Part, Party
from .performing import perform
from .taking import Taking, check, foreign, lock, open_deadlines, party_of, stale, start

__all__ = ["Taking", "create", "foreign", "lock", "party_of", "perform", "permitted", "set_parties", "stale", "take"]


def take(matter_id: int, verb: str, actor: Actor, *, version: int | None = None, data: dict | None = None) -> Event:
    """Take a step for the actor's unit.

    `version` is that of the row the form was made from: the matter for a change of state, the paper for its signing.
    `data["happened_on"]` is the legal date (default today), `data["note"]` the text of the Event.
    Raises Refused (404, 403, 409 or 422) and then has written nothing.
    """
    with transaction.atomic():
        matter = lock([matter_id])[0]
        taking = start(matter, verb, actor, data or {})
        check(taking, version)
        return signing.perform(taking) if taking.step.internal else perform(taking)


def create(kind: Kind, actor: Actor, title: str, parties: dict[Any, list[str]], **fields) -> Matter:
    """A new draft matter of the actor's unit; `parties` maps units to parts. Writes no Event: a draft is no step."""
    matter = Matter.objects.create(kind=kind.code, title=title, state=kind.flow.initial, area=actor.unit.area, **fields)
    set_parties(matter, {actor.unit: [Part.ISSUER], **parties})
    Party.objects.filter(matter=matter, issuer=True, holder=actor.unit).update(handler=actor.user)
    return matter


def set_parties(matter: Matter, wanted: dict[Any, list[str]]) -> None:
    """Make the parties of a draft exactly these; the issuer sees it at once, the others from issue."""
    Party.objects.filter(matter=matter, since=None).exclude(holder__in=list(wanted)).delete()
    for unit, parts in wanted.items():
        flags = {part.value: part in parts for part in Party.PARTS}
        since = timezone.now() if Part.ISSUER in parts else None
        Party.objects.update_or_create(
            matter=matter,
            holder=unit,
            defaults=flags,
            create_defaults={
                **flags,
                "unit": unit,
                "kind": matter.kind,
                "since": since,
                "sort_on": timezone.localdate(),
            },
        )
    inbox.fold(matter)


def permitted(kind: Kind, matter: Matter, party: Party | None, actor: Actor) -> list[Step]:
    """The steps the actor may take now, in the table's order; what buttons and the API offer."""
    steps = [row for row in kind.flow.by_verb.values() if matter.state in row.source and not foreign(row, party, actor)]
    if party is None:
        return steps
    running = open_deadlines(matter) if any(row.owed for row in steps) else []
    return [
        row for row in steps
        if not (row.per and inbox.taken(row, party)) and not (row.owed and not inbox.owes(row, party, running))
    ]  # fmt: skip
