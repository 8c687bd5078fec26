"""Reading papers and giving out files: always through sight, each download recorded before the first byte."""

from urllib.parse import quote

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import FileResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.clickjacking import xframe_options_sameorigin

from linkage.matters import files, trail
from linkage.matters.models import Attachment, Paper
from linkage.matters.refusals import NotVisible
from linkage.matters.rows import only
from linkage.papers import layout

from .details import MatterView

# A letter is read in a frame beside its registration form.
framed = method_decorator(
    [xframe_options_sameorigin, csp_replace({"frame-ancestors": [SELF], "object-src": [SELF]})], name="get"
)
TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}


class PaperView(MatterView):
    """One paper of the matter, if the actor may read it."""

    @cached_property
    def paper(self) -> Paper:
        row = next((row for row in self.papers if row.pk == self.kwargs["paper"]), None)
        if row is None:
            raise NotVisible
        return row


class PaperRead(PaperView):
    """The paper from its frozen text, or as the draft stands; readable before the PDF exists."""

    def get(self, request, pk, paper):
        row = self.paper
        content = row.content or self.kind.papers[row.kind].build(self.matter, row)
        context = {
            "paper": row,
            "matter": self.matter,
            "object": self.object,
            "sheet": layout.html(content),
            "acts": [step for step in self.steps if step.paper == row.kind and row.open and not self.allowed(step)],
            "step_url": self.url(),
            "back": self.url(),
            "pdf_url": self.url("papers", row.pk, "pdf") if row.pdf_key else "",
        }
        return render(request, "web/paper.html", context)


class PaperProgress(PaperView):
    """The line under a paper that says whether its PDF is there; polled by htmx while it is not."""

    def get(self, request, pk, paper):
        context = {"paper": self.paper, "matter": self.matter, "namespace": request.resolver_match.namespace}
        return render(request, "web/paper_progress.html", context)


@framed
class PaperPdf(PaperView):
    """The PDF; 404 while it is being made."""

    def get(self, request, pk, paper):
        row = self.paper
        if not row.pdf_key:
            raise NotVisible
        return give(self, row.pdf_key, f"{row.number or row.title}.pdf", {"paper": row.pk})


@framed
class AttachmentFile(MatterView):
    """An attachment, always as a download but for PDF and pictures, which the browser may show."""

    def get(self, request, pk, attachment):
        rows = Attachment.objects.visible_to(self.actor).kept()
        row = rows.filter(matter=self.matter, pk=attachment).first()
        if row is None:
            raise NotVisible
        return give(self, row.key, row.name, {"attachment": row.pk})


def give(view: MatterView, key: str, name: str, what: dict):
    """Record the download, then stream the file; nosniff is set by SecurityMiddleware."""
    stream = files.read(key)
    trail.record(view.matter, "download", "下载", view.actor, within=only(view.actor.unit), data=what, tell=False)
    suffix = name.rsplit(".", 1)[-1].lower()
    response = FileResponse(stream, content_type=TYPES.get(suffix, "application/octet-stream"))
    kind = "inline" if suffix in TYPES else "attachment"
    response["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name, safe='')}"
    return response
