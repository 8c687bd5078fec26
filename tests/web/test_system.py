"""The state of what runs behind the pages: for the legal office's administrator, and without details for monitoring."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from linkage.jobs import outbox
from linkage.jobs.models import LAST_ATTEMPT, Job, Pulse
from linkage.matters import triggers
from linkage.matters.models import Deadline, Event, Matter
from linkage.units.models import Area, Unit
from tests import servers
from tests.broker import publishing_to
from tests.units.people import browser, person, texts

PAGE = "/system/"


@pytest.fixture
def place(db):
    return Area.objects.get(code="450481")


@pytest.fixture
def office(place):
    return Unit.objects.create(kind="legal_office", area=place, name="岑溪市司法局", short="市司法局")


@pytest.fixture
def watcher(office):
    return browser(person("zhouqi", "周琪", (office, "admin")))


@pytest.fixture(autouse=True)
def _no_broker():
    with publishing_to("unix:///nowhere/redis.sock"):
        yield


@pytest.fixture
def given_up(db):
    outbox.ask("mail", "mail:7", mail=7)
    Job.objects.update(attempts=LAST_ATTEMPT, error="SMTPRecipientsRefused({'lxl@cenxi.example': (550, b'no')})")


def well(page) -> dict[str, bool]:
    return {check.label: check.well for check in page.context["checks"]}


def test_a_system_at_rest(watcher):
    page = watcher.get(PAGE)
    assert well(page) == {"后台任务进程": False, "任务调度": False, "期限提醒": False, "办理记录防篡改": True}
    for sentence in ("没有应答", "还没有运行过", "触发器齐全", "没有失败的任务", "没有暂定的期限"):
        assert sentence in texts(page)


def test_what_ran_lately_is_well_and_what_did_not_is_not(watcher):
    Pulse.note("sweep")
    Pulse.note("remind")
    Pulse.objects.filter(name="remind").update(at=timezone.now() - timedelta(hours=1))
    page = watcher.get(PAGE)
    assert (well(page)["任务调度"], well(page)["期限提醒"]) == (True, False)


def test_a_broker_without_a_worker_is_not_well(watcher):
    with servers.redis() as url, publishing_to(url):
        assert not well(watcher.get(PAGE))["后台任务进程"]


def test_what_was_given_up_is_shown_counted_and_tried_again(watcher, given_up):
    page = texts(watcher.get(PAGE))
    assert "有 1 项后台任务多次重试后仍未完成" in page
    assert "发送邮件" in page
    assert "SMTPRecipientsRefused" in page
    assert "lxl@cenxi.example" not in page  # whose mail it is, is not for everybody's eyes
    assert '<span class="sr">待办 </span>1' in texts(watcher.get("/"))
    answer = watcher.post("/system/retry/", follow=True)
    assert "1 项任务已重新排队" in texts(answer)
    assert (Job.objects.failed().count(), Job.objects.due().count()) == (0, 1)
    assert Event.objects.get(verb="retry").note == "重新执行 1 项失败的后台任务"


def test_trying_nothing_again_is_not_recorded(watcher):
    watcher.post("/system/retry/")
    assert not Event.objects.filter(verb="retry").exists()


def test_what_waits_is_counted(watcher):
    outbox.ask("mail", "mail:7", run_after=timezone.now() + timedelta(days=1), mail=7)
    page = watcher.get(PAGE)
    assert (page.context["waiting"], page.context["oldest"]) == (1, None)


def test_years_without_a_notice_are_named_with_their_deadlines(watcher, office):
    for day, provisional in ((date(2031, 2, 3), True), (date(2031, 3, 3), True), (date(2026, 5, 6), False)):
        matter = Matter.objects.create(kind="suggestion", title="-", state="handling", area=office.area)
        Deadline.objects.create(
            matter=matter, code="reply", label="书面回复", unit=office, start_on=day, first_due=day, due=day,
            provisional=provisional,
        )  # fmt: skip
    assert watcher.get(PAGE).context["years"] == [{"year": 2031, "count": 2}]


def test_missing_triggers_are_an_alarm(watcher, client):
    Pulse.note("sweep")
    assert client.get("/healthz/").status_code == 200
    triggers.lift()
    page = watcher.get(PAGE)
    assert not well(page)["办理记录防篡改"]
    assert "数据库缺少触发器" in texts(page)
    assert client.get("/healthz/").status_code == 503
    triggers.install()


def test_others_are_told_whose_it_is(office, given_up):
    bureau = Unit.objects.create(kind="department", area=office.area, name="岑溪市自然资源局", short="市自然资源局")
    for stranger in (person("liang", "梁晓岚", (bureau, "admin")), person("wei", "韦忠", (office, "handler"))):
        visitor = browser(stranger)
        assert visitor.get(PAGE).status_code == visitor.post("/system/retry/").status_code == 403
        assert PAGE not in texts(visitor.get("/"))
    assert Job.objects.failed().count() == 1


# --- Monitoring ---------------------------------------------------------------------------------------------------------
def test_monitoring_needs_no_account_and_is_told_no_details(client, db):
    answer = client.get("/healthz/")
    assert (answer.status_code, answer.json()) == (503, {"ok": False})
    Pulse.note("sweep")
    answer = client.get("/healthz/")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert "no-store" in answer["Cache-Control"]
    Pulse.objects.update(at=timezone.now() - timedelta(minutes=3))
    assert client.get("/healthz/").status_code == 503


@pytest.mark.django_db
def test_a_database_that_is_away_is_told_as_such(client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE jobs_pulse RENAME TO jobs_pulse_away")
    assert client.get("/healthz/").status_code == 503


def test_asking_costs_few_queries_and_opens_no_session(client, db, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        answer = client.get("/healthz/")
    assert not answer.cookies
