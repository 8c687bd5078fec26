"""Fields and readings that several forms share."""

import re

from django import forms

from linkage.units.models import Unit

from ..models import SuggestionType

NUMBER = re.compile(r"^[^\s〔〕\[\]（）()]{1,20}〔\d{4}〕\d{1,5}号$")
AREA = {"rows": 4}


def mended_number(text: str) -> str:
    """A document number with hexagonal brackets, however it was typed."""
    return re.sub(r"[\[［【(（〔](\d{4})[\]］】)）〕]", r"〔\1〕", text.strip()).replace(" ", "")


class NumberField(forms.CharField):
    """文号 by GB/T 9704: 岑法建〔2026〕3号."""

    def __init__(self, **options):
        super().__init__(max_length=60, **{"label": "文号", "help_text": "如 岑法建〔2026〕3号", **options})

    def clean(self, value):
        value = mended_number(super().clean(value))
        if value and not NUMBER.match(value):
            raise forms.ValidationError("文号写法不对，请按“岑法建〔2026〕3号”填写。")
        return value


def advice_lines(text: str) -> list[str]:
    """Items pasted or typed one a paragraph, their numbering taken off; a line without a mark continues the item."""
    items: list[str] = []
    marked = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、](?!\d))\s*")
    for line in (line.strip() for line in text.splitlines()):
        if not line:
            continue
        body = marked.sub("", line)
        continues = body == line and items and any(marked.match(row) for row in text.splitlines())
        items = [*items[:-1], items[-1] + body] if continues else [*items, body]
    return items


def types_for(unit: Unit, made_here: bool) -> list[SuggestionType]:
    rows = SuggestionType.objects.filter(active=True)
    return [row for row in rows if unit.kind in row.issuers and (row.made_here or not made_here)]
