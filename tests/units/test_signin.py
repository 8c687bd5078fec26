"""Sign-in: the lock after five failures, the same answers for everybody, idle sign-out, the way back."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.hashers import identify_hasher
from django.test import Client
from django.utils.timezone import localtime, now

from linkage.units.models import SignInLock, User
from tests.units.people import browser, person, texts

SECRET = "yuelianglu-2026"


@pytest.fixture
def someone(land):
    user = person("panhai", "潘海", (land, "handler"))
    user.set_password(SECRET)
    user.save()
    return user


def sign_in(client: Client, username: str, password: str, address: str = "/login/", **fields):
    return client.post(address, {"login": username, "password": password, **fields})


def refused(response) -> str:
    """The one sentence of the refusal."""
    assert response.status_code == 200
    return response.context["form"].non_field_errors()[0]


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def fail(client: Client, username: str, times: int) -> list[str]:
    return [refused(sign_in(client, username, "cuowu-de-mima")) for _ in range(times)]


def test_signs_in_and_opens_the_workbench(client, someone):
    response = sign_in(client, "panhai", SECRET)
    assert (response.status_code, response.url) == (302, "/")
    assert client.get("/account/").status_code == 200


def test_passwords_are_kept_with_argon2(someone):
    assert identify_hasher(someone.password).algorithm == "argon2"


@pytest.mark.parametrize("typed", ["PanHai", "  panhai ", "ｐａｎｈａｉ"])
def test_account_is_read_as_people_type_it(client, someone, typed):
    assert sign_in(client, typed, SECRET).status_code == 302


def test_fifth_failure_locks_for_thirty_minutes(client, someone):
    start = now()
    with time_machine.travel(start, tick=False):
        answers = fail(client, "panhai", 5)
        assert answers[:4] == [f"账号或密码不正确，还可以再试 {n} 次。" for n in (4, 3, 2, 1)]
        until = localtime(start + timedelta(minutes=30, seconds=59))
        locked = f"账号已锁定，请于 {until:%H:%M} 后再试，或请本单位管理员重置密码。"
        assert answers[4] == locked
        assert refused(sign_in(client, "panhai", SECRET)) == locked
    with time_machine.travel(start + timedelta(minutes=29, seconds=59), tick=False):
        assert refused(sign_in(client, "PANHAI", SECRET)) == locked
    with time_machine.travel(start + timedelta(minutes=30, seconds=1), tick=False):
        assert sign_in(client, "panhai", SECRET).status_code == 302
    assert not SignInLock.objects.exists()


def test_tries_while_locked_do_not_lengthen_the_lock(client, someone):
    start = now()
    with time_machine.travel(start, tick=False):
        fail(client, "panhai", 5)
    with time_machine.travel(start + timedelta(minutes=20), tick=False):
        fail(client, "panhai", 6)
    with time_machine.travel(start + timedelta(minutes=31), tick=False):
        assert fail(client, "panhai", 1) == ["账号或密码不正确，还可以再试 4 次。"]


def test_success_clears_the_failures(client, someone):
    fail(client, "panhai", 4)
    assert sign_in(client, "panhai", SECRET).status_code == 302
    assert fail(Client(), "panhai", 1) == ["账号或密码不正确，还可以再试 4 次。"]


def test_the_lock_is_of_one_account_only(client, someone, handler):
    fail(client, "qinfang", 5)
    assert sign_in(client, "panhai", SECRET).status_code == 302


def test_fifth_try_with_the_right_password_signs_in(client, someone):
    fail(client, "panhai", 4)
    assert sign_in(client, "panhai", SECRET).status_code == 302


def test_unknown_and_disabled_accounts_are_answered_alike(client, someone):
    User.objects.filter(pk=someone.pk).update(is_active=False)
    unknown, disabled = fail(client, "meiyou", 5), fail(client, "panhai", 4)
    disabled.append(refused(sign_in(client, "panhai", SECRET)))
    assert unknown[:4] == disabled[:4]
    assert {words[:9] for words in (unknown[4], disabled[4])} == {"账号已锁定，请于 "}
    assert not signed_in(client)


def test_blank_fields_say_what_to_do_and_count_nothing(client, db):
    response = sign_in(client, "", "")
    assert response.context["form"].errors == {"login": ["填写账号。"], "password": ["填写密码。"]}
    assert not SignInLock.objects.exists()


def test_refused_sign_in_keeps_the_account_and_not_the_password(client, someone):
    page = texts(sign_in(client, "panhai", "cuowu-de-mima"))
    assert 'value="panhai"' in page
    assert "cuowu-de-mima" not in page


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [("/account/", "/account/"), ("https://evil.example/", "/"), ("//evil.example/", "/"), ("http://localhost/", "/")],
)
def test_leads_back_to_pages_of_this_portal_only(client, someone, wanted, reached):
    assert sign_in(client, "panhai", SECRET, next=wanted).url == reached


def test_page_asks_only_for_account_and_password(client, db):
    page = texts(client.get("/login/"))
    assert "本系统为非涉密系统，部署于电子政务外网，严禁存储、处理涉密信息" in page
    assert "连续输错 5 次，账号锁定 30 分钟" in page
    assert "signup" not in page


def test_signed_in_people_skip_the_sign_in_page(handler):
    assert browser(handler).get("/login/").url == "/"


@pytest.mark.parametrize("path", ["/signup/", "/email/", "/password/reset/", "/accounts/login/", "/account/signup/"])
def test_no_other_page_of_allauth_exists(handler, path):
    assert browser(handler).get(path).status_code == 404


def test_signs_out_by_post(handler):
    client = browser(handler)
    assert "退出后需要重新填写账号和密码" in texts(client.get("/logout/"))
    assert signed_in(client)
    assert client.post("/logout/").url == "/login/"
    assert not signed_in(client)
    assert client.get("/logout/").url == "/login/"


def test_idle_for_thirty_minutes_signs_out_and_returns_to_the_page(handler):
    start = now()
    with time_machine.travel(start, tick=False):
        client = browser(handler)
        assert client.get("/account/").status_code == 200
    with time_machine.travel(start + timedelta(minutes=29), tick=False):
        assert client.get("/account/").status_code == 200
    with time_machine.travel(start + timedelta(minutes=58), tick=False):
        assert client.get("/account/").status_code == 200
    with time_machine.travel(start + timedelta(minutes=89), tick=False):
        response = client.get("/account/?a=1", follow=True)
    assert response.redirect_chain == [("/login/?next=/account/%3Fa%3D1", 302)]
    assert "已超过 30 分钟没有操作，请重新登录。" in texts(response)
    assert not signed_in(client)


def test_idle_is_counted_from_sign_in_where_no_page_followed(handler):
    start = now()
    with time_machine.travel(start, tick=False):
        client = browser(handler)
    with time_machine.travel(start + timedelta(minutes=31), tick=False):
        assert client.get("/account/").url == "/login/?next=/account/"


def test_the_idle_cookie_cannot_be_made_up(handler):
    start = now()
    with time_machine.travel(start, tick=False):
        client = browser(handler)
    client.cookies["seen"] = "9999999999"
    with time_machine.travel(start + timedelta(minutes=31), tick=False):
        assert client.get("/account/").url == "/login/?next=/account/"


def test_after_a_post_signed_out_leads_back_to_the_page_it_came_from(client, db):
    page = "http://testserver/unit/users/?state=disabled"
    response = client.post("/unit/users/1/enable/", headers={"Referer": page})
    assert response.url == "/login/?next=http%3A%2F%2Ftestserver%2Funit%2Fusers%2F%3Fstate%3Ddisabled"
    response = client.post("/unit/users/1/enable/", headers={"Referer": "http://evil.example/"})
    assert response.url == "/login/?next=%2F"


def test_fragment_asked_for_signed_out_opens_the_sign_in_page_whole(client, db):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/account/"}
    response = client.get("/unit/users/account/", headers=headers)
    assert response.status_code == 200
    assert response["HX-Redirect"] == "/login/?next=http%3A%2F%2Ftestserver%2Faccount%2F"


def test_person_without_a_post_sees_one_page_only(land):
    client = browser(person("wugang", "吴刚"))
    for path in ["/", "/account/", "/unit/users/", "/unit/"]:
        response = client.get(path)
        assert response.status_code == 403
        assert "您的账号还没有岗位，请联系本单位管理员。" in texts(response)
    assert client.post("/logout/").url == "/login/"


def test_disabled_person_is_out_at_once(handler):
    client = browser(handler)
    User.objects.filter(pk=handler.pk).update(is_active=False)
    assert client.get("/account/").url == "/login/?next=/account/"


def test_pages_of_people_are_never_cached(handler):
    assert "no-store" in browser(handler).get("/account/")["Cache-Control"]


def test_lock_and_limits_are_those_of_the_office():
    assert (settings.SIGN_IN_TRIES, settings.SIGN_IN_LOCK_MINUTES, settings.IDLE_MINUTES) == (5, 30, 30)
