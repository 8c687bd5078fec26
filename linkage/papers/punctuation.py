"""Marks of pasted text as GB/T 15834-2011 wants them: full width between Han characters.

Only marks and blanks are touched. No digit, letter or Han character is added, lost or moved; web and mail addresses
and lines without any Han character stay as they are.
"""

import re

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3007"
FULL = HAN + "\u3001-\u3006\u3008-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’—…"
YEAR = r"(?:19|20)\d\d"
WIDE = str.maketrans(",;:?!()", "，；：？！（）")
HELD = "\ue000"
ADDRESS = re.compile(
    HELD + r"|(?:https?|ftp)://[!-~]*[\w/#&=~%-]|www\.[!-~]*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII
)

RULES = [
    (re.compile(pattern, re.MULTILINE), by)
    for pattern, by in (
        # blanks that word processors leave behind
        ("[\u00ad\u200b-\u200d\u2060\ufeff]", ""),
        ("[\t\u00a0\u2000-\u200a\u202f]", " "),
        # 发文字号 take 〔〕 (GB/T 9704 7.2.5); case numbers （2026）桂0481行初1号 keep round brackets
        (rf"[\[［【(（〔] *({YEAR}) *[\]］】)）〕] *(?=\d+ *号)", r"〔\1〕"),
        (rf"(?<![A-Za-z0-9./-])({YEAR}年?) *(?:--|——|[-–‒―－−—~～]) *(?={YEAR}(?:[{HAN})）]))", r"\1—"),
        (rf"(?<=[{FULL}]) *-{{2,3}} *(?=[{FULL}])", "——"),
        (rf"(?<=[{FULL}])(?:\.{{3,6}}|。{{3,6}})", "……"),
        (rf'"([^"\n]*[{HAN}][^"\n]*)"', r"“\1”"),
        (rf"(?<=[{HAN}》”’）])\. *(?=$|[{FULL}])", "。"),
        (rf"(?<=[{FULL}]) *[,;:?!]|[,;:?!](?= *[{FULL}])", lambda mark: mark[0].strip().translate(WIDE)),
        (rf"(?<=[{HAN}])[ \u3000]+(?=[{HAN}])", "\u3000"),
        (r"(?<=\d) +(?=[年月日号])|(?<=[年月第]) +(?=\d)", ""),
        ("(?<=[，。；：？！、）》”]) +| +(?=[，。；：？！、）》”])", ""),
    )
]


def mend(text):
    """The text with its marks mended; mending twice changes nothing more."""
    return "\n".join(_mend_line(line) if re.search(f"[{HAN}]", line) else line for line in text.split("\n"))


def _mend_line(line):
    held = ADDRESS.findall(line)
    line = _settle(ADDRESS.sub(HELD, line))
    return re.sub(HELD, lambda _: held.pop(0), line)


def _settle(line):
    """Every rule only widens or removes marks, so this ends."""
    while (mended := _brackets(_apply_rules(line))) != line:
        line = mended
    return line


def _apply_rules(line):
    for pattern, by in RULES:
        line = pattern.sub(by, line)
    return line


def _brackets(line):
    """Round brackets become full width in pairs, so that none is left half and half."""
    marks, opened = list(line), []
    for at, mark in enumerate(line):
        if mark in "(（":
            opened.append(at)
        elif mark in ")）":
            start = opened.pop() if opened else at
            if _stands_in_han(line, start, at):
                marks[start], marks[at] = marks[start].translate(WIDE), mark.translate(WIDE)
    for at in opened:
        if _stands_in_han(line, at, at):
            marks[at] = marks[at].translate(WIDE)
    return "".join(marks)


def _stands_in_han(line, start, end):
    """Whether a bracket pair holds or touches Han text, or is full width on one side already."""
    return bool(re.search(f"[{FULL}]", line[max(start - 1, 0) : end + 2]))
