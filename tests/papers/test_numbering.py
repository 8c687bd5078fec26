import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.papers.numbering import paragraphs
from linkage.papers.punctuation import mend
from tests.papers.samples import RULES_2018

WORDS = st.text("关于规范行政处罚告知程序的建议", min_size=1, max_size=20)


def only(text):
    (paragraph,) = paragraphs(text)
    return paragraph["level"], paragraph["text"]


@pytest.mark.parametrize(
    ("pasted", "level", "text"),
    [
        ("一、市联动机制的成员单位", 1, "一、市联动机制的成员单位"),
        ("　　十二、附则", 1, "十二、附则"),
        ("一、\t总则", 1, "一、总则"),
        ("（一）牵头单位", 2, "（一）牵头单位"),
        ("(二)其他成员单位", 2, "（二）其他成员单位"),
        ("(三）、机制", 2, "（三）机制"),
        ("㈣机制", 2, "（四）机制"),
        ("1.行政机关要全面落实", 3, "1.行政机关要全面落实"),
        ("2．加强", 3, "2.加强"),
        ("3、加强", 3, "3.加强"),
        ("１．加强", 3, "1.加强"),
        ("⒈加强", 3, "1.加强"),
        ("1.2018年以来", 3, "1.2018年以来"),
        ("2.5月12日前", 3, "2.5月12日前"),
        ("(1)新颁布的法律", 4, "（1）新颁布的法律"),
        ("2）行政复议", 4, "（2）行政复议"),
        ("⑶案件", 4, "（3）案件"),
        ("2018年以来，我局", 0, "2018年以来，我局"),
        ("3.6亩土地已恢复种植条件", 0, "3.6亩土地已恢复种植条件"),
        ("1、2号楼", 0, "1、2号楼"),
        ("10.5%的案件", 0, "10.5%的案件"),
        ("一、二审判决均已生效", 0, "一、二审判决均已生效"),
        ("（一）、（二）项规定的情形", 0, "（一）、（二）项规定的情形"),
        ("(2025)桂0481行初12号", 0, "（2025）桂0481行初12号"),
        ("一并办理", 0, "一并办理"),
    ],
)
def test_levels(pasted, level, text):
    assert only(pasted) == (level, text)


def test_blank_lines_and_indents_of_word_processors_are_dropped():
    pasted = "\ufeff　　一、总则\r\n\r\n \u3000\xa0\n\t（一）目的,依据\x0b说明\u2028完"
    assert [p["text"] for p in paragraphs(pasted)] == ["一、总则", "（一）目的，依据", "说明", "完"]


def test_a_heading_keeps_the_text_on_its_line():
    assert only("（一）牵头单位。市法制办公室牵头。") == (2, "（一）牵头单位。市法制办公室牵头。")


@settings(deadline=None)
@given(st.integers(1, 999), WORDS)
def test_every_digit_marker_is_known_whatever_way_it_is_typed(number, words):
    for typed in (f"{number}.{words}", f"{number}．{words}", f"{number}、{words}", f"  {number}. {words}"):
        assert only(typed) == (3, f"{number}.{words}")
    for typed in (f"({number}){words}", f"（{number}）{words}", f"（{number}){words}"):
        assert only(typed) == (4, f"（{number}）{words}")


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=30), max_size=6))
def test_recognising_again_changes_nothing(lines):
    once = paragraphs("\n".join(lines))
    assert paragraphs("\n".join(p["text"] for p in once)) == once


@settings(deadline=None)
@given(st.floats(0.01, 999.99).map(lambda n: f"{n:.2f}"), WORDS)
def test_no_decimal_is_a_marker(number, words):
    assert only(number + words) == (0, number + words)


def test_the_rules_of_2018_have_their_levels():
    notice, annex = RULES_2018.read_text().split("\n-----\n")
    levels = [p["level"] for p in paragraphs(annex)]
    assert [levels.count(level) for level in range(5)] == [10, 3, 9, 15, 16]
    assert [p["text"] for p in paragraphs(annex) if p["level"] == 1] == [
        "一、市联动机制的成员单位",
        "二、建立市联动机制的主要任务",
        "三、附则",
    ]
    assert [p["level"] for p in paragraphs(notice)] == [0] * 11


def test_the_rules_of_2018_are_clean():
    text = RULES_2018.read_text()
    assert mend(text) == text
    assert not set(text) & set(",;:()?\xa0 \r\t")
