"""Writing the facts of a case: while it is a draft, when it is registered, and when they are corrected."""

from typing import Any

from django.db import transaction
from django.db.models import F

from linkage.matters import engine
from linkage.matters.kinds import Kind
from linkage.matters.models import Matter
from linkage.units.acting import Actor

from . import masking, numbers
from .models import Case, Defendant, Litigant

# Plain columns of Case that a registration form fills; `litigants` and `defendants` are lists of rows beside them.
COLUMNS = (
    "number", "court", "cross_area", "public_interest", "chamber", "judge", "clerk", "court_phone", "previous", "cause",
    "field", "act", "act_number", "act_on", "circumstances", "filed_on",
)  # fmt: skip
TWICE = "{number}已经登记，同一个案号不能登记两次。请核对案号，或者与受理法院、市司法局联系。"
DEFENDANT = ("role", "handler", "served_on")


@transaction.atomic
def begin(actor: Actor, kind: Kind) -> Matter:
    """An empty draft of a case of the actor's unit."""
    matter = engine.create(kind, actor, "", {})
    Case.objects.create(matter=matter)
    return matter


def write(matter: Matter, data: dict[str, Any]) -> Case:
    """Write the facts: `data` has any of COLUMNS, litigants [{role, sort, name, masked}], defendants [{unit, role,
    handler, served_on}]. Rows of organs that stay are updated, so that what hangs on them stays; the title follows."""
    case = Case.objects.get(pk=matter.pk)
    for name in COLUMNS:
        if name in data:
            setattr(case, name, data[name])
    classify(case)
    case.save()
    if "litigants" in data:
        write_litigants(case, data["litigants"])
    if "defendants" in data:
        write_defendants(case, data["defendants"])
    matter.title, matter.number = title_of(case), case.number
    matter.save(update_fields=["title", "number"])
    return case


def classify(case: Case) -> None:
    """Category and instance follow from the 案号."""
    if case.number:
        parsed = numbers.parse(case.number)
        case.number, case.category, case.instance = str(parsed), parsed.category, parsed.instance


def write_litigants(case: Case, rows: list[dict]) -> None:
    Litigant.objects.filter(case=case).delete()
    Litigant.objects.bulk_create(
        Litigant(case=case, order=order, **row) for order, row in enumerate(masking.mask_all(rows), start=1)
    )


def write_defendants(case: Case, rows: list[dict]) -> None:
    """An organ that has appearances stays in the case whatever the form says."""
    kept = [row["unit"].pk for row in rows]
    Defendant.objects.filter(case=case, appearances=None).exclude(unit__in=kept).delete()
    Defendant.objects.filter(case=case).update(order=F("order") + 1000)
    for order, row in enumerate(rows, start=1):
        values = {name: row[name] for name in DEFENDANT if name in row}
        Defendant.objects.update_or_create(case=case, unit=row["unit"], defaults={**values, "order": order})


def title_of(case: Case) -> str:
    """张某甲等诉市自然资源局土地行政处罚案; never a full name."""
    litigants = list(Litigant.objects.filter(case=case))
    organs = list(Defendant.objects.filter(case=case).select_related("unit"))
    cause = case.cause or "行政"
    if case.category == Case.Category.ENFORCEMENT:
        applicant = "、".join(row.unit.short for row in organs if row.role == Defendant.Role.APPLICANT)
        return f"{applicant}申请执行{cause}案"[:200]
    plaintiffs = [row.masked for row in litigants if row.role == Litigant.Role.PLAINTIFF]
    sued = "、".join(
        row.unit.short for row in organs if row.role in (Defendant.Role.DEFENDANT, Defendant.Role.REVIEWER)
    )
    who = (plaintiffs[0] + "等" if len(plaintiffs) > 1 else plaintiffs[0]) if plaintiffs else "原告"
    return f"{who}诉{sued}{cause}案"[:200]
