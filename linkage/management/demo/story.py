"""What a letter of the demonstration is, and when its steps were taken."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from linkage.matters.models import Matter

COURT, PROCURATORATE, OFFICE = "市人民法院", "市人民检察院", "市司法局"


@dataclass(frozen=True)
class Act:
    """A step so many days ago; `by` is the unit that takes it where the step itself does not say.

    `more` holds what the step needs; a service with `left` is dated so that at most so many days are left to reply.
    """

    ago: int
    name: str
    by: str = ""
    more: dict[str, Any] = field(default_factory=dict)


def act(ago: int, name: str, by: str = "", **more: Any) -> Act:
    return Act(ago, name, by, more)


@dataclass(frozen=True)
class Answer:
    """A reply: stance, whether unlawful, the corrective act, and per item its state and what was done."""

    items: tuple[tuple[str, str], ...]
    stance: str = "full"
    unlawful: str = "no"
    correction: str = ""
    opening: str = ""
    evidence: tuple[str, ...] = ()

    def draft(self) -> dict[str, Any]:
        """As the reply editor keeps it."""
        items = {
            str(order): {"status": status, "note": note} for order, (status, note) in enumerate(self.items, start=1)
        }
        plain = {"stance": self.stance, "unlawful": self.unlawful, "correction": self.correction}
        return {**plain, "opening": self.opening, "number": "", "items": items}


@dataclass(frozen=True)
class Letter:
    """The facts of a letter and its plot; `case` is the serial of the case it comes from."""

    issuer: str
    type: str
    to: str
    title: str
    opening: str
    problems: str
    advice: tuple[str, ...]
    plot: tuple[Act, ...]
    period: tuple[int, str] | None = (2, "month")
    case: int = 0
    answer: Answer | None = None
    committee: bool = False


@dataclass
class Story:
    """A letter while it is being lived through."""

    letter: Letter
    matter: Matter | None = None
    number: str = ""
    issued_on: date | None = None

    @property
    def pk(self) -> int:
        if self.matter is None:
            raise LookupError(f"{self.letter.title} has not begun")
        return self.matter.pk


# --- the usual ways ---------------------------------------------------------------------------------------------------
def made(ago: int) -> tuple[Act, ...]:
    """Drafted, submitted and signed here; out on that day, served on it where both sides consented."""
    return act(ago + 2, "draft"), act(ago + 1, "submit"), act(ago, "sign")


def served(ago: int, method: str = "direct") -> Act:
    return act(ago, "serve", method=method)


def answered(ago: int) -> tuple[Act, ...]:
    """A reply drafted, submitted and signed by the addressee."""
    return act(ago + 2, "reply"), act(ago + 1, "reply-submit"), act(ago, "reply-sign")


CLOCKS = (time(8, 42), time(9, 15), time(10, 6), time(10, 51), time(14, 48), time(15, 33), time(16, 20), time(17, 4))


def clock_of(story: int, step: int) -> time:
    """An hour of the office day for a step, different from letter to letter."""
    return CLOCKS[(story * 3 + step * 5) % len(CLOCKS)]
