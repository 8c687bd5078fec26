"""What the steps of an appearance write. Each docstring names what the step's form hands over in `data`."""

from django.utils import timezone

from linkage.matters import deadlines, papers
from linkage.matters.kinds import kinds
from linkage.matters.models import Deadline, Paper
from linkage.matters.rows import only
from linkage.matters.taking import Taking
from linkage.units.acting import SYSTEM
from linkage.units.models import Unit

from .. import parties
from ..models import Appearance, Defendant

NAMED = ("attending", "rank", "name", "post", "agents", "absence", "absence_text")
CONFIRMED = (
    "identity", "appeared", "court_rank", "court_name", "court_post", "spoke", "spoke_on_resolution", "left_early",
    "refused", "substitute", "reason_accepted", "finding", "court_note",
)  # fmt: skip
DISCIPLINE = "judicial.discipline"


def notified(taking: Taking) -> None:
    """Where both sides consented in writing, going out is being served (offices.md 4)."""
    organ, today = taking.detail.defendant.unit, taking.happened_on
    if all(unit.accepts_online_service(today) for unit in (taking.actor.unit, organ)) and not organ.offline:
        taking.follow.append(("served", {"happened_on": today}, SYSTEM))


def entered(taking: Taking) -> None:
    """A notice made elsewhere: `number`, `issued_on`, `happened_on` (service), `scan`."""
    scan = parties.keep(taking.data["scan"], taking, "letter")
    paper = Paper.objects.create(
        matter=taking.matter, kind="summons", unit=court_of(taking), origin=Paper.Origin.REGISTERED, file=scan,
        issued_on=taking.data["issued_on"], number=taking.data.get("number", ""), within=only(taking.actor.unit),
        drafted_by=taking.actor.user, saved_at=timezone.now(),
    )  # fmt: skip
    taking.paper = paper
    papers.freeze(taking)
    taking.follow.append(("served", {"happened_on": taking.happened_on}, taking.actor))


def court_of(taking: Taking) -> Unit:
    """The court whose notice it is; without a known court the unit that enters it."""
    return taking.detail.hearing.case.court or taking.actor.unit


def served(taking: Taking) -> None:
    """`happened_on` (送达出庭通知书), `scan` optional."""
    Appearance.objects.filter(pk=taking.matter.pk).update(notified_on=taking.happened_on)
    if taking.data.get("scan"):
        parties.keep(taking.data["scan"], taking, "service")


def named(taking: Taking) -> None:
    """NAMED columns; `files`: identity papers, the power of attorney, the material of an absence."""
    Appearance.objects.filter(pk=taking.matter.pk).update(**{name: taking.data.get(name, "") for name in NAMED})
    given(taking)
    row = taking.detail
    who = f"{row.name}（{row.get_rank_display()}）" if row.attending else f"负责人不能出庭，{row.get_absence_display()}"
    taking.note = who


def given(taking: Taking) -> None:
    """`files`: materials for the court."""
    for upload in taking.data.get("files") or []:
        parties.keep(upload, taking)


def moved(taking: Taking) -> None:
    """Deadlines that hang on the hearing run anew from its new day; the old ones stay on record."""
    running = Deadline.objects.open().filter(matter=taking.matter, code__in=("notify", "name", "confirm"))
    for row in list(running):
        row.closed_on, row.outcome = taking.happened_on, Deadline.Outcome.SUPERSEDED
        row.save(update_fields=["closed_on", "outcome"])
        term = taking.kind.term(taking.matter, row.code)
        deadlines.open_for(term, taking.matter, row.code, taking.happened_on, [row.unit_id])


def urged(taking: Taking) -> None:
    Appearance.objects.filter(pk=taking.matter.pk).update(urged=taking.detail.urged + 1)


def confirmed(taking: Taking) -> None:
    """CONFIRMED columns, `files` (judgment or 笔录; required where a registrar stands in for the court). A finding of
    art. 12 opens the suggestions that the court must then make (法释〔2020〕3号 12)."""
    values = {name: taking.data[name] for name in CONFIRMED}
    Appearance.objects.filter(pk=taking.matter.pk).update(**values, confirmed_on=taking.happened_on)
    given(taking)
    row = taking.detail
    taking.note = f"负责人到庭：{row.court_name}（{row.get_court_rank_display()}）" if row.counts else "负责人未出庭"
    if row.finding:
        taking.note += f"。{row.get_finding_display()}"
        open_suggestions(taking, row)


def corrected(taking: Taking) -> None:
    """The court's own record corrected: CONFIRMED columns, `note`; the Event keeps what was."""
    before = taking.detail
    confirmed_on = before.confirmed_on
    taking.extra["was"] = {name: str(getattr(before, name)) for name in CONFIRMED}
    reason, had = taking.note, before.finding
    values = {name: taking.data[name] for name in CONFIRMED}
    Appearance.objects.filter(pk=taking.matter.pk).update(**values, confirmed_on=confirmed_on)
    given(taking)
    taking.note = f"更正法院确认：{reason}"
    if values["finding"] and not had:
        open_suggestions(taking, taking.detail)


def open_suggestions(taking: Taking, row: Appearance) -> None:
    """One draft to the supervisory organ and one to the superior organ; only the court that found it can make them."""
    case = row.hearing.case
    if case.court_id != taking.actor.unit.pk:
        return
    for addressee in recipients(row.defendant, taking.actor.unit):
        facts = {"type": DISCIPLINE, "addressee": addressee, "case_number": case.number, **wording(row)}
        kinds["suggestion"].begin(taking.matter, taking.actor, facts, relation="article12", binding=True)


def recipients(defendant: Defendant, court: Unit) -> list[Unit | None]:
    """监察机关 and 上一级行政机关; None where the register does not know one, so that the clerk chooses."""
    organ = Unit.objects.current().filter(kind=Unit.Kind.SUPERVISION, area=court.area).first()
    return [organ, defendant.unit.superior or defendant.unit.government]


def wording(row: Appearance) -> dict:
    unit, case = row.defendant.unit, row.hearing.case
    day = f"{row.hearing.day.year}年{row.hearing.day.month}月{row.hearing.day.day}日"
    return {
        "title": f"{unit.short}负责人出庭应诉有关问题",
        "opening": f"本院审理{case.number}案件，于{day}开庭。",
        "problems": f"{unit.name_on(row.hearing.day)}存在以下情形：{row.get_finding_display()}（《最高人民法院关于行政机关负责人出庭应诉"
        "若干问题的规定》（法释〔2020〕3号）第十二条第一款）。",
        "advice": [f"依法督促{unit.short}落实行政机关负责人出庭应诉制度，并对相关责任人员依法处理。"],
    }


def summarised(taking: Taking) -> None:
    """`summary`, `files` optional."""
    Appearance.objects.filter(pk=taking.matter.pk).update(summary=taking.data["summary"], summary_on=taking.happened_on)
    given(taking)
