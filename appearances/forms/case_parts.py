"""Litigants typed one a line, and organs typed in numbered rows: how a registration form reads and shows them."""

import re

from django import forms

from linkage.units.models import Unit
from linkage.web.forms import DayField

from .. import masking
from ..models import Defendant, Litigant

ENDINGS = (
    "公司", "厂", "店", "部", "合作社", "中心", "局", "院", "会", "村", "组", "政府", "场", "所", "站", "馆", "社", "校",
    "大学", "中学", "小学", "银行", "集团", "企业", "协会", "委员会", "门市", "加工点", "法人", "户",
)  # fmt: skip
SORTS = {"法人": Litigant.Sort.ORGANISATION, "自然人": Litigant.Sort.PERSON}
SUFFIX = re.compile(r"[（(](法人|自然人)[）)]$")
HINT = (
    "一行一个。以公司、厂、店、合作社、村、组等结尾的作为法人或者其他组织，其余作为自然人；判断不对的，在行末写（法人）或者（自然人）。"
    "需要另定对外显示名称的，写作“姓名|显示名称”"
)
ROWS = 4


# --- litigants --------------------------------------------------------------------------------------------------------
def sort_of(name: str) -> str:
    """Whether a name reads as an organisation's; the typist may say otherwise."""
    long = len(name) > 3 and name.endswith(ENDINGS)
    return Litigant.Sort.ORGANISATION if long else Litigant.Sort.PERSON


def litigants_of(text: str, role: str) -> list[dict]:
    """The rows of a text area; ValidationError says which line does not read."""
    rows = [row_of(line.strip(), role) for line in text.splitlines() if line.strip()]
    names = [row["name"] for row in rows]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise forms.ValidationError(f"“{twice}”写了两次。")
    return rows


def row_of(line: str, role: str) -> dict:
    name, _, shown = (part.strip() for part in line.replace("｜", "|").partition("|"))
    said = SUFFIX.search(name)
    name = SUFFIX.sub("", name).strip()
    if not name or len(name) > 100 or len(shown) > 100:
        raise forms.ValidationError(f"“{line[:20]}”不能识别，请一行写一个姓名或者名称，不超过 100 字。")
    sort = SORTS[said[1]] if said else sort_of(name)
    return {"role": role, "sort": sort, "name": name, "masked": shown}


def lines_of(litigants: list[Litigant]) -> dict[str, str]:
    """Litigants as they would be typed: {"plaintiffs": …, "thirds": …}; what is proposed anyway is left out."""
    plain = [{"name": row.name, "sort": row.sort} for row in litigants]
    texts: dict[str, list[str]] = {"plaintiffs": [], "thirds": []}
    for row, made in zip(litigants, masking.mask_all(plain), strict=True):
        words = {sort: word for word, sort in SORTS.items()}
        suffix = f"（{words[row.sort]}）" if row.sort != sort_of(row.name) else ""
        shown = f"|{row.masked}" if row.masked != made["masked"] else ""
        texts["thirds" if row.role == Litigant.Role.THIRD else "plaintiffs"].append(f"{row.name}{suffix}{shown}")
    return {name: "\n".join(lines) for name, lines in texts.items()}


# --- organs -----------------------------------------------------------------------------------------------------------
class UnitChoice(forms.TypedChoiceField):
    """A unit out of a list that several fields share, so that it is fetched once."""

    def __init__(self, units: list[Unit], **options):
        by_key = {str(unit.pk): unit for unit in units}
        choices = [("", "请选择"), *((str(unit.pk), unit.short) for unit in units)]
        super().__init__(choices=choices, coerce=by_key.get, empty_value=None, **{"required": False, **options})


def organ_fields(units: list[Unit], rows: int) -> dict[str, forms.Field]:
    """Numbered fields of `rows` organs."""
    found: dict[str, forms.Field] = {}
    for order in range(1, rows + 1):
        found[f"organ_{order}"] = UnitChoice(units, label=f"行政机关{order}")
        found[f"role_{order}"] = forms.ChoiceField(
            label="诉讼地位", choices=Defendant.Role.choices, initial=Defendant.Role.DEFENDANT, required=False
        )
        found[f"handler_{order}"] = UnitChoice(
            units, label="应诉承办单位", help_text="被告是政府的，填写具体承办的部门；自己承办的不填"
        )
        found[f"served_{order}"] = DayField(
            label="应诉通知书送达日期", required=False, help_text="答辩期从次日起算；尚未送达的不填"
        )
    return found


def organs_of(form: forms.Form, rows: int) -> list[dict]:
    """The organs that were filled in; a faulty row puts its sentence at its field."""
    found: list[dict] = []
    for order in range(1, rows + 1):
        unit, role, handler, served = (
            form.cleaned_data.get(f"{name}_{order}") for name in ("organ", "role", "handler", "served")
        )
        if unit is None:
            if (handler or served) and f"organ_{order}" not in form.errors:
                form.add_error(f"organ_{order}", f"选择行政机关{order}，或者清空这一行。")
            continue
        if any(row["unit"] == unit for row in found):
            form.add_error(f"organ_{order}", f"{unit.short}写了两次。")
            continue
        handler = None if handler == unit else handler
        role = role or Defendant.Role.DEFENDANT
        found.append({"unit": unit, "role": role, "handler": handler, "served_on": served})
    return found


def organ_initial(defendants: list[Defendant]) -> dict:
    found: dict = {}
    for order, row in enumerate(defendants, start=1):
        found |= {
            f"organ_{order}": row.unit_id, f"role_{order}": row.role, f"handler_{order}": row.handler_id,
            f"served_{order}": row.served_on,
        }  # fmt: skip
    return found
