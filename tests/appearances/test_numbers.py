"""案号: every way of typing one, every type code, and what is said of those that are none."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appearances import numbers

WRITTEN = "（2026）桂0481行初12号"
ADMINISTRATIVE = [
    "行初", "行终", "行申", "行监", "行抗", "行再", "行他", "行辖", "行辖终", "行审", "行审复", "行赔初", "行赔终", "行赔申",
    "行赔监", "行赔抗", "行赔再", "行赔他", "赔辖", "赔辖终",
]  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    [
        WRITTEN, "(2026)桂0481行初12号", "[2026]桂0481行初12号", "【2026】桂0481行初12号", "〔2026〕桂0481行初12号",
        "（２０２６）桂０４８１行初１２号", " （2026） 桂0481 行初 12 号 ", "（2026）\u3000桂0481行初\t12号",
        "（2026）桂0481行初第12号", "（2026）桂0481行初0012号",
    ],
)  # fmt: skip
def test_a_number_is_stored_in_one_way_however_it_is_typed(typed):
    assert numbers.normal(typed) == WRITTEN


@pytest.mark.parametrize("type_", ADMINISTRATIVE)
def test_every_type_of_administrative_case_is_known(type_):
    parsed = numbers.parse(f"（2026）桂04{type_}7号")
    assert (parsed.type, parsed.serial, str(parsed)) == (type_, 7, f"（2026）桂04{type_}7号")


@pytest.mark.parametrize(
    ("type_", "category", "instance"),
    [
        ("行初", "litigation", "first"), ("行终", "litigation", "second"), ("行申", "litigation", "review"),
        ("行再", "litigation", "retrial"), ("行审", "enforcement", "execution"), ("行赔初", "compensation", "first"),
        ("行赔终", "compensation", "second"), ("行辖终", "litigation", "other"), ("赔辖终", "compensation", "other"),
    ],
)  # fmt: skip
def test_category_and_instance_follow_from_the_type(type_, category, instance):
    parsed = numbers.parse(f"（2026）桂0481{type_}1号")
    assert (parsed.category, parsed.instance) == (category, instance)


@pytest.mark.parametrize(
    ("typed", "court", "special", "suffix"),
    [
        ("（2026）最高法行再3号", "最高法", "", ""),
        ("（2026）桂行终3号", "桂", "", ""),
        ("（2026）最高法知行终3号", "最高法", "知", ""),
        ("（2026）桂0481行审3号之一", "桂0481", "", "之一"),
        ("（2026）兵01行初3号", "兵01", "", ""),
    ],
)
def test_courts_of_all_levels_and_suffixes(typed, court, special, suffix):
    parsed = numbers.parse(typed)
    assert (parsed.court, parsed.special, parsed.suffix, str(parsed)) == (court, special, suffix, typed)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "样式"), ("行初12号", "样式"), ("（26）桂0481行初12号", "样式"), ("（2026）桂0481行初12", "样式"),
        ("（2026）岑0481行初12号", "样式"), ("（2026）桂0481行初号", "样式"), ("2026桂0481行初12号", "样式"),
        ("（2026）桂0481民初12号", "类型代字"), ("（2026）桂0481刑初12号", "类型代字"), ("（2026）桂0481行12号", "类型代字"),
        ("（2015）桂0481行初12号", "年度"), ("（2101）桂0481行初12号", "年度"),
    ],
)  # fmt: skip
def test_what_is_no_administrative_number_is_refused_in_a_sentence(typed, says):
    with pytest.raises(ValueError, match=says) as refused:
        numbers.parse(typed)
    assert re.search(r"[\u4e00-\u9fff]", str(refused.value))
    assert str(refused.value).endswith("。")


COURTS = st.one_of(
    st.just("最高法"),
    st.builds(lambda p, n: p + n, st.sampled_from(numbers.PROVINCES), st.sampled_from(["", "04", "0481", "71"])),
)
NUMBERS = st.builds(
    numbers.CaseNumber, st.integers(2016, 2100), COURTS, st.sampled_from(sorted(numbers.TYPES)), st.integers(1, 9_999_999),
    st.sampled_from(["", "之一", "之十二"]), st.sampled_from(["", "知"]),
)  # fmt: skip


@given(NUMBERS)
def test_what_is_written_is_read_back(number):
    assert numbers.parse(str(number)) == number
    assert numbers.normal(numbers.normal(str(number))) == str(number)
