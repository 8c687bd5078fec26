"""The docket of tests: cases, hearings, notices and judgments of a World, through the engine as people take the steps."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from appearances import drafts
from appearances.models import Appearance, Case, Field, Hearing
from linkage.matters import engine, papers
from linkage.matters.kinds import kinds
from linkage.matters.models import Deadline, Matter
from tests import factories

CONFIRMED = {
    "identity": "fit", "appeared": True, "court_rank": "chief", "court_name": "陈某", "court_post": "局长", "spoke": True,
    "spoke_on_resolution": True, "left_early": False, "refused": False, "substitute": "", "reason_accepted": None,
    "finding": "", "court_note": "",
}  # fmt: skip
ABSENT = {
    **CONFIRMED, "identity": "", "appeared": False, "court_rank": "", "court_name": "", "court_post": "", "spoke": False,
    "spoke_on_resolution": False, "substitute": "staff", "reason_accepted": False, "finding": "no_reason",
}  # fmt: skip
NAMED = {"attending": True, "rank": "chief", "name": "陈某", "post": "局长"}
PLAINTIFF = "张三丰"


class Docket:
    """What a court and an organ do in a case; each method takes one step and returns what it made."""

    def __init__(self, world: factories.World | None = None):
        self.world = world or factories.World()
        self.clerk, self.organ = self.world.court_handler, self.world.bureau_handler
        self.serial = 0

    def facts(self, **fields) -> dict:
        self.serial += 1
        return {
            "number": f"(2026)桂0481行初{self.serial}号", "court": self.world.court, "cause": "土地行政处罚",
            "filed_on": date(2026, 3, 2), "field": Field.objects.get(pk="natural_resources"), "circumstances": [],
            "litigants": [{"role": "plaintiff", "sort": "person", "name": PLAINTIFF}],
            "defendants": [self.sued(self.world.bureau)], **fields,
        }  # fmt: skip

    def sued(self, unit, role: str = "defendant", handler=None, served_on: date | None = date(2026, 3, 4)) -> dict:
        return {"unit": unit, "role": role, "handler": handler, "served_on": served_on}

    def draft(self, actor=None) -> Matter:
        return drafts.begin(actor or self.clerk, kinds["case"])

    def case(self, actor=None, **fields) -> Case:
        matter = self.draft(actor)
        engine.take(matter.pk, "register", actor or self.clerk, data=self.facts(**fields))
        return Case.objects.select_related("matter").get(pk=matter.pk)

    def take(self, row, verb: str, actor=None, **data):
        """A step of a case or appearance; the row is read anew."""
        event = engine.take(row.pk, verb, actor or self.clerk, data=data)
        row.refresh_from_db()
        row.matter.refresh_from_db()
        return event

    def schedule(self, case: Case, days: int = 10, duty: str = "must", starts_at: datetime | None = None) -> Hearing:
        start = starts_at or timezone.now() + timedelta(days=days)
        decisions = [
            {"defendant": row, "duty": duty, "ground": "社会高度关注", "reason": ""} for row in case.defendants.all()
        ]
        self.take(case, "schedule", starts_at=start, ends_at=start + timedelta(hours=2), place="一庭", online=False,
                  decisions=decisions)  # fmt: skip
        return case.hearings.last()

    def appearance(self, hearing: Hearing, unit=None) -> Appearance:
        rows = Appearance.objects.select_related("matter").filter(hearing=hearing)
        return rows.get(defendant__unit=unit) if unit else rows.get()

    def notify(self, appearance: Appearance) -> Appearance:
        papers.save_draft(appearance.pk, "summons", self.clerk, None, {"text": "请出庭。"})
        self.take(appearance, "summons-submit")
        self.take(appearance, "summons-sign", self.world.court_leader)
        return appearance

    def name(self, appearance: Appearance, actor=None, **fields) -> Appearance:
        self.take(appearance, "name", actor or self.organ, **{**NAMED, **fields})
        return appearance

    def move(self, hearing: Hearing, days: int = 3) -> None:
        start = hearing.starts_at + timedelta(days=days)
        self.take(hearing.case, "move", hearing=hearing, starts_at=start, ends_at=start + timedelta(hours=2),
                  place="二庭", online=False, reason="合议庭成员变更")  # fmt: skip

    def held(self, hearing: Hearing) -> None:
        """The hour of the hearing has come."""
        Hearing.objects.filter(pk=hearing.pk).update(starts_at=timezone.now() - timedelta(hours=1))
        hearing.refresh_from_db()

    def confirm(self, appearance: Appearance, **fields) -> Appearance:
        self.held(appearance.hearing)
        self.take(appearance, "confirm", **{**CONFIRMED, **fields})
        return appearance

    def judge(
        self, case: Case, outcome: str = "revoked", day: date = date(2026, 5, 6), services=None, **fields
    ) -> Case:
        """Judged and served on all organs on one day, but where `services` {unit: day} says otherwise."""
        days = {row.pk: (services or {}).get(row.unit, day) for row in case.defendants.all()}
        data = {"outcome": outcome, "happened_on": day, "services": days, "plaintiff_served_on": day, **fields}
        self.take(case, "judge", **data)
        return case

    def effective(self, case: Case, day: date = date(2026, 5, 22)) -> Case:
        self.take(case, "effective", happened_on=day)
        return case

    def clocks(self, row, code: str, unit=None) -> list[tuple[date, str]]:
        """(due, outcome) of the deadlines of a code, in the order they were opened."""
        rows = Deadline.objects.filter(matter=row.pk, code=code).order_by("pk")
        return [(each.due, each.outcome) for each in rows if unit in (None, each.unit)]
