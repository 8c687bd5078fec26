"""What parties are told of the steps of a case and an appearance; numbers and masked titles only."""

from linkage.matters.kinds import News
from linkage.matters.models import Event, Party
from linkage.units.models import Post

ORGANS = ("addressee", "assisting")
ALL = ("issuer", *ORGANS, "copied")


def to(parts, sentence: str, topic: str = "read", urgent: bool = False) -> dict:
    return dict.fromkeys(parts, (sentence, topic, urgent))


# verb -> part -> (sentence, topic, urgent); {unit} acted, {what} is the number and title, {note} the Event's
CASE = {
    "register": to(ORGANS, "新登记的应诉案件：{what}", "todo", True)
    | to(("issuer", "copied"), "新登记的行政案件：{what}"),
    "serve": to(ORGANS, "应诉通知书送达，请按期答辩举证：{what}", "todo", True),
    "defend": to(("issuer", "copied"), "{unit}已答辩：{what}"),
    "schedule": to((*ORGANS, "copied"), "{note}：{what}", "read", True),
    "move": to((*ORGANS, "copied"), "{note}：{what}", "todo", True),
    "cancel": to((*ORGANS, "copied"), "{note}：{what}", "todo", True),
    "conciliate": to(ALL, "{unit}记录协调化解情况：{what}"),
    "judge": to(ORGANS, "裁判已登记，请注意上诉期和履行：{what}", "todo", True) | to(("copied",), "裁判已登记：{what}"),
    "serve-judgment": to(ORGANS, "裁判文书送达，请注意上诉期：{what}", "todo", True),
    "decide": to(("issuer", "copied"), "{unit}：{note}：{what}"),
    "appealed": to((*ORGANS, "copied"), "{note}：{what}"),
    "effective": to(ORGANS, "裁判已生效：{what}", "todo", True) | to(("copied",), "裁判已生效：{what}"),
    "perform": to(("issuer", "copied"), "{unit}报告履行情况：{what}", "todo"),
    "verify": to((*ORGANS, "copied"), "履行情况已核实：{what}"),
    "enforce": to((*ORGANS, "copied"), "履行结果已登记：{what}"),
    "unperformed": to(ORGANS, "履行报告退回：{what}", "todo", True),
    "amend": to((*ORGANS, "copied"), "案件登记已更正：{what}"),
    "annul": to((*ORGANS, "copied"), "案件登记已撤销：{what}", "read", True),
    "recompute": to(ALL, "期限重新计算：{what}"),
}
APPEARANCE = {
    "notify": to(ORGANS, "法院通知负责人出庭，请确定出庭人：{what}", "todo", True)
    | to(("copied",), "抄送出庭通知书：{what}"),
    "enter": to(ORGANS, "法院通知负责人出庭，请确定出庭人：{what}", "todo", True)
    | to(("copied",), "登记出庭通知书：{what}"),
    "unnotified": to(ORGANS, "案件将开庭，请确定出庭人：{what}", "todo", True) | to(("copied",), "案件将开庭：{what}"),
    "name": to(("issuer", "copied"), "{unit}已确定出庭人：{what}"),
    "swap": to(("issuer", "copied"), "{unit}更换出庭人：{what}", "read", True),
    "material": to(("issuer",), "{unit}报送材料：{what}"),
    "mend": to(ORGANS, "法院要求补正身份证明：{what}", "todo", True),
    "urge": to(ORGANS, "{unit}发出出庭督促函：{what}", "urge", True) | to(("issuer",), "{unit}发出出庭督促函：{what}"),
    "moved": to((*ORGANS, "copied"), "{note}：{what}", "todo", True),
    "cancelled": to((*ORGANS, "copied"), "{note}：{what}", "todo", True),
    "confirm": to(ORGANS, "法院已确认出庭情况，请作庭后总结：{what}", "todo")
    | to(("copied",), "法院已确认出庭情况：{what}"),
    "correct": to((*ORGANS, "copied"), "法院更正出庭情况确认：{what}"),
    "summarise": to(("issuer", "copied"), "{unit}已作庭后总结：{what}"),
    "recompute": to(ALL, "期限重新计算：{what}"),
}
INTERNAL = {
    "submit": ("请审签：{what}", "todo", True, Post.Role.LEADER),
    "return": ("签发人退回：{what}", "todo", True),
    "sign": ("还有其他签发人未签署：{what}", "read", False, Post.Role.LEADER),
}


def said(sentences: dict, event: Event, party: Party) -> News | None:
    """The sentence for a party by its first part that has one; events within a unit speak to that unit."""
    rows = sentences.get(event.verb, {})
    own = next((rows[part] for part in party.parts if part in rows), None)
    row = INTERNAL.get(event.verb.rsplit("-", 1)[-1]) if event.within else own
    if row is None:
        return None
    sentence, topic, urgent, *role = row
    what = f"{event.matter.number} {event.matter.title}".strip()
    unit = event.unit.short if event.unit else "系统"
    return News(sentence.format(unit=unit, what=what, note=event.note.rstrip("。")), topic, urgent, *role)


def case_news(event: Event, party: Party) -> News | None:
    return said(CASE, event, party)


def appearance_news(event: Event, party: Party) -> News | None:
    return said(APPEARANCE, event, party)
