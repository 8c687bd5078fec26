"""Pages of one principal's appearance: list, page, steps, preparation, papers."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect, render

from linkage.matters.flow import Step
from linkage.matters.models import Box, Party, ReadMark, Related
from linkage.matters.refusals import NotVisible, NotYours
from linkage.units.acting import Actor
from linkage.units.models import Post
from linkage.web.details import MarkRead, MatterDetail, MatterStep, MatterView
from linkage.web.downloads import AttachmentFile, PaperPdf, PaperProgress, PaperRead
from linkage.web.lists import MatterList, row_lamp
from linkage.web.tasks import verb_of

from ..appearance_filters import AppearanceFilter
from ..forms.appearances import APPEARANCE_FORMS, PreparationForm
from ..kind import APPEARANCES
from ..models import Appearance, AppearanceState, Duty
from .appearance_papers import PrintForm, SigningSheet, write

__all__ = [
    "AppearanceList", "AppearancePage", "AppearanceStep", "File", "Pdf", "Prepare", "PrintForm", "Progress", "Read",
    "ReadPaper", "SigningSheet", "write",
]  # fmt: skip
WAY = ("法院通知", "确定出庭人", "开庭", "法院确认", "庭后总结")
REACHED = {
    AppearanceState.NOTIFYING: 0, AppearanceState.NAMING: 1, AppearanceState.NAMED: 2, AppearanceState.CONFIRMED: 4,
    AppearanceState.CLOSED: 5, AppearanceState.CANCELLED: 5,
}  # fmt: skip
TONES = {AppearanceState.NOTIFYING: "blue", AppearanceState.NAMING: "blue", AppearanceState.CONFIRMED: "amber"}
PLAIN = (AppearanceState.CLOSED, AppearanceState.CANCELLED)
RELATIONS = ("hearing__case__court", "defendant__unit", "defendant__handler")


class AppearanceList(MatterList):
    kind = APPEARANCES
    filterset_class = AppearanceFilter
    template = "appearances/list.html"

    def rows(self, queryset):
        return queryset.select_related("matter", *RELATIONS)

    def row(self, row, actor: Actor):
        state = row.matter.state
        row.stage = AppearanceState(state).label
        row.tone = "plain" if state in PLAIN else TONES.get(state, "")
        row.lamp = row_lamp(row, APPEARANCES, actor.unit.pk)
        parts = {"issuer": row.p_issuer, "addressee": row.p_addressee}
        mine = Party(holder=actor.unit, box=row.p_box, turn=row.p_turn, received_at=row.p_received, **parts)
        row.verb = verb_of(mine, row.matter, actor, row.open_deadlines)
        return row


class AppearancePage(MatterDetail):
    kind = APPEARANCES
    template = "appearances/detail.html"

    def details(self):
        mine = ReadMark.objects.filter(user=self.actor.user, matter=OuterRef("pk"))
        return super().details().select_related("matter", *RELATIONS).annotate(read=Exists(mine))

    def extra(self) -> dict:
        own, writes = self.party, self.writes()
        unread = bool(own and own.box == Box.WATCHING and not self.object.read)
        return {
            "stage": AppearanceState(self.matter.state).label,
            "way": self.way(),
            "case": self.object.hearing.case,
            "hearing": self.object.hearing,
            "unit": self.object.defendant.unit,
            "notified": self.object.duty != Duty.NONE,
            "unread": unread,
            "lead": next((button.verb for button in self.buttons() if button.primary), ""),
            "writes": writes,
            "starts": [row for row in writes if not row["paper"]],
            "signings": self.signings(),
            "count": self.countdown(self.running),
            "issued": [row for row in self.papers if not row.open],
            "preparing": self.preparation() if self.prepares else None,
            "agency": self.of_agency,
            "suggestions": self.suggestions(),
            "forms": FORMS_FOR_PRINT if self.of_agency else (),
        }

    def way(self) -> list[dict]:
        reached = REACHED[AppearanceState(self.matter.state)]
        reached += self.matter.state == AppearanceState.NAMED and self.object.hearing.begun
        return [
            {"word": word, "small": "", "state": "ok" if place < reached else "now" if place == reached else ""}
            for place, word in enumerate(WAY)
        ]

    @property
    def of_agency(self) -> bool:
        return bool(self.party and (self.party.addressee or self.party.assisting))

    @property
    def prepares(self) -> bool:
        """Whether this person writes the preparation; it is for the agency alone and never leaves it."""
        return (
            self.of_agency
            and self.actor.holds(Post.Role.HANDLER)
            and self.matter.state in (AppearanceState.NAMING, AppearanceState.NAMED)
        )

    def preparation(self) -> PreparationForm:
        initial = {"checklist": self.object.checklist, "outline": self.object.outline}
        return PreparationForm(matter=self.matter, actor=self.actor, initial=initial)

    def offers(self, step: Step) -> bool:
        """What the guard would refuse is not shown."""
        begun = self.object.hearing.begun
        return {"confirm": begun, "name": not begun, "swap": not begun}.get(step.verb, True)

    def editable(self, code: str) -> bool:
        """A court's notice is written by that court; nobody urges after the hearing has begun."""
        hearing = self.object.hearing
        fits = hearing.case.court_id == self.actor.unit.pk if code == "summons" else not hearing.begun
        return fits and super().editable(code)

    def suggestions(self) -> list[Related]:
        """The suggestions that followed from the court's finding, for the court."""
        if not self.object.finding or not (self.party and self.party.issuer):
            return []
        return list(Related.objects.filter(source=self.matter, relation="article12").select_related("target"))


FORMS_FOR_PRINT = (
    ("identity-legal", "法定代表人身份证明书"), ("identity-principal", "负责人身份证明"), ("power", "授权委托书"),
    ("absence", "情况说明"),
)  # fmt: skip
TOLD = {
    "enter": "出庭通知书已登记，行政机关和市司法局已收到。",
    "name": "出庭人选已提交，法院和市司法局已收到。",
    "swap": "出庭人已更换，法院和市司法局已收到。",
    "confirm": "出庭情况已确认。",
    "summarise": "庭后总结已提交。",
}


class AppearanceStep(MatterStep):
    kind = APPEARANCES
    forms_by_name = APPEARANCE_FORMS

    def told(self, step: Step) -> str:
        return TOLD.get(step.verb, super().told(step))


class Prepare(MatterView):
    """Saves the preparation: no step and no Event, the agency's own notes."""

    kind = APPEARANCES

    def post(self, request, pk):
        if not (self.party and (self.party.addressee or self.party.assisting)):
            raise NotVisible
        if not self.actor.holds(Post.Role.HANDLER):
            raise NotYours("庭前准备由经办人填写。")
        form = PreparationForm(request.POST, matter=self.matter, actor=self.actor)
        if not form.is_valid():
            context = {"form": form, "matter": self.matter, "back": self.url()}
            return render(request, "appearances/prepare.html", context, status=422)
        Appearance.objects.filter(pk=self.matter.pk).update(**form.cleaned_data)
        messages.success(request, "庭前准备已保存，只有本单位能看到。")
        return redirect(self.url())


class Read(MarkRead):
    kind = APPEARANCES


class ReadPaper(PaperRead):
    kind = APPEARANCES


class Progress(PaperProgress):
    kind = APPEARANCES


class Pdf(PaperPdf):
    kind = APPEARANCES


class File(AttachmentFile):
    kind = APPEARANCES
