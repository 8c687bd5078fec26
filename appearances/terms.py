"""How each deadline of a case and of an appearance is counted: by the rules of the hub, which the legal office edits."""

from datetime import date, timedelta

from django.utils.timezone import localdate

from linkage import workdays
from linkage.matters import deadlines
from linkage.matters.kinds import Term
from linkage.matters.models import DeadlineRule, Matter

from .chain import rule_of
from .models import Appearance, Case, Defendant, OutcomeRule

FROM_HEARING = ("notify", "name")  # counted back from the hearing


def by_rule(code: str, **other) -> Term | None:
    """A term as the rule in force sets it."""
    rule = DeadlineRule.objects.in_force(f"appearance.{code}")
    if rule is None:
        return None
    fields = {
        "label": rule.label, "rule": rule, "amount": rule.amount, "unit": rule.unit, "basis": rule.basis, "mark": rule.mark,
        "rolls": rule.rolls, "window": rule.window, "start_label": rule.start[:2],
    }  # fmt: skip
    return Term(**{**fields, **other})


def case_term(matter: Matter, code: str) -> Term | None:
    if code == "appeal":
        return appeal_term(matter)
    if code == "perform":
        return performance_term(matter)
    return by_rule(code)


def appeal_term(matter: Matter) -> Term | None:
    """15 days from a judgment, 10 from a ruling (行政诉讼法 85)."""
    rule = rule_of(Case.objects.get(pk=matter.pk))
    ruling = rule is not None and rule.document == OutcomeRule.Document.RULING
    return by_rule("appeal.ruling" if ruling else "appeal.judgment")


def appeal_ends(case: Case) -> list[tuple[str, date | None]]:
    """Each side that may appeal with the last day of its own period; None for a side that was not served yet."""
    organs = case.defendants.exclude(role=Defendant.Role.APPLICANT).select_related("unit")
    sides = [("原告", case.plaintiff_served_on), *((row.unit.short, row.judgment_served_on) for row in organs)]
    term = appeal_term(case.matter)
    return [(who, deadlines.counted(term, day).due if term and day else None) for who, day in sides]


def last_appeal_day(case: Case) -> date | None:
    """The day after which a judgment that nobody appealed takes effect; None until every side was served."""
    days = [day for _, day in appeal_ends(case)]
    return max(days) if days and None not in days else None


def performance_term(matter: Matter) -> Term | None:
    """By the day that the judgment sets; none where it sets none."""
    day = Case.objects.values_list("perform_by", flat=True).get(pk=matter.pk)
    if day is None:
        return None
    words = f"裁判文书确定{workdays.day_words(day, dated=True)}前履行"
    return Term("履行生效裁判", agreed=day, words=words, basis="裁判文书载明", mark=DeadlineRule.Mark.LETTER, window=15)


def appearance_term(matter: Matter, code: str) -> Term | None:
    hearing = Appearance.objects.select_related("hearing").get(pk=matter.pk).hearing
    if code in FROM_HEARING:
        return before_hearing(code, hearing.day)
    return by_rule(code, start=hearing.day) if code == "confirm" else by_rule(code)


def before_hearing(code: str, day: date) -> Term | None:
    """So many calendar days before the hearing (法释〔2020〕3号 5). A date of the platform is never set in the past."""
    term = by_rule(code)
    if term is None:
        return None
    last = workdays.before(day, term.amount)
    words = f"{workdays.day_words(day)}开庭，须在开庭{term.amount}日前办理"
    if term.mark == DeadlineRule.Mark.AGREED and last < localdate():
        last = min(localdate() + timedelta(days=1), day)
        words += f"；距开庭不足{term.amount}日，顺延至{workdays.day_words(last)}"
    return by_rule(code, agreed=last, words=words, amount=0, unit="")
