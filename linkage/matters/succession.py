"""Succession: on its day one unit takes over what another has open (法制办 → 司法局). Old papers keep the old name."""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Replace
from django.utils.timezone import localdate, now

from linkage.units.acting import SYSTEM
from linkage.units.models import Succession, Unit

from . import inbox, trail
from .kinds import kinds
from .models import Attachment, Deadline, Event, Matter, Paper, Party, Signature
from .rows import only

VERB = "succeed"
LABEL = "机构承继"
BATCH = 100


def answering(unit: Unit, on: date | None = None) -> Unit:
    """The unit that answers for a unit on a day: the unit itself, or the last of its successors."""
    day, seen = on or localdate(), {unit.pk}
    while step := following(unit, day):
        if step.successor_id in seen:
            break
        unit = step.successor
        seen.add(unit.pk)
    return unit


def following(unit: Unit, day: date) -> Succession | None:
    rows = Succession.objects.filter(predecessor=unit, on__lte=day).select_related("successor")
    return rows.order_by("on", "pk").first()


def apply(succession: Succession) -> int:
    """Hand every open matter of the predecessor to the successor; returns how many. Done twice it does nothing more.

    Before its day nothing happens. A matter is open until its closing day; what is closed stays with the
    predecessor's name and row. Events cannot be rewritten, so what the predecessor kept within itself stays there.
    """
    if succession.on > localdate():
        return 0
    ids = list(open_matters(succession.predecessor_id).values_list("pk", flat=True))
    return sum(hand_over(succession, ids[start : start + BATCH]) for start in range(0, len(ids), BATCH))


def open_matters(unit_id: int) -> QuerySet[Matter]:
    """Matters in which a unit still has a party row, a running deadline or an unfinished paper."""
    held = Q(parties__holder=unit_id, parties__until=None)
    owed = Q(deadlines__unit=unit_id, deadlines__closed_on=None)
    written = Q(papers__unit=unit_id, papers__status__in=(Paper.Status.DRAFT, Paper.Status.SIGNING))
    rows = Matter.objects.filter(held | owed | written, void=False, closed_on=None)
    return rows.order_by("pk").distinct()


@transaction.atomic
def hand_over(succession: Succession, ids: list[int]) -> int:
    """Some matters in one transaction: locked in order of pk, moved, folded, one Event each."""
    matters = list(Matter.objects.select_for_update().filter(pk__in=ids, void=False, closed_on=None).order_by("pk"))
    for matter in matters:
        move_parties(matter, succession)
        move_deadlines(matter, succession)
        move_papers(matter, succession)
        rename_draft(matter, succession)
        inbox.fold(matter)
        tell(matter, succession)
    return len(matters)


def move_parties(matter: Matter, succession: Succession) -> None:
    """The row answers through the successor; where it has a row already, that row takes the parts over."""
    old = Party.objects.filter(matter=matter, holder=succession.predecessor_id, until=None).first()
    if old is None:
        return
    own = Party.objects.filter(matter=matter, holder=succession.successor_id).first()
    if own is None:
        old.holder_id, old.handler, old.version = succession.successor_id, None, old.version + 1
        old.save()
        return
    merge(old, own)


def merge(old: Party, own: Party) -> None:
    """Two rows become one; the predecessor's ends, so that the paper's own naming stays on record."""
    for part in Party.PARTS:
        setattr(own, part, getattr(own, part) or getattr(old, part))
    own.since = min(filter(None, (own.since, old.since)), default=None)
    own.received_at = own.received_at or old.received_at
    own.received_by, own.until = own.received_by or old.received_by, None
    own.version += 1
    own.save()
    old.until = now()
    old.save()


def move_deadlines(matter: Matter, succession: Succession) -> None:
    """What the predecessor owes the successor owes; a term both owe runs on for the successor alone."""
    rows = Deadline.objects.open().filter(matter=matter)
    twice = rows.filter(unit=succession.successor_id).values("code")
    mine = rows.filter(unit=succession.predecessor_id)
    doubled = list(mine.filter(code__in=twice).values_list("pk", flat=True))
    Deadline.objects.filter(pk__in=doubled).update(closed_on=succession.on, outcome=Deadline.Outcome.SUPERSEDED)
    mine.exclude(pk__in=doubled).update(unit=succession.successor_id)


def move_papers(matter: Matter, succession: Succession) -> None:
    """Unfinished papers, their files and the places in their signing chain; issued papers are left as they are."""
    old, new = succession.predecessor_id, succession.successor_id
    unfinished = Paper.objects.filter(matter=matter, status__in=(Paper.Status.DRAFT, Paper.Status.SIGNING))
    Signature.objects.waiting().filter(paper__in=unfinished, unit=old).update(unit=new)
    unfinished.filter(unit=old).update(unit=new)
    for rows in (unfinished, Attachment.objects.filter(matter=matter)):
        inherited = rows.filter(within__contains=f",{old},").exclude(within__contains=f",{new},")
        inherited.update(within=Replace("within", Value(f",{old},"), Value(f",{old}{only(new)}")))


def rename_draft(matter: Matter, succession: Succession) -> None:
    """What is not out yet goes out in the successor's name: the party row and the mechanism's own row say so."""
    kind, old, new = kinds[matter.kind], succession.predecessor_id, succession.successor_id
    if matter.state != kind.flow.initial:
        return
    Party.objects.filter(matter=matter, holder=new, unit=old).update(unit=new)
    for field in kind.model._meta.concrete_fields:
        if field.related_model is Unit:
            kind.model.objects.filter(pk=matter.pk, **{field.attname: old}).update(**{field.attname: new})


def tell(matter: Matter, succession: Succession) -> Event:
    """One Event per matter, open to all parties; nobody's turn has changed, so nobody is told."""
    old, new = succession.predecessor, succession.successor
    return trail.record(
        matter, VERB, LABEL, SYSTEM,
        note=f"{old.name}承办的事项由{new.name}承继（{succession.basis}）。",
        happened_on=succession.on, from_state=matter.state, to_state=matter.state,
        data={"succession": succession.pk, "from": old.pk, "to": new.pk}, tell=False,
    )  # fmt: skip


def due() -> list[Succession]:
    """Successions whose day has come, the oldest first."""
    rows = Succession.objects.filter(on__lte=localdate()).select_related("predecessor", "successor")
    return list(rows.order_by("on", "pk"))
