"""What goes into the documents: 出庭通知书, 出庭督促函."""

from django.utils import timezone

from linkage.matters.models import Matter, Paper, Part, Party
from linkage.papers import content
from linkage.papers.numbering import paragraphs

from .models import Appearance

SUMMONS = "行政机关负责人出庭应诉通知书"  # on a line of its own, or it would break within 机关
PREFIX = {"summons": "行出", "urging": "督"}


def day(paper: Paper):
    return paper.issued_on or timezone.localdate()


def dated(paper: Paper) -> str:
    return paper.issued_on.isoformat() if paper.issued_on else ""


def prefix(paper: Paper) -> str:
    return f"{paper.unit.prefix}{PREFIX[paper.kind]}"


def copies(matter: Matter, on) -> list[str]:
    rows = Party.objects.filter(matter=matter, until=None, **{Part.COPIED.value: True}).select_related("unit")
    return [row.unit.name_on(on) for row in rows]


def of(matter: Matter) -> Appearance:
    return Appearance.objects.select_related("hearing__case", "defendant__unit").get(pk=matter.pk)


def summons_title(matter: Matter, paper: Paper) -> str:
    return f"{paper.unit.name_on(day(paper))}{SUMMONS}"


def summons_content(matter: Matter, paper: Paper) -> dict:
    row, issuer = of(matter), paper.unit.name_on(day(paper))
    return content.blank(
        form="letter", issuers=[issuer], number=paper.number, title=f"{issuer}\n{SUMMONS}",
        to=row.defendant.unit.name_on(day(paper)), body=paragraphs(paper.draft.get("text", "")), signed=[issuer],
        date=dated(paper), copied=copies(matter, day(paper)),
    )  # fmt: skip


def when_and_where(row: Appearance) -> str:
    begins = timezone.localtime(row.hearing.starts_at)
    place = f"{row.hearing.place}（在线开庭）" if row.hearing.online else row.hearing.place
    return f"{begins.year}年{begins.month}月{begins.day}日{begins:%H:%M}在{place}"


def summons_text(matter: Matter) -> str:
    """The proposed notice (法释〔2020〕3号 4, 5, 6, 9, 12); it names the case by its number and masked title."""
    row = of(matter)
    ground = f"本案{row.ground}，" if row.ground else ""
    return (
        f"本院受理的{row.hearing.case.number}{row.hearing.case.matter.title}，定于{when_and_where(row)}开庭审理。{ground}"
        "依照《最高人民法院关于行政机关负责人出庭应诉若干问题的规定》第四条的规定，现通知你单位负责人出庭应诉。\n"
        "行政机关负责人出庭应诉的，应当于开庭前向本院提交出庭应诉负责人的身份证明，载明姓名、职务等基本信息并加盖单位印章；负责人在庭审中"
        "应当就案件的有关问题陈述、答辩，并就实质性解决行政争议发表意见。\n"
        "有正当理由不能出庭的，应当提交加盖单位印章或者经单位主要负责人签字认可的材料，并委托相应的工作人员出庭，不得仅委托律师。"
        "无正当理由不出庭的，本院将依照该规定第十二条处理。"
    )


def summons_missing(matter: Matter, paper: Paper) -> list[str]:
    made = paper.origin == Paper.Origin.MADE
    return unwritten(matter, paper, "填写通知内容。") if made else []


def unwritten(matter: Matter, paper: Paper, empty: str) -> list[str]:
    """What is wrong with a text that others than the parties read: nothing in it, or a litigant's full name."""
    text = paper.draft.get("text", "").strip()
    rows = of(matter).hearing.case.litigants.all()
    named = [row for row in rows if row.name != row.masked and row.name in text]
    sentence = "正文写有当事人全名“{name}”，文书抄送司法局，请改写为“{masked}”。"
    return [sentence.format(name=row.name, masked=row.masked) for row in named] if text else [empty]


def urging_title(matter: Matter, paper: Paper) -> str:
    return f"{paper.unit.name_on(day(paper))}关于行政机关负责人出庭应诉的督促函"


def urging_content(matter: Matter, paper: Paper) -> dict:
    row, issuer = of(matter), paper.unit.name_on(day(paper))
    return content.blank(
        form="letter", issuers=[issuer], number=paper.number, title=urging_title(matter, paper),
        to=row.defendant.unit.name_on(day(paper)), body=paragraphs(paper.draft.get("text", "")), signed=[issuer],
        date=dated(paper),
    )  # fmt: skip


def urging_text(matter: Matter) -> str:
    row = of(matter)
    return (
        f"{row.hearing.case.number}{row.hearing.case.matter.title}，定于{when_and_where(row)}开庭审理。\n"
        "请你单位按照《中华人民共和国行政诉讼法》第三条第三款、《工作规则》二、（二）1的要求，落实负责人出庭应诉，认真做好庭前准备，"
        "在庭审中发表意见，积极参与争议的化解，并及时在平台报送出庭人。确有正当理由不能出庭的，请书面说明并附证明材料。"
    )


def urging_missing(matter: Matter, paper: Paper) -> list[str]:
    return unwritten(matter, paper, "填写督促内容。")


def sole_signer(matter: Matter, paper: Paper) -> list[tuple]:
    return [(1, paper.unit)]
