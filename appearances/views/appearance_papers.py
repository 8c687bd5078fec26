"""Writing the notice and the urging letter, and the forms that are printed."""

from django.shortcuts import render

from linkage.matters.refusals import NotVisible
from linkage.papers import layout
from linkage.web.details import MatterView
from linkage.web.editors import PaperEditor

from .. import papers, sheets
from ..forms.appearances import PaperForm
from ..kind import APPEARANCES


class WritePaper(PaperEditor):
    """A letter of one text; the first one is proposed."""

    kind = APPEARANCES
    template = "appearances/write.html"

    def form(self, paper, data=None, files=None):
        initial = paper.draft if paper else self.first_draft()
        return PaperForm(data, files, matter=self.matter, actor=self.actor, initial=initial)

    def draft(self, form) -> dict:
        return {"text": form.cleaned_data["text"], "number": form.cleaned_data.get("number", "")}


class WriteSummons(WritePaper):
    paper_code = "summons"
    title = "出庭通知书"

    def first_draft(self) -> dict:
        return {"text": papers.summons_text(self.matter)}


class WriteUrging(WritePaper):
    paper_code = "urging"
    title = "出庭督促函"

    def first_draft(self) -> dict:
        return {"text": papers.urging_text(self.matter)}


EDITORS = {"summons": WriteSummons, "urging": WriteUrging}


def write(request, pk: int, code: str):
    """The editor of one of the papers of the table."""
    if code not in EDITORS:
        raise NotVisible
    return EDITORS[code].as_view()(request, pk=pk)


class Sheet(MatterView):
    kind = APPEARANCES

    def shown(self, content: dict, heading: str, hint: str):
        context = {
            "sheet": layout.html(content), "matter": self.matter, "back": self.url(), "heading": heading, "hint": hint,
        }  # fmt: skip
        return render(self.request, "web/paper_print.html", context)


class SigningSheet(Sheet):
    """发文稿纸 of a draft of the own unit."""

    def get(self, request, pk, paper):
        row = next((row for row in self.papers if row.pk == paper and row.unit_id == self.actor.unit.pk), None)
        if row is None:
            raise NotVisible
        content = sheets.signing_sheet(self.matter, row, APPEARANCES.papers[row.kind].label)
        return self.shown(content, "发文稿纸", "签发后扫描，由经办人用“线下签发代录”上传")


class PrintForm(Sheet):
    """What the agency hands in to the court, pre-filled from what it has named; for its own units only."""

    def get(self, request, pk, form):
        if form not in sheets.FORMS or not (self.party and (self.party.addressee or self.party.assisting)):
            raise NotVisible
        label, build = sheets.FORMS[form]
        return self.shown(build(self.object), label, "核对后打印，加盖单位印章")
