"""The lamp of a deadline: shape, word and date always together (one rule for all pages)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localdate

from linkage.matters.models import Deadline


@dataclass(frozen=True)
class Lamp:
    """tone is red, amber, green, gray or done; word and small are what people read beside the shape."""

    tone: str
    word: str
    small: str = ""


def lamp(deadline: Deadline | None, today: date | None = None, *, done: str = "办结") -> Lamp | None:
    """The lamp of an open or closed deadline; None where there is nothing to count. `done` names what is over."""
    if deadline is None:
        return None
    if deadline.closed_on:
        return closed(deadline, done)
    left = (deadline.due - (today or localdate())).days
    date_words = f"{deadline.due:%Y-%m-%d}" + ("（暂定）" if deadline.provisional else "")
    if left < 0:
        soft = Lamp("amber", f"已过商定日期 {-left} 天", date_words)
        return soft if deadline.soft else Lamp("red", f"逾期 {-left} 天", f"应于 {date_words}")
    if left == 0:
        return Lamp("amber", "今天到期", date_words)
    near = deadline.due - timedelta(days=deadline.window) <= (today or localdate())
    return Lamp("amber" if near else "green", f"剩 {left} 天", f"{date_words} 截止")


def closed(deadline: Deadline, done: str) -> Lamp | None:
    """A tick with 按期 or 迟 N 天; nothing for a deadline that was cancelled."""
    day = f"{deadline.closed_on:%Y-%m-%d}"
    if deadline.outcome == Deadline.Outcome.LATE:
        return Lamp("done", f"逾期{done} 迟 {(deadline.closed_on - deadline.due).days} 天", day)
    return Lamp("done", f"按期{done}", day) if deadline.outcome == Deadline.Outcome.MET else None


UNSERVED = Lamp("gray", "暂不计算", "尚未送达")
