"""A joint notice from its draft to its withdrawal."""

from datetime import date

import pytest

from infoshare import drafts
from infoshare.models import Notice
from linkage.jobs.models import Job
from linkage.matters import engine
from linkage.matters.canonical import digest
from linkage.matters.models import Attachment, Event, Paper, Party
from linkage.matters.refusals import Conflict, NotVisible, NotYours, Refused
from linkage.papers import render
from tests import factories
from tests.infoshare.conftest import FIELDS, PUBLISH

HANDLERS = ("office_handler", "court_handler", "procuratorate_handler")


def paper_of(matter) -> Paper:
    return Paper.objects.get(matter=matter)


def test_an_old_paper_bears_the_names_of_its_day(world, write, bureau_of_old):
    matter = write(world.office_handler, world.procuratorate, world.court, bureau_of_old)
    engine.take(matter.pk, "publish", world.office_handler, data=PUBLISH)
    content = paper_of(matter).content
    assert content["issuers"] == ["岑溪市法制办公室", "岑溪市人民法院", "岑溪市人民检察院"]
    assert content["signed"] == content["issuers"]
    assert (content["number"], content["date"], content["printed_on"]) == (
        "岑法制发〔2018〕1号",
        "2018-04-03",
        "2018-04-03",
    )
    assert content["printed_by"] == "岑溪市法制办公室"
    assert content["copied"] == ["市委办公室", "市人大常委会办公室"]
    assert content["body"] == [{"level": 0, "text": "现印发给你们，请遵照执行。"}]
    assert [row["level"] for row in content["annex"]["body"]] == [1, 2]


def test_the_host_comes_first(world, write):
    matter = write(world.court_handler, world.office, world.court, world.procuratorate)
    names = [row.unit.short for row in matter.notice.issuers.select_related("unit")]
    assert names == ["市人民法院", "市司法局", "市人民检察院"]


def test_only_issuers_have_a_row_and_the_successor_answers(world, write, bureau_of_old):
    matter = write(world.office_handler, bureau_of_old, world.court)
    rows = Party.objects.filter(matter=matter).order_by("unit__pk").values_list("unit", "holder", "issuer")
    expected = {(bureau_of_old.pk, world.office.pk, True), (world.court.pk, world.court.pk, True)}
    assert set(rows) == expected


def test_an_issuer_taken_out_of_the_draft_loses_sight(world, write):
    matter = write(world.office_handler, world.office, world.court)
    drafts.write(matter, paper_of(matter), {**FIELDS, "issuers": [world.office]})
    assert list(Party.objects.filter(matter=matter).values_list("holder", flat=True)) == [world.office.pk]


def test_publishing_freezes_the_text_and_asks_for_the_pdf(world, publish):
    matter = publish()
    paper = paper_of(matter)
    event = Event.objects.get(matter=matter, verb="publish")
    assert (matter.state, matter.number, matter.issued_on) == ("published", PUBLISH["number"], PUBLISH["issued_on"])
    assert paper.sha256 == digest(paper.frozen) == event.data["sha256"]
    assert event.happened_on == PUBLISH["issued_on"]
    assert Job.objects.filter(key=f"render:{paper.pk}").count() == 1
    assert Notice.objects.get(pk=matter.pk).issued_on == date(2018, 4, 3)
    boxes = set(Party.objects.filter(matter=matter).values_list("box", "sort_on", "due_on"))
    assert boxes == {(3, date(2018, 4, 3), None)}


def test_the_text_comes_out_as_a_document(world, publish):
    made = render.pdf(paper_of(publish()).content)
    assert made.pages == 2  # the text; the annex on its own page, with the imprint at its end
    assert made.data.startswith(b"%PDF-")


@pytest.mark.parametrize("handler", HANDLERS)
def test_a_number_is_used_once_among_all_lead_units(world, write, publish, sign_in, handler):
    publish()
    actor = getattr(world, handler)
    matter = write(actor, actor.unit)
    answer = sign_in(actor).post(
        f"/infoshare/{matter.pk}/publish/", {"number": "岑法制发[2018]1号", "issued_on": "2018-04-03"}
    )
    assert answer.status_code == 422
    assert "已有文号为岑法制发〔2018〕1号的联合文件" in answer.content.decode()


def test_the_engine_refuses_the_number_too(world, write, publish):
    publish()
    second = write(world.office_handler, world.office)
    with pytest.raises(Refused, match="已有文号"):
        engine.take(second.pk, "publish", world.office_handler, data=PUBLISH)
    second.refresh_from_db()
    assert (second.state, second.number) == ("draft", "")


def test_a_draft_with_gaps_is_not_published(world, write):
    matter = write(world.office_handler, world.office, text="", annex_title="")
    with pytest.raises(Refused) as refusal:
        engine.take(matter.pk, "publish", world.office_handler, data=PUBLISH)
    assert refusal.value.problems == ["填写正文。", "填写附件标题，或者删去附件正文。"]


def test_a_text_changed_meanwhile_is_not_published(world, write):
    matter = write(world.office_handler, world.office)
    with pytest.raises(Conflict):
        engine.take(matter.pk, "publish", world.office_handler, data={**PUBLISH, "paper_version": 7})


def test_others_cannot_publish(world, write):
    matter = write(world.office_handler, world.office, world.court)
    with pytest.raises(NotVisible):
        engine.take(matter.pk, "publish", world.bureau_handler, data=PUBLISH)
    with pytest.raises(NotYours):
        engine.take(matter.pk, "publish", world.court_leader, data=PUBLISH)
    engine.take(matter.pk, "publish", world.court_handler, data=PUBLISH)


def test_the_signed_sheet_stays_with_the_issuers(world, publish):
    matter = publish(sheet=factories.upload("发文稿纸.pdf"))
    sheets = Attachment.objects.filter(matter=matter, purpose="sheet")
    assert sheets.visible_to(world.office_handler).count() == 1
    assert sheets.visible_to(world.court_handler).count() == 1
    assert sheets.visible_to(world.bureau_handler).count() == 0


def test_the_stamped_scan_is_entered_once(world, publish):
    matter = publish()
    engine.take(matter.pk, "stamp", world.office_handler, data={"scan": factories.upload("盖章件.pdf")})
    assert paper_of(matter).stamped.within == ""
    with pytest.raises(Refused, match="已经上传"):
        engine.take(matter.pk, "stamp", world.office_handler, data={"scan": factories.upload("盖章件.pdf")})


def test_a_leader_withdraws_and_the_text_stays(world, publish):
    matter = publish()
    with pytest.raises(NotYours):
        engine.take(matter.pk, "withdraw", world.office_handler, data={"note": "重新制发"})
    engine.take(matter.pk, "withdraw", world.office_leader, data={"note": "重新制发"})
    matter.refresh_from_db()
    assert (matter.state, paper_of(matter).status) == ("withdrawn", "withdrawn")
    assert paper_of(matter).content["number"] == PUBLISH["number"]


def test_a_discarded_draft_is_gone(world, write):
    matter = write(world.office_handler, world.office)
    engine.take(matter.pk, "discard", world.office_handler)
    with pytest.raises(NotVisible):
        engine.take(matter.pk, "publish", world.office_handler, data=PUBLISH)
