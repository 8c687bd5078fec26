"""Who may use the API: tokens, their scopes and their end; nothing else, least of all a browser's session."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from linkage.units.models import Unit
from linkage.web import tokens
from linkage.web.models import ApiToken, hashed
from tests import factories
from tests.units.people import browser, person

pytestmark = pytest.mark.django_db
LIST = "/api/v1/suggestions/"
FAR = date(2099, 12, 31)


@pytest.fixture(autouse=True)
def surroundings(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in by password here
    tokens.TokenThrottle.cache.clear()


@pytest.fixture
def bureau():
    return factories.unit("department", "市自然资源局", prefix="岑自然资")


@pytest.fixture
def admin(bureau):
    return factories.person(bureau, "admin").user


@pytest.fixture
def make(bureau, admin):
    def token(**fields) -> tuple[ApiToken, str]:
        usual = {"unit": bureau, "name": "办公系统", "scopes": ["read"], "expires_on": FAR, "created_by": admin}
        return ApiToken.issue(**(usual | fields))

    return token


def call(secret: str | None, path: str = LIST, client: Client | None = None):
    headers = {"Authorization": f"Token {secret}"} if secret else {}
    return (client or Client()).get(path, headers=headers)


def refused(response, status: int) -> str:
    """The sentence of a refusal, which always has the one shape."""
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    assert set(response.json()) == {"detail", "fields"}
    return response.json()["detail"]


# --- The token ----------------------------------------------------------------------------------------------------------
def test_of_the_secret_only_the_hash_is_kept(make):
    token, secret = make()
    prefix, _, rest = secret.partition(".")
    row = ApiToken.objects.filter(pk=token.pk).values().get()
    assert (row["prefix"], row["secret_hash"]) == (prefix, hashed(rest))
    assert rest not in str(row)
    assert len(rest) >= 43


def test_two_tokens_share_nothing(make):
    (one, first), (other, second) = make(), make()
    assert one.prefix != other.prefix
    assert first.split(".")[1] != second.split(".")[1]


def test_a_good_token_acts_as_a_handler_of_its_unit_without_a_person(make, bureau):
    _, secret = make(name="登记系统")
    actor = tokens.actor_of(tokens.presented(secret))
    assert (actor.unit, actor.user, set(actor.roles)) == (bureau, None, {"handler"})
    assert (actor.label, actor.system) == ("登记系统", False)
    response = call(secret)
    assert (response.status_code, response.json()) == (200, {"results": [], "previous": None, "next": None})
    assert "no-store" in response["Cache-Control"]


def test_without_a_token_the_answer_says_how_to_send_one():
    response = call(None)
    assert refused(response, 401) == "请求头缺少令牌：“Authorization: Token 前缀.密钥”。"
    assert response["WWW-Authenticate"] == "Token"


@pytest.mark.parametrize("header", ["Bearer abc", "Basic abc", ""])
def test_other_ways_of_signing_in_are_none(header):
    assert "缺少令牌" in refused(Client().get(LIST, headers={"Authorization": header}), 401)


@pytest.mark.parametrize("header", ["Token", "Token abc", "Token a b", "Token 令牌", f"Token {'a' * 12}.{'é' * 43}"])
def test_a_token_of_the_wrong_form_is_told_the_right_one(header):
    as_servers_give_it = header.encode().decode("latin-1")
    assert "令牌写法不对" in refused(Client().get(LIST, HTTP_AUTHORIZATION=as_servers_give_it), 401)


def test_wrong_secret_and_unknown_prefix_get_the_same_answer(make):
    token, secret = make()
    wrong = f"{token.prefix}.{'x' * 43}"
    unknown = f"{'0' * 12}.{secret.split('.')[1]}"
    assert {refused(call(each), 401) for each in (wrong, unknown)} == {"令牌不正确。"}


def test_a_token_is_good_to_the_end_of_its_last_day(make):
    _, secret = make(expires_on=date(2027, 3, 31))
    with time_machine.travel("2027-03-31T23:59:00+08:00", tick=False):
        assert call(secret).status_code == 200
    with time_machine.travel("2027-04-01T00:00:00+08:00", tick=False):
        assert refused(call(secret), 401) == "令牌已过期，请单位管理员重新配置。"


def test_a_revoked_token_opens_nothing(make):
    token, secret = make()
    ApiToken.objects.filter(pk=token.pk).update(revoked_at=timezone.now())
    assert refused(call(secret), 401) == "令牌已撤销。"


def test_the_end_of_the_unit_is_the_end_of_its_tokens(make, bureau):
    _, secret = make()
    Unit.objects.filter(pk=bureau.pk).update(until=timezone.localdate())
    assert refused(call(secret), 401) == "令牌所属单位已撤并。"


def test_whoever_guesses_the_secret_is_not_told_that_the_token_is_over(make):
    token, _ = make(expires_on=timezone.localdate() - timedelta(days=1))
    assert refused(call(f"{token.prefix}.{'x' * 43}"), 401) == "令牌不正确。"


# --- Scopes and limits -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("scopes", [[], ["register"], ["handle"], ["register", "handle"]])
def test_reading_needs_its_scope(make, scopes):
    _, secret = make(scopes=scopes)
    told = refused(call(secret), 403)
    assert told == "这个应用没有“读取”权限，请单位管理员在“应用接入”中重新配置。"


def test_too_many_requests_of_one_token_wait_and_others_do_not(make, monkeypatch):
    monkeypatch.setattr(tokens.TokenThrottle, "rate", "3/min", raising=False)
    (_, busy), (_, calm) = make(), make()
    assert [call(busy).status_code for _ in range(4)] == [200, 200, 200, 429]
    response = call(busy)
    assert refused(response, 429) == "请求过于频繁，请稍后再试。"
    assert 0 < int(response["Retry-After"]) <= 60
    assert call(calm).status_code == 200


def test_a_request_asks_for_its_token_once_and_writes_nothing(make, django_assert_num_queries):
    _, secret = make()
    with django_assert_num_queries(2) as asked:
        call(secret)
    assert {query["sql"].split()[0] for query in asked.captured_queries} == {"SELECT"}


# --- Sessions -----------------------------------------------------------------------------------------------------------
def test_a_session_opens_nothing_and_so_no_other_site_can_act_through_it(bureau):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("qinfang", "覃芳", (bureau, "handler")))
    assert "缺少令牌" in refused(client.get(LIST), 401)
    assert "缺少令牌" in refused(client.post(LIST, {"title": "x"}), 401)


def test_a_token_needs_no_csrf_token(make):
    _, secret = make(scopes=["register"])
    client = Client(enforce_csrf_checks=True)
    response = client.post(LIST, {}, headers={"Authorization": f"Token {secret}"})
    assert refused(response, 403) == "本单位不制发建议。"


@pytest.mark.parametrize("trouble", ["must change", "no post"])
def test_what_stops_a_person_does_not_stop_an_application_of_his_browser(make, bureau, trouble):
    posts = [] if trouble == "no post" else [(bureau, "handler")]
    client = browser(person("weimin", "韦敏", *posts, must_change_password=trouble == "must change"))
    _, secret = make()
    response = call(secret, client=client)
    assert response.status_code == 200
    assert response.cookies == {}


# --- Refusals in one shape ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/nothing/", "/api/v1/suggestions/5/sign/", "/api/v1/suggestions"])
def test_an_address_that_is_none(make, path):
    _, secret = make()
    assert refused(call(secret, path), 404) == "没有找到这个地址。"
    assert "缺少令牌" in refused(call(None, path), 401)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_a_method_that_is_none(make, method):
    _, secret = make()
    response = getattr(Client(), method)(LIST, headers={"Authorization": f"Token {secret}"})
    assert refused(response, 405) == "这个地址不支持这种请求方法。"


@pytest.fixture
def post(make):
    """Posts a body to a step of a matter that the unit may handle."""
    world = factories.World()
    matter = factories.issued(world)
    _, secret = make(unit=world.bureau, scopes=["handle"])

    def send(body, content_type="application/json"):
        path = f"{LIST}{matter.pk}/receive/"
        return Client().post(path, body, content_type=content_type, headers={"Authorization": f"Token {secret}"})

    return send


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("{", "请求内容不完整，或者不是有效的 JSON。"),
        ("[1]", "请求内容应为一个 JSON 对象。"),
        ('"x"', "请求内容应为一个 JSON 对象。"),
        ('{"note": {"a": 1}}', "字段“note”应为文字、数字或者它们的列表。"),
        ('{"note": [[1]]}', "字段“note”应为文字、数字或者它们的列表。"),
        ('{"note": "\\ud800"}', "字段“note”中有不能识别的字符。"),
        ("[" * 100_000, "请求内容嵌套太深。"),
        (json.dumps({"note": "长" * 2_000_000}, ensure_ascii=False), "请求内容太大，或者字段太多。"),
    ],
    ids=["cut", "list", "text", "object", "lists", "surrogate", "deep", "large"],
)
def test_a_body_that_is_no_input(post, body, told):
    assert refused(post(body), 400) == told


def test_a_body_of_another_type(post):
    told = "请求内容的类型不支持，请用 application/json，带文件的用 multipart/form-data。"
    assert refused(post("a=1", "application/x-www-form-urlencoded"), 415) == told
    assert refused(post("<a/>", "application/xml"), 415) == told


def test_a_broken_multipart_body(post):
    assert refused(post(b"--x\r\nnonsense", "multipart/form-data"), 400) == "请求内容不完整，或者不是有效的 JSON。"


@pytest.mark.parametrize("version", ["x", "1.5", "²", "-1"])
def test_a_version_that_is_no_number(post, version):
    response = post(json.dumps({"version": version}))
    assert refused(response, 422) == "有 1 处需要修改"
    assert response.json()["fields"] == {"version": ["版本号应为整数，取自读取时的 version。"]}
