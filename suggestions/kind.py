"""The declaration of the mechanism: what the hub and the portal need to know of suggestions."""

from linkage.matters.kinds import Kind, PaperKind, Term
from linkage.matters.models import DeadlineRule, Matter, Paper, Part, Party
from linkage.units.acting import Actor
from linkage.units.models import Unit

from . import drafts, papers
from .flow import FLOW
from .models import State, Suggestion
from .news import news


def sole_signer(matter: Matter, paper: Paper) -> list[tuple[int, Unit]]:
    return [(1, paper.unit)]


def by_rule(code: str) -> Term | None:
    rule = DeadlineRule.objects.in_force(code)
    return of_rule(rule) if rule else None


def of_rule(rule: DeadlineRule, **other) -> Term:
    fields = {
        "label": rule.label,
        "rule": rule,
        "amount": rule.amount,
        "unit": rule.unit,
        "basis": rule.basis,
        "mark": rule.mark,
        "rolls": rule.rolls,
        "window": rule.window,
        "start_label": rule.start[:2],
    }
    return Term(**{**fields, **other})


def reply_term(matter: Matter) -> Term | None:
    return stated_term(Suggestion.objects.select_related("type").get(pk=matter.pk))


def stated_term(suggestion: Suggestion) -> Term | None:
    """The period that the letter states, by the rule of its type; none where it states none (offices.md 12)."""
    if not suggestion.period_amount:
        return None
    rule = DeadlineRule.objects.in_force(suggestion.type.reply_rule)
    stated = {"amount": suggestion.period_amount, "unit": suggestion.period_unit, "start_label": "送达"}
    if rule is None:
        return Term("书面回复", basis="文书载明", mark=DeadlineRule.Mark.LETTER, window=5, **stated)
    basis = rule.basis if rule.basis.startswith("文书载明") else f"文书载明；{rule.basis}"
    return of_rule(rule, mark=DeadlineRule.Mark.LETTER, basis=basis, label="书面回复", **stated)


def supplement_term(matter: Matter) -> Term:
    agreed = Suggestion.objects.values_list("supplement_on", flat=True).get(pk=matter.pk)
    return Term("补充回复", agreed=agreed, soft=True, window=3, basis="双方商定", mark=DeadlineRule.Mark.AGREED)


def term(matter: Matter, code: str) -> Term | None:
    """How each deadline that the flow opens is counted."""
    if code == "reply":
        return reply_term(matter)
    if code == "supplement":
        return supplement_term(matter)
    if code == "receive" and Party.objects.filter(matter=matter, addressee=True, holder__offline=True).exists():
        return None
    return by_rule(f"suggestion.{code}")


def stage(matter: Matter, party) -> str:
    """待签收 until the addressee has received, then 办理中; other states by their word."""
    if matter.state == State.HANDLING and not getattr(matter, "received", True):
        return "待签收"
    return State(matter.state).label


def opening(source: Matter, actor: Actor, facts: dict) -> Matter:
    """A draft letter as the consequence of another matter (法释〔2020〕3号 12)."""
    return drafts.follow(actor, KIND, facts)


KIND = Kind(
    code="suggestion",
    label="建议办理",
    model=Suggestion,
    flow=FLOW,
    url="suggestions:detail",
    term=term,
    stage=stage,
    news=news,
    states=dict(State.choices),
    shown=("reply", "supplement", "review"),
    opening=opening,
    papers={
        "suggestion": PaperKind(
            "suggestion",
            "建议书",
            (Part.ISSUER,),
            papers.suggestion_content,
            papers.suggestion_title,
            papers.prefix,
            papers.suggestion_missing,
            sole_signer,
        ),
        "reply": PaperKind(
            "reply",
            "复函",
            (Part.ADDRESSEE,),
            papers.reply_content,
            papers.reply_title,
            papers.prefix,
            papers.reply_missing,
            sole_signer,
        ),
        "urging": PaperKind(
            "urging",
            "催办函",
            (Part.COPIED, Part.ISSUER),
            papers.urging_content,
            papers.urging_title,
            papers.prefix,
            papers.urging_missing,
            sole_signer,
        ),
    },
)
