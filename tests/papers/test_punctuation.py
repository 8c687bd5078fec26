import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.papers.punctuation import HAN, mend

PASTED = st.text(
    '关于岑溪市人民法院年月日号（）()，,。.;:：；?!"“”《》〔〕[]【】-—–~ \u3000\u00a01290aB%/\n', max_size=60
)
CARRIERS = re.compile(rf"[0-9A-Za-z{HAN}]")


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("各镇人民政府,市政府各部门:", "各镇人民政府，市政府各部门："),
        ("有意见吗?有!好;行", "有意见吗？有！好；行"),
        ("机制(以下简称联动机制),制定", "机制（以下简称联动机制），制定"),
        ("（以下简称机制)", "（以下简称机制）"),
        ("《纲要(2015-2020年)》", "《纲要（2015—2020年）》"),
        ("2016–2020年,2018年--2019年", "2016—2020年，2018年—2019年"),
        ("岑法建[2026]3号", "岑法建〔2026〕3号"),
        ("岑法制发（2018） 1号", "岑法制发〔2018〕1号"),
        ("(2025)桂0481行初12号", "（2025）桂0481行初12号"),
        ("2018 年 4 月 3 日起执行.", "2018年4月3日起执行。"),
        ("岑溪市法制办公室  岑溪市人民法院 岑溪市人民检察院", "岑溪市法制办公室　岑溪市人民法院　岑溪市人民检察院"),
        ('认定为"行政不作为"的', "认定为“行政不作为”的"),
        ("复印件2份,共1,234.5元", "复印件2份，共1,234.5元"),
        ("上午9:30开庭,比例1:3", "上午9:30开庭，比例1:3"),
        ("电话:0774-8222468", "电话：0774-8222468"),
        ("见http://www.cenxi.gov.cn/a,b/?q=1,请查收", "见http://www.cenxi.gov.cn/a,b/?q=1，请查收"),
        ("邮箱:fzb@cenxi.gov.cn(工作日)", "邮箱：fzb@cenxi.gov.cn（工作日）"),
        ("依照GB/T 9704-2012(公文格式)", "依照GB/T 9704-2012（公文格式）"),
        ("GB/T 9704-2012 (2012-2013)", "GB/T 9704-2012 (2012-2013)"),
        ("完成\u200b3.6亩...", "完成3.6亩……"),
    ],
)
def test_marks_between_han_become_full_width(typed, mended):
    assert mend(typed) == mended


@settings(deadline=None)
@given(PASTED)
def test_mending_twice_changes_nothing_more(text):
    assert mend(mend(text)) == mend(text)


@settings(deadline=None)
@given(PASTED)
def test_no_character_of_meaning_is_lost_or_moved(text):
    assert CARRIERS.findall(mend(text)) == CARRIERS.findall(text)
    assert mend(text).count("\n") == text.count("\n")


@settings(deadline=None)
@given(st.text(st.characters(codec="ascii"), max_size=60))
def test_text_without_han_is_left_alone(text):
    assert mend(text) == text


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_mended(text):
    assert mend(mend(text)) == mend(text)
