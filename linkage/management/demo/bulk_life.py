"""The life of one letter in memory: what the engine would have written, without asking the database.

The steps come from the flow table and the inbox columns from matters.inbox; what is repeated here (texts, terms) is
compared with the mechanism's own functions by a test.
"""

import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.timezone import localdate

from linkage.matters import deadlines, files, inbox
from linkage.matters.canonical import canonical, digest
from linkage.matters.flow import ALL, SAME
from linkage.matters.kinds import Term
from linkage.matters.models import Attachment, Deadline, Event, Matter, Paper, Party, Signature
from linkage.matters.rows import only
from linkage.matters.workcalendar import calendar
from linkage.units.acting import Actor
from linkage.units.models import Unit, UnitName
from linkage.workdays import Calendar, Count, due
from linkage.workdays import Term as Span
from suggestions.kind import KIND
from suggestions.models import Advice, Reply, ReplyItem, State, Suggestion, SuggestionType

from . import bulk_papers
from .bulk_texts import Subject
from .scans import page

FLOW = KIND.flow


@dataclass(frozen=True)
class Side:
    """A unit with its handler and its leader."""

    unit: Unit
    handler: Actor
    leader: Actor


@dataclass(frozen=True)
class Terms:
    """The rules in force, the calendar and former names, read once; counts and sentences are kept once made."""

    rules: dict[str, Term]
    days: Calendar = field(default_factory=calendar)
    former: list[UnitName] = field(default_factory=lambda: list(UnitName.objects.all()))
    counts: dict[tuple, Count] = field(default_factory=dict)
    sentences: dict[tuple, str] = field(default_factory=dict)

    def name(self, unit: Unit, day: date) -> str:
        """As Unit.name_on, without a query."""
        borne = (
            row for row in self.former if row.unit_id == unit.pk and row.since <= day and row.until and row.until > day
        )
        return next((row.name for row in borne), unit.name)

    def once(self, key: tuple, make: Callable[[], str]) -> str:
        if key not in self.sentences:
            self.sentences[key] = make()
        return self.sentences[key]

    def count(self, term: Term, start: date) -> Count:
        key = (start, term.amount, term.unit, term.rolls, term.start_label, term.agreed)
        if key not in self.counts:
            span = Span(term.amount or 1, term.unit or "day", term.rolls)
            label = term.start_label or "起算"
            self.counts[key] = deadlines.counted(term, start) if term.agreed else due(start, span, self.days, label)
        return self.counts[key]


@dataclass
class Life:
    """All rows of one letter; `take` moves it along the table, `settle` derives the inbox rows."""

    type: SuggestionType
    issuer: Side
    addressee: Side
    office: Side
    subject: Subject
    terms: Terms
    chance: random.Random
    matter: Matter = field(init=False)
    suggestion: Suggestion = field(init=False)
    advice: list[Advice] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    items: list[ReplyItem] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    uses: dict[int, Paper] = field(default_factory=dict)

    # --- the draft --------------------------------------------------------------------------------------------------------
    def begin(self, at: datetime) -> None:
        unit = self.issuer.unit
        self.matter = Matter(
            kind=KIND.code, title=self.subject.title, state=FLOW.initial, area_id=unit.area_id, created_at=at
        )
        self.suggestion = Suggestion(
            matter=self.matter, type=self.type, issuer=unit, addressee=self.addressee.unit, period_amount=2,
            opening=self.subject.opening, problems=self.subject.problems, contact=self.issuer.handler.label,
            contact_phone=unit.phone, committee_on=localdate(at) if self.type.committee else None,
        )  # fmt: skip
        self.advice = [
            Advice(suggestion=self.suggestion, order=order, text=text)
            for order, text in enumerate(self.subject.advice, start=1)
        ]
        self.parties = [self.party(unit, issuer=True, since=at, handler=self.issuer.handler.user)]
        self.parties.append(self.party(self.addressee.unit, addressee=True))
        if self.office.unit != unit:
            self.parties.append(self.party(self.office.unit, copied=True, locked=True))
        origin = Paper.Origin.MADE if self.type.made_here else Paper.Origin.REGISTERED
        self.papers = [self.paper("suggestion", self.issuer, at, origin=origin)]

    def party(self, unit: Unit, **fields) -> Party:
        return Party(matter=self.matter, kind=KIND.code, unit=unit, holder=unit, **fields)

    def paper(self, kind: str, side: Side, at: datetime, **fields) -> Paper:
        return Paper(
            matter=self.matter, kind=kind, unit=side.unit, within=only(side.unit), drafted_by=side.handler.user,
            saved_at=at, **fields,
        )  # fmt: skip

    @property
    def letter(self) -> Paper:
        return self.papers[0]

    # --- signing ----------------------------------------------------------------------------------------------------------
    def submit(self, paper: Paper, side: Side, at: datetime) -> None:
        paper.status, paper.version = Paper.Status.SIGNING, paper.version + 1
        self.signatures.append(Signature(paper=paper, unit=side.unit, asked_at=at, asked_by=side.handler.user))
        event = self.event(f"{paper.kind}-submit", side.handler, at, within=paper.within)
        self.uses[id(event)] = paper

    def freeze(self, paper: Paper, side: Side, at: datetime, number: str) -> dict[str, str]:
        """Number and freeze a paper; what its Event says of it."""
        made = paper.origin == Paper.Origin.MADE
        paper.number, paper.issued_on, paper.signed_by = number, localdate(at), side.leader.label
        if paper.kind == "suggestion":
            self.matter.number, self.matter.issued_on = number, paper.issued_on
        paper.title, content = bulk_papers.drawn(self, paper)
        paper.frozen = canonical(content)
        paper.sha256, paper.status, paper.within = digest(paper.frozen), Paper.Status.ISSUED, ""
        if made:
            paper.version += 1
            self.sign(paper, side, at)
        return {"signed_by": side.leader.label} if made else {}

    def sign(self, paper: Paper, side: Side, at: datetime) -> None:
        place = self.signatures[-1]
        place.verdict, place.signer, place.decided_at = Signature.Verdict.SIGNED, side.leader.user, at
        place.signed_on = paper.issued_on

    # --- steps ------------------------------------------------------------------------------------------------------------
    def take(self, verb: str, actor: Actor, at: datetime, note: str = "", paper: Paper | None = None, **extra) -> None:
        """A step of the table: state, version, deadlines, one Event."""
        step, before, day = FLOW.by_verb[verb], self.matter.state, localdate(at)
        if before == FLOW.initial:
            for party in self.parties:
                party.since = at
        if step.to != SAME:
            self.matter.state, self.matter.version = step.to, self.matter.version + 1
            self.matter.closed_on = day if step.to in FLOW.final else None
        closed = [
            self.closed(row, step.closes, day) for row in self.open() if step.closes == ALL or row.code in step.closes
        ]
        opened = [row for due_of in step.opens for row in self.opened(due_of.code, day, at)]
        told = {**extra, "closed": closed, "opened": {row.code: row.due.isoformat() for row in opened}}
        event = self.event(verb, actor, at, note=note, data=told, from_state=before)
        if paper:
            self.uses[id(event)] = paper

    def open(self) -> list[Deadline]:
        return [row for row in self.deadlines if row.closed_on is None]

    def closed(self, row: Deadline, codes: tuple[str, ...], day: date) -> str:
        row.closed_on, row.outcome = day, deadlines.outcome(row, day, codes)
        return f"{row.code}:{row.outcome}"

    def opened(self, code: str, day: date, at: datetime) -> list[Deadline]:
        term = self.term(code)
        if term is None:
            return []
        owners = [party for party in self.parties if party.has(FLOW.owner(code))]
        rows = [
            Deadline(**deadlines.row_of(term, self.terms.count(term, day), day), matter=self.matter, code=code,
                     unit_id=owner.holder_id, opened_at=at)
            for owner in owners
        ]  # fmt: skip
        self.deadlines += rows
        return rows

    def term(self, code: str) -> Term | None:
        if code == "supplement":
            return Term(
                "补充回复", agreed=self.suggestion.supplement_on, soft=True, window=3, basis="双方商定", mark="agreed"
            )
        return self.terms.rules.get(f"reply:{self.type.pk}" if code == "reply" else code)

    def event(self, verb: str, actor: Actor, at: datetime, **fields) -> Event:
        states = {"from_state": self.matter.state, "to_state": self.matter.state}
        event = Event(
            matter=self.matter, verb=verb, label=FLOW.by_verb[verb].label, actor=actor.user, unit=actor.unit,
            happened_on=localdate(at), recorded_at=at, **{**states, **fields},
        )  # fmt: skip
        self.events.append(event)
        return event

    def receive(self, at: datetime) -> None:
        party, user = self.parties[1], self.addressee.handler.user
        party.received_at, party.received_by, party.handler, party.version = at, user, user, party.version + 1
        self.take("receive", self.addressee.handler, at)

    def keep(self, paper: Paper | None, purpose: str, name: str, at: datetime) -> None:
        """A scan entered by the issuer's handler and open to all parties."""
        data = page(self.matter.number, self.matter.title, name)
        self.attachments.append(Attachment(
            matter=self.matter, purpose=purpose, paper=paper, name=name, key=files.write(data), suffix="pdf",
            size=len(data), sha256=hashlib.sha256(data).hexdigest(), unit=self.issuer.unit,
            added_by=self.issuer.handler.user, added_at=at,
        ))  # fmt: skip

    # --- the end ----------------------------------------------------------------------------------------------------------
    def settle(self) -> None:
        """Turn, box and dates of every party, as matters.inbox derives them."""
        unfinished = [paper for paper in self.papers if paper.open]
        state = inbox.State(self.matter, KIND, self.open(), unfinished, {}, set())
        for party in self.parties:
            party.ended_on = self.rested_on(party)
            inbox.derive(party, state)

    def rested_on(self, party: Party) -> date | None:
        if not party.has(FLOW.rests.get(self.matter.state, ())):
            return None
        return next(event.happened_on for event in reversed(self.events) if event.to_state == State.REPLIED)

    def bind(self) -> None:
        """Write into the Events what is known once the papers have their keys."""
        for event in self.events:
            paper = self.uses.get(id(event))
            if paper is None:
                continue
            event.data = {**event.data, "paper": paper.pk}
            if not event.verb.endswith("-submit"):
                event.data |= {"sha256": paper.sha256, "number": paper.number}
