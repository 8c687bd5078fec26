"""The path of one principal's appearance, as a table people can read aloud (法释〔2020〕3号)."""

from linkage.matters.copying import copied_to_legal_office
from linkage.matters.flow import ALL, SAME, Due, Flow, step
from linkage.matters.models import Part
from linkage.matters.taking import Taking

from ..deeds import appearances as deeds
from ..models import AppearanceState as State

COURT = (Part.ISSUER,)
ORGAN = (Part.ADDRESSEE, Part.ASSISTING)
BEFORE = (State.NAMING, State.NAMED)


# Guards: a sentence, or an empty string
def made_by_court(taking: Taking) -> str:
    """Only the court that hears the case makes the notice here; who stands in for it enters the paper one."""
    if taking.detail.hearing.case.court_id != taking.actor.unit.pk:
        return "受理法院没有在平台办案，请用“登记出庭通知书”登记法院送达的通知书。"
    return copied_to_legal_office(taking)


def not_begun(taking: Taking) -> str:
    return "开庭时间已过，出庭人不能再变更。" if taking.detail.hearing.begun else ""


def begun(taking: Taking) -> str:
    return "" if taking.detail.hearing.begun else "尚未开庭，开庭以后才能确认出庭情况。"


APPEARANCE = Flow(
    [
        step("notify", "发出庭通知书", State.NOTIFYING, State.NAMING, by=COURT, signs="summons", guard=made_by_court,
             apply=deeds.notified, opens=(Due("notify", by_deed=True), Due("name"), Due("confirm"))),
        step("enter", "登记出庭通知书", State.NOTIFYING, State.NAMING, by=COURT, form="EnterNoticeForm", apply=deeds.entered,
             opens=(Due("name"), Due("confirm")), duty=False),
        step("unnotified", "法院未另行通知", State.NOTIFYING, State.NAMING, by=COURT, form="UnnotifiedForm",
             opens=(Due("name"), Due("confirm")), closes="notify", duty=False),
        step("served", "登记通知书送达", BEFORE, SAME, by=COURT, form="ServedForm", apply=deeds.served, owed=True,
             closes="notify"),
        step("name", "确定出庭人", State.NAMING, State.NAMED, by=ORGAN, form="NameForm", guard=not_begun, apply=deeds.named,
             closes="name"),
        step("swap", "更换出庭人", State.NAMED, SAME, by=ORGAN, form="NameForm", guard=not_begun, apply=deeds.named,
             duty=False),
        step("material", "报送材料", BEFORE, SAME, by=ORGAN, form="MaterialForm", apply=deeds.given, duty=False),
        step("mend", "要求补正", State.NAMED, SAME, by=COURT, form="ReasonForm", duty=False),
        step("urge", "督促出庭", BEFORE, SAME, by=Part.COPIED, signs="urging", guard=not_begun, apply=deeds.urged,
             duty=False),
        step("moved", "开庭改期", (State.NOTIFYING, *BEFORE), SAME, by=Part.SYSTEM, apply=deeds.moved),
        step("cancelled", "开庭取消", (State.NOTIFYING, *BEFORE), State.CANCELLED, by=Part.SYSTEM, closes=ALL),
        step("confirm", "确认出庭情况", BEFORE, State.CONFIRMED, by=COURT, form="ConfirmForm", guard=begun,
             apply=deeds.confirmed, closes=("confirm", "name", "notify"), opens=Due("summary")),
        step("summarise", "庭后总结", State.CONFIRMED, State.CLOSED, by=ORGAN, form="SummaryForm", apply=deeds.summarised,
             closes="summary"),
        step("correct", "更正确认", (State.CONFIRMED, State.CLOSED), SAME, by=COURT, form="CorrectForm",
             apply=deeds.corrected, duty=False),
    ],
    initial=State.NOTIFYING,
    rests={State.NAMED: ORGAN, State.CONFIRMED: COURT},
    final=(State.CLOSED, State.CANCELLED),
    drafted=False,
)  # fmt: skip
