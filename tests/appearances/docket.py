"""A court's year of sixteen cases, written as the steps leave them; test_indicators.py works out what they come to."""

from datetime import UTC, date, datetime

from appearances.models import Appearance, Case, Defendant, Hearing
from linkage.matters.models import Matter
from linkage.units.models import Area
from tests import factories

HERE, THERE = "450481", "450421"
DUTY = {"duty_text": "重新作出行政行为"}


class Docket:
    """A court and a bureau here, a department of the county next door; case(…) writes a row as the steps leave it."""

    def __init__(self):
        Area.objects.get_or_create(
            pk=THERE, defaults={"name": "苍梧县", "parent_id": Area.objects.get(pk=HERE).parent_id}
        )
        self.court = factories.unit("court", "市人民法院")
        self.a = factories.unit("department", "市自然资源局")
        self.b = factories.unit("department", "苍梧县林业局")
        type(self.b).objects.filter(pk=self.b.pk).update(area=THERE)
        self.cases = {}

    def matter(self, kind: str, state: str) -> Matter:
        return Matter.objects.create(kind=kind, title="案件", state=state, area=factories.area())

    def case(self, name: str, filed: str, *organs, ended=None, result=None, sessions=(), **fields) -> Case:
        """`ended` (outcome, day), `result` (outcome, day), sessions (day, {organ: facts of the appearance})."""
        outcome, judged = ended or ("", None)
        final, final_on = result or ("", None)
        case = Case.objects.create(
            matter=self.matter("case", "open"), number=f"案号{name}", court=self.court, filed_on=filed, outcome=outcome,
            judged_on=judged, result=final, result_on=final_on, **{"live": True, **fields},
        )  # fmt: skip
        rows = {
            organ: Defendant.objects.create(
                case=case, unit=organ, order=order, role=("defendant", "reviewer")[order - 1]
            )
            for order, organ in enumerate(organs or (self.a,), start=1)
        }
        for order, (day, facts) in enumerate(sessions, start=1):
            start = moment(day)
            hearing = Hearing.objects.create(case=case, order=order, starts_at=start, ends_at=start, place="一庭")
            for organ, said in facts.items():
                state = said.get("state", "confirmed")
                given = {key: value for key, value in said.items() if key != "state"}
                Appearance.objects.create(
                    matter=self.matter("appearance", state), hearing=hearing, defendant=rows[organ], **given
                )
        self.cases[name] = case
        return case


def moment(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T01:00").replace(tzinfo=UTC)


def came(rank: str, *, spoke=False, on_resolution=False, **more) -> dict:
    return {
        "appeared": True,
        "court_rank": rank,
        "spoke": spoke,
        "spoke_on_resolution": on_resolution,
        "identity": "fit",
        **more,
    }


def away(accepted: bool, **more) -> dict:
    return {"appeared": False, "reason_accepted": accepted, **more}


MUST = {"duty": "must", "notified_on": date(2024, 1, 31)}
MAY = {"duty": "may", "notified_on": date(2024, 1, 31)}
NONE = {"duty": "none"}


def year() -> Docket:
    made = Docket()
    heard(made, made.a, made.b, made.case)
    joint(made.a, made.b, made.case)
    unheard(made.case)
    outside(made.a, made.case)
    return made


def heard(made: Docket, a, b, case) -> None:
    case("1", "2024-01-10", ended=("revoked", "2024-04-01"), result=("revoked", "2024-05-01"), effective_on="2024-05-01",
         perform_by="2024-08-01", performance="in_time", **DUTY,
         sessions=[("2024-03-01", {a: came("chief", spoke=True, on_resolution=True, **MUST)})])  # fmt: skip
    case("2", "2024-01-15", ended=("dismissed", "2024-04-10"), result=("dismissed", "2024-05-10"),
         sessions=[("2024-03-05", {a: came("deputy", spoke=True, **MAY)}),
                   ("2024-03-20", {a: {"state": "named", **MUST}})])  # fmt: skip
    case("3", "2024-02-01", ended=("unlawful", "2024-06-01"), result=("unlawful", "2024-10-01"),
         sessions=[("2024-04-01", {a: away(accepted=False, **MUST)})])  # fmt: skip
    case("4", "2024-07-01", ended=("upheld", "2024-09-20"), effective_on="2024-10-01", instance="second",
         previous=made.cases["3"], sessions=[("2024-09-01", {a: away(accepted=True, **MUST)})])  # fmt: skip
    case("10", "2023-11-01", b, ended=("rejected", "2024-02-20"),
         sessions=[("2024-01-20", {b: came("chief", spoke=True, **NONE) | {"identity": "unfit"}})])  # fmt: skip
    case("11", "2024-10-01", b, sessions=[("2024-12-30", {b: came("deputy", spoke=True, on_resolution=True, **MAY)})])


def joint(a, b, case) -> None:
    case("5", "2024-02-10", a, b, ended=("changed", "2024-12-20"), result=("changed", "2025-01-20"),
         sessions=[("2024-05-10", {a: away(accepted=True, **MUST), b: came("deputy", **NONE)}),
                   ("2024-11-20", {a: away(accepted=False, **MUST), b: came("deputy", **NONE)})])  # fmt: skip


def unheard(case) -> None:
    for name, filed, outcome, day in (
        ("6", "2024-03-01", "mediated", "2024-03-20"),
        ("7", "2024-03-02", "settled", "2024-04-20"),
        ("8", "2024-03-03", "withdrawn", "2024-05-05"),
        ("9", "2024-03-04", "transferred", "2024-05-06"),
    ):
        case(name, filed, ended=(outcome, day), result=(outcome, day))
    case("12", "2023-05-01", ended=("ordered", "2023-12-01"), result=("ordered", "2024-01-05"), effective_on="2024-01-05",
         perform_by="2024-02-01", performance="late", **DUTY)  # fmt: skip
    case("16", "2022-05-05")


def outside(a, case) -> None:
    """State compensation, a registration annulled and 非诉行政执行."""
    case("13", "2024-06-01", category="compensation", ended=("payment", "2024-07-01"), effective_on="2024-07-20",
         perform_by="2024-09-01", performance="refused", **DUTY)  # fmt: skip
    case("14", "2024-06-02", live=False, ended=("revoked", "2024-07-02"), result=("revoked", "2024-08-02"),
         sessions=[("2024-06-20", {a: came("chief", **MUST)})])  # fmt: skip
    case("15", "2024-05-05", category="enforcement", instance="execution", ended=("permitted", "2024-06-06"))
