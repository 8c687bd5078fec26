"""What parties are told of the steps of a suggestion; titles and numbers only, no case text."""

from datetime import timedelta

from linkage.matters.kinds import News
from linkage.matters.models import Event, Party
from linkage.units.models import Post

# verb -> part -> (sentence, topic, urgent); {unit} acted, {what} is the number and title
SENTENCES = {
    "issue": {"addressee": ("新收建议：{what}", "todo", True), "copied": ("抄送：{what}", "read", False)},
    "register": {"addressee": ("新收建议：{what}", "todo", True), "copied": ("抄送：{what}", "read", False)},
    "serve": {"addressee": ("请签收：{what}", "todo", True)},
    "receive": {"issuer": ("{unit}已签收：{what}", "read", False)},
    "reply": {
        "issuer": ("{unit}已回复，请审查：{what}", "todo", False),
        "copied": ("{unit}已回复：{what}", "read", False),
    },
    "enter": {"copied": ("{unit}代录书面回复：{what}", "read", False)},
    "close": {
        "addressee": ("{unit}审查办结：{what}", "read", False),
        "copied": ("{unit}审查办结：{what}", "read", False),
    },
    "follow": {
        "addressee": ("{unit}审查后跟进：{what}", "read", False),
        "copied": ("{unit}审查后跟进：{what}", "read", False),
    },
    "supplement": {
        "addressee": ("{unit}商请补充回复：{what}", "todo", True),
        "copied": ("{unit}商请补充回复：{what}", "read", False),
    },
    "remind": {"addressee": ("{unit}提醒按期回复：{what}", "urge", True)},
    "call": {"issuer": ("{unit}电话催办：{what}", "read", False), "copied": ("{unit}电话催办：{what}", "read", False)},
    "urge": {
        "addressee": ("{unit}发出催办函：{what}", "urge", True),
        "issuer": ("{unit}发出催办函：{what}", "read", False),
        "copied": ("{unit}发出催办函：{what}", "read", False),
    },
    "withdraw": {"addressee": ("{unit}撤回：{what}", "read", True), "copied": ("{unit}撤回：{what}", "read", False)},
    "recompute": dict.fromkeys(("issuer", "addressee", "copied"), ("期限重新计算：{what}", "read", False)),
}
INTERNAL = {
    "submit": ("请审签：{what}", "todo", True, Post.Role.LEADER),
    "return": ("签发人退回：{what}", "todo", True),
    "sign": ("还有其他签发人未签署：{what}", "read", False, Post.Role.LEADER),
}
AT_ONCE = timedelta(seconds=5)


def news(event: Event, party: Party) -> News | None:
    """The sentence for a party by its first part that has one; events within a unit speak to that unit."""
    act = event.verb.rsplit("-", 1)[-1]
    row = INTERNAL.get(act) if event.within else first(SENTENCES.get(event.verb, {}), party)
    if row is None or served_at_once(event):
        return None
    sentence, topic, urgent, *role = row
    what = f"{event.matter.number} {event.matter.title}".strip()
    unit = event.unit.short if event.unit else "系统"
    return News(sentence.format(unit=unit, what=what), topic, urgent, *role)


def served_at_once(event: Event) -> bool:
    """Service that was one act with going out: the new letter has just been told of, nobody is told twice."""
    if event.verb != "serve":
        return False
    before = Event.objects.filter(matter=event.matter, pk__lt=event.pk).order_by("-pk").first()
    return bool(before and before.verb in ("issue", "register") and event.recorded_at - before.recorded_at < AT_ONCE)


def first(rows: dict, party: Party):
    return next((rows[part] for part in party.parts if part in rows), None)
