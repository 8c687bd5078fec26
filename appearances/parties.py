"""Who is a party of a case and of an appearance, and which of them may know the litigants by name."""

from django.utils import timezone

from linkage.matters import files, inbox
from linkage.matters.copying import legal_office
from linkage.matters.models import Attachment, Matter, Part, Party
from linkage.matters.rows import only
from linkage.matters.taking import Taking
from linkage.units.models import Unit

from .models import Case, Defendant

KNOWING = (Part.ISSUER, Part.ADDRESSEE, Part.ASSISTING)


def wanted(case: Case, registrar: Unit) -> dict[Unit, list[str]]:
    """The parties of a case: the court, or where it has no account whoever registered it in its stead (offices.md 15);
    the organs and their 应诉承办单位; the legal office as a copy."""
    court = case.court if case.court and not case.court.offline else registrar
    found: dict[Unit, list[str]] = {court: [Part.ISSUER]}
    for row in Defendant.objects.filter(case=case).select_related("unit", "handler"):
        add(found, row.unit, Part.ADDRESSEE)
        if row.handler:
            add(found, row.handler, Part.ASSISTING)
    office = legal_office(court.area)
    for unit in (office, registrar):
        if unit and unit not in found:
            found[unit] = [Part.COPIED]
    return found


def of_appearance(defendant: Defendant, court: Unit) -> dict[Unit, list[str]]:
    """The parties of an appearance: the court's side, the organ with its 应诉承办单位, the legal office as a copy."""
    found: dict[Unit, list[str]] = {court: [Part.ISSUER]}
    add(found, defendant.unit, Part.ADDRESSEE)
    if defendant.handler:
        add(found, defendant.handler, Part.ASSISTING)
    office = legal_office(court.area)
    if office and office not in found:
        found[office] = [Part.COPIED]
    return found


def add(found: dict[Unit, list[str]], unit: Unit, part: str) -> None:
    found[unit] = [*found.get(unit, []), part]


def settle(matter: Matter, parties: dict[Unit, list[str]]) -> None:
    """Make the parties of a registered matter exactly these: who is new sees it from now, who is out no longer."""
    now = timezone.now()
    Party.objects.filter(matter=matter, until=None).exclude(holder__in=list(parties)).update(until=now)
    for unit, parts in parties.items():
        flags = {part.value: part in parts for part in Party.PARTS}
        fresh = {"unit": unit, "kind": matter.kind, "since": now, "sort_on": timezone.localdate()}
        Party.objects.update_or_create(
            matter=matter, holder=unit, defaults={**flags, "until": None}, create_defaults={**flags, **fresh}
        )
    Party.objects.filter(matter=matter, until=None, since=None).update(since=now)
    inbox.fold(matter)


def insiders(matter: Matter) -> list[int]:
    """The units that may know the litigants by name."""
    rows = Party.objects.filter(matter=matter, until=None)
    return [row.holder_id for row in rows if row.has(KNOWING)]


def knows(party: Party | None) -> bool:
    """Whether a party reads the litigants' full names; all others read the masked ones."""
    return bool(party and party.has(KNOWING))


def keep(upload, taking: Taking, purpose: str = Attachment.Purpose.EVIDENCE) -> Attachment:
    """Store an upload for those who may know the litigants: court papers carry their names."""
    row = files.store(upload, taking.matter, purpose, taking.actor, open_to_all=False)
    row.within = only(*insiders(taking.matter))
    row.save(update_fields=["within"])
    return row
