"""Hearings of a case: their place in the calendar, and the appearances that hang on them."""

from django.utils import timezone

from linkage.matters import deadlines, engine, inbox
from linkage.matters.kinds import kinds
from linkage.matters.models import Appointment, Matter
from linkage.matters.taking import Taking

from .. import parties
from ..models import Appearance, AppearanceState, Defendant, Duty, Hearing

RUNNING = (AppearanceState.NOTIFYING, AppearanceState.NAMING, AppearanceState.NAMED)


def when(hearing: Hearing) -> str:
    return f"{timezone.localtime(hearing.starts_at):%Y-%m-%d %H:%M}"


def appoint(matter: Matter, hearing: Hearing) -> None:
    """Write or move the hearing's row in the calendar of the hub."""
    row = Appointment.objects.filter(matter=matter, ref=hearing.pk).first()
    row = row or Appointment(matter=matter, ref=hearing.pk)
    row.title = f"{matter.title}第{hearing.order}次开庭"[:200]
    row.starts_at, row.ends_at = hearing.starts_at, hearing.ends_at
    row.place, row.online = hearing.place, hearing.online
    row.cancelled = hearing.status == Hearing.Status.CANCELLED
    row.revision = row.revision + 1 if row.pk else 0
    row.save()


def call(taking: Taking, hearing: Hearing, decision: dict) -> None:
    """The appearance of one organ: `decision` {defendant, duty, ground, reason} is the court's (法释〔2020〕3号 4, 7)."""
    row, kind = decision["defendant"], kinds["appearance"]
    words = {name: decision.get(name, "") for name in ("duty", "ground", "reason")}
    title = f"{row.unit.short}负责人出庭：{taking.matter.title}第{hearing.order}次开庭"[:200]
    matter = engine.create(kind, taking.actor, title, parties.of_appearance(row, taking.actor.unit))
    Matter.objects.filter(pk=matter.pk).update(number=taking.matter.number)
    matter.refresh_from_db()
    Appearance.objects.create(matter=matter, hearing=hearing, defendant=row, **words)
    Defendant.objects.filter(pk=row.pk).update(
        duty=words["duty"], duty_ground=words["ground"], duty_reason=words["reason"]
    )
    if words["duty"] == Duty.NONE:
        engine.perform(engine.start(matter, "unnotified", taking.actor, {"note": words["reason"]}))
    else:
        deadlines.open_due(kind, matter, "notify", taking.happened_on)
        inbox.fold(matter)


def pass_on(taking: Taking, hearing: Hearing, verb: str, note: str) -> None:
    """What happens to a hearing happens to its running appearances, one Event each; locked in order of pk."""
    rows = Appearance.objects.filter(hearing=hearing, matter__state__in=RUNNING, matter__void=False)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    for matter in engine.lock(ids) if ids else []:
        engine.perform(engine.start(matter, verb, taking.actor, {"note": note}))


def call_off(taking: Taking, hearing: Hearing) -> None:
    hearing.status = Hearing.Status.CANCELLED
    hearing.save()
    appoint(taking.matter, hearing)
    pass_on(taking, hearing, "cancelled", taking.note)
