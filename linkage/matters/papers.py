"""Papers: drafts that several people write over days, and the freezing of their text."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils import timezone

from linkage.jobs import outbox
from linkage.units.acting import Actor
from linkage.units.models import Unit

from .canonical import canonical, digest
from .kinds import kinds
from .models import Matter, Paper, Series
from .refusals import Conflict, Incomplete, NotVisible, NotYours, OutOfOrder
from .rows import only
from .taking import Taking, foreign, lock, party_of, stale

NUMBER_USED = "本单位已有文号为{number}的文书，请核对文号。"


def open_paper(matter: Matter, code: str, actor: Actor) -> Paper | None:
    """The draft or paper in signing of a kind that the actor's unit may read."""
    unfinished = (Paper.Status.DRAFT, Paper.Status.SIGNING)
    return (
        Paper.objects.visible_to(actor)
        .filter(matter=matter, kind=code, status__in=unfinished)
        .exclude(within="")
        .order_by("-pk")
        .first()
    )


def start_draft(matter: Matter, code: str, actor: Actor, **fields) -> Paper:
    """A new draft, seen by its unit only."""
    return Paper.objects.create(
        matter=matter,
        kind=code,
        unit=actor.unit,
        within=only(actor.unit),
        drafted_by=actor.user,
        saved_at=timezone.now(),
        **fields,
    )


def save_draft(
    matter_id: int,
    code: str,
    actor: Actor,
    version: int | None,
    draft: dict,
    change: Callable[[Matter, Paper], None] | None = None,
) -> Paper:
    """Save a draft; `change` writes the mechanism's own rows in the same transaction. No step, no Event.

    `version` is the one the editor was opened with, 0 where there was no draft yet, None where nobody saw one.
    Raises Conflict when somebody saved a newer version, OutOfOrder while the paper is being signed.
    """
    with transaction.atomic():
        matter = lock([matter_id])[0]
        may_write(matter, code, actor)
        paper = open_paper(matter, code, actor) or start_draft(matter, code, actor, version=0)
        check_version(paper, version)
        paper.draft, paper.drafted_by, paper.saved_at = draft, actor.user, timezone.now()
        paper.version += 1
        if change:
            change(matter, paper)
        paper.save()
        return paper


def may_write(matter: Matter, code: str, actor: Actor) -> None:
    """The handler who submits this paper, or takes the step that names it, writes it; in the states of that step."""
    party = party_of(matter, actor)
    rows = [row for row in kinds[matter.kind].flow.by_verb.values() if row.paper == code and row.act in ("", "submit")]
    if not rows:
        raise NotVisible
    reason = foreign(rows[0], party, actor)
    if reason:
        raise NotYours(reason.replace("送审签", "拟稿"))
    if matter.state not in rows[0].source:
        raise stale(matter, actor)


def check_version(paper: Paper, version: int | None) -> None:
    if paper.status != Paper.Status.DRAFT:
        raise OutOfOrder("文书正在审签，不能修改。需要修改时，请先撤回送审或由签发人退回。")
    if version is not None and version != paper.version:
        raise overtaken(paper)


def overtaken(paper: Paper) -> Conflict:
    """What to tell the one who looked at an older text: who has saved another since."""
    return Conflict(None, f"这份草稿{paper.drafted_by or ''}", paper.saved_at)


def missing(matter: Matter, paper: Paper) -> list[str]:
    """What must still be filled in before the paper can be signed."""
    kind = kinds[matter.kind]
    problems = kind.papers[paper.kind].missing(matter, paper)
    typed = paper.number or paper.draft.get("number", "").strip()
    if paper.unit.numbering == Unit.Numbering.REGISTER and not typed:
        problems.append("填写文号：本单位使用登记簿编号。")
    if typed and used(paper, typed):
        problems.append(NUMBER_USED.format(number=typed))
    return problems


def used(paper: Paper, number: str) -> bool:
    """Whether another paper of the unit bears a number."""
    return Paper.objects.filter(unit=paper.unit, number=number).exclude(pk=paper.pk).exists()


def freeze(taking: Taking) -> None:
    """Number the paper, freeze its text and open it to all parties; the PDF follows from the worker."""
    paper, matter = taking.paper, taking.matter
    problems = missing(matter, paper)
    if problems:
        raise Incomplete(problems)
    paper.issued_on = paper.issued_on or taking.happened_on
    paper.number = paper.number or paper.draft.get("number", "").strip()
    if not paper.number and paper.origin == Paper.Origin.MADE:
        paper.number = next_number(taking)
    paper.title = taking.kind.papers[paper.kind].title(matter, paper)
    head(taking)
    paper.frozen = canonical(taking.kind.papers[paper.kind].build(matter, paper))
    paper.sha256, paper.status, paper.within = digest(paper.frozen), Paper.Status.ISSUED, ""
    save_frozen(paper)
    paper.attachments.filter(void=False).exclude(purpose="sheet").update(within="")
    taking.extra |= {"paper": paper.pk, "sha256": paper.sha256, "number": paper.number}
    if paper.origin == Paper.Origin.MADE:
        outbox.ask("render", f"render:{paper.pk}", paper=paper.pk)


def save_frozen(paper: Paper) -> None:
    """Write the frozen paper; Incomplete where another transaction took its number at the same moment."""
    try:
        with transaction.atomic():
            paper.save()
    except IntegrityError as error:
        if not used(paper, paper.number):
            raise
        raise Incomplete([NUMBER_USED.format(number=paper.number)]) from error


def head(taking: Taking) -> None:
    """The first paper gives the matter its number, title and date."""
    matter, paper = taking.matter, taking.paper
    if taking.kind.flow.is_draft(matter.state):
        matter.number, matter.title, matter.issued_on = paper.number, matter.title or paper.title, paper.issued_on


def next_number(taking: Taking) -> str:
    """The next of the series that the unit has not used otherwise (a letter numbered off line and registered)."""
    paper = taking.paper
    prefix = taking.kind.papers[paper.kind].prefix(paper)
    while True:
        number = Series.take(prefix, paper.kind, paper.issued_on.year)
        if not used(paper, number):
            return number
