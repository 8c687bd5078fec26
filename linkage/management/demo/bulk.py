"""Letters by the thousand: rows of lives in memory, written in chunks; no job is asked for, no PDF is made of them."""

import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import Any

from django.core.management.base import CommandError
from django.db import models, transaction

from linkage.matters.kinds import Term
from linkage.matters.models import (
    Attachment,
    Deadline,
    Event,
    Matter,
    Paper,
    Party,
    Series,
    Signature,
    numbered,
)  # fmt: skip
from linkage.units.acting import for_unit
from linkage.units.models import Post, Unit
from suggestions.kind import by_rule, stated_term
from suggestions.models import Advice, Reply, ReplyItem, Suggestion, SuggestionType
from suggestions.papers import PREFIX

from .bulk_fate import Days, Plan, live, plans
from .bulk_life import Life, Side, Terms
from .bulk_texts import subject

CHUNK = 250
TYPES = {
    Unit.Kind.COURT: ("judicial.case", "judicial.case", "judicial.case", "judicial.general"),
    Unit.Kind.PROCURATORATE: ("procuratorial.governance", "procuratorial.interest", "procuratorial.correction"),
    Unit.Kind.LEGAL_OFFICE: ("enforcement.supervision",),
}
ISSUERS = (Unit.Kind.COURT, Unit.Kind.PROCURATORATE, Unit.Kind.LEGAL_OFFICE)
SHARES = (55, 35, 10)
OWN_SYSTEM = "{}行建"  # numbers of letters that the procuratorate makes in its own system


def add(count: int) -> int:
    """Add so many letters to whatever is there; returns how many."""
    world = World(random.Random(Matter.objects.count()))  # noqa: S311 made-up letters, not secrets
    planned = plans(count, world.days, world.chance)
    for start in range(0, count, CHUNK):
        with transaction.atomic():
            world.write(planned[start : start + CHUNK])
    return count


class World:
    """Units with people, rules and working days, read once."""

    def __init__(self, chance: random.Random):
        self.chance = chance
        self.issuers = {side.unit.kind: side for side in sides(Unit.objects.current().filter(kind__in=ISSUERS))}
        others = Unit.objects.current().administrative().exclude(kind=Unit.Kind.LEGAL_OFFICE)
        on_line = {"offline": False, "signing": Unit.Signing.ONLINE, "numbering": Unit.Numbering.SERIES}
        self.addressees = sides(others.filter(**on_line))
        if not self.addressees or set(self.issuers) != set(ISSUERS):
            raise CommandError("批量加入建议需要三家牵头单位和至少一个被建议单位，各有经办人和签发人。")
        self.types = {row.pk: row for row in SuggestionType.objects.all()}
        self.terms = Terms(rules(self.types.values()))
        self.days = Days(self.terms.days, chance)

    def write(self, planned: list[Plan]) -> None:
        """One chunk: numbers, lives, rows; whole or not at all."""
        numbers = Numbers()
        lives = [self.lived(plan, numbers) for plan in planned]
        write_rows(lives)
        numbers.keep()

    def lived(self, plan: Plan, numbers: "Numbers") -> Life:
        kind = self.chance.choices(ISSUERS, SHARES)[0]
        issuer, addressee = self.issuers[kind], self.chance.choice(self.addressees)
        type_ = self.types[self.chance.choice(TYPES[kind])]
        us = "本局" if kind == Unit.Kind.LEGAL_OFFICE else "本院"
        text = subject(
            self.chance, us, f"你{addressee.unit.short[-1:]}" if addressee.unit.short.endswith("局") else "你单位"
        )
        office = self.issuers[Unit.Kind.LEGAL_OFFICE]
        life = Life(type_, issuer, addressee, office, text, self.terms, self.chance)
        live(life, plan, self.days, partial(numbers.take, issuer.unit, addressee.unit))
        return life


def sides(units: models.QuerySet) -> list[Side]:
    """Units that have a handler and a leader."""
    found = []
    for unit in units.order_by("pk"):
        posts = Post.objects.active().filter(unit=unit).select_related("user").order_by("ab", "pk")
        people = {post.role: post.user for post in reversed(posts)}
        if {Post.Role.HANDLER, Post.Role.LEADER} <= set(people):
            handler, leader = (for_unit(people[role], unit) for role in (Post.Role.HANDLER, Post.Role.LEADER))
            found.append(Side(unit, handler, leader))
    return found


def rules(types: Iterable[SuggestionType]) -> dict[str, Term]:
    """The terms of all steps as the mechanism counts them today."""
    found = {code: by_rule(f"suggestion.{code}") for code in ("serve", "receive", "review")}
    found |= {f"reply:{row.pk}": stated_term(Suggestion(type=row, period_amount=2)) for row in types}
    return {code: term for code, term in found.items() if term}


class Numbers:
    """Numbers of one chunk; the series are locked when first asked for and written back at its end."""

    def __init__(self) -> None:
        self.last: dict[tuple[str, str, int], int] = {}

    def take(self, issuer: Unit, addressee: Unit, kind: str, year: int) -> str:
        unit = addressee if kind == "reply" else issuer
        prefix = OWN_SYSTEM.format(unit.prefix) if kind == "registered" else f"{unit.prefix}{PREFIX[kind]}"
        key = (prefix, kind, year)
        if key not in self.last:
            self.last[key] = self.borne(unit, prefix, year) if kind == "registered" else self.given(key)
        self.last[key] += 1
        return numbered(prefix, year, self.last[key])

    def given(self, key: tuple[str, str, int]) -> int:
        prefix, kind, year = key
        row = Series.objects.select_for_update().filter(prefix=prefix, kind=kind, year=year).first()
        return row.last if row else 0

    def borne(self, unit: Unit, prefix: str, year: int) -> int:
        """The highest number of another register that was entered so far."""
        stem = f"{prefix}〔{year}〕"
        rows = Paper.objects.filter(unit=unit, number__startswith=stem).values_list("number", flat=True)
        return max((int(number.removeprefix(stem).removesuffix("号")) for number in rows), default=0)

    def keep(self) -> None:
        for (prefix, kind, year), last in self.last.items():
            if kind != "registered":
                Series.objects.update_or_create(prefix=prefix, kind=kind, year=year, defaults={"last": last})


def write_rows(lives: list[Life]) -> None:
    """All rows, parents first."""
    with own_times():
        create(Matter, (life.matter for life in lives))
        create(Suggestion, (life.suggestion for life in lives))
        for model, name in (
            (Advice, "advice"), (Party, "parties"), (Paper, "papers"), (Attachment, "attachments"),
            (Deadline, "deadlines"), (Signature, "signatures"), (Reply, "replies"), (ReplyItem, "items"),
        ):  # fmt: skip
            create(model, chain.from_iterable(getattr(life, name) for life in lives))
        for life in lives:
            life.bind()
        create(Event, chain.from_iterable(life.events for life in lives))
    keep_originals(lives)


def create(model: type[models.Model], rows: Iterable[Any]) -> None:
    model._default_manager.bulk_create(rows)


def keep_originals(lives: list[Life]) -> None:
    """A registered letter's PDF is its original; the file row was written after the paper's."""
    originals = []
    for life in lives:
        for row in life.attachments:
            if row.paper_id:
                life.letter.file = row
                originals.append(life.letter)
    Paper.objects.bulk_update(originals, ["file"])


@contextmanager
def own_times() -> Iterator[None]:
    """Rows say themselves when they were made."""
    fields = [model._meta.get_field(name) for model, name in (
        (Matter, "created_at"), (Deadline, "opened_at"), (Attachment, "added_at"),
    )]  # fmt: skip
    for field in fields:
        field.auto_now_add = False
    try:
        yield
    finally:
        for field in fields:
            field.auto_now_add = True
