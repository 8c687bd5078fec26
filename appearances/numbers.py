"""案号: parsed, checked and written in one way (法〔2015〕137号, amended by 法〔2018〕335号; law.md §5)."""

import re
from dataclasses import dataclass

# type code -> (category, instance), as the values of Case
TYPES = {
    "行初": ("litigation", "first"), "行终": ("litigation", "second"), "行申": ("litigation", "review"),
    "行监": ("litigation", "review"), "行抗": ("litigation", "retrial"), "行再": ("litigation", "retrial"),
    "行他": ("litigation", "other"), "行辖": ("litigation", "other"), "行辖终": ("litigation", "other"),
    "行审": ("enforcement", "execution"), "行审复": ("enforcement", "execution"),
    "行赔初": ("compensation", "first"), "行赔终": ("compensation", "second"), "行赔申": ("compensation", "review"),
    "行赔监": ("compensation", "review"), "行赔抗": ("compensation", "retrial"), "行赔再": ("compensation", "retrial"),
    "行赔他": ("compensation", "other"), "赔辖": ("compensation", "other"), "赔辖终": ("compensation", "other"),
}  # fmt: skip
PROVINCES = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新兵"
PATTERN = re.compile(
    rf"[（(\[【〔]\s*(?P<year>\d{{4}})\s*[）)\]】〕]\s*(?P<court>最高法|[{PROVINCES}]\d{{0,4}})(?P<special>知)?"
    r"(?P<type>[\u4e00-\u9fff]{1,4}?)第?(?P<serial>\d{1,7})号(?P<suffix>之[一二三四五六七八九十]{1,3})?"
)
SAMPLE = "（2026）桂0481行初12号"


@dataclass(frozen=True)
class CaseNumber:
    """The parts of a 案号; str() writes it with full-width brackets."""

    year: int
    court: str
    type: str
    serial: int
    suffix: str = ""
    special: str = ""

    def __str__(self) -> str:
        return f"（{self.year}）{self.court}{self.special}{self.type}{self.serial}号{self.suffix}"

    @property
    def category(self) -> str:
        return TYPES[self.type][0]

    @property
    def instance(self) -> str:
        return TYPES[self.type][1]


def parse(text: str) -> CaseNumber:
    """The parts of a typed 案号; ValueError says how to mend it."""
    plain = re.sub(r"\s", "", text.translate(WIDE))
    found = PATTERN.fullmatch(plain)
    if found is None:
        raise ValueError(f"案号写作“{SAMPLE}”的样式：（收案年度）法院代字、类型代字、编号、号。")
    if found["type"] not in TYPES:
        raise ValueError(f"“{found['type']}”不是行政案件的类型代字，常用的有行初、行终、行申、行再、行审、行赔初。")
    year = int(found["year"])
    if not 2016 <= year <= 2100:
        raise ValueError("收案年度不对：现行案号自 2016 年起使用，年度写四位数字。")
    return CaseNumber(
        year, found["court"], found["type"], int(found["serial"]), found["suffix"] or "", found["special"] or ""
    )


WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


def normal(text: str) -> str:
    """The number as it is stored; ValueError says how to mend it."""
    return str(parse(text))
