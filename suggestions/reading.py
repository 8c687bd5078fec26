"""Reading an issued letter: what its text layer says of number, date, addressee, title, items and period.

Everything is a proposal that the clerk confirms beside the page; what cannot be read stays empty.
"""

import re
from datetime import date

from linkage.matters import filetypes
from linkage.units.models import Unit

NUMBER = re.compile(r"([\u4e00-\u9fff]{2,12})\s*[〔\[［【(（]\s*(20\d\d)\s*[〕\]］】)）]\s*(\d{1,5})\s*号")
ARABIC = re.compile(r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
CHINESE = re.compile(
    r"(二[〇○零０O][一二三四五六七八九〇○零０O]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
DIGITS = {
    **{char: index for index, char in enumerate("〇一二三四五六七八九")},
    "○": 0,
    "零": 0,
    "０": 0,
    "O": 0,
    "两": 2,
}
TITLE = re.compile(r"关于(.{2,80}?)的(?:司法|检察)建议书?", re.DOTALL)
PERIOD = re.compile(r"之日起\s*([\d两一二三四五六七八九十]+)\s*(个月|个工作日|日)\s*[以之]?内")
UNITS = {"个月": "month", "日": "day", "个工作日": "workday"}
ITEM = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|\d+[.．、](?!\d)|[（(][一二三四五六七八九十]+[）)])")
ASKS = re.compile(r"建议(?:如下|你[局单镇委办厅会]位?|你政府|贵[局单]位?|事项)?[^。\n]{0,12}[：:]\s*$|建议事项\s*$")
ENDS = re.compile(r"^\s*(?:请(?:自|在|于|将|你)|以上建议|特此|此致|根据.{0,60}请|.{0,6}年.{1,3}月.{1,4}日)")


def read_pdf(data: bytes, units: list[Unit] | None = None) -> dict:
    """Form values found in an issued PDF; {} where it has no text layer."""
    text = filetypes.pdf_text(data, pages=30)
    return read(text, list(Unit.objects.current()) if units is None else units) if text.strip() else {}


def read(text: str, units: list[Unit]) -> dict:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = {
        "number": number(text),
        "issued_on": signed_date(text),
        "addressee": addressee(lines, units),
        "title": title(lines),
        "advice": "\n".join(items(lines)),
        **period(text),
    }
    return {name: value for name, value in found.items() if value}


def number(text: str) -> str:
    found = NUMBER.search(text)
    return f"{found[1]}〔{found[2]}〕{int(found[3])}号" if found else ""


def signed_date(text: str) -> date | None:
    """The last date of the letter: 成文日期 stands at its end, in Arabic or Chinese numerals."""
    found = [(match.start(), tuple(map(int, match.groups()))) for match in ARABIC.finditer(text)]
    found += [(match.start(), chinese_date(match)) for match in CHINESE.finditer(text)]
    for _, parts in sorted(found, reverse=True):
        try:
            return date(*parts)
        except ValueError:
            continue
    return None


def chinese_date(match: re.Match) -> tuple[int, int, int]:
    year = int("".join(str(DIGITS[char]) for char in match[1]))
    return year, numeral(match[2]), numeral(match[3])


def numeral(text: str) -> int:
    """1–99 from Arabic or Chinese numerals."""
    if text.isdigit():
        return int(text)
    if "十" not in text:
        return DIGITS[text[-1]]
    tens, ones = text.split("十")
    return (DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0)


def addressee(lines: list[str], units: list[Unit]) -> int | None:
    """The first unit that a line ending in a colon names (主送机关)."""
    for line in lines[:40]:
        if line.endswith(("：", ":")) and len(line) <= 40:
            name = line.rstrip("：: ").replace(" ", "")
            found = [unit for unit in units if name in (unit.name, unit.short)]
            if found:
                return found[0].pk
    return None


def title(lines: list[str]) -> str:
    found = TITLE.search("".join(lines[:12]))
    return found[1].replace(" ", "") if found else ""


def items(lines: list[str]) -> list[str]:
    """The numbered items after the sentence that introduces them."""
    start = next((at + 1 for at, line in enumerate(lines) if ASKS.search(line)), None)
    rows: list[str] = []
    for line in lines[start:] if start is not None else []:
        if ENDS.match(line):
            break
        if ITEM.match(line):
            rows.append(line)
        elif rows and not re.fullmatch(r"[—\-\s\d]+", line):
            rows[-1] += line
    return rows


def period(text: str) -> dict:
    found = PERIOD.search(text.replace("\n", ""))
    return {"period_amount": numeral(found[1]), "period_unit": UNITS[found[2]]} if found else {}
