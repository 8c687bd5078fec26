"""法释〔2020〕3号 (appearance of principals in court), article by article: what the product does for each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from appearances import grounds
from appearances.flow import APPEARANCE, CASE
from appearances.models import Appearance, Defendant, Field, Hearing
from linkage.matters.models import Attachment, Deadline, Related
from linkage.matters.refusals import Refused
from linkage.units.models import Unit
from tests import factories
from tests.appearances.story import ABSENT, CONFIRMED, NAMED, Docket

pytestmark = pytest.mark.django_db


@pytest.fixture
def docket(world):
    return Docket(world)


@pytest.fixture
def summoned(docket) -> Appearance:
    """An appearance whose notice went out."""
    return docket.notify(docket.appearance(docket.schedule(docket.case())))


def test_article_01_stages_second_instance_and_organs_as_third_parties_get_appearances(docket):
    w = docket.world
    first = docket.case()
    organs = [docket.sued(w.bureau), docket.sued(w.town, role=Defendant.Role.THIRD)]
    second = docket.case(number="（2026）桂04行终9号", previous=first, defendants=organs)
    hearing = docket.schedule(second)
    assert second.instance == "second"
    assert {row.defendant.unit for row in hearing.appearances.all()} == {w.bureau, w.town}
    assert docket.clocks(second, "defence", w.town) == []  # a third party answers nothing


def test_article_02_ranks_chief_deputy_vice_rank_and_others_in_charge(docket, summoned):
    ranks = ("chief", "deputy", "vice_rank", "other")
    assert tuple(Appearance.Rank.values) == ranks
    docket.name(summoned)
    for rank in ranks:
        docket.take(summoned, "swap", docket.organ, **{**NAMED, "rank": rank})
        assert summoned.rank == rank


def test_article_03_codefendants_each_have_an_appearance_and_a_duty_of_their_own(docket):
    w = docket.world
    case = docket.case(defendants=[docket.sued(w.bureau), docket.sued(w.town, role=Defendant.Role.REVIEWER)])
    own, other = case.defendants.get(unit=w.bureau), case.defendants.get(unit=w.town)
    start = timezone.now() + timedelta(days=9)
    decisions = [{"defendant": own, "duty": "must", "ground": "社会高度关注", "reason": ""},
                 {"defendant": other, "duty": "none", "ground": "", "reason": "一名负责人出庭即可"}]  # fmt: skip
    docket.take(case, "schedule", starts_at=start, ends_at=start + timedelta(hours=1), place="一庭",
                online=False, decisions=decisions)  # fmt: skip
    rows = {row.defendant.unit: row for row in Appearance.objects.select_related("matter")}
    assert {unit: (row.duty, row.matter.state) for unit, row in rows.items()} == {
        w.bureau: ("must", "notifying"),
        w.town: ("none", "naming"),
    }
    docket.name(docket.notify(rows[w.bureau]))
    docket.confirm(rows[w.bureau])
    docket.confirm(rows[w.town], **{**ABSENT, "finding": ""})
    assert [rows[unit].counts for unit in (w.bureau, w.town)] == [True, False]


@pytest.mark.parametrize(
    ("fields", "code", "duty"),
    [
        ({"field": "environment"}, "public_health", "must"),
        ({"circumstances": ["high_concern"]}, "high_concern", "must"),
        ({"circumstances": ["mass_incident"]}, "mass_incident", "must"),
        ({"circumstances": ["major_interest"]}, "major_interest", "may"),
        ({"public_interest": True}, "public_interest", "may"),
        ({"circumstances": ["superior_document"]}, "superior_document", "may"),
        ({"circumstances": ["court_sees_need"]}, "court_sees_need", "may"),
        ({"circumstances": ["court_sees_need", "high_concern"]}, "high_concern", "must"),
    ],
)
def test_article_04_grounds_must_or_may_are_proposed_and_the_court_decides(docket, fields, code, duty):
    if "field" in fields:
        fields = {"field": Field.objects.get(pk=fields["field"])}
    case = docket.case(**fields)
    assert (grounds.proposed(case)[0].code, grounds.duty_of(case)) == (code, duty)
    assert docket.appearance(docket.schedule(case, duty="may")).duty == "may"  # whatever was proposed


def test_article_04_without_a_ground_nothing_is_proposed(docket):
    assert grounds.duty_of(docket.case()) == "none"


def test_article_05_notice_three_days_before_and_a_swap_before_the_hearing_only(docket, summoned):
    day = summoned.hearing.day
    assert [due for due, _ in docket.clocks(summoned, "notify")] == [day - timedelta(days=3)] * len(
        docket.clocks(summoned, "notify")
    )
    docket.name(summoned)
    docket.take(summoned, "swap", docket.organ, **{**NAMED, "name": "刘某"})
    assert summoned.name == "刘某"
    docket.held(summoned.hearing)
    with pytest.raises(Refused, match="不能再变更"):
        docket.take(summoned, "swap", docket.organ, **NAMED)


def test_article_06_papers_of_identity_that_cannot_be_mended_are_no_appearance(docket, summoned):
    docket.name(summoned)
    docket.take(summoned, "mend", note="补交任职文件")
    docket.confirm(summoned, identity="unfit")
    assert (summoned.appeared, summoned.counts) == (True, False)
    docket.take(summoned, "correct", **{**CONFIRMED, "identity": "mended"}, note="已补正")
    assert summoned.counts


def test_article_07_a_second_hearing_needs_no_new_notice_each_instance_its_own(docket, summoned):
    case = summoned.hearing.case
    again = docket.appearance(docket.schedule(case, days=20, duty="none"))
    assert (again.matter.state, docket.clocks(again, "notify")) == ("naming", [])
    docket.name(again)
    second = docket.case(number="（2026）桂04行终9号", previous=case)
    assert docket.appearance(docket.schedule(second)).matter.state == "notifying"


@pytest.mark.parametrize("absence", ["force", "accident", "duty", "other"])
def test_article_08_four_reasons_for_staying_away(docket, summoned, absence):
    assert absence in Appearance.Absence.values
    assert len(Appearance.Absence.values) == 4
    docket.name(summoned, attending=False, rank="", name="", absence=absence, absence_text="附材料")
    assert (summoned.attending, summoned.absence, summoned.absence_text) == (False, absence, "附材料")


@pytest.mark.parametrize("accepted", [True, False])
def test_article_09_material_is_handed_in_and_the_court_reviews_the_reason(docket, summoned, accepted):
    docket.name(summoned, attending=False, absence="duty", files=[factories.upload("情况说明.pdf")])
    assert Attachment.objects.visible_to(docket.clerk).filter(matter=summoned.pk, name__contains="情况说明").exists()
    docket.confirm(summoned, **{**ABSENT, "reason_accepted": accepted, "finding": "" if accepted else "no_reason"})
    assert summoned.reason_accepted is accepted
    assert Related.objects.filter(source=summoned.pk).exists() is not accepted


def test_article_10_staff_and_agents_are_named_and_a_lawyer_alone_is_on_record(docket, summoned):
    docket.name(summoned, attending=False, absence="duty", agents="李某，法规股股长；王某，律师")
    assert "法规股股长" in summoned.agents
    assert set(Appearance.Substitute.values) == {"staff", "lawyer", "nobody"}
    docket.confirm(summoned, **{**ABSENT, "substitute": "lawyer", "finding": ""})
    assert (summoned.substitute, summoned.counts) == ("lawyer", False)


@pytest.mark.parametrize(("spoke", "resolution"), [(True, True), (True, False), (False, False)])
def test_article_11_whether_the_principal_spoke_and_on_resolution_is_the_courts_record(
    docket, summoned, spoke, resolution
):
    docket.confirm(docket.name(summoned), spoke=spoke, spoke_on_resolution=resolution)
    assert (summoned.spoke, summoned.spoke_on_resolution) == (spoke, resolution)


@pytest.mark.parametrize("finding", ["no_reason", "again", "nobody", "left", "refused"])
def test_article_12_each_of_the_five_findings_opens_two_binding_drafts(docket, summoned, finding):
    assert len(Appearance.Finding.values) == 5
    factories.unit("supervision", "市监察委员会", prefix="岑监")
    docket.confirm(summoned, **{**ABSENT, "finding": finding})
    rows = list(Related.objects.filter(source=summoned.pk, relation="article12"))
    assert [(row.target.kind, row.target.state, row.binding) for row in rows] == [("suggestion", "draft", True)] * 2
    with pytest.raises(Refused):
        docket.take(rows[0].target.suggestion, "discard")
    assert Unit.objects.filter(kind="supervision").count() == 1


def test_article_12_no_finding_opens_nothing(docket, summoned):
    docket.confirm(docket.name(summoned))
    assert not Related.objects.exists()


def test_article_13_the_hearing_goes_on_where_nobody_was_named(docket, summoned):
    with pytest.raises(Refused):
        docket.take(summoned, "summarise", docket.organ, summary="x")
    docket.confirm(summoned, **ABSENT)
    assert summoned.matter.state == "confirmed"
    assert not Deadline.objects.open().filter(matter=summoned.pk, code__in=("name", "confirm")).exists()


def test_article_13_nothing_is_confirmed_before_the_hearing(docket, summoned):
    docket.name(summoned)
    with pytest.raises(Refused, match="尚未开庭"):
        docket.take(summoned, "confirm", **ABSENT)


def test_article_14_only_what_the_court_confirmed_counts(docket, summoned):
    docket.name(summoned)
    assert not summoned.counts  # what the organ named is no appearance yet
    docket.confirm(summoned)
    assert (summoned.counts, summoned.confirmed_on) == (True, timezone.localdate())
    assert all(APPEARANCE.by_verb[verb].by == ("issuer",) for verb in ("confirm", "correct"))
    assert CASE.by_verb["judge"].by == ("issuer",)
    assert Hearing.objects.get().appearances.get().court_name == "陈某"
