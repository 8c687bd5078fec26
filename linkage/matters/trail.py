"""Writing events: the one door to the append-only record."""

from datetime import date

from django.utils import timezone

from linkage.jobs import outbox
from linkage.units.acting import Actor

from .models import Event, Matter


def record(
    matter: Matter | None,
    verb: str,
    label: str,
    actor: Actor,
    *,
    note: str = "",
    within: str = "",
    happened_on: date | None = None,
    data: dict | None = None,
    from_state: str = "",
    to_state: str = "",
    tell: bool = True,
) -> Event:
    """Write one Event in the caller's transaction and, with `tell`, ask for the notices that follow from it.

    `happened_on` is the legal date (default today in Asia/Shanghai); `within` see rows.only.
    """
    now = timezone.now()
    event = Event.objects.create(
        matter=matter,
        verb=verb,
        label=label,
        actor=actor.user,
        unit=actor.unit,
        via=actor.via,
        from_state=from_state,
        to_state=to_state,
        note=note,
        data=data or {},
        within=within,
        happened_on=happened_on or timezone.localdate(now),
        recorded_at=now,
    )
    if matter is not None and tell:
        outbox.ask("announce", f"announce:{event.pk}", event=event.pk)
    return event
