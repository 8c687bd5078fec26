"""Rounding as officials do it by hand, the empty base, and the bounds of a period."""

from datetime import date
from decimal import Decimal

import pytest

from linkage.figures import Figure, Indicator, Period, percent


def figure(above: int, below: int) -> Figure:
    return Figure(
        Indicator("rate", "出庭率", "法释〔2020〕3号"), "all", "全部", "出庭案件", "开庭案件", "不含撤销登记的", "件", "case",
        frozenset(range(above)), frozenset(range(below)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("part", "whole", "printed"),
    [
        (5, 6, "83.3%"), (1, 80, "1.3%"), (1, 16, "6.3%"), (3, 16, "18.8%"), (1, 2000, "0.1%"), (1, 2001, "0.0%"),
        (1999, 2000, "100.0%"), (0, 3, "0.0%"), (3, 3, "100.0%"), (0, 0, "—"), (7, 5, "140.0%"),
    ],
)  # fmt: skip
def test_one_decimal_half_up(part, whole, printed):
    assert figure(part, whole).printed == printed


def test_a_value_is_exact_or_nothing():
    assert percent(686, 4311) == Decimal("15.9")
    assert percent(0, 0) is None


def test_a_figure_says_what_it_is():
    assert figure(1, 8).as_json() == {
        "code": "rate", "name": "出庭率", "variant": "all", "label": "全部", "numerator": 1, "denominator": 8, "value": "12.5",
        "printed": "12.5%", "unit": "件", "definition": "出庭案件÷开庭案件", "numerator_words": "出庭案件",
        "denominator_words": "开庭案件", "exclusions": "不含撤销登记的", "source": "法释〔2020〕3号",
    }  # fmt: skip
    assert figure(0, 0).as_json()["value"] is None


def test_a_period_is_a_year_or_a_quarter_of_it():
    year, quarter = Period(2024, None, date(2026, 1, 1)), Period(2024, 1, date(2024, 2, 10))
    assert (year.start, year.end, year.until, year.label) == (
        date(2024, 1, 1),
        date(2024, 12, 31),
        date(2024, 12, 31),
        "2024年",
    )
    assert (quarter.start, quarter.end, quarter.until) == (date(2024, 1, 1), date(2024, 3, 31), date(2024, 2, 10))
    assert quarter.label == "2024年第一季度"
    assert Period(2024, 4, date(2026, 1, 1)).end == date(2024, 12, 31)
    assert year.holds(date(2024, 12, 31))
    assert not year.holds(date(2025, 1, 1))
    assert not year.holds(None)
