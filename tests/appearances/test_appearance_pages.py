"""The pages of an appearance, as the court, the bureau and the legal office use them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appearances.models import Appearance, Hearing
from linkage.matters.models import Event, Paper, Related
from tests import factories
from tests.appearances.courtroom import Courtroom
from tests.stages import Stages, browser, kept_for_a_module

pytestmark = pytest.mark.django_db
NAMED = {"who": "deputy", "name": "覃某", "post": "副局长"}
ABSENT = {"who": "absent", "absence": "duty", "absence_text": "参加防汛指挥。", "agents": "法规股 李某", "staff": "on"}
CAME = {
    "appeared": "yes",
    "identity": "fit",
    "court_rank": "deputy",
    "court_name": "覃某",
    "court_post": "副局长",
    "spoke": "on",
}
AWAY = {"appeared": "no", "substitute": "staff"}


@pytest.fixture(scope="module")
def room(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept_for_a_module(django_db_blocker, tmp_path_factory.mktemp("files")):
        yield Courtroom(Stages())


@pytest.fixture
def visit(room):
    def client(unit: str, role: str = "handler") -> Client:
        return browser(room.stages.people[getattr(room.stages, unit).pk][role])

    return client


def url(room: Courtroom, name: str, *parts: str) -> str:
    return reverse("appearances:detail", args=[room.pk[name]]) + "".join(f"{part}/" for part in parts)


def row(room: Courtroom, name: str) -> Appearance:
    return Appearance.objects.get(pk=room.pk[name])


def errors(answer) -> set[str]:
    return set(answer.context["form"].errors)


def test_the_path_from_notice_to_summary(room, visit, db):
    court, bureau = visit("court"), visit("bureau")
    pk = "notifying"
    matter = row(room, pk).matter
    assert matter.state == "notifying"
    signed = visit("court", "leader").post(url(room, pk, "summons-sign"))
    assert signed.status_code == 302
    assert bureau.post(url(room, pk, "name"), NAMED).status_code == 302
    assert (row(room, pk).name, row(room, pk).rank, row(room, pk).attending) == ("覃某", "deputy", True)
    assert court.post(url(room, pk, "confirm"), CAME).status_code == 403  # not begun
    Hearing.objects.filter(appearances=room.pk[pk]).update(starts_at=timezone.now() - timedelta(hours=1))
    assert court.post(url(room, pk, "confirm"), CAME).status_code == 302
    assert bureau.post(url(room, pk, "summarise"), {"summary": "庭审顺利。"}).status_code == 302
    found = row(room, pk)
    assert (found.matter.state, found.counts, found.spoke, found.spoke_on_resolution) == ("closed", True, True, False)


def test_an_absence_needs_its_reason_its_material_and_own_staff(room, visit, db):
    bureau, address = visit("bureau"), url(room, "naming", "name")
    assert errors(bureau.post(address, {"who": "absent"})) == {"absence", "absence_text", "files", "agents", "staff"}
    answer = bureau.post(address, ABSENT)
    assert (answer.status_code, errors(answer)) == (422, {"files"})
    assert "参加防汛指挥。" in answer.content.decode()
    assert bureau.post(address, ABSENT | {"files": factories.upload("证明.pdf")}).status_code == 302
    assert (row(room, "naming").attending, row(room, "naming").absence) == (False, "duty")


def test_a_principal_needs_name_and_post_and_at_most_two_agents(room, visit, db):
    answer = visit("bureau").post(url(room, "naming", "name"), {"who": "chief", "agents": "甲\n\n乙\n丙"})
    assert errors(answer) == {"name", "post", "agents"}


def test_a_finding_opens_two_suggestions_that_must_be_made(room, visit, db):
    court = visit("court")
    assert errors(court.post(url(room, "heard", "confirm"), {"appeared": "no", "finding": "left"})) == {
        "substitute", "finding",
    }  # fmt: skip
    assert court.post(url(room, "heard", "confirm"), AWAY | {"finding": "no_reason"}).status_code == 302
    drafts = Related.objects.filter(source=room.pk["heard"], relation="article12")
    assert [each.binding for each in drafts] == [True, True]
    for each in drafts:
        refused = court.post(reverse("suggestions:step", args=[each.target_id, "discard"]))
        assert refused.status_code == 403
        each.target.refresh_from_db()
        assert not each.target.void
    page = court.get(url(room, "heard")).content.decode()
    assert page.count("应当提出，不能作废") == 2
    assert "应当提出" not in visit("bureau").get(url(room, "heard")).content.decode()


def test_a_correction_keeps_what_was(room, visit, db):
    answer = visit("court").post(url(room, "confirmed", "correct"), AWAY | {"note": "笔录有误", "accepted": "no"})
    assert answer.status_code == 302
    assert row(room, "confirmed").appeared is False
    event = Event.objects.filter(matter=room.pk["confirmed"], verb="correct").latest("pk")
    assert event.data["was"]["court_name"] == "覃某"


def test_the_preparation_is_for_the_agency_alone(room, visit, db):
    bureau, outline = visit("bureau"), "发言提纲第一点"
    saved = bureau.post(url(room, "naming", "prepare"), {"outline": outline, "checklist": []})
    assert saved.status_code == 302
    assert outline in bureau.get(url(room, "naming")).content.decode()
    for other in ("court", "office"):
        assert outline not in visit(other).get(url(room, "naming")).content.decode()
        assert visit(other).post(url(room, "naming", "prepare"), {"outline": "x"}).status_code == 404
    assert row(room, "naming").outline == outline


def test_the_leader_reads_the_preparation_and_the_handler_writes_it(room, visit, db):
    assert visit("bureau").post(url(room, "naming", "prepare"), {"outline": "要点"}).status_code == 302
    pages = [visit("bureau", role).get(url(room, "naming")).content.decode() for role in ("handler", "leader")]
    assert ["要点" in page for page in pages] == [True, True]
    assert ["保存庭前准备" in page for page in pages] == [True, False]
    assert visit("bureau", "leader").post(url(room, "naming", "prepare"), {"outline": "x"}).status_code == 403


@pytest.mark.parametrize("place", ["", "name", "write/summons", "print/power"])
def test_another_unit_does_not_find_it(room, visit, db, place):
    assert (
        visit("town").get(url(room, "naming", *place.split("/")) if place else url(room, "naming")).status_code == 404
    )


@pytest.mark.parametrize("slug", ["identity-legal", "identity-principal", "power", "absence"])
def test_the_forms_for_print_are_the_agencys(room, visit, db, slug):
    address = url(room, "named", "print", slug)
    page = visit("bureau").get(address).content.decode()
    assert row(room, "named").matter.number in page
    assert [visit(other).get(address).status_code for other in ("court", "office")] == [404, 404]


def test_papers_carry_the_masked_name(room, visit, db):
    paper = Paper.objects.get(pk=room.pk["summons"])
    proposed = visit("office").get(url(room, "named", "write", "urging")).content.decode()
    assert "欧阳某诉" in proposed
    assert "欧阳丹" not in proposed + paper.frozen


def test_a_full_name_typed_into_the_letter_keeps_it_from_going_out(room, visit, db):
    office, address = visit("office"), url(room, "named", "write", "urging")
    answer = office.post(address, {"text": "欧阳丹一案将开庭。", "action": "submit"})
    assert "请改写为“欧阳某”" in answer.content.decode()
    assert Paper.objects.get(matter=room.pk["named"], kind="urging").status == Paper.Status.DRAFT
    assert office.post(address, {"text": "欧阳某一案将开庭。", "action": "submit"}).status_code == 302


@pytest.mark.parametrize(("unit", "name"), [("court", "heard"), ("bureau", "naming"), ("office", "named")])
def test_a_page_keeps_its_budget(room, visit, db, django_assert_max_num_queries, unit, name):
    client = visit(unit)
    client.get(url(room, name))
    with django_assert_max_num_queries(10):
        client.get(url(room, name))


@pytest.mark.parametrize("unit", ["court", "bureau", "office"])
def test_the_list_keeps_its_budget(room, visit, db, django_assert_max_num_queries, unit):
    client = visit(unit)
    with django_assert_max_num_queries(8):
        page = client.get(reverse("appearances:list")).content.decode()
    assert page.count('class="ttl"') == len(Appearance.objects.all()) - (unit != "court")
