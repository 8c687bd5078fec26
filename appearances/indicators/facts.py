"""What the figures of a period are made of: one query a table, then plain rows in memory."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from linkage.figures import Period

from ..models import Appearance, AppearanceState, Case, Defendant, Hearing, OutcomeRule, outcomes_in

COURT, DEFENDANT = "court", "defendant"
CONFIRMED = (AppearanceState.CONFIRMED, AppearanceState.CLOSED)
SUED = (Defendant.Role.DEFENDANT, Defendant.Role.REVIEWER)
CASE_COLUMNS = (
    "pk", "category", "instance", "filed_on", "outcome", "judged_on", "effective_on", "duty_text", "perform_by",
    "performance", "result", "result_on",
)  # fmt: skip
APPEARANCE_COLUMNS = (
    "pk", "hearing_id", "hearing__case_id", "hearing__starts_at", "duty", "notified_on", "appeared", "identity", "court_rank",
    "spoke", "spoke_on_resolution", "reason_accepted",
)  # fmt: skip


@dataclass(frozen=True)
class AppearanceFact:
    """What the court confirmed of one defendant at one hearing."""

    pk: int
    hearing: int
    case: int
    day: date
    must: bool
    notified: bool
    came: bool
    chief: bool
    spoke: bool
    on_resolution: bool
    excused: bool


@dataclass(frozen=True)
class CaseFact:
    """One case-instance, its defendants in scope and what the court confirmed of them up to the end of the period."""

    pk: int
    category: str
    instance: str
    filed_on: date | None
    outcome: str
    judged_on: date | None
    effective_on: date | None
    duty_text: str
    perform_by: date | None
    performance: str
    result: str
    result_on: date | None
    defendants: list[int] = field(default_factory=list)
    appearances: list[AppearanceFact] = field(default_factory=list)


@dataclass(frozen=True)
class Facts:
    period: Period
    cases: list[CaseFact]
    rules: dict[str, OutcomeRule]


def gathered(period: Period, areas: frozenset[str] | None, scope: str) -> Facts:
    """The cases that some base of the period may hold, with what hangs on them."""
    cases = relevant(period)
    sued = Defendant.objects.filter(role__in=SUED)
    if areas is not None and scope == DEFENDANT:
        sued = sued.filter(unit__area__in=areas)
        cases = cases.filter(pk__in=sued.values("case"))
    elif areas is not None:
        cases = cases.filter(court__area__in=areas)
    wanted = cases.values("pk")
    defendants = grouped(sued.filter(case__in=wanted).order_by("pk").values_list("case_id", "pk"))
    appearances = grouped((fact.case, fact) for fact in confirmed(period, wanted, sued))
    rows = cases.order_by("pk").values_list(*CASE_COLUMNS)
    made = [CaseFact(*row, defendants[row[0]], appearances[row[0]]) for row in rows]
    return Facts(period, made, outcomes_in(period.year))


def relevant(period: Period):
    """Live cases filed, heard, judged, effective or due in the period, or pending at its end."""
    span = (period.start, period.end)
    heard = Hearing.objects.filter(starts_at__gte=midnight(period.start), starts_at__lt=after(period.end)).values(
        "case"
    )
    pending = Q(filed_on__lte=period.end) & (Q(judged_on=None) | Q(judged_on__gt=period.end))
    dated = Q(filed_on__range=span) | Q(judged_on__range=span) | Q(result_on__range=span) | Q(perform_by__range=span)
    return Case.objects.live().filter(dated | pending | Q(pk__in=heard))


def confirmed(period: Period, cases, sued):
    """Appearances that the court confirmed, of hearings held up to the end of the period."""
    rows = Appearance.objects.filter(
        matter__state__in=CONFIRMED, matter__void=False, hearing__case__in=cases, defendant__in=sued.values("pk"),
        hearing__starts_at__lt=after(period.until),
    ).exclude(hearing__status=Hearing.Status.CANCELLED)  # fmt: skip
    for row in rows.order_by("pk").values(*APPEARANCE_COLUMNS):
        came = bool(row["appeared"]) and row["identity"] != Appearance.Identity.UNFIT
        yield AppearanceFact(
            pk=row["pk"], hearing=row["hearing_id"], case=row["hearing__case_id"],
            day=timezone.localdate(row["hearing__starts_at"]), must=row["duty"] == "must",
            notified=row["notified_on"] is not None, came=came,
            chief=came and row["court_rank"] == Appearance.Rank.CHIEF, spoke=came and row["spoke"],
            on_resolution=came and row["spoke_on_resolution"], excused=not came and bool(row["reason_accepted"]),
        )  # fmt: skip


def grouped(pairs) -> defaultdict[int, list]:
    groups: defaultdict[int, list] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def after(day: date) -> datetime:
    """The first moment that is no longer in a day."""
    return midnight(day + timedelta(days=1))
