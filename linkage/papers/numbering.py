"""The official numbering of a text: 一、 （一） 1. （1） (GB/T 9704-2012, 7.3.3), recognised in pasted plain text."""

import re
import unicodedata

from linkage.papers.punctuation import mend

HAN_NUMBER = "[一二三四五六七八九十百零〇]{1,5}"
COUNTED = "审级季年月日层期批楼类号届次线"
# a paragraph that begins with a reference: （一）、（二）项 …
NOT_CITED = r"(?!\s*[、和及至]?\s*[(（])"
DATE = r"(?:(?:19|20)\d\d年|\d{1,2}月\d{1,2}日)"

# What opens a paragraph, and how the marker is written by the standard (a 顿号 never follows a bracket).
MARKERS = (
    (1, re.compile(rf"({HAN_NUMBER})、\s*(?!{HAN_NUMBER}[{COUNTED}])"), "{}、"),
    (2, re.compile(rf"[(（]\s*({HAN_NUMBER})\s*[)）]{NOT_CITED}\s*[、.．]?\s*"), "（{}）"),
    (3, re.compile(rf"(\d{{1,3}})\s*[.．、]\s*(?=\D|{DATE})"), "{}."),
    (4, re.compile(rf"[(（]?\s*(\d{{1,3}})\s*[)）]{NOT_CITED}\s*[、.．]?\s*"), "（{}）"),
)
BREAKS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
BLANKS = " \t\u3000\u00a0\u2000-\u200b\ufeff"
# ⒈ ⑴ ㈠ １ : signs that stand for a whole marker, and digits typed in full width
SIGNS = re.compile(r"^[⒈-⒛⑴-⒇㈠-㈩]|^[(（]?[０-９]+")


def paragraphs(text):
    """The paragraphs of a plain text with their levels, 0 where no marker opens them; blank lines are dropped."""
    lines = (line.strip(BLANKS) for line in BREAKS.split(text))
    return [_paragraph(mend(_plain_sign(line))) for line in lines if line]


def _plain_sign(line):
    return SIGNS.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), line)


def _paragraph(line):
    for level, pattern, marker in MARKERS:
        if found := pattern.match(line):
            return {"level": level, "text": marker.format(found[1]) + line[found.end() :]}
    return {"level": 0, "text": line}
