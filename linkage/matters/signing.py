"""The signing of a paper: 送审签, 撤回送审, 签署, 退回, 线下签发代录. The last signature takes the mechanism's step."""

from dataclasses import replace

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from linkage.units.acting import Actor

from . import files, inbox, papers, performing, trail
from .flow import Step
from .models import Event, Paper, Signature
from .refusals import Conflict, Incomplete, NotYours, OutOfOrder, Refused
from .taking import Taking, refuse, stale


def perform(taking: Taking) -> Event:
    """Take one of the five verbs; the version of its form is the paper's, checked by `find`."""
    taking.paper = find(taking)
    event = ACTS[taking.step.act](taking)
    return event or within_unit(taking)


def find(taking: Taking) -> Paper:
    """The open paper of the step, in the version that the actor looked at."""
    paper = papers.open_paper(taking.matter, taking.step.paper, taking.actor)
    if paper is None:
        raise OutOfOrder("没有可以审签的文书，请先拟稿。")
    seen = taking.data.get("paper_version")
    if seen is not None and seen != paper.version:
        raise faster(taking, paper)
    reason = blocked(taking.step, paper, asked=place(paper, taking.actor) is not None)
    if reason:
        raise OutOfOrder(reason)
    return paper


def faster(taking: Taking, paper: Paper) -> Refused:
    """Who came first: whoever took the last step, or has saved the text since."""
    refusal = stale(taking.matter, taking.actor)
    stepped = isinstance(refusal, Conflict) and refusal.at >= paper.saved_at
    return refusal if stepped else papers.overtaken(paper)


def blocked(step: Step, paper: Paper, *, asked: bool) -> str:
    """Why a verb does not fit the paper's status, or an empty string; buttons and tests read the same answer.

    `asked`: whether it is the actor's unit's turn to sign.
    """
    drafting = paper.status == Paper.Status.DRAFT
    if step.act == "submit" and not drafting:
        return "文书已经送审签。"
    if step.act == "recall" and drafting:
        return "文书尚未送审签。"
    if step.act in ("sign", "return") and not asked:
        return "文书现在不在本单位审签。"
    return ""


def place(paper: Paper, actor: Actor) -> Signature | None:
    """The actor's unit's place, if it is its turn: equal orders sign in parallel, a higher order waits."""
    waiting = list(paper.signatures.waiting())
    first = min((row.order for row in waiting), default=None)
    own = [row for row in waiting if row.unit_id == actor.unit.pk and row.order == first]
    return own[0] if own else None


def with_places(rows: QuerySet[Paper], actor: Actor) -> QuerySet[Paper]:
    """Adds what a page says of signing: `asked` (see blocked), and who returned the paper last, when and why."""
    places = Signature.objects.filter(paper=OuterRef("pk"))
    first = Signature.objects.waiting().filter(paper=OuterRef("paper")).order_by("order").values("order")[:1]
    back = places.filter(verdict=Signature.Verdict.RETURNED).order_by("-pk")
    return rows.annotate(
        asked=Exists(places.waiting().filter(unit=actor.unit, order=Subquery(first))),
        returned_by=Subquery(back.values("signer__name")[:1]),
        returned_at=Subquery(back.values("decided_at")[:1]),
        returned_for=Subquery(back.values("reason")[:1]),
    )


def submit(taking: Taking) -> None:
    ask_signers(taking)
    save(taking.paper, Paper.Status.SIGNING)


def ask_signers(taking: Taking) -> None:
    """One place per leader of the chain; refuses while something is missing."""
    problems = papers.missing(taking.matter, taking.paper)
    if problems:
        raise Incomplete(problems)
    now = timezone.now()
    chain = taking.kind.papers[taking.paper.kind].chain(taking.matter, taking.paper)
    Signature.objects.bulk_create(
        Signature(paper=taking.paper, order=order, unit=unit, asked_at=now, asked_by=taking.actor.user)
        for order, unit in chain
    )


def recall(taking: Taking) -> None:
    void_places(taking.paper)
    save(taking.paper, Paper.Status.DRAFT)


def give_back(taking: Taking) -> None:
    """退回 with a reason that only the unit reads; the whole round of signatures is void."""
    mine = place(taking.paper, taking.actor)
    decide(mine, taking, Signature.Verdict.RETURNED, reason=taking.note)
    void_places(taking.paper)
    save(taking.paper, Paper.Status.DRAFT)


def sign(taking: Taking) -> Event | None:
    decide(place(taking.paper, taking.actor), taking, Signature.Verdict.SIGNED)
    taking.paper.signed_by = taking.actor.user.name
    return finish(taking)


def record(taking: Taking) -> Event | None:
    """Enter a signature given on paper: who signed, when, with the scan of the signed 发文稿纸."""
    paper = taking.paper
    if paper.status == Paper.Status.DRAFT:
        ask_signers(taking)
        paper.status = Paper.Status.SIGNING
    mine = place(paper, taking.actor)
    if mine is None:
        raise NotYours("这份文书现在等待其他单位签署。")
    mine.sheet = files.store(taking.data["sheet"], taking.matter, "sheet", taking.actor, paper=paper)
    mine.signer_name, mine.recorded_by = taking.data["signer_name"], taking.actor.user
    mine.signed_on = paper.issued_on = taking.data["signed_on"]
    paper.signed_by = mine.signer_name
    taking.note = taking.note or f"线下签发：{mine.signer_name}，{taking.actor.label}代录"
    decide(mine, taking, Signature.Verdict.SIGNED)
    return finish(taking)


def decide(mine: Signature, taking: Taking, verdict: str, reason: str = "") -> None:
    mine.verdict, mine.reason, mine.decided_at = verdict, reason, timezone.now()
    if not mine.recorded_by_id:
        mine.signer, mine.signed_on = taking.actor.user, timezone.localdate()
    mine.save()


def finish(taking: Taking) -> Event | None:
    """After the last signature take the mechanism's step in the same transaction."""
    paper = taking.paper
    save(paper, paper.status)
    if paper.signatures.waiting().exists():
        return None
    step = taking.kind.flow.by_verb[taking.step.then]
    taking.extra["signed_by"] = paper.signed_by
    final = replace(taking, step=step)
    refuse(final)
    return performing.perform(final)


def void_places(paper: Paper) -> None:
    live = paper.signatures.filter(verdict__in=("", Signature.Verdict.SIGNED))
    live.update(verdict=Signature.Verdict.VOID)


def save(paper: Paper, status: str) -> None:
    paper.status = status
    paper.version += 1
    paper.save()


def within_unit(taking: Taking) -> Event:
    """The Event of an internal verb stays within the units that may read the draft."""
    inbox.fold(taking.matter)
    return trail.record(
        taking.matter,
        taking.step.verb,
        taking.step.label,
        taking.actor,
        note=taking.note,
        within=taking.paper.within,
        from_state=taking.matter.state,
        to_state=taking.matter.state,
        data={"paper": taking.paper.pk},
    )


ACTS = {"submit": submit, "recall": recall, "sign": sign, "return": give_back, "record": record}
