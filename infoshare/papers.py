"""What goes into a joint notice (GB/T 9704-2012, 7): head of all issuers, text, annex, imprint."""

import re
from datetime import date

from django.utils.timezone import localdate

from linkage.matters.models import Matter, Paper
from linkage.papers import content
from linkage.papers.numbering import paragraphs
from linkage.units.models import Unit

from .models import Issuer, Notice


def issuers_of(matter: Matter) -> list[Unit]:
    """The issuing units in order."""
    rows = Issuer.objects.filter(notice=matter.pk).select_related("unit")
    return [row.unit for row in rows]


def notice_title(matter: Matter, paper: Paper) -> str:
    return matter.title


def notice_content(matter: Matter, paper: Paper) -> dict:
    """The content of the paper as it stands; every issuer by the name it bore on the day of the paper."""
    notice = Notice.objects.get(pk=matter.pk)
    fields = {"title": matter.title, "number": paper.number, "printed_by": notice.printed_by}
    fields |= {name: getattr(notice, name) for name in ("to", "text", "annex_title", "annex_text", "copied", "note")}
    return joint(fields, issuers_of(matter), paper.issued_on, notice.printed_on)


def joint(fields: dict, issuers: list[Unit], issued_on: date | None = None, printed_on: date | None = None) -> dict:
    """A content from the fields of a form or a row, saved or not."""
    names = [unit.name_on(issued_on or localdate()) for unit in issuers]
    return content.blank(
        form="joint",
        issuers=names,
        number=fields.get("number", ""),
        title=fields["title"],
        to=fields["to"],
        body=paragraphs(fields["text"]),
        signed=names,
        date=iso(issued_on),
        note=fields["note"],
        copied=copied_units(fields["copied"]),
        printed_by=fields.get("printed_by", ""),
        printed_on=iso(printed_on),
        annex=annex(fields["annex_title"], fields["annex_text"]),
    )


def annex(title: str, text: str) -> dict | None:
    """The text that the notice puts into force, on a page of its own."""
    return {"title": title, "body": paragraphs(text)} if title or text else None


def copied_units(line: str) -> list[str]:
    """市委办公室，市人大常委会办公室。 as a list."""
    return [name.strip() for name in re.split("[，,、；;。\n]", line) if name.strip()]


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def notice_missing(matter: Matter, paper: Paper) -> list[str]:
    """What must be filled in before the notice can go out."""
    notice = Notice.objects.get(pk=matter.pk)
    wanted = {
        "填写标题。": matter.title,
        "选择发文单位。": Issuer.objects.filter(notice=notice).exists(),
        "填写主送。": notice.to,
        "填写正文。": notice.text,
        "填写附件标题，或者删去附件正文。": notice.annex_title or not notice.annex_text,
        "填写附件正文，或者删去附件标题。": notice.annex_text or not notice.annex_title,
    }
    return [sentence for sentence, value in wanted.items() if not value]


def number_prefix(paper: Paper) -> str:
    """A notice's number comes from the register of the first issuer; no series of the portal makes one."""
    return ""


def sole_signer(matter: Matter, paper: Paper) -> list[tuple[int, Unit]]:
    """A joint notice is signed on paper by every issuer before it is entered here."""
    return []
