import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from linkage.papers import fonts, render
from tests.papers.samples import letter

NAMES = ["AAAAAA+FandolFang", "BBBBBB+Noto-Serif-CJK-SC-Bold", "CCCCCC+LXGW-WenKai-Light"]
WITHOUT = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include>/etc/fonts/fonts.conf</include><selectfont><rejectfont>{}</rejectfont></selectfont></fontconfig>"""
FAMILY = '<pattern><patelt name="family"><string>{}</string></patelt></pattern>'
PROGRAM = """
import json, django; django.setup()
from linkage.papers import fonts, render
from tests.papers.samples import letter
try: print(json.dumps(render.pdf(letter()).fonts))
except fonts.FontsMissing as refusal: print(json.dumps(str(refusal)))
"""


def typeset_without(families, folder):
    """What a machine answers on which these families are not installed."""
    config = folder / "fonts.conf"
    config.write_text(WITHOUT.format("".join(map(FAMILY.format, families))))
    environment = os.environ | {"FONTCONFIG_FILE": str(config)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=settings.BASE_DIR, env=environment, capture_output=True, check=True
    )
    return json.loads(done.stdout)


def test_stacks_are_those_of_the_stylesheet():
    css = (render.STATIC / "print.css").read_text()
    stacks = {name: re.findall(r'[^",\s][^",]*', value) for name, value in re.findall(r"--(\w+): (.*\".*);", css)}
    assert stacks == {name: list(families) for name, families in fonts.STACKS.items()}


def test_required_families_may_be_written_any_way():
    fonts.require(NAMES, {"FandolFang", "Noto Serif CJK SC", "LXGW WenKai Light"})


def test_a_family_that_is_not_in_the_pdf_is_named():
    with pytest.raises(fonts.FontsMissing, match="Noto Sans CJK SC；实际使用：AAAAAA"):
        fonts.require(NAMES, {"FandolFang", "Noto Sans CJK SC"})


def test_characters_fall_to_the_first_installed_family_that_has_them():
    assert fonts.expected({"hei": "一、总则", "title": "通知"}) == {"Noto Sans CJK SC", "Noto Serif CJK SC"}
    first = next(family for family in fonts.STACKS["fang"] if fonts.coverage(family))
    assert first in fonts.expected({"fang": "人民法院"})
    assert "LXGW WenKai Light" in fonts.expected({"fang": "李喆、韦镕、覃堃"})
    assert fonts.expected({"fang": "2026-1"}) == set()


def test_a_family_that_is_not_installed_draws_nothing():
    assert not fonts.coverage("No Such Family")
    assert not fonts.draws("No Such Family", "法")
    assert fonts.draws("Noto Serif CJK SC", "法")
    assert not fonts.draws("Noto Serif CJK SC", "\ue123")


def test_characters_without_a_font_are_listed_before_typesetting():
    with pytest.raises(fonts.CharactersMissing, match=r"U\+E123.*U\+1F600") as refusal:
        render.pdf(letter(title="关于\ue123的函", note="😀"))
    assert refusal.value.characters == ["\ue123", "😀"]


def test_a_font_that_is_installed_but_not_used_is_an_error(tmp_path, monkeypatch):
    css = (render.STATIC / "print.css").read_text()
    (tmp_path / "print.css").write_text(re.sub(r"--hei: .*;", '--hei: "Noto Serif CJK SC";', css))
    monkeypatch.setattr(render, "STATIC", tmp_path)
    with pytest.raises(fonts.FontsMissing, match="没有使用应有的字体：Noto Sans CJK SC"):
        render.pdf(letter())


def test_the_optional_fonts_have_a_fallback(tmp_path):
    used = typeset_without(["仿宋_GB2312", "楷体_GB2312", "FandolFang", "FandolKai"], tmp_path)
    assert isinstance(used, list)
    assert not any("Fandol" in name for name in used)
    fonts.require(used, {"LXGW WenKai Light", "LXGW WenKai", "Noto Sans CJK SC", "Noto Serif CJK SC"})


def test_a_required_font_that_is_not_installed_is_named(tmp_path):
    assert typeset_without(["Noto Sans CJK SC"], tmp_path) == "缺少字体：Noto Sans CJK SC"
