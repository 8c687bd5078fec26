"""One suggestion, row by row: the worked example of the architecture, day by day."""

from datetime import date

import pytest
import time_machine

from linkage.matters import engine, papers
from linkage.matters.models import Deadline, Event, Paper, Party
from suggestions.models import State
from tests import factories

pytestmark = pytest.mark.django_db


def row(matter, unit):
    party = Party.objects.get(matter=matter, holder=unit)
    return party.box, party.turn, party.sort_on.isoformat()


def at(day: str):
    return time_machine.travel(f"{day}T10:00:00+08:00", tick=False)


def test_the_worked_example(world):
    with at("2026-03-02"):
        matter = factories.draft(world.court_handler, world.bureau)
        assert row(matter, world.court) == (2, "handler", "2026-03-02")
        assert Party.objects.get(matter=matter, holder=world.office).locked
        engine.take(matter.pk, "suggestion-submit", world.court_handler)
        assert row(matter, world.court) == (0, "leader", "2026-03-02")
    with at("2026-03-03"):
        engine.take(matter.pk, "suggestion-return", world.court_leader, data={"note": "第2项无依据"})
        assert row(matter, world.court)[:2] == (0, "handler")
        engine.take(matter.pk, "suggestion-submit", world.court_handler)
        engine.take(matter.pk, "suggestion-sign", world.court_leader)
    matter.refresh_from_db()
    assert (matter.number, matter.state) == ("岑法建〔2026〕1号", State.HANDLING)
    assert list(Event.objects.filter(matter=matter).order_by("pk").values_list("verb", flat=True)) == [
        "suggestion-submit",
        "suggestion-return",
        "suggestion-submit",
        "issue",
        "serve",
    ]
    due = dict(Deadline.objects.open().filter(matter=matter).values_list("code", "due"))
    assert due == {"receive": date(2026, 3, 6), "reply": date(2026, 5, 6)}
    assert row(matter, world.court) == (1, "", "2026-03-03")
    assert row(matter, world.bureau) == (0, "handler", "2026-03-06")
    assert row(matter, world.office) == (1, "", "2026-03-03")

    with at("2026-03-04"):
        engine.take(matter.pk, "receive", world.bureau_handler)
    assert row(matter, world.bureau) == (0, "handler", "2026-05-06")
    with at("2026-04-23"):
        papers.save_draft(matter.pk, "reply", world.bureau_handler, None, factories.reply_draft())
        engine.take(matter.pk, "reply-submit", world.bureau_handler)
        assert row(matter, world.bureau) == (0, "leader", "2026-05-06")
        sheet = {"signer_name": "陆某", "signed_on": date(2026, 4, 23), "sheet": factories.upload("稿纸.pdf")}
        engine.take(matter.pk, "reply-record", world.bureau_handler, data=sheet)
    matter.refresh_from_db()
    assert matter.state == State.REPLIED
    assert row(matter, world.bureau) == (3, "", "2026-04-23")
    review = Deadline.objects.open().get(matter=matter)
    assert (review.code, review.due, row(matter, world.court)) == (
        "review",
        date(2026, 5, 11),
        (0, "handler", "2026-05-11"),
    )
    with at("2026-05-08"):
        engine.take(matter.pk, "close", world.court_handler, data={"result": "done", "opinion": "落实到位"})
    assert [row(matter, unit) for unit in (world.court, world.bureau, world.office)] == [(3, "", "2026-05-08")] * 3
    assert Paper.objects.get(matter=matter, kind="reply").number == "岑自然资函〔2026〕1号"
