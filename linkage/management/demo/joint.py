"""The one real paper of the demonstration: 岑法制发〔2018〕1号, by which the three lead units made their rules."""

import re
from datetime import date, datetime, time
from pathlib import Path

import infoshare
from infoshare import drafts
from infoshare.kind import KIND
from linkage.matters import engine, succession
from linkage.matters.models import Matter
from linkage.units.models import Unit

from .clock import Clock, Diary
from .people import Cast

SOURCE = Path(infoshare.__file__).with_name("rules_2018.txt")
ISSUERS = ("市法制办公室", "市人民法院", "市人民检察院")
AGO = 300
DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def fields() -> dict[str, str]:
    """The parts of the notice as they stand in the source: heads, number, title, addressees, text, close, annex."""
    notice, rules = (part.strip().splitlines() for part in SOURCE.read_text(encoding="utf-8").split("-----"))
    heads, number, title, to = notice[:3], notice[3], notice[4], notice[5]
    closing = next(place for place, line in enumerate(notice) if line.split("　") == names_in(heads))
    day, printed, note = notice[closing + 1 :]
    return {
        "number": number, "title": title, "to": to.rstrip("："), "text": "\n".join(notice[6:closing]), "day": day,
        "printed": printed, "note": note.strip("（）"), "annex_title": rules[0], "annex_text": "\n".join(rules[1:]),
        "copied": "",
    }  # fmt: skip


def names_in(heads: list[str]) -> list[str]:
    """岑溪市人民法院　文件 names the court."""
    return [line.split("　")[0] for line in heads]


def day_in(text: str) -> date:
    found = DAY.search(text)
    if found is None:
        raise ValueError(text)
    return date(*map(int, found.groups()))


def first_day(clock: Clock) -> datetime:
    """When the legal office entered it, before all letters."""
    return Diary(clock.real()).moment(AGO, time(9, 30))


def issue(units: dict[str, Unit]) -> Matter:
    """As the legal office's handler enters it; the text is laid out anew, so it bears no seal yet."""
    parts, actor = fields(), Cast(units).handler("市司法局")
    issuers = [units[short] for short in ISSUERS]
    if succession.answering(issuers[0]) != actor.unit:
        raise LookupError("市法制办公室 has no successor")
    matter, paper = drafts.begin(actor, KIND)
    drafts.write(matter, paper, {**parts, "issuers": issuers})
    paper.save()
    printed_by = parts["printed"].split("　")[0]
    data = {"number": parts["number"], "issued_on": day_in(parts["day"]), "printed_by": printed_by}
    engine.take(matter.pk, "publish", actor, data=data | {"printed_on": day_in(parts["printed"])})
    return matter
