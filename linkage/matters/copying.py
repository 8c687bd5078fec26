"""The copy to the legal affairs office (rules 二(三)1–2): added by the engine, proved by guard and check_copies."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from linkage.units.models import Area, Unit

from .models import Matter, Part, Party


def legal_office(area: Area, on: date | None = None) -> Unit | None:
    """The legal affairs office of an area today."""
    return Unit.objects.current(on).filter(kind=Unit.Kind.LEGAL_OFFICE, area=area).first()


def compulsory(addressees: list[Unit]) -> bool:
    """Whether the copy is compulsory: some addressee is an administrative organ. Off for courts, 监委, 党委, 人大
    and enterprises, where it would be a leak (offices.md 5)."""
    return any(unit.administrative for unit in addressees)


def with_copy(parties: dict[Unit, list[str]], issuer: Unit) -> dict[Unit, list[str]]:
    """The parties with the legal office added as a copy where the rules demand it and it has no other part."""
    addressees = [unit for unit, parts in parties.items() if Part.ADDRESSEE in parts]
    office = legal_office(issuer.area)
    if not compulsory(addressees) or office is None or office == issuer or office in parties:
        return parties
    return {**parties, office: [Part.COPIED]}


def bound() -> QuerySet[Matter]:
    """Matters that the copy rule binds: some addressee of theirs is an administrative organ."""
    organs = Party.objects.filter(addressee=True, until=None, unit__kind__in=Unit.ADMINISTRATIVE)
    return Matter.objects.filter(Exists(organs.filter(matter=OuterRef("pk"))), void=False)


def without_copy() -> QuerySet[Matter]:
    """Matters that break the rule: no part of theirs is held by a legal office of their own area."""
    offices = Party.objects.filter(until=None, unit__kind=Unit.Kind.LEGAL_OFFICE, unit__area=OuterRef("area"))
    return bound().filter(~Exists(offices.filter(matter=OuterRef("pk"))))


def lacks_copy(matter: Matter) -> bool:
    """Whether a matter breaks the copy rule: read off its stored parties alone."""
    return without_copy().filter(pk=matter.pk).exists()


def copied_to_legal_office(taking) -> str:
    """Guard of every step that sends a paper to an agency."""
    if lacks_copy(taking.matter):
        return "向行政机关发送建议必须同时抄送司法局（《工作规则》二、（三）1），请先由系统管理员登记本地司法局。"
    return ""
