"""The ledger of suggestions as a spreadsheet."""

from django.http import QueryDict

from linkage.jobs.outbox import job
from linkage.matters import files, trail
from linkage.matters.rows import only
from linkage.units.acting import for_unit
from linkage.units.models import Unit, User
from linkage.web.exports import MOST_ROWS, workbook
from linkage.web.lists import in_tab, with_lamp

from .filters import SuggestionFilter
from .models import State, Suggestion

HEADERS = [
    "文号",
    "标题",
    "类型",
    "制发单位",
    "被建议单位",
    "案号",
    "成文日期",
    "送达日期",
    "送达方式",
    "回复期限",
    "环节",
    "审查结果",
    "催办次数",
    "办结日期",
]


def rows_of(suggestions):
    for row in suggestions:
        matter = row.matter
        yield [
            matter.number,
            matter.title,
            str(row.type),
            row.issuer.short,
            row.addressee.short if row.addressee else "",
            row.case_number,
            matter.issued_on,
            row.served_on,
            row.get_served_by_display() if row.served_by else "",
            row.period,
            State(matter.state).label,
            row.get_result_display() if row.result else "",
            row.urged,
            matter.closed_on,
        ]


@job("export-suggestions")
def export(user: int, unit: int, query: str) -> str:
    """Make the sheet of what the person may see under the filter; returns the key of the file."""
    actor = for_unit(User.objects.get(pk=user), Unit.objects.get(pk=unit))
    asked = QueryDict(query)
    seen = Suggestion.objects.visible_to(actor)
    found = SuggestionFilter(asked, queryset=seen).qs
    found = with_lamp(in_tab(found, asked.get("tab", ""), actor), asked.get("lamp", ""))
    rows = found.select_related("matter", "type", "issuer", "addressee").order_by("p_box", "p_sort")[:MOST_ROWS]
    key = files.write(workbook("建议台账", HEADERS, rows_of(rows)))
    trail.record(None, "export", "导出台账", actor, within=only(actor.unit), data={"query": query, "file": key})
    return key
