"""The declarations of the mechanism: what the hub and the portal need to know of cases and appearances."""

from linkage.matters.kinds import Kind, PaperKind
from linkage.matters.models import Matter, Part

from . import indicators, papers, terms
from .flow import APPEARANCE, CASE
from .models import Appearance, AppearanceState, Case, CaseState
from .news import appearance_news, case_news


def case_stage(matter: Matter, party) -> str:
    return CaseState(matter.state).label


def appearance_stage(matter: Matter, party) -> str:
    return AppearanceState(matter.state).label


def paper(code: str, label: str, by: tuple[Part, ...], name: str) -> PaperKind:
    """A paper whose builders are named after it in papers.py."""
    build, title, missing = (getattr(papers, f"{name}_{what}") for what in ("content", "title", "missing"))
    return PaperKind(code, label, by, build, title, papers.prefix, missing, papers.sole_signer)


CASES = Kind(
    code="case", label="行政案件", model=Case, flow=CASE, url="cases:detail", term=terms.case_term, stage=case_stage,
    news=case_news, states=dict(CaseState.choices), shown=("defence", "appeal", "perform"), papers={}, answer="perform",
    warns_leaders=("defence", "appeal", "perform"),
    indicators=indicators.figures,
)  # fmt: skip

APPEARANCES = Kind(
    code="appearance", label="出庭应诉", model=Appearance, flow=APPEARANCE, url="appearances:detail",
    term=terms.appearance_term, stage=appearance_stage, news=appearance_news, states=dict(AppearanceState.choices),
    shown=("notify", "name", "summary"), answer="summary", opens=("suggestion",),
    warns_leaders=("notify", "name"),
    papers={
        "summons": paper("summons", "出庭通知书", (Part.ISSUER,), "summons"),
        "urging": paper("urging", "出庭督促函", (Part.COPIED,), "urging"),
    },
)  # fmt: skip
