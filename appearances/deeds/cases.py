"""What the steps of a case write. Each docstring names what the step's form hands over in `data`."""

from datetime import date

from django.db import IntegrityError, transaction

from linkage.matters import deadlines
from linkage.matters.models import Deadline
from linkage.matters.refusals import Incomplete
from linkage.matters.taking import Taking

from .. import chain, drafts, parties, terms
from ..models import Case, Defendant, Hearing, OutcomeRule, outcomes_in
from . import hearings


# --- registering ----------------------------------------------------------------------------------------------------
def registered(taking: Taking) -> None:
    """The facts of drafts.write, `notice` (an upload of 应诉通知书, optional). Opens 答辩举证 for each organ from its own
    service date; the court takes over from whoever registered where it has an account."""
    case = drafts.write(taking.matter, taking.data)
    Case.objects.filter(pk=case.pk).update(live=True)
    parties.settle(taking.matter, parties.wanted(case, taking.actor.unit))
    if taking.data.get("notice"):
        parties.keep(taking.data["notice"], taking)
    for row in Defendant.objects.filter(case=case).select_related("unit", "handler"):
        begin_defence(taking, row)
    chain.settle(case)


def begin_defence(taking: Taking, row: Defendant) -> None:
    """15 days from service of the copy (行政诉讼法 67); an applicant or an organ served with nothing has no clock."""
    if row.served_on and row.role in (Defendant.Role.DEFENDANT, Defendant.Role.REVIEWER) and not row.defended_on:
        open_clock(taking, "defence", row.served_on, row)


def open_clock(taking: Taking, code: str, start: date, row: Defendant) -> None:
    """A clock of one organ; opened anew where a corrected date moves its start."""
    running = Deadline.objects.open().filter(matter=taking.matter, code=code, unit=row.acting)
    if running.filter(start_on=start).exists():
        return
    running.update(closed_on=taking.happened_on, outcome=Deadline.Outcome.SUPERSEDED)
    term = taking.kind.term(taking.matter, code)
    deadlines.open_for(term, taking.matter, code, start, [row.acting.pk])


def amended(taking: Taking) -> None:
    """Facts corrected after registration, `note` says why; the Event keeps what the columns were."""
    before = facts(taking.detail)
    case = rewritten(taking)
    parties.settle(taking.matter, parties.wanted(case, taking.actor.unit))
    for row in Defendant.objects.filter(case=case).select_related("unit", "handler"):
        begin_defence(taking, row)
    taking.extra["was"] = {key: value for key, value in before.items() if value != facts(case)[key]}
    chain.settle(case)


def rewritten(taking: Taking) -> Case:
    """The facts written anew; Incomplete where another case took the number at the same moment."""
    try:
        with transaction.atomic():
            return drafts.write(taking.matter, taking.data)
    except IntegrityError as error:
        raise Incomplete([drafts.TWICE.format(number=taking.data["number"])]) from error


def facts(case: Case) -> dict[str, str]:
    """Plain columns as text; no names of litigants."""
    return {name: str(getattr(case, name) or "") for name in drafts.COLUMNS if name != "previous"}


def discarded(taking: Taking) -> None:
    taking.matter.void = True


def annulled(taking: Taking) -> None:
    """`note`: why the registration is taken back. Hearings are called off, appearances end."""
    Case.objects.filter(pk=taking.matter.pk).update(live=False)
    for hearing in Hearing.objects.filter(case=taking.matter.pk, status=Hearing.Status.SET):
        hearings.call_off(taking, hearing)
    chain.settle(taking.detail)


# --- before judgment --------------------------------------------------------------------------------------------------
def served(taking: Taking) -> None:
    """`defendant` (Defendant), `happened_on` (service of 应诉通知书), `scan` optional."""
    row = taking.data["defendant"]
    Defendant.objects.filter(pk=row.pk).update(served_on=taking.happened_on)
    row.served_on = taking.happened_on
    begin_defence(taking, row)
    taking.note = f"{row.unit.short}，{taking.happened_on:%Y-%m-%d}送达"
    if taking.data.get("scan"):
        parties.keep(taking.data["scan"], taking, "service")


def own(taking: Taking):
    """The organs of the case for which the actor's unit answers."""
    rows = Defendant.objects.filter(case=taking.matter.pk).select_related("unit", "handler")
    return [row for row in rows if row.acting == taking.actor.unit]


def defended(taking: Taking) -> None:
    """`happened_on`, `files` (optional), `note`."""
    Defendant.objects.filter(pk__in=[row.pk for row in own(taking)]).update(defended_on=taking.happened_on)
    for upload in taking.data.get("files") or []:
        parties.keep(upload, taking)


# --- judgment -----------------------------------------------------------------------------------------------------------
def judged(taking: Taking) -> None:
    """`outcome` (code), `happened_on` (裁判日期), `services` {defendant pk: date or None}, `plaintiff_served_on`,
    `compensation`, `duty_text`, `perform_by`, `files` (the judgment; required where a registrar stands in for the court)."""
    data, rule = taking.data, outcomes_in(taking.happened_on.year)[taking.data["outcome"]]
    values = {name: data.get(name) for name in ("plaintiff_served_on", "compensation", "perform_by")}
    Case.objects.filter(pk=taking.matter.pk).update(
        outcome=rule.code, judged_on=taking.happened_on, duty_text=data.get("duty_text", ""), **values
    )
    for pk, day in (data.get("services") or {}).items():
        Defendant.objects.filter(pk=pk, case=taking.matter.pk).update(judgment_served_on=day)
    for upload in data.get("files") or []:
        parties.keep(upload, taking)
    Deadline.objects.open().filter(matter=taking.matter, code="defence").update(
        closed_on=taking.happened_on, outcome=Deadline.Outcome.CANCELLED
    )
    taking.note = rule.label
    if appealable(taking.detail, rule):
        begin_appeals(taking)
    else:
        taking.follow.append(("effective", {"happened_on": last_service(taking.detail)}, taking.actor))


def appealable(case: Case, rule: OutcomeRule) -> bool:
    return rule.appealable and case.instance == Case.Instance.FIRST


def begin_appeals(taking: Taking) -> None:
    """上诉期 of each organ from its own service date (行政诉讼法 85), and the day by which effect is to be entered."""
    for row in Defendant.objects.filter(case=taking.matter.pk).select_related("unit", "handler"):
        if row.judgment_served_on and row.role != Defendant.Role.APPLICANT and not row.appeal:
            open_clock(taking, "appeal", row.judgment_served_on, row)
    expect_effect(taking)


def expect_effect(taking: Taking) -> None:
    """The day by which effect is to be entered, from the end of the last side's period; none while a side is unserved."""
    last = terms.last_appeal_day(taking.detail)
    running = Deadline.objects.open().filter(matter=taking.matter, code="effective")
    if last is None or running.filter(start_on=last).exists():
        return
    running.update(closed_on=taking.happened_on, outcome=Deadline.Outcome.SUPERSEDED)
    deadlines.open_due(taking.kind, taking.matter, "effective", last)


def last_service(case: Case) -> date:
    """The day on which everybody known to be served was; what cannot be appealed takes effect then."""
    days = Defendant.objects.filter(case=case).values_list("judgment_served_on", flat=True)
    return max(day for day in (*days, case.plaintiff_served_on, case.judged_on) if day)


def judgment_served(taking: Taking) -> None:
    """`defendant` (Defendant or None for the plaintiffs), `happened_on`."""
    row = taking.data.get("defendant")
    taking.note = f"{row.unit.short if row else '原告'}，{taking.happened_on:%Y-%m-%d}送达"
    if row is None:
        Case.objects.filter(pk=taking.matter.pk).update(plaintiff_served_on=taking.happened_on)
    else:
        Defendant.objects.filter(pk=row.pk).update(judgment_served_on=taking.happened_on)
    begin_appeals(taking)


def decided(taking: Taking) -> None:
    """`appeal`: appeals or accepts; `note`."""
    Defendant.objects.filter(pk__in=[row.pk for row in own(taking)]).update(appeal=taking.data["appeal"])
    taking.note = f"{Defendant.Appeal(taking.data['appeal']).label}。{taking.data.get('note', '')}"


def appealed(taking: Taking) -> None:
    """`appealed_by` (words: 原告, or an organ's name), `happened_on`."""
    Case.objects.filter(pk=taking.matter.pk).update(
        appealed_on=taking.happened_on, appealed_by=taking.data["appealed_by"]
    )
    taking.note = f"{taking.data['appealed_by']}上诉"
    chain.settle(taking.detail)


# --- effect and performance -------------------------------------------------------------------------------------------
def effective(taking: Taking) -> None:
    """`happened_on`: the day it took effect. Without a duty to perform the case is over."""
    Case.objects.filter(pk=taking.matter.pk).update(effective_on=taking.happened_on)
    case = taking.detail
    chain.settle(case)
    if not case.duty_text:
        taking.follow.append(("close", {"happened_on": taking.happened_on}, taking.actor))


def reported(taking: Taking) -> None:
    """`happened_on` (履行日期), `note`, `files` (proof)."""
    Defendant.objects.filter(pk__in=[row.pk for row in own(taking)]).update(performed_on=taking.happened_on)
    for upload in taking.data.get("files") or []:
        parties.keep(upload, taking)


def verified(taking: Taking) -> None:
    """`performance` (Case.Performance), `performed_on` or None, `note`, `files` optional."""
    values = {name: taking.data.get(name) for name in ("performance", "performed_on")}
    Case.objects.filter(pk=taking.matter.pk).update(**values)
    taking.note = f"{Case.Performance(values['performance']).label}。{taking.data.get('note', '')}"
    for upload in taking.data.get("files") or []:
        parties.keep(upload, taking)


# --- hearings ------------------------------------------------------------------------------------------------------------
def scheduled(taking: Taking) -> None:
    """`starts_at`, `ends_at`, `place`, `online`, `decisions` [{defendant, duty, ground, reason}] for each organ."""
    data, case = taking.data, taking.detail
    order = Hearing.objects.filter(case=case).count() + 1
    values = {name: data[name] for name in ("starts_at", "ends_at", "place", "online")}
    hearing = Hearing.objects.create(case=case, order=order, **values)
    hearings.appoint(taking.matter, hearing)
    for decision in data["decisions"]:
        hearings.call(taking, hearing, decision)
    taking.note = f"第{order}次开庭：{hearings.when(hearing)}"
    taking.extra["hearing"] = hearing.pk


def moved(taking: Taking) -> None:
    """`hearing` (Hearing), `starts_at`, `ends_at`, `place`, `online`, `reason`: its deadlines move, everybody is told."""
    hearing, was = taking.data["hearing"], hearings.when(taking.data["hearing"])
    for name in ("starts_at", "ends_at", "place", "online"):
        setattr(hearing, name, taking.data[name])
    hearing.moves += 1
    hearing.save()
    hearings.appoint(taking.matter, hearing)
    reason = taking.data.get("reason", "")
    taking.note = f"第{hearing.order}次开庭由{was}改为{hearings.when(hearing)}。{reason}"
    taking.extra["hearing"] = hearing.pk
    hearings.pass_on(taking, hearing, "moved", taking.note)


def cancelled(taking: Taking) -> None:
    """`hearing` (Hearing), `reason`."""
    hearing = taking.data["hearing"]
    taking.note = f"第{hearing.order}次开庭（{hearings.when(hearing)}）取消。{taking.data.get('reason', '')}"
    taking.extra["hearing"] = hearing.pk
    hearings.call_off(taking, hearing)
