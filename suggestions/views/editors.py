"""Editors: the letter drafted here, the letter registered from its PDF, the reply, the 催办函."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from linkage.matters import engine, files, papers
from linkage.matters.models import Attachment, Matter, Paper
from linkage.matters.refusals import Incomplete, NotVisible, NotYours
from linkage.papers import layout
from linkage.units.models import Post
from linkage.web.details import number
from linkage.web.editors import PaperEditor

from .. import drafts, reading
from ..forms import (
    DraftForm,
    LetterUploadForm,
    RegisterForm,
    RegistrationForm,
    ReplyForm,
    UrgingForm,
    types_for,
)
from ..kind import KIND
from ..models import Advice
from ..papers import urging_text


def issuing(actor, *, made_here: bool) -> list:
    """The types the actor's handler may issue; refuses everybody else with the reason."""
    types = types_for(actor.unit, made_here=made_here) if actor.unit else []
    if not types:
        reason = "本单位不制发建议。" if not made_here else "本单位的建议在办案系统制发，请使用“登记已制发文书”。"
        raise NotYours(reason)
    if not actor.holds(Post.Role.HANDLER):
        raise NotYours("拟稿由经办人办理。")
    return types


class NewLetter(View):
    """An empty editor; the first save makes the draft."""

    def get(self, request):
        issuing(request.actor, made_here=True)
        form = DraftForm(
            matter=None,
            actor=request.actor,
            initial={"period_amount": 2, "contact": request.user.name, "contact_phone": request.actor.unit.phone},
        )
        return self.page(form)

    def post(self, request):
        issuing(request.actor, made_here=True)
        form = DraftForm(request.POST, request.FILES, matter=None, actor=request.actor)
        if not form.is_valid():
            return self.page(form, status=422)
        with transaction.atomic():
            matter, paper = self.begin(request.actor, form.cleaned_data)
            if request.POST.get("action") == "preview":
                sheet = layout.html(KIND.papers["suggestion"].build(matter, paper))
                transaction.set_rollback(True)
                return HttpResponse(sheet)
        return self.saved(request, matter, paper)

    def begin(self, actor, data: dict) -> tuple[Matter, Paper]:
        matter = drafts.begin(actor, KIND, data["type"])
        drafts.write(matter, actor, data)
        paper = papers.open_paper(matter, "suggestion", actor)
        paper.draft = {"number": data.get("number", "")}
        paper.save(update_fields=["draft"])
        return matter, paper

    def saved(self, request, matter: Matter, paper: Paper):
        target = reverse("suggestions:write", args=[matter.pk, "suggestion"])
        if request.POST.get("action") != "submit":
            messages.success(request, "草稿已保存。")
            return redirect(target)
        try:
            engine.take(matter.pk, "suggestion-submit", request.actor, data={"paper_version": paper.version})
        except Incomplete as refusal:
            for problem in refusal.problems:
                messages.warning(request, problem)
            return redirect(target)
        messages.success(request, "已送审签。")
        return redirect("suggestions:detail", matter.pk)

    def page(self, form, status: int = 200):
        context = {
            "form": form,
            "paper": None,
            "sheet": "",
            "submit_label": "送审签",
            "files": [],
            "problems": [],
            "refusal": None,
            "back": reverse("suggestions:list"),
            "editor_title": "新建建议",
            "matter": None,
        }
        return render(self.request, "suggestions/write_suggestion.html", context, status=status)


class WriteLetter(PaperEditor):
    kind = KIND
    paper_code = "suggestion"
    template = "suggestions/write_suggestion.html"
    title = "编辑建议"

    def form(self, paper, data=None, files=None):
        if paper and paper.origin == Paper.Origin.REGISTERED:
            raise NotYours("这是登记的文书，请在登记页面填写。")
        initial = drafts.initial(self.matter, paper) if paper else {}
        return DraftForm(data, files, matter=self.matter, actor=self.actor, initial=initial)

    def draft(self, form) -> dict:
        return {"number": form.cleaned_data.get("number", "")}

    def keep(self, form, matter, paper) -> None:
        drafts.write(matter, self.actor, form.cleaned_data)


class UploadLetter(View):
    """登记已制发文书, first page: drop in the issued PDF; what can be read is read."""

    def get(self, request):
        issuing(request.actor, made_here=False)
        return self.page(LetterUploadForm(matter=None, actor=request.actor))

    def post(self, request):
        types = issuing(request.actor, made_here=False)
        form = LetterUploadForm(request.POST, request.FILES, matter=None, actor=request.actor)
        if not form.is_valid():
            return self.page(form, status=422)
        upload = form.cleaned_data["letter"]
        found = reading.read_pdf(upload.read())
        upload.seek(0)
        matter = self.begin(request.actor, types, upload, found)
        if not found:
            messages.warning(request, "这份 PDF 没有文字层，请对照页面填写。")
        return redirect("suggestions:letter", matter.pk)

    @transaction.atomic
    def begin(self, actor, types, upload, found: dict) -> Matter:
        matter = drafts.begin(actor, KIND, types[0], origin=Paper.Origin.REGISTERED)
        paper = papers.open_paper(matter, "suggestion", actor)
        paper.file = files.store(upload, matter, Attachment.Purpose.LETTER, actor, paper=paper, open_to_all=False)
        paper.draft = {name: str(value) for name, value in found.items() if name in ("number", "issued_on")}
        paper.save()
        form = RegistrationForm(
            {**found, "type": types[0].pk, "period_unit": found.get("period_unit", "month")}, matter=matter, actor=actor
        )
        form.is_valid()
        drafts.write(matter, actor, form.cleaned_data)
        return matter

    def page(self, form, status: int = 200):
        return render(self.request, "suggestions/upload_letter.html", {"form": form}, status=status)


class ConfirmLetter(PaperEditor):
    """登记已制发文书, second page: the fields beside the PDF."""

    kind = KIND
    paper_code = "suggestion"
    template = "suggestions/confirm_letter.html"
    submit_label = "登记并发送"

    def form(self, paper, data=None, files=None):
        initial = drafts.initial(self.matter, paper) if paper else {}
        form_class = RegisterForm if data is None or data.get("action") == "submit" else RegistrationForm
        return form_class(data, files, matter=self.matter, actor=self.actor, initial=initial)

    def draft(self, form) -> dict:
        names = ("number", "issued_on", "signed_by")
        return {name: str(form.cleaned_data.get(name) or "") for name in names}

    def keep(self, form, matter, paper) -> None:
        drafts.write(matter, self.actor, form.cleaned_data)

    def submit(self, form, paper) -> None:
        engine.take(self.matter.pk, "register", self.actor, data=form.cleaned_data)

    def told(self) -> str:
        return "已登记，被建议单位和抄送单位已收到。"

    def extra(self) -> dict:
        paper = papers.open_paper(self.matter, "suggestion", self.actor)
        return {"letter_url": self.url("files", paper.file_id)} if paper and paper.file_id else {"letter_url": ""}


class WriteReply(PaperEditor):
    kind = KIND
    paper_code = "reply"
    template = "suggestions/write_reply.html"
    title = "书面回复"

    def details(self):
        return super().details().select_related("matter", "type", "issuer", "addressee")

    def form(self, paper, data=None, files=None):
        initial = ReplyForm.initial_of(paper.draft) if paper else {}
        return ReplyForm(data, files, matter=self.matter, actor=self.actor, initial=initial)

    def draft(self, form) -> dict:
        return form.draft()

    def keep(self, form, matter, paper) -> None:
        """Evidence is added to the draft's; an own document takes the place of the written text."""
        for upload in form.cleaned_data.get("evidence") or []:
            files.store(upload, matter, Attachment.Purpose.EVIDENCE, self.actor, paper=paper, open_to_all=False)
        remove = number(self.request.POST.get("remove"))
        if remove:
            drop(paper, remove)
        own = form.cleaned_data.get("own")
        if own:
            paper.file = files.store(own, matter, Attachment.Purpose.OWN, self.actor, paper=paper, open_to_all=False)
            paper.origin = Paper.Origin.OWN

    def extra(self) -> dict:
        return {
            "advice": list(Advice.objects.filter(suggestion=self.matter.pk)),
            "letter": Paper.objects.filter(matter=self.matter, kind="suggestion").order_by("pk").first(),
        }


def drop(paper: Paper, attachment: int) -> None:
    """Take a file out of a draft; the row stays, marked void."""
    Attachment.objects.filter(paper=paper, pk=attachment).update(void=True)
    if paper.file_id == attachment:
        paper.file, paper.origin = None, Paper.Origin.MADE


class WriteUrging(PaperEditor):
    kind = KIND
    paper_code = "urging"
    template = "suggestions/write_urging.html"
    title = "催办函"

    def form(self, paper, data=None, files=None):
        initial = paper.draft if paper else self.first_draft()
        return UrgingForm(data, files, matter=self.matter, actor=self.actor, initial=initial)

    def first_draft(self) -> dict:
        return {"text": urging_text(self.matter, self.actor.unit)}

    def draft(self, form) -> dict:
        return {"text": form.cleaned_data["text"], "number": form.cleaned_data.get("number", "")}


EDITORS = {"suggestion": WriteLetter, "reply": WriteReply, "urging": WriteUrging}


def write(request, pk: int, code: str):
    """The editor of one of the papers of the table."""
    if code not in EDITORS:
        raise NotVisible
    return EDITORS[code].as_view()(request, pk=pk)
