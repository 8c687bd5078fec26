"""The fonts of official papers: which families a text is set in, which of them are here, which must be in the PDF.

The order of a stack is the order of print.css. A family the site owns (方正小标宋, 仿宋_GB2312) comes before the free
ones; FandolFang and FandolKai are optional, LXGW WenKai stands in for them and for the name characters they lack.
"""

import re
import subprocess
from bisect import bisect_right
from functools import cache

STACKS = {
    "fang": ("仿宋_GB2312", "FandolFang", "LXGW WenKai Light", "Noto Serif CJK SC"),
    "kai": ("楷体_GB2312", "FandolKai", "LXGW WenKai", "Noto Serif CJK SC"),
    "hei": ("Noto Sans CJK SC",),
    "song": ("Noto Serif CJK SC",),
    "title": ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "Noto Serif CJK SC"),
}
REQUIRED = ("LXGW WenKai", "LXGW WenKai Light", "Noto Sans CJK SC", "Noto Serif CJK SC")
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
INVISIBLE = re.compile("[\\s\u200b-\u200d\u2060\ufeff]")


class FontsMissing(Exception):
    """A family is not installed, or was not used where it had to be; the PDF must not be kept."""


class CharactersMissing(FontsMissing):
    """Characters that no font of the papers can draw; they would print as empty boxes."""

    def __init__(self, characters):
        self.characters = characters
        super().__init__(f"以下字符没有可用的字体，无法排版：{'、'.join(f'{c}（U+{ord(c):04X}）' for c in characters)}")


def preflight(voices):
    """Refuse before typesetting what cannot be typeset. voices: {stack name: the text set in it}."""
    if absent := [family for family in REQUIRED if not coverage(family)]:
        raise FontsMissing(f"缺少字体：{'、'.join(absent)}")
    if lost := sorted({char for stack, text in voices.items() for char in _undrawn(stack, text)}):
        raise CharactersMissing(lost)


def expected(voices):
    """The families that the Han characters of these texts fall to, given what is installed."""
    return {family for stack, text in voices.items() for family in _families(stack, set(HAN.findall(text)))}


def require(used, families):
    """used: the font names of a PDF, such as ABCDEF+Noto-Serif-CJK-SC-Bold."""
    names = [_plain(name.split("+")[-1]) for name in used]
    if absent := sorted(family for family in families if not any(n.startswith(_plain(family)) for n in names)):
        raise FontsMissing(f"版式文件没有使用应有的字体：{'、'.join(absent)}；实际使用：{'、'.join(used) or '无'}")


def _families(stack, left):
    for family in STACKS[stack]:
        drawn = {char for char in left if draws(family, char)}
        left = left - drawn
        if drawn:
            yield family


def _undrawn(stack, text):
    visible = set(INVISIBLE.sub("", text))
    return [char for char in visible if not any(draws(family, char) for family in STACKS[stack])]


def draws(family, char):
    """Whether a family is installed and has a character."""
    ranges = coverage(family)
    at = bisect_right(ranges, (ord(char), float("inf"))) - 1
    return at >= 0 and ord(char) <= ranges[at][1]


@cache
def coverage(family):
    """The character ranges of an installed family as fontconfig knows them, in order; empty if it is not installed."""
    command = ["fc-list", "--format", "%{charset}\n", family.replace("-", "\\-")]  # a hyphen would begin a size
    listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603  one fixed program
    return tuple(_range(part) for part in listing.partition("\n")[0].split())


def _range(part):
    first, _, last = part.partition("-")
    return int(first, 16), int(last or first, 16)


def _plain(name):
    return re.sub(r"[\s-]", "", name).lower()
