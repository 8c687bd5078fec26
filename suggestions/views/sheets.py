"""Forms for print."""

from django.shortcuts import render

from linkage.matters.refusals import NotVisible, NotYours, OutOfOrder
from linkage.papers import layout
from linkage.web.details import MatterView

from .. import sheets
from ..kind import KIND
from ..models import State


class Sheet(MatterView):
    """A print form of the matter; subclasses say which and for whom."""

    kind = KIND
    heading = ""
    hint = ""

    def content(self, **kwargs) -> dict:
        """What the form shows; refuses those it is not for."""
        raise NotVisible

    def get(self, request, **kwargs):
        context = {
            "sheet": layout.html(self.content(**kwargs)),
            "matter": self.matter,
            "back": self.url(),
            "heading": self.heading,
            "hint": self.hint,
        }
        return render(request, "web/paper_print.html", context)


class Receipt(Sheet):
    heading = "送达回证"
    hint = "打印后送达，签收的回证扫描上传，送达日期以回证为准"

    def content(self, pk):
        if not (self.party and self.party.issuer):
            raise NotYours("送达回证由制发单位打印。")
        if self.matter.state == State.DRAFT:
            raise OutOfOrder("签发以后才能打印送达回证。")
        return sheets.receipt_content(self.matter)


class SigningSheet(Sheet):
    heading = "发文稿纸"
    hint = "签发后扫描，由经办人用“线下签发代录”上传"

    def content(self, pk, paper):
        row = next((row for row in self.papers if row.pk == paper and row.unit_id == self.actor.unit.pk), None)
        if row is None:
            raise NotVisible
        return sheets.signing_sheet(self.matter, row, KIND.papers[row.kind].label)


class IntakeSheet(Sheet):
    heading = "收文处理单"
    hint = "单位内部流转使用，手写签批"

    def content(self, pk):
        if not (self.party and self.party.addressee):
            raise NotYours("收文处理单由被建议单位打印。")
        return sheets.intake_sheet(self.matter, self.actor.unit)
