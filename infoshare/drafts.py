"""Writing a joint notice while it is a draft: its fields, issuers and parties, saved in one transaction."""

from linkage.matters import engine, papers, succession
from linkage.matters.models import Matter, Paper, Part, Party
from linkage.matters.rows import only
from linkage.units.acting import Actor
from linkage.units.models import Unit

from .models import Issuer, Notice
from .papers import issuers_of

FIELDS = ("to", "text", "annex_title", "annex_text", "copied", "note")


def begin(actor: Actor, kind) -> tuple[Matter, Paper]:
    """An empty draft; the actor's unit is the host, whose register numbers the paper."""
    matter = engine.create(kind, actor, "", {})
    Notice.objects.create(matter=matter)
    return matter, papers.start_draft(matter, "notice", actor)


def write(matter: Matter, paper: Paper, data: dict) -> None:
    """Write a form's data; the caller saves the paper."""
    Notice.objects.filter(pk=matter.pk).update(**{name: data[name] for name in FIELDS})
    matter.title = data["title"]
    matter.save(update_fields=["title"])
    issuers = in_order(list(data["issuers"]), paper.unit)
    write_issuers(matter, issuers)
    write_parties(matter, paper, issuers)


def in_order(issuers: list[Unit], host: Unit) -> list[Unit]:
    """The host first, then the lead units in the order of the rules 一(一)."""
    place = {kind: order for order, kind in enumerate(Unit.LEADS)}
    return sorted(issuers, key=lambda unit: (succession.answering(unit) != host, place.get(unit.kind, 9), unit.pk))


def write_issuers(matter: Matter, issuers: list[Unit]) -> None:
    Issuer.objects.filter(notice=matter.pk).delete()
    Issuer.objects.bulk_create(
        Issuer(notice_id=matter.pk, unit=unit, order=order) for order, unit in enumerate(issuers, start=1)
    )


def write_parties(matter: Matter, paper: Paper, issuers: list[Unit]) -> None:
    """The issuers write the draft together; a unit that has ended is named, its successor answers for it."""
    answering = {succession.answering(unit): unit for unit in issuers}
    holders = {holder: [Part.ISSUER] for holder in (paper.unit, *answering)}
    Party.objects.filter(matter=matter).exclude(holder__in=list(holders)).delete()
    engine.set_parties(matter, holders)
    for holder, unit in answering.items():
        Party.objects.filter(matter=matter, holder=holder).update(unit=unit)
    paper.within = only(*holders)


def initial(matter: Matter) -> dict:
    """The draft as form values."""
    notice = Notice.objects.get(pk=matter.pk)
    values = {name: getattr(notice, name) for name in FIELDS}
    return {**values, "title": matter.title, "issuers": issuers_of(matter)}
