"""The texts of letters and replies in bulk, from rows in memory; equal to what suggestions.papers builds (a test)."""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from linkage.matters.models import Paper
from linkage.papers import content
from linkage.papers.numbering import paragraphs
from linkage.units.models import Unit
from suggestions import papers

if TYPE_CHECKING:
    from .bulk_life import Life


@cache
def lines(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((part["level"], part["text"]) for part in paragraphs(text))


def laid(text: str) -> list[dict[str, Any]]:
    return [{"level": level, "text": part} for level, part in lines(text)]


def drawn(life: "Life", paper: Paper) -> tuple[str, dict[str, Any]]:
    """Title and content of a paper about to be frozen."""
    return letter(life, paper) if paper.kind == "suggestion" else reply(life, paper)


def letter(life: "Life", paper: Paper) -> tuple[str, dict[str, Any]]:
    day, suggestion = issued_on(paper), life.suggestion
    issuer = life.terms.name(paper.unit, day)
    closing = life.terms.once((life.type.pk, paper.unit.pk), lambda: papers.feedback(suggestion, paper.unit))
    copied = [life.terms.name(party.unit, day) for party in life.parties if party.copied]
    title = f"{issuer}关于{life.matter.title}的{life.type.document.removesuffix('书')}书"
    items = [{"level": 3, "text": f"{row.order}. {row.text}"} for row in life.advice]
    body = [
        *laid(suggestion.opening), papers.heading(1, "存在问题"), *laid(suggestion.problems),
        papers.heading(2, "建议事项"), *items, papers.plain(closing),
    ]  # fmt: skip
    return title, content.blank(
        issuers=[issuer], number=paper.number, title=title, to=life.terms.name(life.addressee.unit, day), body=body,
        signed=[issuer], date=day.isoformat(), note=papers.contact(suggestion), copied=copied,
    )  # fmt: skip


def reply(life: "Life", paper: Paper) -> tuple[str, dict[str, Any]]:
    day, draft = issued_on(paper), paper.draft
    sender = life.terms.name(paper.unit, day)
    title = f"{sender}关于{life.matter.number}{life.type.document}的复函"
    you = "你局" if life.issuer.unit.kind == Unit.Kind.LEGAL_OFFICE else "你院"
    body = [papers.plain(f"{you}{life.type.document}（{life.matter.number}）收悉。现将办理情况函复如下：")]
    for row in life.advice:
        answer = draft["items"][str(row.order)]
        body += [papers.heading(row.order, f"关于“{row.text.rstrip('。；;')}”"), *papers.item_paragraphs(answer)]
    body += [*papers.verdict(draft, len(life.advice) + 1), papers.plain("专此函复。")]
    others = [party.unit for party in life.parties if party.unit not in (paper.unit, life.issuer.unit)]
    return title, content.blank(
        issuers=[sender], number=paper.number, title=title, to=life.terms.name(life.issuer.unit, day), body=body,
        signed=[sender], date=day.isoformat(), copied=[life.terms.name(unit, day) for unit in others],
    )  # fmt: skip


def issued_on(paper: Paper) -> date:
    if paper.issued_on is None:
        raise ValueError("a paper is dated before it is drawn")
    return paper.issued_on
