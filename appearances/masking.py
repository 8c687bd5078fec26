"""How litigants are named where not everybody may know them: 张某甲 instead of the name."""

import re

COMPOUND = ["欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "令狐", "轩辕", "呼延", "百里", "东郭", "南门", "西门"]  # fmt: skip
STEMS = "甲乙丙丁戊己庚辛壬癸"


def surname(name: str) -> str:
    return name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[:1]


def masked(name: str, kind: str, taken: list[str]) -> str:
    """What others read of a name. A person keeps his surname, a second one of the same surname is told apart by 甲乙;
    an organisation is named as judgments name it (最高人民法院关于人民法院在互联网公布裁判文书的规定 8, 10)."""
    clean = re.sub(r"\s+", "", name)
    if kind == "organisation":
        return clean
    foreign = re.fullmatch(r"[A-Za-z·.'’\-]+", clean)
    plain = f"{clean[:1].upper()}某" if foreign else f"{surname(clean)}某"
    if plain not in taken:
        return plain
    return next((f"{plain}{stem}" for stem in STEMS[1:] if f"{plain}{stem}" not in taken), f"{plain}{len(taken)}")


def mask_all(rows: list[dict]) -> list[dict]:
    """Litigants {"name", "sort", "masked", …} with `masked` filled in where nobody typed one."""
    taken: list[str] = []
    made = []
    for row in rows:
        shown = row.get("masked") or masked(row["name"], row["sort"], taken)
        taken.append(shown)
        made.append({**row, "masked": shown})
    return made
