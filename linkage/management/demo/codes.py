"""Unified social credit codes that are valid by GB 32100-2015 and belong to nobody."""

from stdnum.cn import uscc

ORGAN = "11"  # 机构编制 · 机关
COMPANY = "91"  # 市场监管 · 企业
WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def credit_code(register: str, area: str, serial: int) -> str:
    """Register and kind of body, area, organisation code with its check character, check character of the whole."""
    organisation = f"MD{serial:06d}"
    body = f"{register}{area}{organisation}{organisation_check(organisation)}"
    return body + uscc.calc_check_digit(body)


def organisation_check(code: str) -> str:
    """The check character of an organisation code (GB 11714-1997)."""
    total = sum(CHARACTERS.index(char) * weight for char, weight in zip(code, WEIGHTS, strict=True))
    return {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))
