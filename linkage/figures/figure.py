"""A figure carries its numerator, denominator and definition: a rate without them cannot be compared (law.md §7)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

EMPTY = "—"
QUARTERS = "一二三四"


@dataclass(frozen=True)
class Period:
    """A calendar year or a quarter of one; `as_of` is the day on which the data was read (数据截至)."""

    year: int
    quarter: int | None
    as_of: date

    @property
    def start(self) -> date:
        return date(self.year, 3 * (self.quarter or 1) - 2, 1)

    @property
    def end(self) -> date:
        month = 3 * (self.quarter or 4)
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def until(self) -> date:
        """The last day that can have happened: a running period is counted to the day of the data."""
        return min(self.end, self.as_of)

    @property
    def label(self) -> str:
        return f"{self.year}年" + (f"第{QUARTERS[self.quarter - 1]}季度" if self.quarter else "")

    def holds(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.until


@dataclass(frozen=True)
class Indicator:
    """What is measured; its figures are the variants among which the office chooses for each report."""

    code: str
    name: str
    source: str


@dataclass(frozen=True)
class Figure:
    """One variant of an indicator over one period.

    `above` and `below` are the keys of the rows counted, and `of` says which table they are keys of, so that a page can
    list them. `exclusions` says what is in neither.
    """

    indicator: Indicator
    variant: str
    label: str
    numerator_words: str
    denominator_words: str
    exclusions: str
    unit: str
    of: str
    above: frozenset[int]
    below: frozenset[int]

    @property
    def definition(self) -> str:
        return f"{self.numerator_words}÷{self.denominator_words}"

    @property
    def numerator(self) -> int:
        return len(self.above)

    @property
    def denominator(self) -> int:
        return len(self.below)

    @property
    def value(self) -> Decimal | None:
        return percent(self.numerator, self.denominator)

    @property
    def printed(self) -> str:
        return EMPTY if self.value is None else f"{self.value}%"

    def as_json(self) -> dict:
        return {
            "code": self.indicator.code,
            "name": self.indicator.name,
            "variant": self.variant,
            "label": self.label,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "value": None if self.value is None else str(self.value),
            "printed": self.printed,
            "unit": self.unit,
            "definition": self.definition,
            "numerator_words": self.numerator_words,
            "denominator_words": self.denominator_words,
            "exclusions": self.exclusions,
            "source": self.indicator.source,
        }


def percent(part: int, whole: int) -> Decimal | None:
    """A share in per cent with one decimal, rounded half up in whole numbers; None for an empty base."""
    if whole == 0:
        return None
    return Decimal((2000 * part + whole) // (2 * whole)).scaleb(-1)
