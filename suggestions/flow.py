"""The straight path of a suggestion, as a table people can read aloud."""

from django.utils import timezone

from linkage.matters import papers
from linkage.matters.copying import copied_to_legal_office
from linkage.matters.flow import ALL, SAME, Due, Flow, step
from linkage.matters.models import Deadline, Paper, Part, Related
from linkage.matters.taking import Taking
from linkage.units.models import Post

from . import deeds
from .models import State

LIVE = (State.ISSUED, State.HANDLING, State.REPLIED, State.SUPPLEMENT, State.FOLLOWING, State.CLOSED)


# Guards: a sentence, or an empty string
def may_issue(taking: Taking) -> str:
    """Letters of the procuratorate are made, numbered and signed in its own national system (检察建议工作规定 7)."""
    if not taking.detail.type.made_here:
        return "这类文书在本单位办案系统制发，请使用“登记已制发文书”。"
    if taking.paper.origin == Paper.Origin.REGISTERED:
        return "这是登记的已制发文书，请核对后登记，不再审签。"
    return copied_to_legal_office(taking)


def may_register(taking: Taking) -> str:
    """A letter made elsewhere has its issued PDF; what is drafted here goes out by signature."""
    paper = papers.open_paper(taking.matter, "suggestion", taking.actor)
    if paper.origin != Paper.Origin.REGISTERED or not paper.file_id:
        return "这份文书在平台拟稿，请送审签；已制发的文书请从“登记已制发文书”上传。"
    return copied_to_legal_office(taking)


def overdue(taking: Taking) -> bool:
    waiting = Deadline.objects.open().filter(matter=taking.matter, code__in=("reply", "supplement"))
    return waiting.filter(due__lt=timezone.localdate()).exists()


def is_overdue(taking: Taking) -> str:
    return "" if overdue(taking) else "回复期限未满，可以发提醒，不能催办。"


def is_not_overdue(taking: Taking) -> str:
    return "已超过期限，请发催办函或者记录电话催办。" if overdue(taking) else ""


def addressee_offline(taking: Taking) -> str:
    """A unit without an account is served and answers on paper; the issuer enters it (offices.md 7)."""
    return "" if taking.detail.addressee.offline else "被建议单位有账号，由该单位在线回复。"


def not_binding(taking: Taking) -> str:
    """A letter that the court must send after a finding cannot be declined (法释〔2020〕3号 12; offices.md 17)."""
    bound = Related.objects.filter(target=taking.matter, binding=True).exists()
    return "这份司法建议由法院认定的未出庭等情形引起，应当提出，不能作废（法释〔2020〕3号第十二条）。" if bound else ""


def stampable(taking: Taking) -> str:
    return "" if deeds.unstamped(taking) else "本单位没有等待用印的文书。"


FLOW = Flow(
    [
        step(
            "issue",
            "签发",
            State.DRAFT,
            State.ISSUED,
            by=Part.ISSUER,
            signs="suggestion",
            guard=may_issue,
            apply=deeds.issued,
            opens=Due("serve"),
        ),
        step(
            "register",
            "登记已制发文书",
            State.DRAFT,
            State.ISSUED,
            by=Part.ISSUER,
            form="RegisterForm",
            guard=may_register,
            apply=deeds.registered,
            opens=Due("serve"),
            duty=False,
        ),
        step(
            "discard",
            "作废草稿",
            State.DRAFT,
            SAME,
            by=Part.ISSUER,
            guard=not_binding,
            apply=deeds.discarded,
            duty=False,
        ),
        step(
            "serve",
            "登记送达",
            State.ISSUED,
            State.HANDLING,
            by=Part.ISSUER,
            form="ServiceForm",
            apply=deeds.served,
            closes="serve",
            opens=(Due("receive"), Due("reply")),
        ),
        step("receive", "签收", State.HANDLING, SAME, by=Part.ADDRESSEE, per=Part.ADDRESSEE, closes="receive"),
        step(
            "reply",
            "回复",
            (State.HANDLING, State.SUPPLEMENT),
            State.REPLIED,
            by=Part.ADDRESSEE,
            signs="reply",
            apply=deeds.replied,
            closes=("receive", "reply", "supplement"),
            opens=Due("review"),
        ),
        step(
            "enter",
            "代录书面回复",
            (State.HANDLING, State.SUPPLEMENT),
            State.REPLIED,
            by=Part.ISSUER,
            form="OfflineReplyForm",
            guard=addressee_offline,
            apply=deeds.entered,
            closes=("receive", "reply", "supplement"),
            opens=Due("review"),
            duty=False,
        ),
        step(
            "close",
            "办结",
            (State.REPLIED, State.FOLLOWING),
            State.CLOSED,
            by=Part.ISSUER,
            form="CloseForm",
            apply=deeds.reviewed,
            closes="review",
        ),
        step(
            "follow",
            "跟进",
            State.REPLIED,
            State.FOLLOWING,
            by=Part.ISSUER,
            form="FollowForm",
            apply=deeds.reviewed,
            closes="review",
        ),
        step(
            "supplement",
            "商请补充回复",
            (State.REPLIED, State.FOLLOWING),
            State.SUPPLEMENT,
            by=Part.ISSUER,
            form="AgreedDateForm",
            apply=deeds.agreed,
            closes="review",
            opens=Due("supplement"),
        ),
        step(
            "remind",
            "提醒",
            (State.HANDLING, State.SUPPLEMENT),
            SAME,
            by=(Part.COPIED, Part.ISSUER),
            form="NoteForm",
            guard=is_not_overdue,
            duty=False,
        ),
        step(
            "call",
            "电话催办",
            (State.HANDLING, State.SUPPLEMENT),
            SAME,
            by=(Part.COPIED, Part.ISSUER),
            form="CallForm",
            guard=is_overdue,
            duty=False,
        ),
        step(
            "urge",
            "催办",
            (State.HANDLING, State.SUPPLEMENT),
            SAME,
            by=(Part.COPIED, Part.ISSUER),
            signs="urging",
            guard=is_overdue,
            apply=deeds.urged,
            duty=False,
        ),
        step(
            "stamp",
            "上传盖章件",
            LIVE,
            SAME,
            by=(Part.ISSUER, Part.ADDRESSEE, Part.COPIED),
            form="StampForm",
            guard=stampable,
            apply=deeds.stamped,
            duty=False,
        ),
        step(
            "withdraw",
            "撤回",
            (State.ISSUED, State.HANDLING),
            State.WITHDRAWN,
            by=Part.ISSUER,
            post=Post.Role.LEADER,
            form="ReasonForm",
            apply=deeds.withdrawn,
            closes=ALL,
            duty=False,
        ),
    ],
    initial=State.DRAFT,
    rests={State.REPLIED: (Part.ADDRESSEE,), State.FOLLOWING: (Part.ADDRESSEE,)},
    final=(State.CLOSED, State.WITHDRAWN),
)
