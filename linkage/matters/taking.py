"""A step while it is being taken, and everything that may stand against it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from linkage.units.acting import Actor
from linkage.units.models import Post

from . import inbox
from .flow import Step
from .kinds import Kind, kinds
from .models import Deadline, Event, Matter, Paper, Part, Party
from .refusals import Conflict, NotVisible, NotYours, OutOfOrder, Refused, moment


@dataclass
class Taking:
    """A step while it is being taken; `apply` and `guard` of the table read and write here."""

    matter: Matter
    kind: Kind
    step: Step
    actor: Actor
    party: Party | None
    data: dict[str, Any]
    happened_on: date
    paper: Paper | None = None
    note: str = ""
    extra: dict[str, Any] = field(default_factory=dict)
    follow: list[tuple[str, dict, Actor]] = field(default_factory=list)

    @property
    def detail(self):
        """The mechanism's row of this matter."""
        return self.kind.model.objects.get(pk=self.matter.pk)


def lock(ids: list[int]) -> list[Matter]:
    """All matters of a step in one statement, ordered by pk, never a joined queryset."""
    matters = list(Matter.objects.select_for_update().filter(pk__in=ids, void=False).order_by("pk"))
    if len(matters) != len(set(ids)):
        raise NotVisible
    return matters


def start(matter: Matter, verb: str, actor: Actor, data: dict) -> Taking:
    kind = kinds[matter.kind]
    step = kind.flow.by_verb.get(verb)
    if step is None:
        raise NotVisible
    party = party_of(matter, actor)
    taking = Taking(matter, kind, step, actor, party, data, data.get("happened_on") or timezone.localdate())
    taking.note = data.get("note", "")
    return taking


def party_of(matter: Matter, actor: Actor) -> Party | None:
    """The row through which the actor sees the matter; raises NotVisible without one. The system needs none."""
    if actor.system:
        return None
    party = Party.objects.inbox(actor.unit).filter(matter=matter).select_related("holder").first()
    if party is None:
        raise NotVisible
    return party


def check(taking: Taking, version: int | None) -> None:
    """Part, post, state, version and guard, in this order."""
    reason = foreign(taking.step, taking.party, taking.actor)
    if reason:
        raise NotYours(reason)
    if taking.matter.state not in taking.step.source:
        raise stale(taking.matter, taking.actor)
    if taking.step.per and inbox.taken(taking.step, taking.party):
        raise already(taking)
    if taking.step.owed and taking.party and not inbox.owes(taking.step, taking.party, open_deadlines(taking.matter)):
        raise OutOfOrder(f"本单位没有待办的“{taking.step.label}”。")
    if not taking.step.internal and version is not None and version != taking.matter.version:
        raise stale(taking.matter, taking.actor)
    refuse(taking)


def open_deadlines(matter: Matter) -> list[Deadline]:
    return list(Deadline.objects.open().filter(matter=matter))


def already(taking: Taking) -> OutOfOrder:
    """What to tell the second of a unit: who has taken the step for it, and when."""
    party = taking.party
    who = party.received_by.name if party.received_by else ""
    return OutOfOrder(f"本单位{who}已于{moment(party.received_at)}{taking.step.label}。")


def refuse(taking: Taking) -> None:
    """Raise the guard's sentence if it has one."""
    reason = taking.step.guard(taking) if taking.step.guard else ""
    if reason:
        raise Refused(reason)


def foreign(step: Step, party: Party | None, actor: Actor) -> str:
    """Why the step is not this actor's, or an empty string; buttons, API and tests read the same answer."""
    if actor.system:
        return ""
    if party is None or not party.has(step.by) or not (step.internal or takeable(step)):
        return f"“{step.label}”由{'、'.join(Part(part).label for part in step.by)}单位办理。"
    if not actor.holds(step.post):
        return f"“{step.label}”由{Post.Role(step.post).label}办理。"
    return ""


def takeable(step: Step) -> bool:
    return not step.signs and step.by != (Part.SYSTEM,)


def stale(matter: Matter, actor: Actor) -> Refused:
    """What to tell the one who came second: who did what, when."""
    events = Event.objects.filter(matter=matter).visible_to(actor).exclude(verb="download")
    event = events.select_related("actor", "unit").first()
    if event is None:
        return OutOfOrder("这个事项现在不能办理这一步，请刷新页面。")
    unit = event.unit.short if event.unit else ""
    return Conflict(event, f"{unit}{event.who}“{event.label}”，事项", event.recorded_at)
