"""The page of one case."""

from datetime import UTC, date, datetime

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject
from django.utils.functional import cached_property

from linkage.matters.flow import Step
from linkage.matters.models import Box, Paper, Party, ReadMark
from linkage.web.details import MatterDetail

from .. import parties
from ..kind import CASES
from ..models import AppearanceState, Case, CaseState, Defendant, Duty, Ground, Hearing, Litigant, OutcomeRule

DATES = (
    ("立案日期", "filed_on"), ("行政行为作出日期", "act_on"), ("裁判日期", "judged_on"), ("裁判文书送达原告日期", "plaintiff_served_on"),
    ("上诉日期", "appealed_on"), ("生效日期", "effective_on"), ("履行期限", "perform_by"), ("履行日期", "performed_on"),
)  # fmt: skip

ORGAN_DAYS = ("served_on", "defended_on", "judgment_served_on")
ORGAN_WORDS = {"role": Defendant.Role, "duty": Duty, "appeal": Defendant.Appeal}
ORGAN = ("unit_id", "handler_id", "duty_ground", *ORGAN_DAYS, *ORGAN_WORDS)
HEARING = {name: name for name in ("order", "starts_at", "place", "online", "status", "moves", "visible")} | {
    "appearance": "appearances__pk", "duty": "appearances__duty", "state": "appearances__matter__state",
    "organ": "appearances__defendant__unit__short",
}  # fmt: skip
KINDS = ("litigant", "organ", "previous", "following", "hearing", "ground")


def moment(text: str) -> datetime:
    """A moment as the database writes it into JSON: SQLite in UTC without saying so."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def rows_of(queryset: QuerySet, what: str, order: str, columns: dict[str, str]) -> QuerySet:
    """Rows of any model in one shape, so that several can be read together."""
    shaped = queryset.order_by().annotate(what=Value(what), position=F(order), facts=JSONObject(**columns))
    return shaped.values_list("what", "position", "facts")


class CasePage(MatterDetail):
    """Facts, litigants as far as the unit may know them, organs, instances, sessions, judgment, clocks and record."""

    kind = CASES
    template = "appearances/case.html"

    def details(self):
        mine = ReadMark.objects.filter(user=self.actor.user, matter=OuterRef("pk"))
        rules = OutcomeRule.objects.filter(code=OuterRef("outcome"), year__lte=OuterRef("judged_on__year"))
        rows = super().details().select_related("matter", "court", "field")
        return rows.annotate(read=Exists(mine), outcome_label=Subquery(rules.order_by("-year").values("label")[:1]))

    @cached_property
    def papers(self) -> list[Paper]:
        """A case has no papers of its own."""
        return []

    def extra(self) -> dict:
        own = self.party
        return {
            "stage": CaseState(self.matter.state).label,
            "litigants": self.litigants(),
            "knows": parties.knows(own),
            "organs": self.organs,
            "linked": self.around,
            "hearings": self.hearings(),
            "count": self.countdown(self.running),
            "drafting": self.matter.state == CaseState.DRAFT and any(step.verb == "register" for step in self.steps),
            "unread": bool(own and own.box == Box.WATCHING and not self.object.read),
            "dates": [(word, getattr(self.object, name)) for word, name in DATES if getattr(self.object, name)],
        }

    # --- who, and what it hangs together with ------------------------------------------------------------------------
    @cached_property
    def around(self) -> dict[str, list[dict]]:
        """What stands around the case, by what it is, in one query."""
        found: dict[str, list[dict]] = {name: [] for name in KINDS}
        first, *others = self.sources()
        for what, _, facts in sorted(first.union(*others, all=True), key=lambda row: row[1]):
            found[what].append(facts)
        return found

    def sources(self) -> list:
        """Litigants by the name that this unit may read, organs, the instances that it sees, the words of circumstances."""
        pk, name = self.object.pk, "name" if parties.knows(self.party) else "masked"
        seen = Party.objects.filter(
            matter=OuterRef("pk"), holder=self.actor.unit.pk, since__isnull=False, until=None, matter__void=False
        )
        cases, link = Case.objects.filter(Exists(seen), live=True), {"key": "pk", "word": "number"}
        organ = {"unit": "unit__short", "handler": "handler__short"} | {column: column for column in ORGAN}
        litigant = {"name": name, "role": "role", "sort": "sort"}
        mine = Party.objects.filter(
            matter=OuterRef("appearances"), holder=self.actor.unit.pk, since__isnull=False, until=None
        )
        hearings = Hearing.objects.filter(case=pk).annotate(visible=Exists(mine))
        return [
            rows_of(Litigant.objects.filter(case=pk), "litigant", "order", litigant),
            rows_of(Defendant.objects.filter(case=pk), "organ", "order", organ),
            rows_of(cases.filter(pk=self.object.previous_id), "previous", "pk", link),
            rows_of(cases.filter(previous=pk), "following", "pk", link),
            rows_of(hearings, "hearing", "order", HEARING),
            rows_of(Ground.objects.filter(code__in=self.object.circumstances), "ground", "order", {"word": "text"}),
        ]

    def litigants(self) -> list[dict]:
        return [
            {"name": row["name"], "role": Litigant.Role(row["role"]).label, "sort": Litigant.Sort(row["sort"]).label}
            for row in self.around["litigant"]
        ]

    @cached_property
    def organs(self) -> list[dict]:
        """The organs with words for codes and dates for texts."""
        return [
            row
            | {name: date.fromisoformat(row[name]) if row[name] else None for name in ORGAN_DAYS}
            | {name: choices(row[name]).label if row[name] else "" for name, choices in ORGAN_WORDS.items()}
            for row in self.around["organ"]
        ]

    def hearings(self) -> list[dict]:
        """The sessions, each with the appearances that this unit sees."""
        found: dict[int, dict] = {}
        for row in sorted(self.around["hearing"], key=lambda each: (each["order"], each["appearance"] or 0)):
            words = {"starts_at": moment(row["starts_at"]), "cancelled": row["status"] == Hearing.Status.CANCELLED}
            hearing = found.setdefault(row["order"], {**row, **words, "appearances": []})
            if row["visible"] and row["appearance"]:
                state, duty = AppearanceState(row["state"]).label, Duty(row["duty"]).label
                hearing["appearances"].append(
                    {"pk": row["appearance"], "organ": row["organ"], "duty": duty, "state": state}
                )
        return list(found.values())

    # --- what may be done --------------------------------------------------------------------------------------------
    def buttons(self):
        """The court's and the organs' duties first."""
        return sorted(super().buttons(), key=lambda button: not button.primary)

    def offers(self, step: Step) -> bool:
        """Hide what the guard would refuse and what the page of the draft does."""
        fits = {
            "register": False,
            "perform": bool(self.object.duty_text) and self.answers,
            "defend": self.answers,
            "decide": self.answers,
        }
        return fits.get(step.verb, True)

    @cached_property
    def answers(self) -> bool:
        """Whether the unit answers for an organ of the case; a government leaves that to its 应诉承办单位."""
        return any((row["handler_id"] or row["unit_id"]) == self.actor.unit.pk for row in self.organs)
