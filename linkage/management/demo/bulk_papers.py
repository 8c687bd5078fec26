"""The texts of letters and replies in bulk, from rows in memory; equal to what suggestions.papers builds (a test)."""

from collections.abc import Iterable
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
def named(unit: Unit, day: date) -> str:
    return unit.name_on(day)


@cache
def lines(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((part["level"], part["text"]) for part in paragraphs(text))


def laid(text: str) -> list[dict[str, Any]]:
    return [{"level": level, "text": part} for level, part in lines(text)]


def drawn(life: "Life", paper: Paper) -> tuple[str, dict[str, Any]]:
    """Title and content of a paper about to be frozen."""
    return letter(life, paper) if paper.kind == "suggestion" else reply(life, paper)


def letter(life: "Life", paper: Paper) -> tuple[str, dict[str, Any]]:
    day, suggestion = paper.issued_on, life.suggestion
    issuer = named(paper.unit, day)
    title = f"{issuer}关于{life.matter.title}的{life.type.document.removesuffix('书')}书"
    items = [{"level": 3, "text": f"{row.order}. {row.text}"} for row in life.advice]
    body = [
        *laid(suggestion.opening), papers.heading(1, "存在问题"), *laid(suggestion.problems),
        papers.heading(2, "建议事项"), *items, papers.plain(papers.feedback(suggestion, paper.unit)),
    ]  # fmt: skip
    return title, content.blank(
        issuers=[issuer], number=paper.number, title=title, to=named(life.addressee.unit, day), body=body, signed=[issuer],
        date=day.isoformat(), note=papers.contact(suggestion), copied=names_of(day, (p.unit for p in life.parties if p.copied)),
    )  # fmt: skip


def reply(life: "Life", paper: Paper) -> tuple[str, dict[str, Any]]:
    day, draft = paper.issued_on, paper.draft
    sender = named(paper.unit, day)
    title = f"{sender}关于{life.matter.number}{life.type.document}的复函"
    you = "你局" if life.issuer.unit.kind == Unit.Kind.LEGAL_OFFICE else "你院"
    body = [papers.plain(f"{you}{life.type.document}（{life.matter.number}）收悉。现将办理情况函复如下：")]
    for row in life.advice:
        answer = draft["items"][str(row.order)]
        body += [papers.heading(row.order, f"关于“{row.text.rstrip('。；;')}”"), *papers.item_paragraphs(answer)]
    body += [*papers.verdict(draft, len(life.advice) + 1), papers.plain("专此函复。")]
    others = (party.unit for party in life.parties if party.unit not in (paper.unit, life.issuer.unit))
    return title, content.blank(
        issuers=[sender], number=paper.number, title=title, to=named(life.issuer.unit, day), body=body, signed=[sender],
        date=day.isoformat(), copied=names_of(day, others),
    )  # fmt: skip


def names_of(day: date, units: Iterable[Unit]) -> list[str]:
    return [named(unit, day) for unit in units]
