"""The rates of the docket with every variant read in practice (law.md §7, practice.md §6): facts first, then plain sums."""

from linkage.figures import Figure, Period

from . import attendance, judgments
from .facts import COURT, DEFENDANT, gathered

__all__ = ["COURT", "DEFENDANT", "figures"]


def figures(period: Period, areas: frozenset[str] | None = None, scope: str = COURT) -> list[Figure]:
    """Every figure of a period; `areas` are codes with those below them, None for all."""
    facts = gathered(period, areas, scope)
    return [*attendance.figures(facts), *judgments.figures(facts)]
