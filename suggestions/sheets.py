"""Forms for print: 送达回证, 发文稿纸, 收文处理单; pre-filled, the rest is written by hand (offices.md 4, 8)."""

from django.utils import timezone

from linkage.matters.models import Matter, Paper, Part
from linkage.papers import content
from linkage.units.models import Unit

from .models import Suggestion
from .papers import party_names


def receipt_content(matter: Matter) -> dict:
    """The receipt printed for paper service, pre-filled; its scan is uploaded with the service date."""
    suggestion = Suggestion.objects.select_related("type", "addressee", "issuer").get(pk=matter.pk)
    on = matter.issued_on or timezone.localdate()
    rows = [
        ["送达文书", f"{suggestion_title_of(matter)}\n{matter.number}"],
        ["受送达单位", suggestion.addressee.name_on(on)],
        ["送达地点", ""],
        ["送达方式", ""],
        ["受送达人签名或者盖章", "\n　　　　年　　月　　日"],
        ["代收人签名及代收理由", ""],
        ["见证人（留置送达时）", ""],
        ["送达人", ""],
        ["备注", "签收后交回制发单位，由经办人登记送达日期并上传扫描件。"],
    ]
    return content.blank(
        form="receipt", issuers=[suggestion.issuer.name_on(on)], title="送达回证", number=matter.number, rows=rows
    )


def suggestion_title_of(matter: Matter) -> str:
    paper = Paper.objects.filter(matter=matter, kind="suggestion").order_by("pk").first()
    return paper.title if paper and paper.title else matter.title


def signing_sheet(matter: Matter, paper: Paper, label: str) -> dict:
    """发文稿纸 of a draft: signed by hand, scanned, and entered by 线下签发代录."""
    drafter = paper.drafted_by.name if paper.drafted_by else ""
    reply = paper.kind == "reply"
    to = Suggestion.objects.select_related("issuer", "addressee").get(pk=matter.pk)
    rows = [
        ["文种", label],
        ["标题", paper.title or matter.title],
        ["文号", paper.number or paper.draft.get("number", "")],
        ["主送", str((to.issuer if reply else to.addressee) or "")],
        ["抄送", "，".join(party_names(matter, Part.COPIED, timezone.localdate()))],
        ["拟稿", drafter],
        ["核稿", ""],
        ["会签", ""],
        ["签发", "\n\n　　　　年　　月　　日"],
        ["备注", ""],
    ]
    return content.blank(form="receipt", issuers=[paper.unit.name], title="发文稿纸", rows=rows)


def intake_sheet(matter: Matter, unit: Unit) -> dict:
    """收文处理单 of the agency that received the letter."""
    letter = Suggestion.objects.select_related("issuer", "type").get(pk=matter.pk)
    rows = [
        ["来文单位", letter.issuer.name],
        ["来文字号", matter.number],
        ["标题", suggestion_title_of(matter)],
        ["送达日期", f"{letter.served_on:%Y-%m-%d}" if letter.served_on else ""],
        ["回复期限", letter.period],
        ["拟办意见", "\n\n"],
        ["领导批示", "\n\n\n"],
        ["承办情况", "\n\n\n"],
        ["办理结果", "\n\n"],
        ["归档", ""],
    ]
    return content.blank(form="receipt", issuers=[unit.name], title="收文处理单", rows=rows)
