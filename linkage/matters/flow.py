"""A mechanism as a table of steps that people can read aloud."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from linkage.units.models import Post

from .models import Part

SAME = "="
ALL = ("*",)


@dataclass(frozen=True)
class Due:
    """A deadline that a step opens; who owes it follows from the step that closes it.

    `by_deed`: the step's own deed opens it, where each unit's clock starts on a day of its own.
    """

    code: str
    by_deed: bool = False


@dataclass(frozen=True)
class Step:
    """One row of the table.

    `by` names parts; `post` the role that takes it; `signs` the paper whose last signature takes it; `per` a part whose
    every party takes it for itself; `guard(taking)` refuses with a sentence; `apply(taking)` writes the form's data.
    `duty` steps wait in somebody's box, others are optional; `owed` ones wait, and may be taken, only while the unit
    owes an open deadline that they close; `internal` ones stay within the actor's unit.
    """

    verb: str
    label: str
    source: tuple[str, ...]
    to: str
    by: tuple[Part, ...]
    post: str = Post.Role.HANDLER
    signs: str = ""
    form: str = ""
    per: Part | None = None
    guard: Callable[[Any], str] | None = None
    apply: Callable[[Any], None] | None = None
    opens: tuple[Due, ...] = ()
    closes: tuple[str, ...] = ()
    duty: bool = True
    owed: bool = False
    internal: bool = False
    paper: str = ""
    act: str = ""
    then: str = ""

    @property
    def confirms(self) -> bool:
        """A step that needs no input of its own."""
        return not self.form


def step(verb, label, source, to, *, by, opens=(), closes=(), **more) -> Step:
    """A Step whose single values need no tuple, so that the table stays readable."""
    return Step(verb, label, many(source), to, by=many(by), opens=many(opens), closes=many(closes), **more)


def many(value) -> tuple:
    return tuple(value) if isinstance(value, (tuple, list)) else (value,)


SIGNING = (
    ("submit", "送审签", Post.Role.HANDLER, ""),
    ("recall", "撤回送审", Post.Role.HANDLER, ""),
    ("sign", "签署", Post.Role.LEADER, ""),
    ("return", "退回", Post.Role.LEADER, "ReturnForm"),
    ("record", "线下签发代录", Post.Role.HANDLER, "RecordForm"),
)


def signing_steps(row: Step) -> Iterable[Step]:
    """The verbs of a paper, written once for every step that a last signature takes."""
    for act, label, post, form in SIGNING:
        yield replace(
            row,
            verb=f"{row.signs}-{act}",
            label=label,
            post=post,
            form=form,
            signs="",
            guard=None,
            apply=None,
            opens=(),
            closes=(),
            to=SAME,
            duty=False,
            internal=True,
            paper=row.signs,
            act=act,
            then=row.verb,
        )


class Flow:
    """The table, with what is derived from it.

    `rests[state]` names the parts for whom the matter is already done in a state; states without a duty are final.
    `drafted`: the initial state is a draft that its author may leave lying; else it waits and its clock runs.
    """

    def __init__(
        self,
        rows: Iterable[Step],
        *,
        initial: str,
        rests: dict[str, tuple[Part, ...]],
        final: tuple[str, ...],
        drafted: bool = True,
    ):
        self.rows = tuple(rows)
        self.initial = initial
        self.rests = rests
        self.final = final
        self.drafted = drafted
        self.internal = tuple(inner for row in self.rows if row.signs for inner in signing_steps(row))
        self.by_verb = {row.verb: row for row in (*self.rows, *self.internal)}

    def duties(self, state: str) -> list[Step]:
        """The steps that wait in somebody's box in a state."""
        return [row for row in self.rows if row.duty and state in row.source and Part.SYSTEM not in row.by]

    def is_draft(self, state: str) -> bool:
        """Whether a matter in this state is a draft, without a lamp and in nobody's way."""
        return self.drafted and state == self.initial

    def owner(self, code: str) -> tuple[Part, ...]:
        """The part that owes a deadline: who takes the step that closes it."""
        return next(row.by for row in self.rows if code in row.closes and row.closes != ALL)

    def takeable(self, row: Step) -> bool:
        """Whether people take this step themselves (a signed step is taken by the last signature)."""
        return not row.signs and Part.SYSTEM not in row.by
