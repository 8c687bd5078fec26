"""Reading the days out of a holiday notice as it is pasted, and writing them back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.matters import workcalendar
from linkage.matters.models import CalendarNotice, Layer
from linkage.matters.workcalendar import Entry
from linkage.web.calendar import wording

NOTICE_2026 = """国务院办公厅关于2026年部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
国务院办公厅
2025年11月4日"""


def read(text: str, year: int = 2026) -> dict[str, str]:
    """Days as text → what they are, of a text without problems."""
    reading = wording.read(text, year)
    assert reading.problems == []
    return {
        str(day): f"{'上班' if entry.works else '休息'} {entry.name}" for day, entry in sorted(reading.days.items())
    }


@pytest.mark.django_db
def test_the_whole_notice_of_2026_gives_the_seeded_days():
    reading = wording.read(NOTICE_2026, 2026)
    seeded = workcalendar.entered(CalendarNotice.objects.get(year=2026, layer=Layer.NATIONAL))
    assert reading.days == seeded
    assert reading.problems == []
    assert [line[:6] for line in reading.ignored] == [
        "国务院办公厅",
        "各省、自治区",
        "经国务院批准",
        "国务院办公厅",
        "2025年1",
    ]


def test_plain_lines():
    assert read("1月1日至3日\n2026-02-15至2026-02-17 春节\n上班：1月4日、2月14日") == {
        "2026-01-01": "休息 元旦",
        "2026-01-02": "休息 元旦",
        "2026-01-03": "休息 元旦",
        "2026-01-04": "上班 调休上班",
        "2026-02-14": "上班 调休上班",
        "2026-02-15": "休息 春节",
        "2026-02-16": "休息 春节",
        "2026-02-17": "休息 春节",
    }


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("5月1日", {"2026-05-01": "休息 劳动节"}),
        ("5月1日—2日放假", {"2026-05-01": "休息 劳动节", "2026-05-02": "休息 劳动节"}),
        ("2026/5/1 - 2026/5/1 五一", {"2026-05-01": "休息 劳动节"}),
        ("2月14日、28日上班", {"2026-02-14": "上班 调休上班", "2026-02-28": "上班 调休上班"}),
        ("调休上班：2月14日", {"2026-02-14": "上班 调休上班"}),
        ("１月１日放假１天，不调休。", {"2026-01-01": "休息 元旦"}),
        ("9月7日放假", {"2026-09-07": "休息 节假日"}),
        ("1月1日放假，1月4日上班", {"2026-01-01": "休息 元旦", "2026-01-04": "上班 调休上班"}),
        ("元旦：2025年12月31日至1月1日放假", {"2025-12-31": "休息 元旦", "2026-01-01": "休息 元旦"}),
        ("元旦：12月31日至1月1日放假", {"2025-12-31": "休息 元旦", "2026-01-01": "休息 元旦"}),
        ("放假期间有事请值班", {}),
    ],
)
def test_ways_of_writing(text, days):
    assert read(text) == days


def test_the_regional_notice():
    reading = wording.read("一、4月11日至12日放假，与周末连休。", 2024, "壮族三月三")
    assert {entry.name for entry in reading.days.values()} == {"壮族三月三"}
    assert list(reading.days) == [date(2024, 4, 11), date(2024, 4, 12)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2月30日放假", "“2月30日”不是一个日期，请核对。"),
        ("上班：1月5日", "1月5日（周一）不是周末，不会是调休上班日，请核对。"),
        ("元旦：1月1日至3日放假，共4天", "元旦写明共4天，读到的是3天，请核对。"),
        ("1月3日放假\n上班：1月3日", "1月3日（周六）既写了休息又写了上班，请删去其中一处。"),
        ("2027年5月1日放假", "2027年5月1日（周六）不在2026年的放假安排内，请核对年份。"),
        ("5月1日至7月1日", "5月1日至7月1日：起止日期不对，或者超过20天，请核对。"),
        ("2026年5月5日至2026年5月1日", "2026年5月5日至2026年5月1日：起止日期不对，或者超过20天，请核对。"),
    ],
)
def test_what_cannot_be_is_said(text, problem):
    assert wording.read(text, 2026).problems == [problem]


names = st.sampled_from(["元旦", "春节", "中秋节、国庆节", "壮族三月三，按农历推算", "节假日"])
off = st.dictionaries(
    st.dates(date(2025, 12, 1), date(2026, 12, 31)), st.builds(Entry, st.just(False), names), max_size=25
)
worked = st.dictionaries(
    st.dates(date(2025, 12, 1), date(2026, 12, 31)).filter(lambda day: day.weekday() > 4),
    st.builds(Entry, st.just(True), st.one_of(names, st.just("调休上班"))),
    max_size=8,
)


@given(off, worked)
def test_what_is_written_is_read_back(off, worked):
    days = worked | off
    reading = wording.read(wording.written(days, 2026), 2026)
    long = [problem for problem in reading.problems if "超过20天" in problem]
    assert reading.problems == long
    if not long:
        assert reading.days == days


@given(st.text(alphabet="0123456789年月日至-—/.：:，。、（）()上班放假共天 \n元旦春节一二", max_size=80))
def test_no_text_breaks_the_reader(text):
    wording.read(text, 2026)
