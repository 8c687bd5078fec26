"""`manage.py steps`: the tables of steps as the manual prints them, with their diagrams; read off the flows."""

from django.core.management.base import BaseCommand

from linkage.matters.flow import ALL, SAME, Step
from linkage.matters.kinds import Kind, kinds
from linkage.matters.models import Part
from linkage.units.models import Post

HEAD = "# 办理步骤\n\n本页由 `manage.py steps` 从程序的步骤表生成。\n"
COLUMNS = "| 步骤 | 谁办理 | 岗位 | 办理前环节 | 办理后环节 | 结束的期限 | 开始的期限 |\n|---|---|---|---|---|---|---|"
DUES = {
    "serve": "登记送达",
    "receive": "签收",
    "reply": "书面回复",
    "supplement": "补充回复",
    "review": "审查",
}


class Command(BaseCommand):
    help = "Print the manual's table of steps and the diagram of every mechanism."

    def handle(self, *args, **options):
        self.stdout.write(page())


def page() -> str:
    """The whole page, in the order of registration."""
    return "\n".join([HEAD, *(section(kind) for kind in kinds.values())])


def section(kind: Kind) -> str:
    rows = [row(kind, step) for step in kind.flow.rows]
    return "\n".join([f"## {kind.label}\n", COLUMNS, *rows, "", diagram(kind), ""])


def row(kind: Kind, step: Step) -> str:
    cells = [
        step.label,
        "、".join(Part(part).label for part in step.by),
        "经办人送审，签发人签署" if step.signs else Post.Role(step.post).label,
        "、".join(word(kind, state) for state in step.source),
        "不变" if step.to == SAME else word(kind, step.to),
        "全部" if step.closes == ALL else "、".join(DUES.get(code, code) for code in step.closes),
        "、".join(DUES.get(due.code, due.code) for due in step.opens),
    ]
    return f"| {' | '.join(cell or '—' for cell in cells)} |"


def word(kind: Kind, state: str) -> str:
    """The 环节 word of a state."""
    return kind.states[state]


def diagram(kind: Kind) -> str:
    arrows = [
        f"    {word(kind, state)} --> {word(kind, step.to)}: {step.label}"
        for step in kind.flow.rows
        if step.to != SAME
        for state in step.source
    ]
    return "\n".join(["```mermaid", "stateDiagram-v2", f"    [*] --> {word(kind, kind.flow.initial)}", *arrows, "```"])
