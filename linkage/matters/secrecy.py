"""Nothing classified may enter: secrecy marks in text and files are found, refused and logged (保密法 31(3))."""

import re
import unicodedata

# On one line only: \s would let a page of empty lines be searched from each of them to its end.
MARK = re.compile(
    r"(绝密|机密|秘密)\s*(★|☆|\*)\s*(\d{1,2}\s*年|\d{4}|长期|解密)?|(?m:^[^\S\n]*(绝密|机密|秘密)[^\S\n]*$)"
)
IN_EVERY_MARK = "密"
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def mark_in(text: str) -> str:
    """The secrecy mark found in a text, or an empty string; blanks inside the words and full-width forms count."""
    if IN_EVERY_MARK not in text:
        return ""
    folded = unicodedata.normalize("NFKC", text).translate(UNSEEN)
    found = MARK.search(re.sub(r"(?<=[绝机秘])[ \t\u3000]+(?=密)", "", folded))
    return found.group(0).strip() if found else ""


SENTENCE = "检测到密级标志“{mark}”。本系统为非涉密系统，严禁存储、处理涉密信息，内容没有保存。"
