"""The papers measured with poppler against GB/T 9704-2012, within half a millimetre."""

import re
import subprocess
import zlib
from itertools import pairwise
from types import SimpleNamespace

import pytest

from linkage.papers import render
from tests.papers import ruler
from tests.papers.samples import letter, notice

FULL_PAGES = range(4, 10)
TYPE_AREA = {"left": 28, "top": 37, "right": 184, "bottom": 262}
HAN_ONLY = re.compile("[\u4e00-\u9fff，。、；：《》（）“”]+")
NEVER_FIRST = "，。、；：！？）》」』】〕”"
NEVER_LAST = "（《「『【〔“"
CHARACTER = 156 / 28
EM = 16 * ruler.POINT
PITCH = (225 - EM) / 21


def mm(value):
    return pytest.approx(value, abs=0.5)


def printed(content, folder):
    path = folder / f"{content['form']}.pdf"
    made = render.pdf(content)
    path.write_bytes(made.data)
    return SimpleNamespace(pdf=made, path=path, folder=folder, lines=ruler.lines(path))


def text_of(paper, page=None):
    """The lines of the type area, without page numbers."""
    return [line for line in paper.lines if line.top < 264 and page in (None, line.page)]


def pure(line):
    """Han characters and full-width marks without a blank among them."""
    return line.words == 1 and HAN_ONLY.fullmatch(line.text)


def number_on(paper, page):
    return "".join(line.text for line in paper.lines if line.page == page and line.top > 264)


def told(*command):
    """What a program of poppler says."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def joint(tmp_path_factory):
    return printed(notice(), tmp_path_factory.mktemp("joint"))


@pytest.fixture(scope="module")
def reply(tmp_path_factory):
    return printed(letter(), tmp_path_factory.mktemp("reply"))


@pytest.fixture(scope="module")
def joint_front(joint):
    return ruler.scan(joint.path, 1, joint.folder)


@pytest.fixture(scope="module")
def reply_front(reply):
    return ruler.scan(reply.path, 1, reply.folder)


# --- the grid ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", FULL_PAGES)
def test_a_full_page_has_22_lines_that_fill_the_type_area(joint, number):
    lines = text_of(joint, number)
    assert len(lines) == 22
    edges = {
        "left": min(line.left for line in lines),
        "top": lines[1].middle - PITCH - EM / 2,  # the first line may be a heading, whose font has a higher box
        "right": max(line.right for line in lines),
        "bottom": lines[-1].middle + EM / 2,
    }
    assert edges == {side: mm(edge) for side, edge in TYPE_AREA.items()}


def test_a_full_line_has_28_characters(joint):
    body = text_of(joint)
    full = [(a, b) for a, b in pairwise(body) if a.page in FULL_PAGES and pure(a) and a.right > 183]
    counts = [round((line.left - 28) / CHARACTER) + len(line.text) for line, _ in full]
    assert len(full) > 60
    assert max(counts) == 28
    assert counts.count(28) > 0.9 * len(counts)
    for (_, after), count in zip(full, counts, strict=True):
        assert after.text[0] in NEVER_LAST or all(mark in NEVER_FIRST for mark in after.text[1 : 29 - count])


def test_every_line_but_the_last_of_a_paragraph_reaches_the_right_edge(joint):
    body = [line for line in text_of(joint) if line.page in FULL_PAGES]
    continued = [line for line, after in pairwise(body) if after.left < 30]
    assert len(continued) > 80
    assert [line for line in continued if line.right != mm(184)] == []


def test_no_line_begins_or_ends_with_the_wrong_mark(joint, reply):
    lines = text_of(joint) + text_of(reply)
    assert [line.text for line in lines if line.text[0] in NEVER_FIRST or line.text[-1] in NEVER_LAST] == []


def test_page_one_shows_the_text_on_the_same_grid(joint):
    last = text_of(joint, 1)[-1]
    assert (last.left, last.right, last.middle + EM / 2) == (mm(28), mm(184), mm(262))
    assert last.text.startswith("发挥行政机关、人民法院")


# --- the notice -------------------------------------------------------------------------------------------------------


def test_the_red_head_and_its_line(joint, joint_front):
    red = ruler.red(joint_front)
    (line_top, line_bottom, left, right), *others = ruler.rules(red)
    number = next(line for line in joint.lines if line.text == "岑法制发〔2018〕1号")
    assert others == []
    assert ruler.bands(red)[0][0] == mm(72)
    assert line_top - number.bottom == mm(4)
    assert right - left == mm(156)
    assert 0.35 <= line_bottom - line_top <= 0.8
    assert number.centre == mm(106)


def test_the_names_of_the_head_are_equally_wide(joint):
    words = [word for word in ruler.words(joint.path) if word.page == 1 and 65 < word.top < 115]
    issuers = [word for word in words if word.right < 135]
    kind = next(word for word in words if word.text == "文件")
    rows = {}
    for word in sorted(issuers, key=lambda word: word.left):
        rows[round(word.top)] = (rows.get(round(word.top), (word.left,))[0], word.right)
    assert len(rows) == 3
    assert list(rows.values()) == [(mm(issuers[0].left), mm(issuers[0].right))] * 3
    assert kind.left > issuers[0].right
    assert kind.middle == pytest.approx((min(w.top for w in issuers) + max(w.bottom for w in issuers)) / 2, abs=1)


def test_title_and_addressee_stand_two_lines_and_one_line_below(joint, joint_front):
    title = [line for line in text_of(joint, 1) if line.bottom - line.top > 8 and line.top > 150]
    rule = ruler.rules(ruler.red(joint_front))[0]
    assert [line.centre for line in title] == [mm(106)] * 4
    assert title[0].middle - rule[1] == mm(2.5 * PITCH)
    assert text_of(joint, 1)[-4].text == "各镇人民政府，市政府各部门，各企事业单位："
    assert text_of(joint, 1)[-4].bottom - title[-1].middle == pytest.approx(2 * PITCH + EM / 2, abs=1)


def test_page_numbers_stand_outside_the_type_area(joint, joint_front):
    for page, scan in ((1, joint_front), (2, ruler.scan(joint.path, 2, joint.folder))):
        image = ruler.black(scan)
        number = next(line for line in joint.lines if line.page == page and line.top > 264)
        dash = ruler.bands(image, number.left - 0.5, 263, number.left + 4, 280)
        assert number.text == f"—{page}—"
        assert dash[0][0] == mm(269)
    edges = [(line.left, line.right) for line in joint.lines if line.top > 264]
    assert [right for _, right in edges[0::2]] == [mm(184 - 4.94)] * 5
    assert [left for left, _ in edges[1::2]] == [mm(28 + 4.94)] * 5


def test_signatures_leave_the_places_of_three_seals(joint):
    names = [word for word in ruler.words(joint.path) if word.page == 2 and word.top > 135 and "岑溪市" in word.text]
    date = next(line for line in text_of(joint, 2) if line.text == "2018年4月3日")
    assert [name.text for name in names] == ["岑溪市法制办公室", "岑溪市人民法院", "岑溪市人民检察院"]
    assert all(after.centre - before.centre >= 45 for before, after in pairwise(names))
    assert names[0].left >= 28
    assert names[-1].centre == pytest.approx(date.centre, abs=1)
    assert date.right == pytest.approx(184 - 4 * CHARACTER, abs=1)
    seal_top = (names[-1].bottom + date.top) / 2 - 45 / 2
    last_line = max(line.bottom for line in text_of(joint, 2) if line.bottom < names[0].top)
    assert 0 <= seal_top - last_line <= 10.58


def test_the_annex_begins_a_page_with_its_title(joint):
    first, *_, after = text_of(joint, 3)[:4]
    assert first.text == "岑溪市法制办公室"
    assert first.middle == mm(37 + 2 * PITCH + EM / 2)
    assert after.text.startswith("为深入贯彻落实")


def test_the_imprint_closes_the_last_even_page(joint):
    top, between, last = ruler.rules(ruler.black(ruler.scan(joint.path, 10, joint.folder)))
    assert joint.pdf.pages == 10
    assert number_on(joint, 10) == "—10—"
    assert [(rule[2], rule[3]) for rule in (top, between, last)] == [(mm(28), mm(184))] * 3
    assert last[1] == mm(262)
    assert [rule[1] - rule[0] for rule in (top, last)] == [pytest.approx(0.35, abs=0.1)] * 2
    assert between[1] - between[0] == pytest.approx(0.25, abs=0.1)
    words = [word for word in ruler.words(joint.path) if word.page == 10 and top[0] < word.top < last[1]]
    assert words[0].text.startswith("抄送：市委办公室，")
    assert words[0].left == mm(28 + 4.94)
    assert (words[-2].text, words[-2].left) == ("岑溪市法制办公室", mm(28 + 4.94))
    assert (words[-1].text, words[-1].right) == ("2018年4月3日印发", mm(184 - 4.94))


def test_blank_pages_before_the_imprint_have_no_number(tmp_path):
    longer = printed(notice(extra_paragraphs=["本规则由牵头单位负责解释。"] * 7), tmp_path)
    assert longer.pdf.pages == 12
    assert number_on(longer, 10) == "—10—"
    assert [line for line in longer.lines if line.page == 11] == []
    assert next(line.text[:3] for line in longer.lines if line.page == 12) == "抄送："
    assert number_on(longer, 12) == ""


# --- the letter -------------------------------------------------------------------------------------------------------


def test_the_letter_has_its_double_red_rules(reply, reply_front):
    red = ruler.red(reply_front)
    thick, thin, foot_thin, foot_thick = ruler.rules(red)
    head_top, head_bottom = ruler.bands(red)[0]
    assert head_top == mm(30)
    assert thick[0] - head_bottom == mm(4)
    assert foot_thick[1] == mm(297 - 20)
    for rule in (thick, thin, foot_thin, foot_thick):
        assert (rule[2], rule[3] - rule[2]) == (mm(21), mm(170))
    assert thick[1] - thick[0] > thin[1] - thin[0]
    assert foot_thick[1] - foot_thick[0] > foot_thin[1] - foot_thin[0]


def test_the_number_of_a_letter_is_flush_right_below_the_rule(reply, reply_front):
    number = next(line for line in reply.lines if line.text == "岑自然资函〔2026〕17号")
    rule = ruler.rules(ruler.red(reply_front))[1]
    assert number.right == mm(184)
    ink = ruler.bands(ruler.black(reply_front), top=rule[1] + 0.1)[0]
    assert ink[0] - rule[1] == mm(4.94)
    assert ink[0] < number.middle < ink[1]
    title = next(line for line in text_of(reply, 1) if line.text.startswith("岑溪市自然资源局关于"))
    assert title.top > number.bottom + 2 * PITCH


def test_page_one_of_a_letter_has_no_number(reply):
    assert (number_on(reply, 1), number_on(reply, 2)) == ("", "—2—")


def test_a_letter_is_copied_without_rules_and_without_a_printing_row(reply):
    copied = next(line for line in reply.lines if line.text.startswith("抄送"))
    assert (copied.page, copied.left, copied.bottom) == (2, mm(28 + 4.94), pytest.approx(262, abs=2))
    assert ruler.rules(ruler.black(ruler.scan(reply.path, 2, reply.folder))) == []
    assert not any("印发" in line.text for line in text_of(reply, 2))


def test_a_letter_of_which_only_the_tail_spills_over_is_set_on_one_page(tmp_path):
    short = printed(letter(attachments=[], note="", body=letter()["body"][:3] + letter()["body"][5:]), tmp_path)
    tail = text_of(short, 1)[-4:]
    assert short.pdf.pages == 1
    assert [line.text for line in tail] == [
        "专此函复。",
        "岑溪市自然资源局",
        "2026年6月28日",
        "抄送：岑溪市司法局，岑溪市人民检察院。",
    ]
    assert tail[2].bottom < tail[3].top


# --- the file ---------------------------------------------------------------------------------------------------------


def test_the_file_is_marked_as_pdf_a_3b(joint):
    objects = render.objects(joint.pdf.data)
    metadata = re.search(rb"/Subtype ?/XML.*?stream\r?\n(.*?)\r?\nendstream", joint.pdf.data, re.DOTALL)[1]
    marks = dict(re.findall(r"pdfaid:(\w+)[=>]\"?(\w)", zlib.decompress(metadata).decode()))
    assert marks == {"part": "3", "conformance": "B"}
    assert b"GTS_PDFA1" in objects
    assert b"sRGB" in objects
    info = told("pdfinfo", joint.path)
    assert "Title:           关于印发《岑溪市法制办公室　岑溪市人民法院" in info
    assert "Encrypted:       no" in info


def test_the_language_is_chinese(joint):
    streams = render.objects(joint.pdf.data)
    assert re.search(rb"/Lang ?\((zh-CN|\xfe\xff\x00z\x00h\x00-\x00C\x00N)\)", streams)


def test_every_font_is_embedded_and_its_text_can_be_copied(joint):
    listing = told("pdffonts", joint.path).split("\n")[2:-1]
    assert sorted(row.split()[0] for row in listing) == joint.pdf.fonts
    assert [row.split()[-5:-2] for row in listing] == [["yes", "yes", "yes"]] * len(listing)
    assert "本规则自2018年4月3日起执行。" in told("pdftotext", joint.path, "-")


def test_the_file_is_small(joint):
    assert len(joint.pdf.data) < 1_000_000
