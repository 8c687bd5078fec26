"""Editors of papers: a draft that is saved, saved by itself, previewed and sent for signature, and never lost."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from linkage.matters import engine, papers
from linkage.matters.models import Attachment, Matter, Paper
from linkage.matters.refusals import Conflict, NotVisible, OutOfOrder, Refused
from linkage.papers import layout

from .details import MatterView, number
from .forms import Confirmation


class PaperEditor(MatterView):
    """Writes one paper of a matter. Subclasses name the paper, the form and the template, and say how to keep it."""

    paper_code = ""
    template = ""
    title = ""
    submit_label = "送审签"

    # --- what a subclass says -------------------------------------------------------------------------------------------
    def form(self, paper: Paper | None, data=None, files=None):
        """The form of the draft, bound when data is given."""
        return Confirmation(data, files, matter=self.matter, actor=self.actor)

    def draft(self, form) -> dict:
        """What is kept on the paper itself."""
        return {}

    def first_draft(self) -> dict:
        """What the paper holds before anything is typed."""
        return {}

    def keep(self, form, matter: Matter, paper: Paper) -> None:
        """Write the mechanism's own rows; called inside the save."""

    def submit(self, form, paper: Paper) -> None:
        """Send the saved draft on."""
        engine.take(self.matter.pk, f"{self.paper_code}-submit", self.actor, data={"paper_version": paper.version})

    def told(self) -> str:
        return "已送审签。"

    def extra(self) -> dict:
        return {}

    # --- the page ---------------------------------------------------------------------------------------------------------
    def current(self) -> Paper | None:
        return papers.open_paper(self.matter, self.paper_code, self.actor)

    def moved_on(self) -> Refused | None:
        """Why nobody writes this paper any more: a colleague was faster. What was typed must not be lost to that."""
        try:
            papers.may_write(self.matter, self.paper_code, self.actor)
        except (OutOfOrder, Conflict) as refusal:
            return refusal
        return None

    def get(self, request, **kwargs):
        papers.may_write(self.matter, self.paper_code, self.actor)
        paper = self.current()
        return self.page(self.form(paper), paper)

    def post(self, request, **kwargs):
        action, late = request.POST.get("action", ""), self.moved_on()
        paper = self.current()
        form = self.form(paper, request.POST, None if action == "preview" else request.FILES)
        if late:
            return self.conflict(form, late)
        if not form.is_valid():
            return self.refused_form(action, form, paper)
        if action == "preview":
            return self.preview(form)
        try:
            saved = self.save(form)
            if action == "submit":
                self.submit(form, saved)
        except NotVisible:
            raise
        except Refused as refusal:
            return self.conflict(form, refusal)
        return self.answer(action, saved)

    def save(self, form) -> Paper:
        version = number(self.request.POST.get("version"))
        return papers.save_draft(
            self.matter.pk,
            self.paper_code,
            self.actor,
            version,
            self.draft(form),
            change=lambda matter, paper: self.keep(form, matter, paper),
        )

    def answer(self, action: str, paper: Paper):
        if "application/json" in self.request.headers.get("Accept", ""):
            return JsonResponse({"version": paper.version})
        if action == "submit":
            messages.success(self.request, self.told())
            return redirect(self.url())
        messages.success(self.request, "草稿已保存。")
        return redirect(self.request.get_full_path())

    def refused_form(self, action: str, form, paper):
        if action == "preview" or "application/json" in self.request.headers.get("Accept", ""):
            return JsonResponse({"errors": form.errors}, status=422)
        return self.page(form, paper, status=422)

    def conflict(self, form, refusal: Refused):
        if "application/json" in self.request.headers.get("Accept", ""):
            return JsonResponse({"detail": refusal.reason}, status=refusal.status)
        return self.page(form, self.current(), refusal, status=refusal.status)

    def preview(self, form):
        """The paper as it would look, from an unsaved form: saved, drawn and rolled back."""
        with transaction.atomic():
            paper = papers.save_draft(
                self.matter.pk,
                self.paper_code,
                self.actor,
                None,
                self.draft(form),
                change=lambda matter, paper: self.keep(form, matter, paper),
            )
            sheet = self.drawn(Matter.objects.get(pk=self.matter.pk), paper)
            transaction.set_rollback(True)
        return HttpResponse(sheet)

    def drawn(self, matter: Matter, paper: Paper | None) -> str:
        """The sheet of the draft; before the first save, of one that holds what the form begins with."""
        unit, draft = self.actor.unit, self.first_draft()
        shown = paper or Paper(matter=matter, kind=self.paper_code, unit=unit, draft=draft)
        return layout.html(self.kind.papers[self.paper_code].build(matter, shown))

    def page(self, form, paper: Paper | None, refusal: Refused | None = None, status: int = 200):
        context = {
            "form": form,
            "paper": paper,
            "matter": self.matter,
            "object": self.object,
            "refusal": refusal,
            "problems": getattr(refusal, "problems", []),
            "sheet": self.drawn(self.matter, paper),
            "files": self.files(paper),
            "back": self.url(),
            "submit_label": self.submit_label,
            "editor_title": self.title,
        }
        return render(self.request, self.template, {**context, **self.extra()}, status=status)

    def files(self, paper: Paper | None) -> list[dict]:
        rows = Attachment.objects.kept().filter(paper=paper) if paper else []
        return [{"pk": row.pk, "name": row.name, "size": row.size, "url": self.url("files", row.pk)} for row in rows]
