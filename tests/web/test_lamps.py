"""One rule for lamps: shape, word and date together."""

from datetime import date

import pytest

from linkage.matters.models import Deadline
from linkage.web.lamps import Lamp, lamp

TODAY = date(2026, 5, 6)


def deadline(due: date, **fields) -> Deadline:
    return Deadline(due=due, window=15, **fields)


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (deadline(date(2026, 5, 4)), Lamp("red", "逾期 2 天", "应于 2026-05-04")),
        (deadline(date(2026, 5, 6)), Lamp("amber", "今天到期", "2026-05-06")),
        (deadline(date(2026, 5, 21)), Lamp("amber", "剩 15 天", "2026-05-21 截止")),
        (deadline(date(2026, 5, 22)), Lamp("green", "剩 16 天", "2026-05-22 截止")),
        (deadline(date(2026, 5, 4), soft=True), Lamp("amber", "已过商定日期 2 天", "2026-05-04")),
        (deadline(date(2026, 6, 30), provisional=True), Lamp("green", "剩 55 天", "2026-06-30（暂定） 截止")),
        (
            deadline(date(2026, 5, 4), closed_on=date(2026, 5, 8), outcome="late"),
            Lamp("done", "逾期办结 迟 4 天", "2026-05-08"),
        ),
        (deadline(date(2026, 5, 4), closed_on=date(2026, 5, 4), outcome="met"), Lamp("done", "按期办结", "2026-05-04")),
        (deadline(date(2026, 5, 4), closed_on=date(2026, 5, 4), outcome="cancelled"), None),
        (None, None),
    ],
)
def test_lamps(row, shown):
    assert lamp(row, TODAY) == shown
