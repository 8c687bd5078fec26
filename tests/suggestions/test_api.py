"""Suggestions at the API: who sees what, registering once, the steps of a handler, and the description that must hold."""

import re
import threading
from datetime import date, timedelta
from http import HTTPStatus

import jsonschema
import pytest
import time_machine
from django.conf import settings as project
from django.db import connection
from django.forms import BaseForm
from django.test import Client
from django.utils import timezone
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from linkage.jobs import outbox
from linkage.matters import engine, files, papers
from linkage.matters.models import Attachment, Deadline, Event, Matter, Paper, Party
from linkage.units.models import Post, User
from linkage.web import tokens
from linkage.web.models import ApiToken, IdempotencyKey
from linkage.web.posting import faults
from linkage.web.viewsets import takeable
from suggestions.flow import FLOW
from suggestions.forms import LetterUploadForm, RegisterForm
from suggestions.kind import KIND
from suggestions.models import Suggestion
from tests import factories
from tests.units.people import browser, texts

pytestmark = pytest.mark.django_db
LIST = "/api/v1/suggestions/"
ALL = ["read", "register", "handle"]
VERBS = sorted(step.verb for step in takeable(FLOW) if step.verb != "register")
FILES = {"scan", "evidence", "own", "letter"}


@pytest.fixture(autouse=True)
def surroundings(settings, tmp_path):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in by password here
    store = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": store}
    tokens.TokenThrottle.cache.clear()


@pytest.fixture
def world():
    return factories.World()


class Application:
    """An application of a unit: calls the API with its token."""

    def __init__(self, unit, scopes=ALL, name="业务系统"):
        admin = User.objects.earliest("pk")
        until = timezone.localdate() + timedelta(days=3650)
        self.token, secret = ApiToken.issue(
            unit=unit, name=name, scopes=list(scopes), expires_on=until, created_by=admin
        )
        self.headers = {"Authorization": f"Token {secret}"}
        self.client = Client()

    def get(self, path, **query):
        return self.client.get(path, query, headers=self.headers)

    def post(self, path, data=None, **headers):
        """JSON, or multipart where a file goes along."""
        data = data or {}
        form = {} if FILES & set(data) else {"content_type": "application/json"}
        return self.client.post(path, data, headers={**self.headers, **headers}, **form)

    def sees(self, matter) -> bool:
        listed = matter.pk in [row["id"] for row in self.get(LIST).json()["results"]]
        found = self.get(address(matter)).status_code
        assert found == (HTTPStatus.OK if listed else HTTPStatus.NOT_FOUND)
        return listed


def address(matter, *parts) -> str:
    return f"{LIST}{matter.pk}/" + "".join(f"{part}/" for part in parts)


def at(day: str):
    return time_machine.travel(f"{day}T10:00:00+08:00", tick=False)


def form_of(page) -> BaseForm:
    """The form of a page; parts of pages have other things by that name."""
    return next(layer["form"] for layer in page.context if isinstance(layer.get("form"), BaseForm))


def told(response, status: int) -> str:
    assert (response.status_code, set(response.json())) == (status, {"detail", "fields"}), response.content.decode()
    return response.json()["detail"]


# --- Sight --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("unit", "sees"),
    [("court", True), ("bureau", True), ("office", True), ("procuratorate", False), ("town", False), ("firm", False)],
)
def test_an_application_sees_what_its_unit_sees(world, unit, sees):
    assert Application(getattr(world, unit)).sees(factories.issued(world)) is sees


@pytest.mark.parametrize(("unit", "sees"), [("court", True), ("bureau", False), ("office", False), ("town", False)])
def test_a_draft_is_its_units_own(world, unit, sees):
    assert Application(getattr(world, unit)).sees(factories.draft(world.court_handler, world.bureau)) is sees


def test_a_voided_matter_is_gone(world):
    matter = factories.issued(world)
    Matter.objects.filter(pk=matter.pk).update(void=True)
    assert not Application(world.court).sees(matter)


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 18, "9" * 19, "9" * 40])
def test_what_does_not_exist_names_nobody(world, pk):
    application = Application(world.court)
    for path in ("", "papers/1/pdf/", "files/1/"):
        assert told(application.get(f"{LIST}{pk}/{path}"), 404) == "没有找到这个事项。"
    assert told(application.post(f"{LIST}{pk}/receive/"), 404) == "没有找到这个事项。"


def test_what_stays_within_a_unit_is_not_in_the_answer_to_another(world):
    matter = factories.draft(world.court_handler, world.bureau)
    engine.take(matter.pk, "suggestion-submit", world.court_handler)
    engine.take(matter.pk, "suggestion-return", world.court_leader, data={"note": "第2项无依据"})
    engine.take(matter.pk, "suggestion-submit", world.court_handler)
    engine.take(matter.pk, "suggestion-sign", world.court_leader)
    reply = factories.reply_draft(opening="拟不予采纳")
    paper = papers.save_draft(matter.pk, "reply", world.bureau_handler, None, reply)
    evidence = files.store(factories.upload("内部意见.pdf"), matter, "evidence", world.bureau_handler, paper=paper)
    engine.take(matter.pk, "reply-submit", world.bureau_handler)
    court, bureau = Application(world.court), Application(world.bureau)
    seen_by_court, seen_by_bureau = (app.get(address(matter)).content.decode() for app in (court, bureau))
    assert "第2项无依据" in seen_by_court
    assert "第2项无依据" not in seen_by_bureau
    assert "内部意见.pdf" in seen_by_bureau
    assert "内部意见.pdf" not in seen_by_court
    assert "拟不予采纳" not in seen_by_court + seen_by_bureau
    assert [row["code"] for row in bureau.get(address(matter)).json()["papers"]] == ["suggestion"]
    assert told(court.get(address(matter, "files", evidence.pk)), 404) == "没有找到这个事项。"
    assert told(bureau.get(address(matter, "papers", paper.pk, "pdf")), 404) == "没有找到这个事项。"


# --- Reading ------------------------------------------------------------------------------------------------------------
def test_one_suggestion_in_full(world):
    with at("2026-03-02"):
        matter = factories.issued(world)
    with at("2026-03-04"):
        body = Application(world.bureau).get(address(matter)).json()
    head = ("number", "state", "stage", "issued_on", "served_on", "served_by", "closed_on", "parts", "period")
    assert [body[name] for name in head] == [
        "岑法建〔2026〕1号", "handling", "待签收", "2026-03-02", "2026-03-02", "online", None, ["addressee"],
        {"amount": 2, "unit": "month"},
    ]  # fmt: skip
    assert (body["issuer"]["short"], body["addressee"]["short"]) == ("市人民法院", "市自然资源局")
    assert [(row["unit"]["short"], row["parts"]) for row in body["parties"]] == [
        ("市人民法院", ["issuer"]), ("市自然资源局", ["addressee"]), ("市司法局", ["copied"]),
    ]  # fmt: skip
    assert [row["text"] for row in body["advice"]] == factories.ADVICE
    due = {row["code"]: row for row in body["deadlines"]}
    assert (due["receive"]["due"], due["reply"]["due"], due["reply"]["mark"]) == ("2026-03-05", "2026-05-06", "letter")
    assert due["reply"]["steps"] == Deadline.objects.get(matter=matter, code="reply").steps
    assert len(due["reply"]["steps"]) >= 2
    letter = Paper.objects.get(matter=matter)
    assert [(row["id"], row["sha256"], row["pdf_url"]) for row in body["papers"]] == [(letter.pk, letter.sha256, None)]
    steps = engine.permitted(KIND, matter, Party.objects.get(matter=matter, addressee=True), world.bureau_handler)
    assert [row["verb"] for row in body["steps"]] == [step.verb for step in steps if step in takeable(FLOW)]
    assert body["steps"][0] == {"verb": "receive", "label": "签收", "url": address(matter, "receive")}
    assert body["url"] == address(matter)


def test_the_answers_stand_under_their_advice(world):
    matter = factories.replied(world, factories.issued(world))
    body = Application(world.court).get(address(matter)).json()
    reply = Paper.objects.get(matter=matter, kind="reply")
    assert [row["answers"] for row in body["advice"]] == [
        [{"reply": reply.pk, "number": reply.number, "status": "done", "note": f"第{order}项已办。"}]
        for order in (1, 2, 3)
    ]
    assert [(row["paper"], row["stance"], row["unlawful"]) for row in body["replies"]] == [(reply.pk, "full", "no")]
    assert [row["code"] for row in body["papers"]] == ["suggestion", "reply"]


def test_the_pdf_made_here(world):
    matter = factories.issued(world)
    paper = Paper.objects.get(matter=matter)
    application = Application(world.office, ["read"])
    assert "正在生成" in told(application.get(address(matter, "papers", paper.pk, "pdf")), 404)
    Paper.objects.filter(pk=paper.pk).update(pdf_key=files.write(factories.PDF), pdf_sha256="a" * 64)
    row = application.get(address(matter)).json()["papers"][0]
    assert (row["pdf_url"], row["pdf_sha256"]) == (address(matter, "papers", paper.pk, "pdf"), "a" * 64)
    before = Event.objects.count()
    response = application.client.get(row["pdf_url"], headers={**application.headers, "Accept": "application/pdf"})
    assert b"".join(response.streaming_content) == factories.PDF
    assert response["Content-Type"] == "application/pdf"
    event = Event.objects.latest("pk")
    assert Event.objects.count() == before + 1
    assert (event.verb, event.who, event.unit, event.data) == (
        "download",
        "业务系统",
        world.office,
        {"paper": paper.pk},
    )


def test_a_file_is_given_to_the_parties_and_nobody_else(world):
    matter = factories.issued(world)
    scan = files.store(factories.upload("送达回证.pdf"), matter, "service", world.court_handler)
    row = Application(world.bureau).get(address(matter)).json()["files"][0]
    assert (row["name"], row["sha256"], row["purpose"]) == ("送达回证.pdf", scan.sha256, "service")
    assert b"".join(Application(world.bureau).get(row["url"]).streaming_content) == factories.PDF
    assert told(Application(world.town).get(row["url"]), 404) == "没有找到这个事项。"
    other = factories.issued(world)
    assert told(Application(world.bureau).get(address(other, "files", scan.pk)), 404) == "没有找到这个事项。"
    downloads = Event.objects.filter(verb="download").values_list("unit", "data")
    assert list(downloads) == [(world.bureau.pk, {"attachment": scan.pk})]


def test_reading_writes_nothing(world, django_assert_num_queries):
    matter = factories.issued(world)
    application = Application(world.bureau)
    for path, most in ((LIST, 3), (address(matter), 9)):
        application.get(path)
        with django_assert_num_queries(most) as asked:
            application.get(path)
        assert {query["sql"].split()[0] for query in asked.captured_queries} == {"SELECT"}


@pytest.mark.parametrize("size", [1, 12])
def test_the_list_costs_the_same_for_any_number_of_rows(world, size, django_assert_num_queries):
    for _ in range(size):
        factories.issued(world)
    application = Application(world.bureau)
    with django_assert_num_queries(3):
        assert len(application.get(LIST).json()["results"]) == size


def test_pages_there_and_back_in_the_order_of_the_inbox(world):
    with at("2026-03-02"):
        for _ in range(45):
            factories.draft(world.court_handler, world.bureau)
    application = Application(world.court)
    whole = list(
        Party.objects.filter(holder=world.court).order_by("box", "sort_on", "matter").values_list("matter", flat=True)
    )
    pages, path = [], LIST
    while path:
        body = application.get(path).json()
        pages.append([row["id"] for row in body["results"]])
        path, last = body["next"], body["previous"]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert [pk for page in pages for pk in page] == whole
    assert [row["id"] for row in application.get(last).json()["results"]] == pages[1]


def test_conditions_are_those_of_the_page_and_stay_while_paging(world):
    for number in range(25):
        factories.draft(world.court_handler, world.bureau, title=f"规范听证程序{number}")
    factories.draft(world.court_handler, world.town, title="完善告知程序")
    application = Application(world.court)
    assert [row["title"] for row in application.get(LIST, q="告知").json()["results"]] == ["完善告知程序"]
    by_unit = application.get(LIST, addressee=world.town.pk, state="draft", family="judicial").json()
    assert [row["addressee"]["short"] for row in by_unit["results"]] == ["南渡镇人民政府"]
    second = application.get(application.get(LIST, q="听证").json()["next"]).json()
    assert {"听证" in row["title"] for row in second["results"]} == {True}
    assert len(second["results"]) == 5


def test_what_waits_and_what_is_done(world):
    with at("2026-03-02"):
        waiting, done = factories.issued(world), factories.replied(world, factories.issued(world))
    with at("2026-05-07"):
        application = Application(world.bureau)
        found = {
            (tab, lamp): [row["id"] for row in application.get(LIST, tab=tab, lamp=lamp).json()["results"]]
            for tab, lamp in (("todo", ""), ("done", ""), ("", "overdue"), ("", "running"))
        }
    assert found == {
        ("todo", ""): [waiting.pk],
        ("done", ""): [done.pk],
        ("", "overdue"): [waiting.pk],
        ("", "running"): [],
    }


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"after": "x"}, "after"), ({"before": "0_2026-02-30_1"}, "before"), ({"after": f"0_2026-01-01_{9**25}"}, "after"),
        ({"tab": "unread"}, "tab"), ({"lamp": "blue"}, "lamp"), ({"state": "gone"}, "state"), ({"addressee": "x"}, "addressee"),
        ({"year": "x"}, "year"), ({"q": "\x00"}, "q"),
    ],
)  # fmt: skip
def test_conditions_that_mean_nothing(world, query, field):
    response = Application(world.court).get(LIST, **query)
    assert told(response, 400) == "有 1 处需要修改"
    assert list(response.json()["fields"]) == [field]


# --- Steps --------------------------------------------------------------------------------------------------------------
def test_the_steps_are_those_of_handlers_that_need_no_signature():
    rows = [row for row in FLOW.rows if not row.signs and row.post == Post.Role.HANDLER]
    paths = set(SchemaGenerator().get_schema(public=True)["paths"])
    offered = {path.split("/")[-2] for path in paths if path.count("/") == 6 and "{id}" in path}
    assert offered == set(VERBS) == {row.verb for row in rows} - {"register"}


@pytest.mark.parametrize(
    "verb", ["issue", "suggestion-sign", "suggestion-record", "reply", "urge", "withdraw", "register"]
)
def test_no_application_signs(world, verb):
    matter = factories.draft(world.court_handler, world.bureau)
    assert told(Application(world.court).post(address(matter, verb)), 404) == "没有找到这个地址。"


@pytest.mark.parametrize("verb", VERBS)
def test_every_step_needs_the_scope(world, verb):
    matter = factories.issued(world)
    application = Application(world.court, ["read", "register"])
    assert "没有“办理”权限" in told(application.post(address(matter, verb)), 403)
    assert application.get(address(matter)).json()["steps"] == []


@pytest.mark.parametrize("verb", VERBS)
def test_no_step_of_a_matter_out_of_sight(world, verb):
    matter = factories.issued(world)
    assert told(Application(world.town).post(address(matter, verb)), 404) == "没有找到这个事项。"


def test_receiving(world):
    matter = factories.issued(world)
    response = Application(world.bureau, name="收文系统").post(address(matter, "receive"))
    assert response.status_code == 200
    assert (response.json()["verb"], response.json()["label"], response.json()["state"]) == (
        "receive",
        "签收",
        "handling",
    )
    party = Party.objects.get(matter=matter, holder=world.bureau)
    assert (party.received_at is not None, party.received_by, party.handler) == (True, None, None)
    event = Event.objects.get(matter=matter, verb="receive")
    assert (event.actor, event.via, event.who, event.unit) == (None, "收文系统", "收文系统", world.bureau)
    assert Application(world.court).get(address(matter)).json()["stage"] == "办理中"
    again = told(Application(world.bureau).post(address(matter, "receive")), 409)
    assert again.startswith("本单位已于")
    assert again.endswith("签收。")
    assert outbox.drain() > 0  # the notices of a step without a person


@pytest.mark.parametrize(("unit", "verb", "words"), [
    ("court", "receive", "“签收”由主送单位办理。"),
    ("bureau", "remind", "“提醒”由抄送、制发单位办理。"),
    ("office", "close", "“办结”由制发单位办理。"),
])  # fmt: skip
def test_a_step_of_another_part_says_whose_it_is(world, unit, verb, words):
    matter = factories.issued(world)
    assert told(Application(getattr(world, unit)).post(address(matter, verb)), 403) == words


def test_serving_takes_the_receipt_along(world):
    matter = factories.issued(world, addressee=world.town)
    application = Application(world.court)
    data = {"method": "direct", "happened_on": str(timezone.localdate()), "served_to": "卢某"}
    response = application.post(address(matter, "serve"), data)
    assert told(response, 422) == "有 1 处需要修改"
    assert response.json()["fields"] == {"scan": ["上传送达回证扫描件"]}
    done = application.post(address(matter, "serve"), {**data, "scan": factories.upload()})
    assert (done.status_code, done.json()["state"]) == (200, "handling")
    row = Suggestion.objects.get(pk=matter.pk)
    assert (row.served_on, row.served_by, row.served_to) == (timezone.localdate(), "direct", "卢某")
    assert Attachment.objects.get(matter=matter, purpose="service").added_by is None


def test_reminding_calling_and_closing(world):
    with at("2026-03-02"):
        matter = factories.issued(world)
        office, court = Application(world.office), Application(world.court)
        assert office.post(address(matter, "remind"), {"note": "请按期回复。"}).status_code == 200
        assert (
            told(office.post(address(matter, "call"), {"note": "已联系。"}), 403)
            == "回复期限未满，可以发提醒，不能催办。"
        )
    with at("2026-05-07"):
        assert office.post(address(matter, "call"), {"note": "已联系。"}).status_code == 200
        factories.replied(world, matter)
        done = court.post(address(matter, "close"), {"result": "done", "opinion": "三项均已落实。"})
    assert (done.status_code, done.json()["state"]) == (200, "closed")
    assert list(Event.objects.filter(matter=matter, actor=None).exclude(via="").order_by("pk").values_list("verb", "note")) == [
        ("remind", "请按期回复。"), ("call", "已联系。"), ("close", "落实到位。三项均已落实。"),
    ]  # fmt: skip


def test_a_stale_version_is_a_conflict_and_a_step_that_is_over_too(world):
    matter = factories.issued(world)
    court, version = Application(world.court), matter.version
    factories.replied(world, matter)
    review = {"result": "done", "opinion": "好"}
    assert "已于" in told(court.post(address(matter, "close"), {**review, "version": version}), 409)
    fresh = court.get(address(matter)).json()["version"]
    assert court.post(address(matter, "close"), {**review, "version": fresh}).status_code == 200
    assert "办结" in told(court.post(address(matter, "close"), review), 409)


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("remind", {}), ("remind", {"note": "绝密★10年"}),
        ("serve", {"method": "online", "happened_on": "2020-01-01", "served_to": "某" * 61}),
        ("serve", {"happened_on": "2999-01-01"}), ("serve", {"happened_on": "二月三十日"}),
    ],
)  # fmt: skip
def test_the_sentences_are_those_of_the_page(world, verb, data):
    matter = factories.issued(world, addressee=world.bureau if verb == "remind" else world.town)
    page = browser(world.court_handler.user).post(f"/suggestions/{matter.pk}/{verb}/", data)
    response = Application(world.court).post(address(matter, verb), data)
    assert (page.status_code, response.status_code) == (422, 422)
    assert response.json()["fields"] == faults(form_of(page)) != {}
    for sentences in response.json()["fields"].values():
        assert all(sentence in texts(page) for sentence in sentences)


def test_a_secrecy_mark_is_refused_and_logged_for_the_application(world):
    matter = factories.issued(world)
    application = Application(world.court, name="办案系统")
    for data in ({"note": "机密★5年"}, {"note": "见附件", "scan": factories.upload()}):
        application.post(address(matter, "remind"), data)
    events = Event.objects.filter(verb="secrecy")
    assert [(event.via, event.unit, event.data) for event in events] == [
        ("办案系统", world.court, {"matter": matter.pk})
    ]


# --- Registering --------------------------------------------------------------------------------------------------------
def letter(world, **fields) -> dict:
    return {
        "type": "procuratorial.governance", "addressee": world.bureau.pk, "title": "加强矿山安全监管", "number": "岑检建〔2026〕5号",
        "issued_on": "2026-03-02", "advice": "一、完善制度。\n二、开展检查。", "period_amount": "2", "period_unit": "month",
        "letter": factories.upload("检察建议书.pdf"), **fields,
    }  # fmt: skip


def register(application, data, key="k1", **headers):
    return application.post(LIST, data, **{"Idempotency-Key": key, **headers})


@pytest.fixture
def procuratorate(world):
    return Application(world.procuratorate, ["register"], name="检察业务系统")


def test_registering_an_issued_letter(world, procuratorate):
    with at("2026-03-05"):
        response = register(procuratorate, letter(world, signed_by="蒙某", case_number="岑检行公(2026)3号"))
    body = response.json()
    assert (response.status_code, response["Location"]) == (201, body["url"])
    assert (body["number"], body["state"], body["issued_on"]) == ("岑检建〔2026〕5号", "issued", "2026-03-02")
    assert [row["text"] for row in body["advice"]] == ["完善制度。", "开展检查。"]
    assert [(row["unit"]["short"], row["parts"]) for row in body["parties"]] == [
        ("市人民检察院", ["issuer"]), ("市自然资源局", ["addressee"]), ("市司法局", ["copied"]),
    ]  # fmt: skip
    matter = Matter.objects.get(pk=body["id"])
    paper = Paper.objects.get(matter=matter)
    assert (paper.origin, paper.signed_by, paper.drafted_by) == ("registered", "蒙某", None)
    event = Event.objects.get(matter=matter)
    assert (event.verb, event.who, event.unit) == ("register", "检察业务系统", world.procuratorate)
    for unit in (world.bureau, world.office):
        reader = Application(unit)
        row = reader.get(address(matter)).json()["papers"][0]
        assert row["pdf_sha256"] == paper.file.sha256
        assert b"".join(reader.get(row["pdf_url"]).streaming_content) == factories.PDF
    assert outbox.drain() > 0


def test_registering_what_is_served_already(world, procuratorate):
    served = {"served_on": "2026-03-03", "method": "announced", "scan": factories.upload()}
    with at("2026-03-05"):
        body = register(procuratorate, letter(world, **served)).json()
    assert (body["state"], body["served_on"], body["served_by"]) == ("handling", "2026-03-03", "announced")
    assert {row["code"]: row["due"] for row in body["deadlines"] if not row["closed_on"]}["reply"] == "2026-05-06"


@pytest.mark.parametrize("unit", ["bureau", "town", "firm"])
def test_only_units_that_issue_letters_register_them(world, unit):
    application = Application(getattr(world, unit))
    assert told(register(application, letter(world)), 403) == "本单位不制发建议。"
    assert told(application.get(f"{LIST}choices/"), 403) == "本单位不制发建议。"
    assert Matter.objects.count() == 0


@pytest.mark.parametrize("scopes", [[], ["read"], ["handle"], ["read", "handle"]])
def test_registering_needs_its_scope(world, scopes):
    application = Application(world.procuratorate, scopes)
    assert "没有“登记已制发文书”权限" in told(register(application, letter(world)), 403)


def test_a_type_of_another_kind_of_unit_cannot_be_registered(world, procuratorate):
    response = register(procuratorate, letter(world, type="judicial.case"))
    assert told(response, 422) == "有 1 处需要修改"
    assert list(response.json()["fields"]) == ["type"]


def test_the_choices_are_those_of_the_form(world, procuratorate):
    body = procuratorate.get(f"{LIST}choices/").json()
    assert {row["value"].split(".")[0] for row in body["type"]} == {"procuratorial"}
    units = {row["label"]: row["value"] for row in body["addressee"]}
    assert units["市自然资源局"] == str(world.bureau.pk)
    assert "市人民检察院" not in units
    assert "市司法局" not in {row["label"] for row in body["copies"]}
    assert [row["value"] for row in body["method"]] == ["direct", "announced", "left", "post"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "", "advice": "", "number": "", "issued_on": "", "addressee": "", "type": ""},
        {"number": "第5号"}, {"issued_on": "2999-01-01"}, {"served_on": "2026-03-01"}, {"period_amount": "0"},
        {"title": "秘密★3年"}, {"period_unit": "year"}, {"addressee": "999999"}, {"title": "长" * 101},
    ],
)  # fmt: skip
def test_the_sentences_are_those_of_the_two_pages(world, procuratorate, wrong):
    person = browser(world.procuratorate_handler.user)
    page = person.post("/suggestions/register/", {"letter": factories.upload("建议书.pdf")})
    data = {name: value for name, value in letter(world, **wrong).items() if name != "letter"}
    page = person.post(page.url, {**data, "action": "submit"})
    matters = Matter.objects.count()
    response = register(procuratorate, letter(world, **wrong))
    assert (page.status_code, told(response, 422)[0]) == (422, "有")
    assert response.json()["fields"] == faults(form_of(page)) != {}
    assert Matter.objects.count() == matters


def test_the_letter_must_be_a_pdf_as_on_the_page(world, procuratorate):
    uploads = [
        None,
        factories.upload("a.pdf", b"%PX"),
        factories.upload("a.txt", b"text"),
        factories.upload("a.exe", b"MZ"),
    ]
    person = browser(world.procuratorate_handler.user)
    for upload in uploads:
        data = letter(world) | {"letter": upload or ""}
        response = register(procuratorate, data)
        if upload:
            upload.seek(0)
        page = person.post("/suggestions/register/", {"letter": upload} if upload else {})
        assert response.json()["fields"] == faults(form_of(page)) != {}
    assert Matter.objects.count() == 0


def test_a_number_is_registered_once(world, procuratorate):
    assert register(procuratorate, letter(world)).status_code == 201
    response = register(procuratorate, letter(world, number="岑检建[2026]5号"), key="k2")
    assert response.json()["fields"] == {"number": ["本单位已登记过岑检建〔2026〕5号，请核对文号。"]}
    assert Matter.objects.count() == 1


def test_a_letter_comes_as_multipart(world, procuratorate):
    data = letter(world)
    del data["letter"]
    response = procuratorate.post(LIST, data, **{"Idempotency-Key": "k1"})
    assert told(response, 422) == "有 1 处需要修改"
    assert response.json()["fields"] == {"letter": ["上传已制发的文书（PDF）"]}


# --- Once ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("key", ["", "有", "a b", "k" * 129])
def test_registering_needs_a_key(world, procuratorate, key):
    sent = key.encode().decode("latin-1")
    response = procuratorate.client.post(LIST, letter(world), HTTP_IDEMPOTENCY_KEY=sent, headers=procuratorate.headers)
    assert "请求头缺少 Idempotency-Key" in told(response, 400)
    assert Matter.objects.count() == 0


def test_the_same_request_again_gets_the_same_answer(world, procuratorate):
    first = register(procuratorate, letter(world))
    factories.issued(world)
    Application(world.procuratorate).post(address(Matter.objects.earliest("pk"), "remind"), {"note": "无关"})
    again = register(procuratorate, letter(world))
    assert (again.status_code, again.json(), again["Location"]) == (201, first.json(), first["Location"])
    assert ("Idempotent-Replayed" in first, again["Idempotent-Replayed"]) == (False, "true")
    assert Paper.objects.filter(unit=world.procuratorate).count() == 1
    assert Attachment.objects.filter(unit=world.procuratorate).count() == 1


@pytest.mark.parametrize("change", ["field", "file"])
def test_the_same_key_for_another_content_is_refused(world, procuratorate, change):
    assert register(procuratorate, letter(world)).status_code == 201
    other = (
        {"title": "另一件"}
        if change == "field"
        else {"letter": factories.upload("检察建议书.pdf", factories.PDF + b"\n")}
    )
    assert "已经用于另一份内容" in told(register(procuratorate, letter(world, **other)), 409)
    assert Matter.objects.count() == 1


def test_a_refused_request_may_be_mended_under_its_key(world, procuratorate):
    assert register(procuratorate, letter(world, title="")).status_code == 422
    assert IdempotencyKey.objects.count() == 0
    assert register(procuratorate, letter(world)).status_code == 201


def test_keys_of_two_applications_do_not_meet(world, procuratorate):
    other = Application(world.procuratorate, ["register"])
    assert register(procuratorate, letter(world)).status_code == 201
    assert register(other, letter(world, number="岑检建〔2026〕6号")).status_code == 201
    assert Matter.objects.count() == 2


def test_a_failure_inside_keeps_neither_key_nor_matter(world, procuratorate):
    world.office.until = date(2020, 1, 1)  # without a legal office the copy is impossible, and the guard refuses
    world.office.save()
    assert "必须同时抄送司法局" in told(register(procuratorate, letter(world)), 403)
    assert (Matter.objects.count(), IdempotencyKey.objects.count(), Event.objects.count()) == (0, 0, 0)


def together(*calls) -> list:
    """Carry out calls at the same moment, each in a thread with a connection of its own; their results in order."""
    results, start = [None] * len(calls), threading.Barrier(len(calls))

    def run(place, call):
        try:
            start.wait()
            results[place] = call()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_the_same_request_twice_at_the_same_moment_creates_once(world):
    application = Application(world.procuratorate, ["register"])
    answers = together(*[lambda: register(application, letter(world))] * 3)
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert answers[0].json() == answers[1].json() == answers[2].json()
    assert sorted("Idempotent-Replayed" in answer for answer in answers) == [False, True, True]
    assert Matter.objects.count() == Event.objects.filter(verb="register").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_requests_for_one_number_at_the_same_moment_create_once(world):
    application = Application(world.procuratorate, ["register"])
    answers = together(*[lambda key=key: register(application, letter(world), key=key) for key in ("a", "b")])
    assert sorted(answer.status_code for answer in answers) == [201, 422]
    refused = next(answer for answer in answers if answer.status_code == 422)
    assert refused.json()["fields"] == {"number": ["本单位已登记过岑检建〔2026〕5号，请核对文号。"]}
    assert (Matter.objects.count(), IdempotencyKey.objects.count()) == (1, 1)


# --- The description ----------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def schema():
    GENERATOR_STATS.reset()
    return SchemaGenerator().get_schema(public=True)


def test_the_description_is_made_without_a_warning_and_is_valid(schema):
    assert not GENERATOR_STATS
    validate_schema(schema)
    assert schema["openapi"] == "3.1.0"
    assert schema["components"]["securitySchemes"]["token"]["name"] == "Authorization"


def test_every_operation_is_described_and_lists_what_may_be_refused(schema):
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            refusals = {"400", "401", "403", "404", "429"} | ({"409", "415", "422"} if method == "post" else set())
            assert refusals <= set(operation["responses"]), path
            assert operation["security"] == [{"token": []}]
            assert operation["summary"]
            assert operation["description"]
            for status in refusals:
                content = operation["responses"][status]["content"]["application/json"]
                assert content == {"schema": {"$ref": "#/components/schemas/Error"}}


def test_people_read_chinese_in_it(schema):
    words = re.findall(r"'(?:description|summary|title)': '([^']*)'", str(schema))
    assert len(words) > 200
    assert [word for word in words if word and not re.search(r"[\u4e00-\u9fff]|^(PDF|sha256)", word)] == []


def test_the_body_of_registering_asks_for_what_the_forms_ask_for(world, schema):
    body = schema["paths"][LIST]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    forms = [form(matter=None, actor=world.procuratorate_handler) for form in (RegisterForm, LetterUploadForm)]
    fields = {name: field for form in forms for name, field in form.fields.items()}
    assert set(body["properties"]) == set(fields)
    assert set(body["required"]) == {name for name, field in fields.items() if field.required}


def conforms(schema: dict, path: str, method: str, response) -> None:
    """The body of a response is what the description promises for its status."""
    operation = schema["paths"][path][method]
    promised = operation["responses"][str(response.status_code)]["content"]["application/json"]["schema"]
    document = {**promised, "components": schema["components"]}
    checker = jsonschema.Draft202012Validator(document, format_checker=jsonschema.FormatChecker())
    checker.validate(response.json())


def test_what_is_answered_is_what_is_described(world, procuratorate, schema):
    one = LIST + "{id}/"
    matter = factories.issued(world)
    court, bureau = Application(world.court), Application(world.bureau)
    draft = factories.draft(world.court_handler, world.bureau, period_amount=None)
    conforms(schema, one + "receive/", "post", bureau.post(address(matter, "receive")))
    factories.replied(world, matter)
    engine.take(matter.pk, "stamp", world.court_handler, data={"scan": factories.upload()})
    conforms(
        schema, one + "supplement/", "post", court.post(address(matter, "supplement"), {"agreed_on": "2999-01-01"})
    )
    for response in (court.get(address(matter)), court.get(address(draft)), bureau.get(address(matter))):
        assert response.status_code == 200
        conforms(schema, one, "get", response)
    conforms(schema, LIST, "get", court.get(LIST))
    conforms(schema, LIST + "choices/", "get", procuratorate.get(LIST + "choices/"))
    conforms(schema, LIST, "post", register(procuratorate, letter(world)))
    refusals = [
        ("get", LIST, court.get(LIST, tab="x")), ("get", LIST, Client().get(LIST)), ("get", one, bureau.get(address(draft))),
        ("get", LIST, procuratorate.get(LIST)), ("post", LIST, register(procuratorate, letter(world, title=""), key="2")),
        ("post", LIST, register(procuratorate, letter(world, title="x"))), ("post", one + "receive/", bureau.post(address(matter, "receive"))),
    ]  # fmt: skip
    assert [response.status_code for _, _, response in refusals] == [400, 401, 404, 403, 422, 409, 409]
    for method, path, response in refusals:
        conforms(schema, path, method, response)


# --- The page of the description ------------------------------------------------------------------------------------------
def test_the_description_itself_is_open_and_says_nothing_of_any_matter(world):
    factories.issued(world)
    response = Client().get("/api/v1/schema/")
    assert response.status_code == 200
    assert response.json()["info"]["title"] == "依法行政联动平台接口"
    assert "规范行政处罚听证告知程序》" not in response.content.decode()


def test_the_page_is_for_people_who_are_signed_in():
    assert Client().get("/api/docs/").url == "/login/?next=/api/docs/"


def test_the_page_loads_from_this_server_only_and_relaxes_styles_for_itself_alone(world):
    client = browser(world.court_handler.user)
    page = client.get("/api/docs/")
    shown = texts(page)
    assert page.status_code == 200
    sources = re.findall(r'(?:src|href)="([^"]+)"', shown)
    assert [source for source in sources if not source.startswith(("/", "#"))] == []
    assert any("drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js" in source for source in sources)
    assert "<style" not in shown
    assert not re.search(r"<script(?![^>]*src=)", shown)
    assert "style-src 'self' 'unsafe-inline'" in page["Content-Security-Policy"]
    assert "unsafe" not in client.get("/login/")["Content-Security-Policy"]
    assert "script-src" not in page["Content-Security-Policy"]  # default-src 'self' holds
    script = client.get("/api/docs/?script=")
    assert script["Content-Type"] == "application/javascript"
    assert '"validatorUrl": null' in script.content.decode()
    assert "/api/v1/schema/" in script.content.decode()


def test_the_api_is_where_the_middleware_expects_it():
    assert LIST.startswith(tokens.API_PATH)
    assert project.REST_FRAMEWORK["DEFAULT_AUTHENTICATION_CLASSES"] == ["linkage.web.tokens.TokenAuthentication"]
