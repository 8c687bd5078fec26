"""应用接入: tokens as the unit's administrator makes, sees and revokes them."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from linkage.matters.models import Event
from linkage.web import tokens
from linkage.web.models import ApiToken
from tests import factories
from tests.units.people import browser, person, texts

pytestmark = pytest.mark.django_db
LIST = "/unit/applications/"
NEW = f"{LIST}new/"


@pytest.fixture(autouse=True)
def fresh_throttle():
    tokens.TokenThrottle.cache.clear()


@pytest.fixture
def land():
    return factories.unit("department", "市自然资源局")


@pytest.fixture
def water():
    return factories.unit("department", "市水利局")


@pytest.fixture
def admin(land):
    return person("liming", "黎明", (land, "admin"))


@pytest.fixture
def client(admin):
    return browser(admin)


def create(client: Client, **fields):
    day = timezone.localdate() + timedelta(days=30)
    return client.post(NEW, {"name": "办公系统", "scopes": ["read", "handle"], "expires_on": day, **fields})


def shown_secret(page) -> str:
    return re.search(r"<dt>令牌</dt><dd><b>([^<]+)</b>", texts(page))[1]


def status_with(secret: str) -> int:
    return Client().get("/api/v1/suggestions/", headers={"Authorization": f"Token {secret}"}).status_code


# --- Making one ---------------------------------------------------------------------------------------------------------
def test_a_new_application_gets_a_token_that_works(client, admin, land):
    response = create(client)
    token = ApiToken.objects.get()
    assert response.url == f"{LIST}{token.pk}/"
    assert (token.unit, token.name, token.scopes, token.created_by) == (land, "办公系统", ["read", "handle"], admin)
    assert token.expires_on == timezone.localdate() + timedelta(days=30)
    page = client.get(response.url)
    assert "Authorization: Token " in texts(page)
    assert status_with(shown_secret(page)) == 200


def test_the_token_is_shown_exactly_once(client):
    address = create(client).url
    secret = shown_secret(client.get(address))
    again = texts(client.get(address))
    assert secret not in again
    assert "令牌只显示一次，这里已经没有了。" in again


def test_the_secret_is_nowhere_in_the_database_the_address_or_the_log(client, caplog):
    from django.contrib.sessions.models import Session

    with caplog.at_level("DEBUG"):
        address = create(client).url
    secret = shown_secret(client.get(address)).split(".")[1]
    rows = [*ApiToken.objects.values(), *Event.objects.values(), *(row.get_decoded() for row in Session.objects.all())]
    assert secret not in address + caplog.text + str(rows)


def test_the_secret_is_shown_to_the_administrator_who_made_it_only(client, land):
    address = create(client).url
    client.force_login(person("huangyi", "黄毅", (land, "admin")))
    assert "令牌只显示一次" in texts(client.get(address))


def test_the_secret_of_one_is_not_shown_for_another(client):
    first, second = create(client).url, create(client, name="另一个").url
    assert "令牌只显示一次" in texts(client.get(first))
    assert "令牌只显示一次" in texts(client.get(second))  # the first look forgot it


def test_making_and_revoking_stand_in_the_record_of_the_unit(client, admin, land):
    token = ApiToken.objects.get(pk=create(client).url.split("/")[-2])
    client.post(f"{LIST}{token.pk}/revoke/")
    events = Event.objects.filter(verb__in=["create-token", "revoke-token"]).order_by("pk")
    told = [(row.verb, row.actor, row.unit, row.within, row.note, row.data["token"]) for row in events]
    assert told == [
        (verb, admin, land, f",{land.pk},", "办公系统", token.pk) for verb in ("create-token", "revoke-token")
    ]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "填写应用名称。"),
        ({"name": "绝密★10年"}, "检测到密级标志"),
        ({"scopes": []}, "至少选一项权限。"),
        ({"scopes": ["sign"]}, "选择一个有效的选项"),
        ({"expires_on": ""}, "填写有效期的最后一天。"),
        ({"expires_on": "2020-01-01"}, "日期不能早于今天。"),
        ({"expires_on": "2999-01-01"}, "有效期最长一年"),
    ],
)
def test_what_must_be_mended(client, wrong, sentence):
    response = create(client, **wrong)
    assert sentence in texts(response)
    assert ApiToken.objects.count() == 0
    if "name" not in wrong:
        assert 'value="办公系统"' in texts(response)


def test_the_form_proposes_reading_for_a_year(client):
    with time_machine.travel("2026-03-02T10:00:00+08:00", tick=False):
        client.force_login(client.get(NEW).wsgi_request.user)
        page = texts(client.get(NEW))
    assert re.search(r'value="read"[^>]*checked', page)
    assert not re.search(r'value="(register|handle)"[^>]*checked', page)
    assert 'value="2027-03-02"' in page


# --- The list -----------------------------------------------------------------------------------------------------------
def test_the_list_says_what_each_may_and_whether_it_still_works(client, land, admin):
    with time_machine.travel("2026-03-02T10:00:00+08:00", tick=False):
        for name, day in (("旧系统", "2026-03-01"), ("办公系统", "2026-12-31")):
            ApiToken.issue(unit=land, name=name, scopes=["read", "register"], expires_on=day, created_by=admin)
        client.force_login(admin)
        page = texts(client.get(LIST))
    assert re.findall(r"<td><b>([^<]+)</b>", page) == ["办公系统", "旧系统"]
    assert re.findall(r'data-th="状态"><span>([^<]+)', page) == ["使用中", "已过期"]
    assert "读取、登记已制发文书" in page


def test_the_empty_list_says_what_it_is_for(client):
    assert "还没有接入的应用" in texts(client.get(LIST))


@pytest.mark.parametrize("size", [1, 8])
def test_the_list_costs_the_same_for_any_number(client, land, admin, size, django_assert_num_queries):
    for number in range(size):
        ApiToken.issue(
            unit=land, name=f"系统{number}", scopes=["read"], expires_on=timezone.localdate(), created_by=admin
        )
    with django_assert_num_queries(4):
        client.get(LIST)


# --- Revoking -----------------------------------------------------------------------------------------------------------
def test_revoking_closes_the_token_at_once(client, admin):
    address = create(client).url
    secret = shown_secret(client.get(address))
    response = client.post(f"{address}revoke/", follow=True)
    assert "“办公系统”已撤销，从现在起不能再访问。" in texts(response)
    assert "已撤销" in texts(response)
    token = ApiToken.objects.get()
    assert (token.revoked_by, token.revoked_at is not None) == (admin, True)
    assert status_with(secret) == 401


def test_revoking_twice_keeps_the_first_time_and_one_event(client):
    address = create(client).url
    client.post(f"{address}revoke/")
    first = ApiToken.objects.get().revoked_at
    client.post(f"{address}revoke/")
    assert ApiToken.objects.get().revoked_at == first
    assert Event.objects.filter(verb="revoke-token").count() == 1


def test_looking_at_the_address_of_a_verb_changes_nothing(client):
    address = create(client).url
    assert client.get(f"{address}revoke/").url == LIST
    assert ApiToken.objects.get().revoked_at is None


# --- Whose it is --------------------------------------------------------------------------------------------------------
def test_another_units_applications_do_not_exist(client, water):
    stranger = browser(person("weiguo", "韦国", (water, "admin")))
    address = create(client).url
    assert "还没有接入的应用" in texts(stranger.get(LIST))
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}revoke/").status_code == 404
    assert ApiToken.objects.get().revoked_at is None


@pytest.mark.parametrize("role", ["handler", "leader"])
@pytest.mark.parametrize("path", ["", "new/", "1/", "1/revoke/"])
def test_others_are_told_who_keeps_them(client, land, role, path):
    other = browser(person("qinfang", "覃芳", (land, role)))
    for method in ("get", "post"):
        response = getattr(other, method)(LIST + path)
        assert response.status_code == 403
        assert "请联系本单位管理员：黎明。" in texts(response)


@pytest.mark.parametrize("path", ["", "new/", "1/"])
def test_whoever_is_signed_out_signs_in_first(path):
    assert Client().get(LIST + path).url == f"/login/?next={LIST}{path}"
