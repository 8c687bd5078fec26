"""What goes into the documents of a suggestion: 司法建议书, 复函, 催办函, 送达回证."""

from django.utils import timezone

from linkage.matters.copying import legal_office
from linkage.matters.models import Deadline, Matter, Paper, Part, Party
from linkage.papers import content
from linkage.papers.numbering import paragraphs
from linkage.units.models import Unit

from .models import Advice, Reply, ReplyItem, Suggestion

PREFIX = {"suggestion": "建", "reply": "函", "urging": "催"}
JUDGED = {Reply.Unlawful.YES: "确属", Reply.Unlawful.PARTLY: "部分属于", Reply.Unlawful.NO: "不属于"}
HAN = "一二三四五六七八九十"


def party_names(matter: Matter, part: str, on) -> list[str]:
    rows = Party.objects.filter(matter=matter, **{part: True}).select_related("unit")
    return [row.unit.name_on(on) for row in rows]


def day(paper: Paper):
    return paper.issued_on or timezone.localdate()


def dated(paper: Paper) -> str:
    return paper.issued_on.isoformat() if paper.issued_on else ""


def plain(text: str) -> dict:
    return {"level": 0, "text": text}


def heading(order: int, text: str) -> dict:
    return {"level": 1, "text": f"{han(order)}、{text}"}


def han(number: int) -> str:
    """1–99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    lead = ("" if tens == 1 else HAN[tens - 1]) + "十" if tens else ""
    return lead + (HAN[ones - 1] if ones else "")


def prefix(paper: Paper) -> str:
    """发文机关代字; courts number by 地名简称+法建 (法释〔2023〕11号 annex), others by their own prefix."""
    return f"{paper.unit.prefix}{PREFIX[paper.kind]}"


# --- 司法建议书 ---------------------------------------------------------------------------------------------------------
def suggestion_title(matter: Matter, paper: Paper) -> str:
    suggestion = Suggestion.objects.select_related("type").get(pk=matter.pk)
    return f"{paper.unit.name_on(day(paper))}关于{matter.title}的{suggestion.type.document.removesuffix('书')}书"


def suggestion_content(matter: Matter, paper: Paper) -> dict:
    suggestion = Suggestion.objects.select_related("type", "addressee").get(pk=matter.pk)
    issuer, on = paper.unit.name_on(day(paper)), day(paper)
    return content.blank(
        form="letter",
        issuers=[issuer],
        number=paper.number,
        title=suggestion_title(matter, paper),
        to=suggestion.addressee.name_on(on) if suggestion.addressee else "",
        body=suggestion_body(suggestion, paper.unit),
        attachments=[row.name for row in paper.attachments.filter(void=False, purpose="annex")] if paper.pk else [],
        signed=[issuer],
        date=dated(paper),
        note=contact(suggestion),
        copied=party_names(matter, Part.COPIED, on),
    )


def suggestion_body(suggestion: Suggestion, issuer: Unit) -> list[dict]:
    advice = list(Advice.objects.filter(suggestion=suggestion.pk))
    return [
        *paragraphs(suggestion.opening),
        *([heading(1, "存在问题"), *paragraphs(suggestion.problems)] if suggestion.problems else []),
        *([heading(2 if suggestion.problems else 1, "建议事项")] if advice else []),
        *[{"level": 3, "text": f"{row.order}. {row.text}"} for row in advice],
        plain(feedback(suggestion, issuer)),
    ]


def feedback(suggestion: Suggestion, issuer: Unit) -> str:
    """What the reply must contain and by when (法释〔2023〕11号 8; 检察建议工作规定 16, 19; rules 二(三)2)."""
    organ = "本局" if issuer.kind == Unit.Kind.LEGAL_OFFICE else "本院"
    when = f"请自收到本{suggestion.type.document}之日起{suggestion.period}内" if suggestion.period else "请"
    office = legal_office(issuer.area) if suggestion.addressee and suggestion.addressee.administrative else None
    also = f"，并抄送{office.name}" if office and office != issuer else ""
    return (
        f"{when}将采纳落实情况书面回复{organ}{also}。" if suggestion.period else f"请将办理情况书面告知{organ}{also}。"
    )


def contact(suggestion: Suggestion) -> str:
    if not suggestion.contact:
        return ""
    phone = f"，联系电话：{suggestion.contact_phone}" if suggestion.contact_phone else ""
    return f"联系人：{suggestion.contact}{phone}"


def suggestion_missing(matter: Matter, paper: Paper) -> list[str]:
    suggestion = Suggestion.objects.select_related("type").get(pk=matter.pk)
    made = paper.origin == Paper.Origin.MADE
    wanted = {
        "选择被建议单位。": suggestion.addressee_id,
        "填写标题。": matter.title,
        "填写存在问题。": suggestion.problems or not made,
        "至少填写一项建议。": Advice.objects.filter(suggestion=suggestion.pk).exists(),
        "填写联系人。": suggestion.contact or not made,
        "填写审判委员会讨论日期：综合治理类司法建议须经审判委员会讨论后由院长签发。": suggestion.committee_on
        or not (made and suggestion.type.committee),
    }
    return [sentence for sentence, value in wanted.items() if not value]


# --- 复函 ----------------------------------------------------------------------------------------------------------------
def reply_title(matter: Matter, paper: Paper) -> str:
    suggestion = Suggestion.objects.select_related("type").get(pk=matter.pk)
    return f"{paper.unit.name_on(day(paper))}关于{matter.number}{suggestion.type.document}的复函"


def reply_content(matter: Matter, paper: Paper) -> dict:
    suggestion = Suggestion.objects.select_related("type", "issuer").get(pk=matter.pk)
    sender, on = paper.unit.name_on(day(paper)), day(paper)
    copied = [
        row.unit.name_on(on)
        for row in Party.objects.filter(matter=matter).select_related("unit")
        if row.unit_id not in (paper.unit_id, suggestion.issuer_id)
    ]
    return content.blank(
        form="letter",
        issuers=[sender],
        number=paper.number,
        title=reply_title(matter, paper),
        to=suggestion.issuer.name_on(on),
        body=reply_body(matter, suggestion, paper),
        attachments=[row.name for row in paper.attachments.filter(void=False, purpose="evidence")] if paper.pk else [],
        signed=[sender],
        date=dated(paper),
        copied=copied,
    )


def reply_body(matter: Matter, suggestion: Suggestion, paper: Paper) -> list[dict]:
    draft = paper.draft
    you = "你局" if suggestion.issuer.kind == Unit.Kind.LEGAL_OFFICE else "你院"
    opening = f"{you}{suggestion.type.document}（{matter.number}）收悉。现将办理情况函复如下："
    advice = list(Advice.objects.filter(suggestion=suggestion.pk))
    rows = [plain(opening), *paragraphs(draft.get("opening", ""))]
    for row in advice:
        answer = draft.get("items", {}).get(str(row.order), {})
        rows.append(heading(row.order, f"关于“{row.text.rstrip('。；;')}”"))
        rows += item_paragraphs(answer)
    rows += verdict(draft, len(advice) + 1)
    return [*rows, plain("专此函复。")]


def item_paragraphs(answer: dict) -> list[dict]:
    status = answer.get("status", "")
    word = ReplyItem.Status(status).label if status else ""
    parts = paragraphs(answer.get("note", ""))
    if not parts:
        return [plain(f"{word}。")] if word else []
    first = {**parts[0], "text": f"{word}。{parts[0]['text']}" if word else parts[0]["text"]}
    return [first, *parts[1:]]


def verdict(draft: dict, order: int) -> list[dict]:
    """The statement that rules 二(三)2 ask of every reply, with the corrective act."""
    stance, unlawful = draft.get("stance", ""), draft.get("unlawful", "")
    if not unlawful:
        return []
    overall = f"我单位对所提建议{Reply.Stance(stance).label}。" if stance in ("full", "part", "none") else ""
    performed = f"我单位{Reply.Stance(stance).label}。" if stance and not overall else ""
    judged = f"经核查，所涉行政行为{JUDGED[unlawful]}行政不作为或者违法行使职权。"
    return [
        heading(order, "是否确属行政不作为或者违法行使职权"),
        plain(f"{overall}{performed}{judged}"),
        *paragraphs(draft.get("correction", "")),
    ]


def reply_missing(matter: Matter, paper: Paper) -> list[str]:
    """Per item a state and a line; the rules' statement; the own document where the unit answers by one."""
    draft, problems = paper.draft, []
    for row in Advice.objects.filter(suggestion=matter.pk):
        answer = draft.get("items", {}).get(str(row.order), {})
        if not answer.get("status"):
            problems.append(f"选择第 {row.order} 项建议的落实情况。")
        if not answer.get("note", "").strip():
            problems.append(f"填写第 {row.order} 项建议的说明。")
    if not draft.get("stance"):
        problems.append("选择总体意见。")
    if not draft.get("unlawful"):
        problems.append("说明是否确属行政不作为或者违法行使职权（《工作规则》二、（三）2）。")
    if draft.get("unlawful") in ("yes", "partly") and not draft.get("correction", "").strip():
        problems.append("填写纠正措施。")
    if paper.origin == Paper.Origin.OWN and not paper.file_id:
        problems.append("上传本单位的回复文书，或者改用在线填写。")
    return problems


# --- 催办函 ---------------------------------------------------------------------------------------------------------------
def urging_title(matter: Matter, paper: Paper) -> str:
    suggestion = Suggestion.objects.select_related("type").get(pk=matter.pk)
    return f"{paper.unit.name_on(day(paper))}关于回复{matter.number}{suggestion.type.document}的催办函"


def urging_content(matter: Matter, paper: Paper) -> dict:
    suggestion = Suggestion.objects.select_related("addressee", "issuer").get(pk=matter.pk)
    sender, on = paper.unit.name_on(day(paper)), day(paper)
    copied = [] if suggestion.issuer_id == paper.unit_id else [suggestion.issuer.name_on(on)]
    return content.blank(
        form="letter",
        issuers=[sender],
        number=paper.number,
        title=urging_title(matter, paper),
        to=suggestion.addressee.name_on(on),
        body=paragraphs(paper.draft.get("text", "")),
        signed=[sender],
        date=dated(paper),
        copied=copied,
    )


def urging_text(matter: Matter, unit: Unit) -> str:
    """The proposed text: what was asked, by when, how late; the handler edits it."""
    suggestion = Suggestion.objects.select_related("type", "issuer").get(pk=matter.pk)
    due = Deadline.objects.open().filter(matter=matter, code__in=("reply", "supplement")).first()
    late = (timezone.localdate() - due.due).days if due else 0
    term = f"按照期限应于{cn_day(due.due)}前书面回复，至今已逾期{late}天，尚未收到回复。" if due else ""
    us = "我局" if unit.kind == Unit.Kind.LEGAL_OFFICE else "本院"
    also = f"{suggestion.issuer.name}，并抄送我局。" if unit.pk != suggestion.issuer_id else "本院。"
    return (
        f"{suggestion.issuer.name}{cn_day(suggestion.served_on)}向你单位送达《{matter.title}》"
        f"（{matter.number}）{suggestion.type.document}，{term}\n"
        f"请于收到本函之日起3个工作日内将办理情况书面回复{also}确有困难的，请书面说明原因和预计完成时间。\n"
        f"{us}将对办理情况予以跟踪。"
    )


def cn_day(value) -> str:
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def urging_missing(matter: Matter, paper: Paper) -> list[str]:
    return [] if paper.draft.get("text", "").strip() else ["填写催办意见。"]
