"""The path of a joint notice: written together, signed on paper, entered with its number, read by everybody."""

from linkage.matters import files, papers
from linkage.matters.engine import Taking
from linkage.matters.flow import SAME, Flow, step
from linkage.matters.models import Attachment, Paper, Part
from linkage.matters.refusals import OutOfOrder
from linkage.units.models import Post

from .models import Notice, State
from .papers import issuers_of


def lead_unit(taking: Taking) -> str:
    return "" if taking.actor.unit.lead else "联合文件由牵头单位（司法局、人民法院、人民检察院）登记发布。"


def published(taking: Taking) -> None:
    """Freeze the text under the number of the host's register; the PDF is laid out here from the frozen text."""
    paper = papers.open_paper(taking.matter, "notice", taking.actor)
    if paper is None:
        raise OutOfOrder("没有可以发布的文稿，请先拟稿。")
    papers.check_version(paper, taking.data.get("paper_version"))
    issued_on = taking.happened_on = taking.data["issued_on"]
    host = issuers_of(taking.matter)[:1]
    printed_by = taking.data.get("printed_by") or "".join(unit.name_on(issued_on) for unit in host)
    printed_on = taking.data.get("printed_on") or issued_on
    row = Notice.objects.filter(pk=taking.matter.pk)
    row.update(issued_on=issued_on, printed_by=printed_by, printed_on=printed_on)
    keep_sheet(taking, paper)
    paper.draft, paper.issued_on = paper.draft | {"number": taking.data["number"]}, issued_on
    taking.paper = paper
    papers.freeze(taking)


def keep_sheet(taking: Taking, paper: Paper) -> None:
    """The signed 发文稿纸 stays with the issuers."""
    if not taking.data.get("sheet"):
        return
    sheet = files.store(taking.data["sheet"], taking.matter, Attachment.Purpose.SHEET, taking.actor, paper=paper)
    Attachment.objects.filter(pk=sheet.pk).update(within=paper.within)


def discarded(taking: Taking) -> None:
    taking.matter.void = True


def unstamped(taking: Taking) -> Paper | None:
    return Paper.objects.filter(matter=taking.matter, kind="notice", stamped=None).exclude(frozen="").first()


def stampable(taking: Taking) -> str:
    return "" if unstamped(taking) else "盖章件已经上传。"


def stamped(taking: Taking) -> None:
    """After sealing, the scan is the authoritative text (offices.md 6)."""
    paper = unstamped(taking)
    paper.stamped = files.store(
        taking.data["scan"], taking.matter, Attachment.Purpose.STAMPED, taking.actor, paper=paper
    )
    paper.save(update_fields=["stamped"])


def withdrawn(taking: Taking) -> None:
    """A withdrawn notice stays readable, marked 已撤回."""
    Paper.objects.filter(matter=taking.matter, kind="notice").update(status=Paper.Status.WITHDRAWN)


FLOW = Flow(
    [
        step(
            "publish",
            "登记发布",
            State.DRAFT,
            State.PUBLISHED,
            by=Part.ISSUER,
            form="PublishForm",
            paper="notice",
            guard=lead_unit,
            apply=published,
        ),
        step("discard", "作废草稿", State.DRAFT, SAME, by=Part.ISSUER, apply=discarded, duty=False),
        step(
            "stamp",
            "上传盖章件",
            State.PUBLISHED,
            SAME,
            by=Part.ISSUER,
            form="StampForm",
            guard=stampable,
            apply=stamped,
            duty=False,
        ),
        step(
            "withdraw",
            "撤回",
            State.PUBLISHED,
            State.WITHDRAWN,
            by=Part.ISSUER,
            post=Post.Role.LEADER,
            form="ReasonForm",
            apply=withdrawn,
            duty=False,
        ),
    ],
    initial=State.DRAFT,
    rests={},
    final=(State.PUBLISHED, State.WITHDRAWN),
)
