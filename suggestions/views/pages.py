"""The page of one suggestion, its steps and its files."""

from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property
from django.utils.timezone import localdate

from linkage.matters.flow import Step
from linkage.matters.models import Box, Paper, Part, Party, ReadMark
from linkage.web.details import MarkRead, MatterDetail, MatterStep
from linkage.web.downloads import AttachmentFile, PaperPdf, PaperProgress, PaperRead
from linkage.web.lamps import UNSERVED
from linkage.web.templatetags.portal import near_date

from ..forms import FORMS
from ..kind import KIND
from ..models import Advice, Reply, ReplyItem, State
from .words import stage_of

WAY = (
    ("签发", "issue"),
    ("送达并抄送", "serve"),
    ("签收", "receive"),
    ("书面回复", "reply"),
    ("审查", "review"),
    ("办结", "close"),
)
REACHED = {
    State.DRAFT: 0,
    State.ISSUED: 1,
    State.SUPPLEMENT: 3,
    State.REPLIED: 4,
    State.FOLLOWING: 4,
    State.CLOSED: 6,
    State.WITHDRAWN: 6,
}
ANSWERING = ("reply", "supplement")


class SuggestionPage(MatterDetail):
    kind = KIND
    template = "suggestions/detail.html"

    def details(self):
        mine = ReadMark.objects.filter(user=self.actor.user, matter=OuterRef("pk"))
        rows = super().details().select_related("matter", "type", "issuer", "addressee")
        return rows.annotate(read=Exists(mine))

    def extra(self) -> dict:
        self.matter.received = self.received
        own, writes, signings = self.party, self.writes(), self.signings()
        starts = [row for row in writes if not row["paper"]]
        unread = bool(own and own.box == Box.WATCHING and not self.object.read)
        return {
            "stage": stage_of(self.matter),
            "way": self.way(),
            "count": self.count_panel(),
            "writes": writes,
            "starts": starts,
            "signings": signings,
            "acting": bool(unread or starts or signings or self.buttons()),
            "lead": self.lead(starts),
            "items": self.answers(),
            "verdicts": self.verdicts(),
            "issued": [row for row in self.papers if not row.open],
            "letter": next((row for row in self.papers if row.kind == "suggestion"), None),
            "recipients": self.recipients(),
            "unread": unread,
            "receipt_url": self.url("receipt") if own and own.issuer and self.matter.state != State.DRAFT else "",
        }

    # --- what is running ------------------------------------------------------------------------------------------------
    @cached_property
    def late(self) -> bool:
        return any(row.due < localdate() for row in self.running if row.code in ANSWERING)

    @cached_property
    def addressee(self) -> Party | None:
        return next((row for row in self.parties if row.addressee), None)

    @cached_property
    def received(self) -> bool:
        waiting = any(row.code == "receive" for row in self.running)
        return bool(self.addressee and self.addressee.received_at) or not waiting

    def count_panel(self) -> dict | None:
        """The countdown: the unit's own nearest deadline, else the nearest that all parties see."""
        return self.countdown(self.running) or ({"lamp": UNSERVED} if self.matter.state == State.ISSUED else None)

    # --- what may be done ------------------------------------------------------------------------------------------------
    def offers(self, step: Step) -> bool:
        """Hide what the guard would refuse."""
        unit = self.actor.unit.pk
        fits = {
            "remind": not self.late,
            "call": self.late,
            "enter": bool(self.object.addressee and self.object.addressee.offline),
            "register": False,
            "stamp": any(row.unit_id == unit and row.awaits_seal for row in self.papers),
            "discard": not any(row.status == Paper.Status.SIGNING for row in self.papers),
        }
        return fits.get(step.verb, True)

    @cached_property
    def registering(self) -> bool:
        paper = self.open_paper("suggestion")
        return bool(paper and paper.origin == Paper.Origin.REGISTERED)

    def editor_url(self, code: str) -> str:
        return self.url("letter") if self.registering and code == "suggestion" else super().editor_url(code)

    def editable(self, code: str) -> bool:
        """A 催办函 is written once the reply is overdue."""
        return (code != "urging" or self.late) and super().editable(code)

    def signing(self, code: str, paper: Paper) -> dict:
        """A registered letter is not signed here."""
        registering = code == "suggestion" and self.registering
        return super().signing(code, paper) | ({"acts": []} if registering else {})

    def lead(self, starts: list[dict]) -> str:
        """The one act that stands out: the receipt, else the paper to write, else the first duty."""
        duties = [button.verb for button in self.buttons() if button.primary]
        writing = [row["code"] for row in starts if row["code"] != "urging"]
        return next(iter([verb for verb in duties if verb == "receive"] + writing + duties), "")

    # --- what is shown ----------------------------------------------------------------------------------------------------
    @cached_property
    def answered(self) -> list[tuple]:
        """The items of advice with the answers that came, oldest first, in one query."""
        reply = [f"answers__reply__{name}" for name in ("paper__number", "stance", "unlawful", "correction")]
        rows = Advice.objects.filter(suggestion=self.object.pk).order_by("order", "answers__pk")
        return list(rows.values_list("order", "text", "answers__status", "answers__note", *reply))

    def verdicts(self) -> list[dict]:
        """What each reply says on the whole, oldest first."""
        found = dict.fromkeys(row[4:] for row in self.answered if row[2])
        return [
            {
                "number": number or "",
                "stance": Reply.Stance(stance).label,
                "unlawful": Reply.Unlawful(unlawful).label,
                "correction": correction,
            }
            for number, stance, unlawful, correction in found
        ]

    def answers(self) -> list[dict]:
        """The items of advice, each with its answers."""
        items: dict[int, dict] = {}
        for order, text, status, note, number, *_ in self.answered:
            item = items.setdefault(order, {"order": order, "text": text, "answers": []})
            if status:
                item["answers"].append({"status": ReplyItem.Status(status).label, "note": note, "number": number or ""})
        return list(items.values())

    def recipients(self) -> list[dict]:
        return [
            {"word": Part(part).label, "unit": row.unit, "locked": row.locked and part == Part.COPIED}
            for row in self.parties
            for part in row.parts
            if part != Part.ISSUER
        ]

    def way(self) -> list[dict]:
        """The nodes of the path with their dates; the current one is where the matter stands."""
        at = REACHED.get(self.matter.state, 3 if self.received else 2)
        dates = self.dates()
        return [
            {"word": word, "small": dates.get(code, ""), "state": "ok" if place < at else "now" if place == at else ""}
            for place, (word, code) in enumerate(WAY)
        ]

    def dates(self) -> dict[str, str]:
        last = {event.verb: event.happened_on for event in reversed(self.events)}
        due = next((row.due for row in self.running if row.code in ANSWERING), None)
        received = self.addressee.received_at if self.addressee else None
        known = {
            "issue": self.matter.issued_on,
            "serve": self.object.served_on,
            "receive": received,
            "reply": last.get("enter") or last.get("reply"),
            "close": self.matter.closed_on,
        }
        words = {code: near_date(day) for code, day in known.items() if day}
        return words | ({"reply": f"{near_date(due)}前"} if due else {})


TOLD = {
    "serve": "送达已登记，回复期限开始计算。",
    "receive": "已签收。",
    "close": "已办结，被建议单位和抄送单位已收到审查结果。",
    "follow": "审查结果已记录，请继续跟进。",
    "remind": "提醒已发出。",
    "supplement": "已商请补充回复，被建议单位已收到。",
    "suggestion-submit": "已送审签。",
    "suggestion-sign": "已签发，被建议单位和抄送单位已收到。",
    "suggestion-record": "已签发，被建议单位和抄送单位已收到。",
    "reply-submit": "已送审签。",
    "reply-sign": "回复已提交，制发单位和抄送单位已收到。",
    "reply-record": "回复已提交，制发单位和抄送单位已收到。",
    "urging-submit": "已送审签。",
    "urging-sign": "催办函已发出，被建议单位已收到。",
    "urging-record": "催办函已发出，被建议单位已收到。",
}


class SuggestionStep(MatterStep):
    kind = KIND
    forms_by_name = FORMS

    def told(self, step: Step) -> str:
        return TOLD.get(step.verb, super().told(step))


class Read(MarkRead):
    kind = KIND


class ReadPaper(PaperRead):
    kind = KIND


class Progress(PaperProgress):
    kind = KIND


class Pdf(PaperPdf):
    kind = KIND


class File(AttachmentFile):
    kind = KIND
