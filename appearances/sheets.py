"""Forms for print: 发文稿纸, and what the agency hands in before a hearing, pre-filled (offices.md 19)."""

from linkage.matters.models import Matter, Paper
from linkage.papers import content

from .models import Appearance

DAY = "\n　　　　年　　月　　日"
SEAL = f"（单位印章）{DAY}"


def signing_sheet(matter: Matter, paper: Paper, label: str) -> dict:
    """发文稿纸 of a draft: signed by hand, scanned, and entered by 线下签发代录."""
    rows = [
        ["文种", label], ["标题", paper.title or matter.title], ["文号", paper.number or paper.draft.get("number", "")],
        ["拟稿", paper.drafted_by.name if paper.drafted_by else ""], ["核稿", ""], ["会签", ""], ["签发", f"\n{DAY}"],
        ["备注", ""],
    ]  # fmt: skip
    return content.blank(form="receipt", issuers=[paper.unit.name], title="发文稿纸", rows=rows)


def known(row: Appearance) -> Appearance:
    """The appearance itself once somebody is named; before that the unit's last one, to begin from."""
    if row.attending is not None:
        return row
    before = Appearance.objects.filter(defendant__unit=row.defendant.unit_id, attending=True).exclude(pk=row.pk)
    return before.order_by("-pk").first() or row


def case_of(row: Appearance) -> list[list[str]]:
    case, hearing = row.hearing.case, row.hearing
    return [["案号", case.number], ["案由", case.cause], ["开庭", f"{hearing.day:%Y-%m-%d}　{hearing.place}"]]


def form(row: Appearance, title: str, rows: list[list[str]]) -> dict:
    unit = row.defendant.unit
    rows = [["单位", unit.name_on(row.hearing.day)], *case_of(row), *rows]
    return content.blank(form="receipt", issuers=[unit.name_on(row.hearing.day)], title=title, rows=rows)


def identity_of_chief(row: Appearance) -> dict:
    last = known(row)
    chief = last.rank == Appearance.Rank.CHIEF
    rows = [
        ["法定代表人", last.name if chief else ""], ["职务", last.post if chief else ""],
        ["证明事项", "兹证明上列人员为我单位法定代表人。"], ["盖章", SEAL],
    ]  # fmt: skip
    return form(row, "法定代表人身份证明书", rows)


def identity_of_principal(row: Appearance) -> dict:
    last = known(row)
    rank = last.get_rank_display() if last.attending else ""
    rows = [
        ["出庭负责人", last.name], ["职务", last.post], ["负责人类别", rank],
        ["证明事项", "兹证明上列人员为我单位负责人，代表我单位出庭应诉。"], ["盖章", SEAL],
    ]  # fmt: skip
    return form(row, "负责人身份证明", rows)


def power(row: Appearance) -> dict:
    rows = [
        ["受委托人", known(row).agents], ["工作单位、职务", ""], ["委托权限", "\n"], ["委托期限", "本审级诉讼终结"],
        ["盖章", SEAL],
    ]  # fmt: skip
    return form(row, "授权委托书", rows)


def absence(row: Appearance) -> dict:
    reason = row.get_absence_display() if row.absence else ""
    rows = [
        ["理由", reason], ["情况说明", row.absence_text or "\n\n\n"], ["附件", "证明材料"],
        ["盖章或者主要负责人签字", SEAL],
    ]  # fmt: skip
    return form(row, "负责人不能出庭情况说明", rows)


FORMS = {
    "identity-legal": ("法定代表人身份证明书", identity_of_chief),
    "identity-principal": ("负责人身份证明", identity_of_principal),
    "power": ("授权委托书", power),
    "absence": ("情况说明", absence),
}
