"""The Kind registry: the one way by which lower layers and other mechanisms find a mechanism's behaviour."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from linkage.units.acting import Actor
from linkage.units.models import Post

from .flow import Flow
from .models import Matter, MatterScope, Paper, Part, Related


@dataclass(frozen=True)
class PaperKind:
    """A document type of a mechanism.

    build(matter, paper) -> content dict of the paper (number and date as they stand on `paper`);
    prefix(paper) -> 发文机关代字 for the number series;
    title(matter, paper) -> title of the document;
    missing(matter, paper) -> sentences that say what must still be filled in before it can be signed;
    chain(matter, paper) -> [(order, unit)] of the leaders who sign, equal order = in parallel.
    """

    code: str
    label: str
    by: tuple[Part, ...]
    build: Callable[[Matter, Paper], dict]
    title: Callable[[Matter, Paper], str]
    prefix: Callable[[Paper], str]
    missing: Callable[[Matter, Paper], list[str]]
    chain: Callable[[Matter, Paper], list[tuple[int, Any]]]


@dataclass(frozen=True)
class Term:
    """How a deadline of a matter is counted; `agreed` replaces a count by a fixed date.

    A term with neither amount nor agreed date opens no deadline (the law or the letter sets none). `start` replaces the
    day of the step; `words` says where a fixed date comes from, else it was agreed by both sides.
    """

    label: str
    rule: Any = None
    amount: int = 0
    unit: str = ""
    basis: str = ""
    mark: str = ""
    rolls: bool = True
    window: int = 1
    soft: bool = False
    agreed: Any = None
    start_label: str = ""
    start: Any = None
    words: str = ""


@dataclass(frozen=True)
class News:
    """What a party is told of an event: a sentence without case text, its topic (todo, read, urge), whether it is
    mailed at once, and whose it is: the handlers', or the leaders' as long as a paper waits for them."""

    title: str
    topic: str = "read"
    urgent: bool = False
    role: str = Post.Role.HANDLER


@dataclass(frozen=True)
class Kind:
    """A mechanism's declaration; `open` kinds are read by every signed-in user once published, others by parties.

    term(matter, code, on) -> Term | None; detail(pk set) -> queryset of the detail model;
    news(event, party) -> what the party is told of an event, or None;
    stage(matter, party) -> the 环节 word a party reads; `shown` names the deadlines that all parties see a lamp for,
    `answer` the one whose outcome a row at rest shows, `warns_leaders` those of which the leaders, too, are warned early.
    opens names the kinds that its steps begin; opening(source, actor, facts) -> a draft of this kind for another's.
    indicators(period, area codes or None, scope) -> the figures of a period (linkage.figures).
    """

    code: str
    label: str
    model: Any
    flow: Flow
    url: str
    papers: dict[str, PaperKind]
    term: Callable[[Matter, str], Term | None]
    stage: Callable[[Matter, Any], str]
    news: Callable[[Any, Any], News | None]
    states: dict[str, str]
    shown: tuple[str, ...]
    open: bool = False
    published: tuple[str, ...] = field(default=())
    answer: str = "reply"
    warns_leaders: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    opening: Callable[[Matter, Actor, dict], Matter] | None = None
    indicators: Callable | None = None

    def scope(self) -> MatterScope:
        return self.model.objects.all()

    def begin(self, source: Matter, actor: Actor, facts: dict, *, relation: str, binding: bool = False) -> Matter:
        """A linked draft of this kind, as a consequence of `source`; a binding one may not be discarded.

        Raises Refused where the unit may not draft such a thing, LookupError where the kind opens nothing.
        """
        if self.opening is None:
            raise LookupError(self.code)
        made = self.opening(source, actor, facts)
        Related.objects.create(source=source, target=made, relation=relation, binding=binding)
        return made


kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Called once per mechanism in AppConfig.ready()."""
    kinds[kind.code] = kind


def readable(kind: Kind, actor: Actor) -> Any:
    """Details of a kind that an actor may read: as a party, and for open kinds whatever is published."""
    mine = Q(pk__in=kind.scope().visible_to(actor).values("pk"))
    published = Q(matter__state__in=kind.published, matter__void=False)
    return kind.scope().filter(mine | published if kind.open else mine)
