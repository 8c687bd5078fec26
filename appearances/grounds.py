"""Who must appear: the grounds that a case's facts speak for (法释〔2020〕3号 4); the court decides."""

from .models import Case, Duty, Ground


def proposed(case: Case) -> list[Ground]:
    """The grounds in force that hold for a case, those that must be notified first."""
    rows = [row for row in Ground.objects.in_force() if holds(row, case)]
    return sorted(rows, key=lambda row: (row.duty != Duty.MUST, row.order))


def holds(ground: Ground, case: Case) -> bool:
    by_field = case.field_id is not None and case.field_id in ground.fields
    return by_field or (ground.public_interest and case.public_interest) or ground.code in case.circumstances


def duty_of(case: Case) -> str:
    """What the system proposes: the strictest duty of the grounds that hold."""
    rows = proposed(case)
    return rows[0].duty if rows else Duty.NONE
