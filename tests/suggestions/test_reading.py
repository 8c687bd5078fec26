"""Reading an issued letter: number, date, addressee, title, items and period from its text."""

from datetime import date

import pytest

from linkage.papers import content, render
from suggestions import reading
from suggestions.forms import advice_lines
from tests import factories

LETTER = """岑溪市人民检察院
检察建议书
岑检行公建〔2026〕3号
岑溪市自然资源局：
本院在履行公益诉讼检察职责中发现，糯垌镇某石材加工点自2024年6月起，占用永久基本农田堆放边角
废料。现建议你局：
一、依法查处上述违法占地行
为；
二、督促清运废料，恢复种植条件；
三、排查同类问题，建立台账。
请自收到本建议书之日起两个月内依法履行职责，并书面回复本院。
二〇二六年一月二十六日
"""


@pytest.fixture
def bureau(db):
    return factories.unit("department", "市自然资源局")


def test_a_letter_with_a_date_in_chinese_numerals(bureau):
    found = reading.read(LETTER, [bureau])
    assert found == {
        "number": "岑检行公建〔2026〕3号",
        "issued_on": date(2026, 1, 26),
        "addressee": bureau.pk,
        "advice": "一、依法查处上述违法占地行为；\n二、督促清运废料，恢复种植条件；\n三、排查同类问题，建立台账。",
        "period_amount": 2,
        "period_unit": "month",
    }


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("岑法建[2026]12号", "岑法建〔2026〕12号"),
        ("岑检建（2026） 3 号", "岑检建〔2026〕3号"),
        ("没有文号", ""),
    ],
)
def test_numbers_however_bracketed(text, number):
    assert reading.number(text) == number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二六年十二月三十一日", date(2026, 12, 31)),
        ("二○二六年三月二日", date(2026, 3, 2)),
        ("2026年3月20日", date(2026, 3, 20)),
        ("根据2024年6月1日的规定\n2026年13月40日", date(2024, 6, 1)),
        ("没有日期", None),
    ],
)
def test_the_last_possible_date_is_the_letters(text, day):
    assert reading.signed_date(text) == day


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("收到之日起15日内", {"period_amount": 15, "period_unit": "day"}),
        ("之日起十五日以内", {"period_amount": 15, "period_unit": "day"}),
        ("之日起三个月内", {"period_amount": 3, "period_unit": "month"}),
        ("尽快回复", {}),
    ],
)
def test_periods(text, period):
    assert reading.period(text) == period


def test_a_pdf_is_read_through_its_text_layer(bureau):
    paper = content.blank(
        form="letter",
        issuers=["岑溪市人民检察院"],
        number="岑检建〔2026〕7号",
        title="岑溪市人民检察院关于规范农贸市场快检公示的检察建议书",
        to=bureau.name,
        body=[
            {"level": 0, "text": "经调查，现建议你局："},
            {"level": 3, "text": "1. 公示快检结果。"},
            {"level": 3, "text": "2. 开展抽查。"},
            {"level": 0, "text": "请自收到本检察建议书之日起2个月内书面回复本院。"},
        ],
        signed=["岑溪市人民检察院"],
        date="2026-05-04",
    )
    found = reading.read_pdf(render.pdf(paper).data, [bureau])
    assert found["number"] == "岑检建〔2026〕7号"
    assert (found["issued_on"], found["addressee"], found["title"]) == (
        date(2026, 5, 4),
        bureau.pk,
        "规范农贸市场快检公示",
    )
    assert advice_lines(found["advice"]) == ["公示快检结果。", "开展抽查。"]
    assert (found["period_amount"], found["period_unit"]) == (2, "month")


def test_a_pdf_without_text_gives_nothing():
    assert reading.read_pdf(factories.PDF, []) == {}


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("一、甲；\n二、乙。", ["甲；", "乙。"]),
        ("1. 甲\n2．乙\n3、丙", ["甲", "乙", "丙"]),
        ("（一）甲\n(2)乙", ["甲", "乙"]),
        ("甲\n\n乙", ["甲", "乙"]),
        ("1. 甲的上半\n下半\n2. 乙", ["甲的上半下半", "乙"]),
        ("1. 占地3.6亩\n2. 复耕", ["占地3.6亩", "复耕"]),
        ("", []),
    ],
)
def test_items_as_people_paste_them(text, items):
    assert advice_lines(text) == items
