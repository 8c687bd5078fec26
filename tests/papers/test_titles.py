import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.papers.titles import NEVER_FIRST, NEVER_LAST, WIDEST, lines, width

RULES = "岑溪市法制办公室　岑溪市人民法院　岑溪市人民检察院关于建立推进依法行政联动机制的工作规则"


@pytest.mark.parametrize(
    ("title", "broken"),
    [
        (
            f"关于印发《{RULES}》的通知",
            [
                "关于印发《岑溪市法制办公室",
                "岑溪市人民法院　岑溪市人民检察院",
                "关于建立推进依法行政联动机制的",
                "工作规则》的通知",
            ],
        ),
        (
            "岑溪市人民法院关于规范行政处罚听证告知程序的司法建议书",
            ["岑溪市人民法院关于", "规范行政处罚听证告知程序的司法建议书"],
        ),
        (
            "岑溪市司法局关于督促办理岑法建〔2026〕3号司法建议书的催办函",
            ["岑溪市司法局关于督促办理", "岑法建〔2026〕3号司法建议书的催办函"],
        ),
        (
            "关于印发《2026年岑溪市依法行政联席会议议题安排》的通知",
            ["关于印发《2026年岑溪市依法行政", "联席会议议题安排》的通知"],
        ),
        ("送达回证", ["送达回证"]),
        (
            "岑溪市人民法院　岑溪市司法局\n关于召开联席会议的通知",
            ["岑溪市人民法院　岑溪市司法局", "关于召开联席会议的通知"],
        ),
        ("", []),
    ],
)
def test_titles_break_at_word_sense(title, broken):
    assert lines(title) == broken


def test_a_short_name_in_brackets_is_not_torn():
    title = "岑溪市人民法院关于报送《行政审判白皮书》的函并请予以转发各成员单位"
    assert any("《行政审判白皮书》" in line for line in lines(title))


@settings(max_examples=60, deadline=None)
@given(st.text("岑溪市人民法院关于的《》〔〕（）、2026号通知　", max_size=70))
def test_lines_fit_and_keep_every_character(title):
    broken = lines(title)
    assert all(width(line) <= WIDEST for line in broken)
    assert "".join(broken).replace("\u3000", "") == title.replace("\u3000", "")


@given(st.text("岑溪市人民法院关于的规范程序", min_size=1, max_size=12).map(lambda words: f"《{words}》，"))
@settings(max_examples=40, deadline=None)
def test_no_line_begins_or_ends_with_the_wrong_mark(part):
    broken = lines(part * 4)
    assert not any(line[0] in NEVER_FIRST for line in broken)
    assert not any(line[-1] in NEVER_LAST for line in broken)
