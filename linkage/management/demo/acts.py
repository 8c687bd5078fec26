"""The acts of the people of the demonstration, each through the engine that the pages use."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from linkage.matters import engine, files, papers
from linkage.matters.models import Attachment, Matter, Paper, ReadMark
from linkage.papers import content, fonts, render
from linkage.papers.numbering import paragraphs
from linkage.units.acting import Actor
from suggestions import drafts
from suggestions.kind import KIND
from suggestions.models import SuggestionType
from suggestions.papers import urging_text

from . import scans
from .people import Cast
from .story import COURT, OFFICE, Act, Letter, Story

Doing = Callable[[Story, Act, Cast], Any]
SIGNERS = {"市公安局": "韦正平", "市林业局": "封耀辉"}
REGISTER = "岑检{}建〔{}〕{}号"


def issuer(story: Story, cast: Cast) -> Actor:
    return cast.handler(story.letter.issuer)


def addressee(story: Story, cast: Cast) -> Actor:
    return cast.handler(story.letter.to)


def facts(letter: Letter, cast: Cast) -> dict[str, Any]:
    """The letter as its form would hand it over."""
    amount, unit = letter.period or (None, "month")
    case = f"（{localdate().year}）桂0481行初{letter.case}号" if letter.case else ""
    return {
        "type": SuggestionType.objects.get(pk=letter.type), "addressee": cast.units[letter.to], "title": letter.title,
        "opening": letter.opening, "problems": letter.problems, "advice": list(letter.advice), "case_number": case,
        "period_amount": amount, "period_unit": unit,
        "committee_on": localdate() - timedelta(days=3) if letter.committee else None,
    }  # fmt: skip


# --- the letter goes out ----------------------------------------------------------------------------------------------
def draft(story: Story, act: Act, cast: Cast) -> None:
    actor, data = issuer(story, cast), facts(story.letter, cast)
    story.matter = drafts.begin(actor, KIND, data["type"])
    drafts.write(story.matter, actor, data)


def submit(story: Story, act: Act, cast: Cast) -> None:
    engine.take(story.pk, "suggestion-submit", issuer(story, cast))


def give_back(story: Story, act: Act, cast: Cast) -> None:
    engine.take(story.pk, "suggestion-return", cast.leader(story.letter.issuer), data={"note": act.more["note"]})


def mend(story: Story, act: Act, cast: Cast) -> None:
    """The handler rewrites a returned draft."""
    actor = issuer(story, cast)

    def rewrite(matter: Matter, paper: Paper) -> None:
        drafts.write(matter, actor, facts(story.letter, cast))

    papers.save_draft(story.pk, "suggestion", actor, None, {"number": ""}, change=rewrite)


def sign(story: Story, act: Act, cast: Cast) -> None:
    engine.take(story.pk, "suggestion-sign", cast.leader(story.letter.issuer))


def read_in(story: Story, act: Act, cast: Cast) -> None:
    """登记已制发文书, first page: the PDF is there, nothing is confirmed yet."""
    actor, data = issuer(story, cast), facts(story.letter, cast)
    story.matter = drafts.begin(actor, KIND, data["type"], origin=Paper.Origin.REGISTERED)
    story.issued_on = localdate()
    story.number = REGISTER.format(act.more["line"], story.issued_on.year, act.more["serial"])
    paper = papers.open_paper(story.matter, "suggestion", actor)
    upload = scans.upload(f"{story.number}检察建议书.pdf", letter_pdf(story, cast))
    paper.file = files.store(upload, story.matter, Attachment.Purpose.LETTER, actor, paper=paper, open_to_all=False)
    paper.draft = {"number": story.number, "issued_on": story.issued_on.isoformat()}
    paper.save()
    drafts.write(story.matter, actor, data)


def register(story: Story, act: Act, cast: Cast) -> None:
    """登记已制发文书, second page: number, date and, where it was served already, the date of service."""
    data = {"number": story.number, "issued_on": story.issued_on, "signed_by": cast.leader(story.letter.issuer).label}
    if act.more.get("method"):
        data |= service(story, cast, act.more["method"]) | {"served_on": localdate()}
    engine.take(story.pk, "register", issuer(story, cast), data=data)


def letter_pdf(story: Story, cast: Cast) -> bytes:
    """The letter as its own system would have printed it; plainer where this machine lacks the fonts."""
    letter, unit = story.letter, cast.units[story.letter.issuer]
    title = f"{unit.name}关于{letter.title}的检察建议书"
    closing = "请在收到本检察建议书之日起文书载明的期限内依法履行职责，并将办理情况书面回复本院，同时抄送司法局。"
    items = "\n".join(f"{order}.{text}" for order, text in enumerate(letter.advice, start=1))
    text = f"{letter.opening}\n{letter.problems}\n根据有关法律规定，建议你单位：\n{items}\n{closing}"
    sheet = content.blank(
        issuers=[unit.name], number=story.number, title=title, to=cast.units[letter.to].name, body=paragraphs(text),
        signed=[unit.name], date=localdate().isoformat(),
    )  # fmt: skip
    try:
        return render.pdf(sheet).data
    except fonts.FontsMissing:
        return scans.page(
            unit.name, story.number, title, f"{sheet['to']}：", *text.splitlines(), unit.name, sheet["date"]
        )


# --- service and receipt ----------------------------------------------------------------------------------------------
def service(story: Story, cast: Cast, method: str) -> dict[str, Any]:
    unit = cast.units[story.letter.to]
    lines = ("送达回证", f"送达文书：{story.letter.title}", f"受送达单位：{unit.name}", f"签收日期：{localdate()}")
    return {"method": method, "served_to": f"{unit.short}办公室", "scan": scans.scan("送达回证.pdf", *lines)}


def serve(story: Story, act: Act, cast: Cast) -> None:
    data = service(story, cast, act.more["method"]) | {"happened_on": localdate()}
    engine.take(story.pk, "serve", issuer(story, cast), data=data)


def receive(story: Story, act: Act, cast: Cast) -> None:
    engine.take(story.pk, "receive", addressee(story, cast))


def read(story: Story, act: Act, cast: Cast) -> None:
    """The handlers of the legal office have read the copy; who has no part in the letter has nothing to read."""
    for turn in ("A", "B"):
        actor = cast.handler(OFFICE, turn)
        if Matter.objects.visible_to(actor).filter(pk=story.pk).exists():
            ReadMark.objects.get_or_create(user=actor.user, matter_id=story.pk, defaults={"unit": actor.unit})


# --- the reply --------------------------------------------------------------------------------------------------------
def reply(story: Story, act: Act, cast: Cast) -> None:
    """The draft of the reply with its evidence; `items` says how many items are filled in so far."""
    actor, answer = addressee(story, cast), story.letter.answer
    if answer is None:
        raise LookupError(f"{story.letter.title} has no answer")
    written = answer.draft() | {"number": act.more.get("number", "").format(year=localdate().year)}
    for order in list(written["items"])[act.more.get("items", 99) :]:
        written["items"][order] = {"status": "", "note": ""}
    paper = papers.save_draft(story.pk, "reply", actor, None, written)
    if not paper.attachments.exists():
        keep_evidence(answer.evidence, paper, actor)


def keep_evidence(names: tuple[str, ...], paper: Paper, actor: Actor) -> None:
    for place, name in enumerate(names):
        data = scans.photograph(60 + 40 * place) if name.endswith(".png") else scans.page(name.removesuffix(".pdf"))
        files.store(scans.upload(name, data), paper.matter, Attachment.Purpose.EVIDENCE, actor, paper=paper)


def reply_submit(story: Story, act: Act, cast: Cast) -> None:
    engine.take(story.pk, "reply-submit", addressee(story, cast))


def reply_sign(story: Story, act: Act, cast: Cast) -> None:
    engine.take(story.pk, "reply-sign", cast.leader(story.letter.to))


def reply_record(story: Story, act: Act, cast: Cast) -> None:
    """线下签发代录, for units whose leaders sign on paper."""
    signer = SIGNERS[story.letter.to]
    sheet = scans.scan("发文稿纸.pdf", "发文稿纸", f"签发：{signer}", f"日期：{localdate()}")
    data = {"signer_name": signer, "signed_on": localdate(), "sheet": sheet}
    engine.take(story.pk, "reply-record", addressee(story, cast), data=data)


def enter(story: Story, act: Act, cast: Cast) -> None:
    """代录书面回复 of a unit without an account."""
    answer = story.letter.answer
    if answer is None:
        raise LookupError(f"{story.letter.title} has no answer")
    lines = (cast.units[story.letter.to].name, "复函", *(note for _, note in answer.items))
    data = {"draft": answer.draft(), "issued_on": localdate() - timedelta(days=1), "happened_on": localdate(),
            "number": "", "scan": scans.scan("书面回复.pdf", *lines)}  # fmt: skip
    engine.take(story.pk, "enter", issuer(story, cast), data=data)


# --- review, reminders, urging ----------------------------------------------------------------------------------------
def review(story: Story, act: Act, cast: Cast) -> None:
    engine.take(story.pk, act.name, issuer(story, cast), data=act.more)


def supplement(story: Story, act: Act, cast: Cast) -> None:
    data = {"agreed_on": cast.today + timedelta(days=act.more["left"]), "note": act.more["note"]}
    engine.take(story.pk, "supplement", issuer(story, cast), data=data)


def note(story: Story, act: Act, cast: Cast) -> None:
    """提醒 and 电话催办."""
    engine.take(story.pk, act.name, cast.handler(act.by or OFFICE), data={"note": act.more["note"]})


def urge(story: Story, act: Act, cast: Cast) -> None:
    """A numbered 催办函 with the proposed text, signed by the leader; `draft` leaves it with the handler."""
    short = act.by or OFFICE
    handler = cast.handler(short)
    text = urging_text(Matter.objects.get(pk=story.pk), handler.unit)
    papers.save_draft(story.pk, "urging", handler, None, {"text": text, "number": ""})
    engine.take(story.pk, "urging-submit", handler)
    if not act.more.get("unsigned"):
        engine.take(story.pk, "urging-sign", cast.leader(short))


def stamp(story: Story, act: Act, cast: Cast) -> None:
    upload = scans.scan("盖章扫描件.pdf", cast.units[COURT].name, story.letter.title, "（盖章件）")
    engine.take(story.pk, "stamp", issuer(story, cast), data={"scan": upload})


def withdraw(story: Story, act: Act, cast: Cast) -> None:
    engine.take(story.pk, "withdraw", cast.leader(story.letter.issuer), data={"note": act.more["note"]})


ACTS: dict[str, Doing] = {
    "draft": draft, "submit": submit, "return": give_back, "mend": mend, "sign": sign, "read-in": read_in,
    "register": register, "serve": serve, "receive": receive, "read": read, "reply": reply,
    "reply-submit": reply_submit, "reply-sign": reply_sign, "reply-record": reply_record, "enter": enter,
    "close": review, "follow": review, "supplement": supplement, "remind": note, "call": note, "urge": urge,
    "stamp": stamp, "withdraw": withdraw,
}  # fmt: skip
