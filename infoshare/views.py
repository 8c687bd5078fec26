"""Joint notices on the screen: list, page, editor, steps, files."""

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from linkage.matters.kinds import readable
from linkage.matters.models import Paper
from linkage.matters.refusals import Incomplete, NotYours
from linkage.papers import layout
from linkage.units.acting import Actor
from linkage.units.models import Post, Unit
from linkage.web.details import MarkRead, MatterDetail, MatterStep
from linkage.web.downloads import AttachmentFile, PaperPdf, PaperProgress, PaperRead
from linkage.web.editors import PaperEditor
from linkage.web.lists import PAGE, RowAfter

from . import drafts
from .forms import FORMS, NoticeForm, SearchForm
from .kind import KIND
from .models import Notice, State
from .papers import issuers_of, joint, notice_missing

COLUMNS = (F("issued_on"), F("pk"))
MOST_DRAFTS = 50


def drafting(actor: Actor) -> Unit:
    """The lead unit whose handler may write notices; refuses everybody else with the reason."""
    if not (actor.unit and actor.unit.lead):
        raise NotYours("联合文件由牵头单位（司法局、人民法院、人民检察院）起草。")
    if not actor.holds(Post.Role.HANDLER):
        raise NotYours("联合文件由经办人起草。")
    return actor.unit


def may_draft(actor: Actor) -> bool:
    return bool(actor.unit and actor.unit.lead and actor.holds(Post.Role.HANDLER))


class NoticeList(View):
    """Published notices, the newest first; above them the drafts of the own unit."""

    def get(self, request):
        form = SearchForm(request.GET)
        words = form.cleaned_data["q"] if form.is_valid() else ""
        seen = readable(KIND, request.actor).with_words(words).select_related("matter")
        published = seen.published()
        rows, following = page(published, request.GET.get("after", ""))
        request.counts.add("listed", published)
        context = {
            "form": form,
            "words": words,
            "rows": rows,
            "total": request.counts.get("listed"),
            "drafts": self.drafts(seen, request.actor),
            "may_draft": may_draft(request.actor),
            "next": f"{request.path}?{urlencode({'q': words, 'after': following})}" if following else "",
            "first": f"{request.path}?{urlencode({'q': words})}" if request.GET.get("after") else "",
        }
        return render(request, "infoshare/list.html", context)

    def drafts(self, seen, actor: Actor) -> list[Notice]:
        if not (actor.unit and actor.unit.lead):
            return []
        return list(seen.filter(matter__state=State.DRAFT).order_by("-pk")[:MOST_DRAFTS])


def page(published, after: str) -> tuple[list[Notice], str]:
    """One page by comparison of rows, and where the next one begins ('' on the last)."""
    cursor = cursor_of(after)
    if cursor:
        published = published.filter(RowAfter(COLUMNS, cursor, backwards=True))
    found = list(published.prefetch_related("issuers__unit").order_by("-issued_on", "-pk")[: PAGE + 1])
    rows = found[:PAGE]
    return rows, f"{rows[-1].issued_on}_{rows[-1].pk}" if len(found) > PAGE else ""


def cursor_of(text: str) -> tuple[date, int] | None:
    """The day and matter after which a page begins; nonsense starts at the beginning."""
    day, _, pk = text.partition("_")
    try:
        return date.fromisoformat(day), int(pk)
    except ValueError:
        return None


class NewNotice(View):
    """An empty editor; the first save makes the draft."""

    def get(self, request):
        host = drafting(request.actor)
        return self.page(NoticeForm(matter=None, actor=request.actor, host=host, initial={"issuers": [host]}))

    def post(self, request):
        host = drafting(request.actor)
        form = NoticeForm(request.POST, matter=None, actor=request.actor, host=host)
        if not form.is_valid():
            return self.page(form, status=422)
        if request.POST.get("action") == "preview":
            return HttpResponse(sheet_of(form, host))
        matter = self.begin(form)
        messages.success(request, "草稿已保存，发文单位的经办人都能修改。")
        return redirect("infoshare:write", matter.pk)

    @transaction.atomic
    def begin(self, form):
        matter, paper = drafts.begin(self.request.actor, KIND)
        drafts.write(matter, paper, form.cleaned_data)
        paper.save()
        return matter

    def page(self, form, status: int = 200):
        context = {
            "form": form,
            "paper": None,
            "sheet": "",
            "refusal": None,
            "back": reverse("infoshare:list"),
            "submit_label": "保存并继续",
        }
        return render(self.request, "infoshare/write.html", context, status=status)


def sheet_of(form: NoticeForm, host: Unit) -> str:
    """The notice as it is being typed; nothing is saved for it."""
    return layout.html(joint(form.cleaned_data, drafts.in_order(list(form.cleaned_data["issuers"]), host)))


class WriteNotice(PaperEditor):
    kind = KIND
    paper_code = "notice"
    template = "infoshare/write.html"
    submit_label = "登记发布"

    def form(self, paper, data=None, files=None):
        initial = drafts.initial(self.matter)
        return NoticeForm(data, files, matter=self.matter, actor=self.actor, host=paper.unit, initial=initial)

    def keep(self, form, matter, paper) -> None:
        drafts.write(matter, paper, form.cleaned_data)

    def preview(self, form):
        return HttpResponse(sheet_of(form, form.host))

    def submit(self, form, paper: Paper) -> None:
        """The number and date are asked on the next page, once the text is whole."""
        problems = notice_missing(self.object.matter, paper)
        if problems:
            raise Incomplete(problems)

    def answer(self, action: str, paper: Paper):
        return redirect(self.url("publish")) if action == "submit" else super().answer(action, paper)


class NoticePage(MatterDetail):
    kind = KIND
    template = "infoshare/detail.html"

    def extra(self) -> dict:
        paper = self.papers[0]
        content = paper.content or KIND.papers["notice"].build(self.matter, paper)
        return {
            "paper": paper,
            "sheet": layout.html(content),
            "issuers": issuers_of(self.matter),
            "stage": State(self.matter.state).label,
            "published": self.published_by(),
            "write_url": self.url("write") if self.writing else "",
        }

    @property
    def writing(self) -> bool:
        return any(step.verb == "publish" for step in self.steps)

    def published_by(self):
        return next((event for event in self.events if event.verb == "publish"), None)

    def offers(self, step) -> bool:
        return step.verb != "stamp" or any(row.awaits_seal for row in self.papers)


TOLD = {
    "publish": "已发布，所有用户都能看到。版式文件正在生成。",
    "withdraw": "已撤回，文件仍可查阅，标明已撤回。",
    "stamp": "盖章件已上传。",
}


class NoticeStep(MatterStep):
    kind = KIND
    forms_by_name = FORMS

    def told(self, step) -> str:
        return TOLD.get(step.verb, super().told(step))

    def after(self, step) -> str:
        return reverse("infoshare:list") if step.verb == "discard" else super().after(step)


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
