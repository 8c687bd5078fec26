"""The declaration of joint notices: an open kind, read by every signed-in user once published."""

from linkage.matters.kinds import Kind, News, PaperKind
from linkage.matters.models import Event, Matter, Part, Party

from . import papers
from .flow import FLOW
from .models import PUBLISHED, Notice, State

SENTENCES = {"publish": "{unit}登记发布联合文件：{what}", "withdraw": "{unit}撤回联合文件：{what}"}


def no_term(matter: Matter, code: str) -> None:
    """A notice has no clock."""


def stage(matter: Matter, party: Party | None) -> str:
    return State(matter.state).label


def news(event: Event, party: Party) -> News | None:
    """The co-issuers are told; everybody else finds the notice in the list."""
    sentence = SENTENCES.get(event.verb)
    if sentence is None:
        return None
    what = f"{event.matter.number} {event.matter.title}".strip()
    return News(sentence.format(unit=event.unit.short, what=what))


KIND = Kind(
    code="notice",
    label="联合文件",
    model=Notice,
    flow=FLOW,
    url="infoshare:detail",
    term=no_term,
    stage=stage,
    news=news,
    states=dict(State.choices),
    shown=(),
    open=True,
    published=tuple(PUBLISHED),
    papers={
        "notice": PaperKind(
            "notice",
            "联合文件",
            (Part.ISSUER,),
            papers.notice_content,
            papers.notice_title,
            papers.number_prefix,
            papers.notice_missing,
            papers.sole_signer,
        ),
    },
)
