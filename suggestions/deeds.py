"""What the steps write: each is named in the table and runs inside the engine's transaction."""

from django.utils import timezone

from linkage.matters import files, papers
from linkage.matters.models import Paper, Party
from linkage.matters.taking import Taking
from linkage.units.acting import SYSTEM

from .models import Advice, Reply, ReplyItem, Suggestion


def issued(taking: Taking) -> None:
    """Where both sides consented in writing, going out is being served (offices.md 4)."""
    suggestion, today = taking.detail, taking.happened_on
    sides = (suggestion.issuer, suggestion.addressee)
    if all(unit.accepts_online_service(today) for unit in sides) and not suggestion.addressee.offline:
        taking.follow.append(("serve", {"method": Suggestion.Method.ONLINE, "happened_on": today}, SYSTEM))


def registered(taking: Taking) -> None:
    """Freeze a letter that its issuer made elsewhere: its own number and date, its PDF as the original."""
    paper = papers.open_paper(taking.matter, "suggestion", taking.actor)
    paper.number, paper.issued_on = taking.data["number"], taking.data["issued_on"]
    paper.signed_by = taking.data.get("signed_by", "")
    taking.paper = paper
    papers.freeze(taking)
    paper.file.within = ""
    paper.file.save(update_fields=["within"])
    if taking.data.get("served_on"):
        taking.follow.append(("serve", {**taking.data, "happened_on": taking.data["served_on"]}, taking.actor))
    else:
        issued(taking)


def served(taking: Taking) -> None:
    """The service date starts the clock; it may lie before today."""
    fields = {
        "served_on": taking.happened_on,
        "served_by": taking.data["method"],
        "served_to": taking.data.get("served_to", ""),
    }
    Suggestion.objects.filter(pk=taking.matter.pk).update(**fields)
    if taking.data.get("scan"):
        files.store(taking.data["scan"], taking.matter, "service", taking.actor)


def replied(taking: Taking) -> None:
    """Rows of the reply, read off its draft; a reply without a receipt counts as one."""
    draft = taking.paper.draft
    fields = {key: draft.get(key, "") for key in ("stance", "unlawful", "correction", "opening")}
    reply = Reply.objects.create(paper=taking.paper, suggestion_id=taking.matter.pk, **fields)
    advice = Advice.objects.filter(suggestion=taking.matter.pk)
    ReplyItem.objects.bulk_create(
        ReplyItem(reply=reply, advice=row, **draft["items"][str(row.order)]) for row in advice
    )
    receipt = Party.objects.filter(matter=taking.matter, addressee=True, received_at=None)
    receipt.update(received_at=timezone.now(), received_by=taking.actor.user, handler=taking.actor.user)


def entered(taking: Taking) -> None:
    """The issuer enters the paper reply of a unit without an account; the scan is the reply."""
    addressee = taking.detail.addressee
    scan = files.store(taking.data["scan"], taking.matter, "own", taking.actor, open_to_all=True)
    paper = Paper.objects.create(
        matter=taking.matter,
        kind="reply",
        unit=addressee,
        origin=Paper.Origin.OWN,
        file=scan,
        draft=taking.data["draft"],
        issued_on=taking.data["issued_on"],
        within="",
        drafted_by=taking.actor.user,
        saved_at=timezone.now(),
    )
    taking.paper, paper.number = paper, taking.data.get("number", "")
    taking.note = f"{addressee.short}线下回复，{taking.actor.label}代录"
    replied(taking)
    papers.freeze(taking)


def reviewed(taking: Taking) -> None:
    fields = {"result": taking.data["result"], "opinion": taking.data["opinion"]}
    Suggestion.objects.filter(pk=taking.matter.pk).update(**fields)
    taking.note = f"{Suggestion.Result(fields['result']).label}。{fields['opinion']}"


def agreed(taking: Taking) -> None:
    Suggestion.objects.filter(pk=taking.matter.pk).update(supplement_on=taking.data["agreed_on"])


def urged(taking: Taking) -> None:
    Suggestion.objects.filter(pk=taking.matter.pk).update(urged=taking.detail.urged + 1)
    taking.paper.draft |= {"count": taking.detail.urged}


def withdrawn(taking: Taking) -> None:
    """A withdrawn letter stays readable, marked 已撤回."""
    Paper.objects.filter(matter=taking.matter, kind="suggestion").update(status=Paper.Status.WITHDRAWN)


def discarded(taking: Taking) -> None:
    taking.matter.void = True


def unstamped(taking: Taking) -> Paper | None:
    issued_here = Paper.objects.filter(matter=taking.matter, unit=taking.actor.unit, status=Paper.Status.ISSUED)
    return issued_here.filter(origin=Paper.Origin.MADE, stamped=None).order_by("-pk").first()


def stamped(taking: Taking) -> None:
    """After sealing, the scan is the authoritative text (offices.md 6)."""
    paper = unstamped(taking)
    paper.stamped = files.store(taking.data["scan"], taking.matter, "stamped", taking.actor, paper=paper)
    paper.save(update_fields=["stamped"])
