"""The path of a case from 应诉通知书 to the performed judgment, as a table people can read aloud."""

from linkage.matters.flow import ALL, SAME, Due, Flow, step
from linkage.matters.models import Part
from linkage.matters.taking import Taking
from linkage.units.models import Post

from ..deeds import cases as deeds
from ..models import CaseState as State
from ..models import Hearing

COURT = (Part.ISSUER,)
ORGAN = (Part.ADDRESSEE, Part.ASSISTING)
REGISTERED = (State.OPEN, State.JUDGED, State.EFFECTIVE, State.PERFORMED, State.APPEALED, State.CLOSED)


# Guards: a sentence, or an empty string
def has_hearing(taking: Taking) -> str:
    waiting = Hearing.objects.filter(case=taking.matter.pk, status=Hearing.Status.SET).exists()
    return "" if waiting else "这个案件没有已排期的开庭。"


def has_duty(taking: Taking) -> str:
    return "" if taking.detail.duty_text else "裁判没有确定履行义务，不用报告。"


CASE = Flow(
    [
        step("register", "登记案件", State.DRAFT, State.OPEN, by=COURT, form="RegisterForm", apply=deeds.registered,
             opens=Due("defence", by_deed=True)),
        step("discard", "作废草稿", State.DRAFT, SAME, by=COURT, apply=deeds.discarded, duty=False),
        step("serve", "登记应诉通知书送达", State.OPEN, SAME, by=COURT, form="ServeForm", apply=deeds.served, duty=False),
        step("defend", "提交答辩", State.OPEN, SAME, by=ORGAN, form="DefendForm", apply=deeds.defended, owed=True,
             closes="defence"),
        step("schedule", "排期开庭", State.OPEN, SAME, by=COURT, form="HearingForm", apply=deeds.scheduled, duty=False),
        step("move", "改期", State.OPEN, SAME, by=COURT, form="MoveForm", guard=has_hearing, apply=deeds.moved, duty=False),
        step("cancel", "取消开庭", State.OPEN, SAME, by=COURT, form="CancelForm", guard=has_hearing, apply=deeds.cancelled,
             duty=False),
        step("conciliate", "记录协调化解", State.OPEN, SAME, by=(*COURT, *ORGAN, Part.COPIED), form="NoteForm", duty=False),
        step("judge", "登记裁判", State.OPEN, State.JUDGED, by=COURT, form="JudgmentForm", apply=deeds.judged, duty=False,
             opens=(Due("appeal", by_deed=True), Due("effective", by_deed=True))),
        step("serve-judgment", "登记裁判送达", State.JUDGED, SAME, by=COURT, form="ServeJudgmentForm",
             apply=deeds.judgment_served, duty=False),
        step("decide", "上诉决定", State.JUDGED, SAME, by=ORGAN, form="AppealForm", apply=deeds.decided, owed=True,
             closes="appeal"),
        step("effective", "登记生效", State.JUDGED, State.EFFECTIVE, by=COURT, form="EffectiveForm", apply=deeds.effective,
             closes=("effective", "appeal"), opens=Due("perform")),
        step("appealed", "登记上诉", State.JUDGED, State.APPEALED, by=COURT, form="AppealedForm", apply=deeds.appealed,
             closes=ALL, duty=False),
        step("perform", "报告履行", State.EFFECTIVE, State.PERFORMED, by=ORGAN, form="PerformForm", guard=has_duty,
             apply=deeds.reported, closes="perform", opens=Due("verify")),
        step("verify", "核实履行", State.PERFORMED, State.CLOSED, by=COURT, form="VerifyForm", apply=deeds.verified,
             closes="verify"),
        step("enforce", "登记履行结果", State.EFFECTIVE, State.CLOSED, by=COURT, form="VerifyForm", apply=deeds.verified,
             closes=ALL, duty=False),
        step("unperformed", "退回履行报告", State.PERFORMED, State.EFFECTIVE, by=COURT, form="ReasonForm", closes="verify",
             duty=False),
        step("close", "结案", State.EFFECTIVE, State.CLOSED, by=Part.SYSTEM, closes=ALL),
        step("amend", "更正登记", REGISTERED, SAME, by=COURT, form="AmendForm", apply=deeds.amended, duty=False),
        step("annul", "撤销登记", (State.OPEN, State.JUDGED), State.ANNULLED, by=COURT, post=Post.Role.LEADER,
             form="ReasonForm", apply=deeds.annulled, closes=ALL, duty=False),
    ],
    initial=State.DRAFT,
    rests={State.PERFORMED: ORGAN},
    final=(State.APPEALED, State.CLOSED, State.ANNULLED),
)  # fmt: skip
