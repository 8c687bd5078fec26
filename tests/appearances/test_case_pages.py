"""The docket through its pages: registration, the way to the performed judgment, and who reads which names."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from appearances import terms
from appearances.models import Appearance, Case, CaseState, Defendant, Hearing
from linkage.matters.models import Attachment, Deadline, Matter
from linkage.units.models import Unit
from tests import factories

pytestmark = pytest.mark.django_db
NUMBER = "（2026）桂0481行初12号"
NEW = "/cases/new/"
LIST, DETAIL = 8, 10


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def ago(days: int) -> str:
    return (localdate() - timedelta(days=days)).isoformat()


def facts(world, **fields) -> dict:
    """A whole registration as a browser posts it."""
    return {
        "number": "(2026)桂0481行初12号", "court": world.court.pk, "cause": "土地行政处罚", "field": "natural_resources",
        "filed_on": ago(30), "plaintiffs": "张三丰\n李四\n某某石材有限公司", "thirds": "", "circumstances": ["high_concern"],
        "organ_1": world.bureau.pk, "role_1": "defendant", "handler_1": "", "served_1": ago(25), "act": "行政处罚决定",
        "action": "register", **fields,
    }  # fmt: skip


def registered(world, sign_in, **fields) -> Matter:
    answer = sign_in(world.court_handler).post(NEW, facts(world, **fields))
    assert answer.status_code == 302, answer.content.decode()
    return Matter.objects.filter(kind="case").latest("pk")


def moment(days: int, hours: int = 0) -> str:
    return f"{timezone.localtime() + timedelta(days=days, hours=hours):%Y-%m-%dT%H:%M}"


def take(client, page: str, verb: str, **fields) -> None:
    assert client.get(f"{page}{verb}/").status_code == 200
    answer = client.post(f"{page}{verb}/", fields)
    assert answer.status_code == 302, answer.content.decode()


def test_a_case_goes_from_registration_to_the_verified_performance(world, sign_in):
    clerk, officer, office = (sign_in(who) for who in (world.court_handler, world.bureau_handler, world.office_handler))
    assert clerk.get(NEW).status_code == 200
    notice = factories.upload("应诉通知书.pdf")
    answer = clerk.post(NEW, {"number": NUMBER, "plaintiffs": "张三丰", "notice": notice, "action": "save"})
    matter = Matter.objects.get()
    edit, page = reverse("cases:edit", args=[matter.pk]), reverse("cases:detail", args=[matter.pk])
    assert answer.url == edit
    assert "张三丰" in clerk.get(edit).content.decode()
    assert "继续填写" in clerk.get(page).content.decode()
    assert officer.get(page).status_code == office.get(page).status_code == 404
    assert clerk.post(edit, facts(world, filed_on=ago(60))).url == page
    matter.refresh_from_db()
    assert (matter.state, matter.number) == (CaseState.OPEN, NUMBER)
    file = Attachment.objects.get()
    download = officer.get(reverse("cases:file", args=[matter.pk, file.pk]))
    assert b"".join(download.streaming_content) == factories.PDF
    assert office.get(reverse("cases:file", args=[matter.pk, file.pk])).status_code == 404

    shown = officer.get(page).content.decode()
    assert "期限怎么算的" in shown
    assert "提交答辩" in shown
    take(officer, page, "defend", happened_on=ago(5), files=[factories.upload("答辩状.pdf")])
    take(office, page, "conciliate", note="已组织协调一次。")
    row = Defendant.objects.get()
    form = clerk.get(f"{page}schedule/").content.decode()
    assert "社会高度关注（" in form
    assert 'value="must" id="id_duty_' in form.replace("  ", " ")
    decided = {f"duty_{row.pk}": "must", f"ground_{row.pk}": "社会高度关注", f"reason_{row.pk}": ""}
    take(clerk, page, "schedule", starts_at=moment(20), ends_at=moment(20, 2), place="第一审判庭", **decided)
    hearing, appearance = Hearing.objects.get(), Appearance.objects.get()
    take(
        clerk,
        page,
        "move",
        hearing=hearing.pk,
        starts_at=moment(22),
        ends_at=moment(22, 2),
        place="二庭",
        reason="合议庭",
    )
    link = reverse("appearances:detail", args=[appearance.pk])
    assert link in clerk.get(page).content.decode()
    for client in (officer, office):  # they see it when the notice is out
        assert link not in client.get(page).content.decode()
        assert "二庭" in client.get(page).content.decode()

    take(clerk, page, "judge", outcome="revoked", happened_on=ago(43), duty_text="重新作出决定", perform_by=ago(-60))
    take(clerk, page, "serve-judgment", defendant=row.pk, happened_on=ago(42))
    take(clerk, page, "serve-judgment", defendant="", happened_on=ago(41))
    take(officer, page, "decide", appeal="accepts", note="")
    take(clerk, page, "effective", happened_on=ago(1))
    missing = officer.post(f"{page}perform/", {"happened_on": ago(0), "note": "已重作"})
    assert missing.status_code == 422
    assert "已重作" in missing.content.decode()
    take(officer, page, "perform", happened_on=ago(0), note="已重作", files=[factories.upload("决定书.pdf")])
    take(clerk, page, "verify", performance="in_time", performed_on=ago(0), note="")
    case = Case.objects.select_related("matter").get()
    assert (case.matter.state, case.performance, case.result) == (CaseState.CLOSED, "in_time", "revoked")
    for client in (clerk, officer, office):
        assert client.get(page).status_code == client.get("/cases/").status_code == 200


def test_a_judgment_takes_effect_only_after_the_last_side_could_have_appealed(world, sign_in):
    matter, clerk = registered(world, sign_in, filed_on=ago(60)), sign_in(world.court_handler)
    page, row = reverse("cases:detail", args=[matter.pk]), Defendant.objects.get()
    take(clerk, page, "judge", **{"outcome": "revoked", "happened_on": ago(43), f"service_{row.pk}": ago(42)})
    assert not Deadline.objects.filter(code="effective").exists()  # nobody can say when, before all are served
    refused = clerk.post(f"{page}effective/", {"happened_on": ago(1)})
    assert (refused.status_code, "裁判文书尚未送达原告" in refused.content.decode()) == (422, True)
    take(clerk, page, "serve-judgment", defendant="", happened_on=ago(38))
    ends = terms.last_appeal_day(Case.objects.get())
    assert Deadline.objects.get(code="effective").start_on == ends
    assert ends >= localdate() - timedelta(days=38 - 15)
    refused = clerk.post(f"{page}effective/", {"happened_on": ends})
    assert f"原告的上诉期至{ends:%Y-%m-%d}届满" in refused.content.decode()
    take(clerk, page, "effective", happened_on=ends + timedelta(days=1))
    assert Matter.objects.get(kind="case").state == CaseState.CLOSED


def test_who_has_decided_to_appeal_keeps_the_judgment_from_taking_effect(world, sign_in):
    matter, clerk = registered(world, sign_in, filed_on=ago(60)), sign_in(world.court_handler)
    page, row = reverse("cases:detail", args=[matter.pk]), Defendant.objects.get()
    served = {"plaintiff_served_on": ago(42), f"service_{row.pk}": ago(42)}
    take(clerk, page, "judge", outcome="revoked", happened_on=ago(43), **served)
    take(sign_in(world.bureau_handler), page, "decide", appeal="appeals", note="")
    refused = clerk.post(f"{page}effective/", {"happened_on": ago(1)})
    assert "已决定上诉" in refused.content.decode()


def test_who_stands_in_for_a_court_enters_a_session_afterwards(world, sign_in):
    """Also the organ that takes part as a third party is asked for its principal (法释〔2020〕3号 1)."""
    outside = Unit.objects.create(
        kind="outside_court", short="梧州市中级人民法院", name="梧州市中级人民法院", area=factories.area(), offline=True
    )
    officer = sign_in(world.bureau_handler)
    third = {"organ_2": world.town.pk, "role_2": "third"}
    page = officer.post(NEW, facts(world, court=outside.pk, number="（2026）桂04行初3号", **third)).url
    decided = {f"duty_{row.pk}": "none" for row in Defendant.objects.all()}
    take(officer, page, "schedule", starts_at=moment(-3), ends_at=moment(-3, 2), place="一庭", **decided)
    assert sorted(Appearance.objects.values_list("defendant__role", flat=True)) == ["defendant", "third"]


def test_an_outside_court_s_case_is_registered_by_the_organ_which_hands_in_the_judgment(world, sign_in):
    outside = Unit.objects.create(
        kind="outside_court", short="梧州市中级人民法院", name="梧州市中级人民法院", area=factories.area(), offline=True
    )
    officer = sign_in(world.bureau_handler)
    answer = officer.post(NEW, facts(world, court=outside.pk, number="（2026）桂04行初3号"))
    assert answer.status_code == 302, answer.content.decode()
    page = answer.url
    judgment = {"outcome": "dismissed", "happened_on": ago(3), f"service_{Defendant.objects.get().pk}": ago(2)}
    refused = officer.post(f"{page}judge/", judgment)
    assert refused.status_code == 422
    assert "上传裁判文书" in refused.content.decode()
    take(officer, page, "judge", **judgment, files=[factories.upload("判决书.pdf")])
    assert Matter.objects.get(kind="case").state == CaseState.JUDGED
    assert sign_in(world.office_handler).get(page).status_code == 200
    assert sign_in(world.court_handler).get(page).status_code == 404


def test_a_number_is_registered_once(world, sign_in):
    registered(world, sign_in)
    answer = sign_in(world.bureau_handler).post(NEW, facts(world))
    assert answer.status_code == 422
    assert f"{NUMBER}已经登记" in answer.content.decode()
    assert Case.objects.count() == 1


def test_what_was_typed_survives_an_error(world, sign_in):
    answer = sign_in(world.court_handler).post(
        NEW, facts(world, number="桂初12", plaintiffs="钱某一", organ_2="", served_2=ago(3), judge="吴法官")
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "案号写作" in text
    assert "选择行政机关2" in text
    for typed in ("桂初12", "钱某一", "吴法官", ago(3), "土地行政处罚"):
        assert typed in text
    assert not Case.objects.exists()


def test_steps_say_what_is_wrong_with_their_days(world, sign_in):
    matter = registered(world, sign_in)
    clerk, page, row = sign_in(world.court_handler), reverse("cases:detail", args=[matter.pk]), Defendant.objects.get()
    duty = {f"duty_{row.pk}": "may", f"ground_{row.pk}": "", "place": "一庭"}
    judged = {"outcome": "revoked", "happened_on": ago(3)}
    wrong = [
        ("schedule", {"starts_at": moment(-1), "ends_at": moment(1), **duty}, "开庭时间须在现在以后"),
        ("schedule", {"starts_at": moment(3), "ends_at": moment(2), **duty}, "结束时间须在开庭时间以后"),
        ("schedule", {"starts_at": moment(3), "ends_at": moment(3, 1), **duty}, "选择通知市自然资源局负责人出庭的情形"),
        ("serve", {"defendant": row.pk, "happened_on": ago(40)}, "不能早于立案日期"),
        ("judge", {**judged, "happened_on": ago(40)}, "不能早于立案日期"),
        ("judge", {**judged, f"service_{row.pk}": ago(5)}, "不能早于裁判日期"),
        ("judge", {**judged, "perform_by": ago(-9)}, "写明裁判确定的履行义务"),
        ("judge", {**judged, "outcome": "upheld"}, "id_outcome"),
    ]
    for verb, fields, sentence in wrong:
        answer = clerk.post(f"{page}{verb}/", fields)
        assert (verb, answer.status_code) == (verb, 422)
        assert sentence in answer.content.decode()
    assert clerk.post(f"{page}move/", {}).status_code == 422
    matter.refresh_from_db()
    assert matter.state == CaseState.OPEN


def test_names_are_for_the_court_and_the_organs_alone(world, sign_in):
    matter = registered(world, sign_in, plaintiffs="张三丰\n张小明|张某明\n某某加工（法人）")
    page = reverse("cases:detail", args=[matter.pk])
    for who in (world.court_handler, world.bureau_handler):
        assert "张三丰" in sign_in(who).get(page).content.decode()
    office = sign_in(world.office_handler)
    for path in (page, "/cases/", f"{page}conciliate/"):
        text = office.get(path).content.decode()
        assert "张三丰" not in text
        assert "张小明" not in text
    assert "张某明" in office.get(page).content.decode()
    assert office.get(f"{page}amend/").status_code == 403
    assert list(matter.case.litigants.values_list("sort", flat=True)) == ["person", "person", "organisation"]


def test_a_correction_begins_with_what_stands_and_says_why(world, sign_in):
    matter = registered(world, sign_in, plaintiffs="张三丰\n张小明|张某明\n某某加工（法人）")
    clerk, page = sign_in(world.court_handler), reverse("cases:detail", args=[matter.pk])
    form = clerk.get(f"{page}amend/").content.decode()
    assert "张三丰\n张小明|张某明\n某某加工（法人）" in form
    data = facts(world, plaintiffs="张三丰", cause="土地行政征收")
    assert clerk.post(f"{page}amend/", data).status_code == 422
    assert clerk.post(f"{page}amend/", {**data, "note": "案由有误"}).status_code == 302
    matter.refresh_from_db()
    assert matter.title == "张某诉市自然资源局土地行政征收案"


def test_instances_are_linked_and_a_government_is_answered_for_by_its_department(world, sign_in):
    first = registered(world, sign_in)
    government = factories.unit("government", "市人民政府")
    more = {"organ_2": government.pk, "role_2": "reviewer", "handler_2": world.town.pk, "served_2": ago(20)}
    unknown = sign_in(world.court_handler).post(
        NEW, facts(world, number="（2026）桂04行终8号", previous="（2026）桂04行初9号")
    )
    assert unknown.status_code == 422
    assert "没有找到（2026）桂04行初9号" in unknown.content.decode()
    second = registered(world, sign_in, number="（2026）桂04行终8号", previous="(2026)桂0481行初12号", **more)
    clerk, page = sign_in(world.court_handler), reverse("cases:detail", args=[second.pk])
    assert reverse("cases:detail", args=[first.pk]) in clerk.get(page).content.decode()
    assert page in clerk.get(reverse("cases:detail", args=[first.pk])).content.decode()
    acting, party = sign_in(world.town_handler), sign_in(factories.person(government, "handler"))
    assert "提交答辩" in acting.get(page).content.decode()
    assert "提交答辩" not in party.get(page).content.decode()
    rows = Defendant.objects.filter(case=second.pk)
    decided = {f"duty_{row.pk}": "none" for row in rows}
    take(clerk, page, "schedule", starts_at=moment(20), ends_at=moment(20, 2), place="一庭", **decided)
    text = clerk.get(page).content.decode()
    links = [reverse("appearances:detail", args=[row.pk]) for row in Appearance.objects.all()]
    assert [text.count(link) for link in links] == [1, 1]
    assert "社会高度关注" in text
    assert timezone.localtime(Hearing.objects.get().starts_at).strftime("%Y-%m-%d %H:%M") in text
    for client in (acting, party):  # each sees its own
        shown = client.get(page).content.decode()
        assert sum(link in shown for link in links) == 1


def test_strangers_neither_see_nor_register(world, sign_in):
    matter = registered(world, sign_in)
    stranger = sign_in(world.town_handler)
    for path in ("", "edit/", "amend/", "judge/"):
        assert stranger.get(f"/cases/{matter.pk}/{path}").status_code == 404
    foreign = stranger.post(NEW, facts(world, number="（2026）桂0481行初13号"))
    assert foreign.status_code == 422
    assert "只能登记南渡镇人民政府" in foreign.content.decode()
    for who in (world.procuratorate_handler, world.court_leader):
        refused = sign_in(who).get(NEW)
        assert refused.status_code == 403
        assert "登记" in refused.content.decode()


def test_the_list_finds_by_its_conditions(world, sign_in):
    registered(world, sign_in)
    clerk = sign_in(world.court_handler)
    found = ("q=行初12", f"court={world.court.pk}", f"defendant={world.bureau.pk}", "field=natural_resources",
             "category=litigation&instance=first&state=open", f"year={localdate() - timedelta(days=30):%Y}")  # fmt: skip
    for query in found:
        assert NUMBER in clerk.get(f"/cases/?{query}").content.decode()
    for query in ("q=没有", f"defendant={world.town.pk}", "category=enforcement", "state=closed", "tab=done"):
        assert "没有符合条件的案件" in clerk.get(f"/cases/?{query}").content.decode()


def test_pages_ask_so_many_queries(world, sign_in):
    for serial in range(1, 4):
        matter = registered(world, sign_in, number=f"（2026）桂0481行初{serial}号")
    clerk, page = sign_in(world.court_handler), reverse("cases:detail", args=[matter.pk])
    row = Defendant.objects.get(case=matter.pk)
    take(
        clerk, page, "schedule", starts_at=moment(20), ends_at=moment(20, 2), place="一庭", **{f"duty_{row.pk}": "none"}
    )
    take(clerk, page, "judge", outcome="revoked", happened_on=ago(3))
    for who in (world.court_handler, world.bureau_handler, world.office_handler):
        client = sign_in(who)
        assert len(asked(client, "/cases/")) <= LIST
        assert len(asked(client, f"/cases/?defendant={world.bureau.pk}&state=open")) <= LIST
        assert len(asked(client, page)) <= DETAIL


def asked(client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in queries]
