"""Pages of the docket: list, registration, the case, its steps."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from linkage.matters import engine, files
from linkage.matters.flow import Step
from linkage.matters.models import Attachment, Matter, Party
from linkage.matters.refusals import NotVisible, NotYours, Refused
from linkage.matters.rows import only
from linkage.units.acting import Actor
from linkage.units.models import Post, Unit
from linkage.web.details import MarkRead, MatterStep, MatterView, number
from linkage.web.downloads import AttachmentFile
from linkage.web.lists import MatterList, row_lamp
from linkage.web.tasks import verb_of

from .. import drafts, parties
from ..filters import CaseFilter
from ..forms import CASE_FORMS
from ..forms.cases import RegisterForm, RegistrationForm
from ..kind import CASES
from ..models import CaseState, Defendant
from .case_page import CasePage

__all__ = ["CaseList", "CasePage", "CaseStep", "EditCase", "File", "NewCase", "Read"]
TONES = {CaseState.JUDGED: "blue", CaseState.EFFECTIVE: "amber", CaseState.PERFORMED: "blue"}
PLAIN = (CaseState.CLOSED, CaseState.APPEALED, CaseState.ANNULLED)


def why_not(actor: Actor) -> str:
    """Why a person may not register cases, or an empty string."""
    unit = actor.unit
    if unit is None or not (unit.kind == Unit.Kind.COURT or unit.kind in Unit.ADMINISTRATIVE):
        return "案件由受理法院登记；法院没有在平台办案的，由被诉的行政机关或者市司法局登记。"
    return "" if actor.holds(Post.Role.HANDLER) else "登记案件由本单位的经办人办理。"


# --- list -------------------------------------------------------------------------------------------------------------
class CaseList(MatterList):
    kind = CASES
    filterset_class = CaseFilter
    template = "appearances/case_list.html"

    def rows(self, queryset):
        organs = Defendant.objects.filter(case=OuterRef("pk"))
        counted = organs.order_by().values("case").annotate(found=Count("pk")).values("found")
        return queryset.select_related("matter", "court").annotate(
            sued=Subquery(organs.order_by("order").values("unit__short")[:1]),
            organs=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
        )

    def row(self, row, actor: Actor):
        state = row.matter.state
        tone = "plain" if state in PLAIN else TONES.get(state, "")
        row.stage = {"word": CASES.stage(row.matter, None), "tone": tone}
        row.lamp = row_lamp(row, CASES, actor.unit.pk)
        parts = {"issuer": row.p_issuer, "addressee": row.p_addressee}
        mine = Party(holder=actor.unit, box=row.p_box, turn=row.p_turn, received_at=row.p_received, **parts)
        row.verb = verb_of(mine, row.matter, actor, row.open_deadlines)
        row.link = reverse("cases:edit" if state == CaseState.DRAFT else "cases:detail", args=[row.pk])
        return row

    def extra(self, request) -> dict:
        return {"may_register": not why_not(request.actor)}


# --- registration -----------------------------------------------------------------------------------------------------
class Registering:
    """What a new registration and one kept as a draft share: save keeps it, register checks all of it."""

    template = "appearances/case_edit.html"

    def answer(self, request, matter: Matter | None):
        """What was posted, kept or registered; on any refusal the form comes back as it was typed."""
        registers = request.POST.get("action") == "register"
        form_class = RegisterForm if registers else RegistrationForm
        form = form_class(request.POST, request.FILES, matter=matter, actor=request.actor)
        if not form.is_valid():
            return self.page(form, matter, status=422)
        try:
            kept = self.keep(form, matter, registers)
        except NotVisible:
            raise
        except IntegrityError:  # the same number, registered by somebody else at this moment
            form.add_error("number", drafts.TWICE.format(number=form.cleaned_data["number"]))
            return self.page(form, matter, status=422)
        except Refused as refusal:
            return self.page(form, matter, refusal, status=refusal.status)
        messages.success(request, "案件已登记，当事人单位和市司法局已收到。" if registers else "草稿已保存。")
        return redirect(reverse("cases:detail" if registers else "cases:edit", args=[kept.pk]))

    @transaction.atomic
    def keep(self, form: RegistrationForm, matter: Matter | None, registers: bool) -> Matter:
        actor, version = form.actor, number(self.request.POST.get("version"))
        matter = matter or drafts.begin(actor, CASES)
        if registers:
            engine.take(matter.pk, "register", actor, version=version, data=form.cleaned_data)
            open_files(matter)
            return matter
        [locked] = engine.lock([matter.pk])
        if locked.state != CaseState.DRAFT or (version is not None and version != locked.version):
            raise engine.stale(locked, actor)
        drafts.write(locked, form.cleaned_data)
        Matter.objects.filter(pk=locked.pk).update(version=locked.version + 1)
        if form.cleaned_data.get("notice"):
            files.store(form.cleaned_data["notice"], locked, Attachment.Purpose.EVIDENCE, actor, open_to_all=False)
        return locked

    def page(self, form, matter: Matter | None, refusal: Refused | None = None, status: int = 200):
        back = reverse("cases:list")
        kept = Attachment.objects.kept().filter(matter=matter) if matter else []
        shown = [
            {"name": row.name, "size": row.size, "url": reverse("cases:file", args=[matter.pk, row.pk])} for row in kept
        ]
        context = {"form": form, "matter": matter, "refusal": refusal, "back": back, "files": shown}
        return render(self.request, self.template, context, status=status)


def open_files(matter: Matter) -> None:
    """What was uploaded to the draft is for the court and the organs from registration on."""
    rows = Attachment.objects.kept().filter(matter=matter)
    rows.update(within=only(*parties.insiders(matter)))


class NewCase(Registering, View):
    """An empty registration; nothing is stored before something is saved."""

    def dispatch(self, request, *args, **kwargs):
        reason = why_not(request.actor)
        if reason:
            raise NotYours(reason)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.page(RegistrationForm(matter=None, actor=request.actor), None)

    def post(self, request):
        return self.answer(request, None)


class EditCase(Registering, MatterView):
    """A registration kept as a draft."""

    kind = CASES

    def get(self, request, pk):
        self.check()
        if self.matter.state != CaseState.DRAFT:
            return redirect(self.url())
        return self.page(RegistrationForm(matter=self.matter, actor=self.actor), self.matter)

    def post(self, request, pk):
        self.check()
        return self.answer(request, self.matter)

    def check(self) -> None:
        reason = engine.foreign(CASES.flow.by_verb["register"], self.party, self.actor)
        if reason:
            raise NotYours(reason)


# --- steps --------------------------------------------------------------------------------------------------------------
TOLD = {
    "register": "案件已登记，当事人单位和市司法局已收到。",
    "serve": "送达已登记，答辩期开始计算。",
    "defend": "答辩已提交，法院已收到。",
    "schedule": "开庭已排期，各单位已收到。",
    "move": "开庭已改期，各单位已收到。",
    "cancel": "开庭已取消，各单位已收到。",
    "judge": "裁判已登记。",
    "effective": "生效已登记。",
    "perform": "履行情况已报告，法院已收到。",
    "verify": "履行结果已核实，本案办结。",
    "amend": "登记已更正，更正前后的内容留在办理记录中。",
}


class CaseStep(MatterStep):
    kind = CASES
    forms_by_name = CASE_FORMS

    def page(self, form, refusal: Refused | None = None, status: int = 200):
        if isinstance(form, RegistrationForm):
            self.template = "appearances/case_amend.html"
        return super().page(form, refusal, status)

    def told(self, step: Step) -> str:
        return TOLD.get(step.verb, super().told(step))


class Read(MarkRead):
    kind = CASES


class File(AttachmentFile):
    kind = CASES
