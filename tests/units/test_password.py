"""The change of a password: forced at first, checked, and ending the other sessions."""

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password

from linkage.units import passwords
from linkage.units.models import User
from tests.units.people import browser, person, texts

INITIAL, OWN = "k7mtq-3xw9-dhrp4", "shanqingshuixiu88"
PAGE = "/account/password/"


@pytest.fixture
def fresh(land):
    """A person who has never signed in."""
    user = person("panhai", "潘海", (land, "handler"), must_change_password=True, email="panhai-2026@cenxi.gov.cn")
    user.set_password(INITIAL)
    user.save()
    return user


def change(client, old=INITIAL, new=OWN, again=None, address=PAGE):
    return client.post(address, {"oldpassword": old, "password1": new, "password2": new if again is None else again})


def test_first_timer_is_sent_to_the_change_page_before_anything_else(fresh):
    client = browser(fresh)
    assert client.get("/unit/?a=1").url == "/account/password/?next=%2Funit%2F%3Fa%3D1"
    assert client.post("/account/unit/", {"unit": 1}).url == "/account/password/?next="
    page = texts(client.get(PAGE))
    assert "您的密码由单位管理员设置。请先改成只有您自己知道的密码，再开始办理。" in page
    assert "返回我的账号" not in page


def test_change_opens_the_portal_and_leads_to_the_page_wanted(fresh):
    client = browser(fresh)
    response = change(client, address=client.get("/account/?a=1").url)
    assert response.url == "/account/?a=1"
    assert "密码已修改。您在其他电脑、手机上的登录已退出。" in texts(client.get(response.url))
    fresh.refresh_from_db()
    assert not fresh.must_change_password
    assert fresh.check_password(OWN)


def test_other_sessions_end_and_this_one_stays(fresh):
    here, there = browser(fresh), browser(fresh)
    change(here)
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").url == "/login/?next=/account/"


@pytest.mark.parametrize(
    ("old", "new", "again", "field", "words"),
    [
        ("cuowu", OWN, OWN, "oldpassword", "当前密码不正确，请重新填写。"),
        (INITIAL, INITIAL, INITIAL, "password1", "新密码不能与当前密码（或初始密码）相同。"),
        (INITIAL, OWN, "lingwaiyige99", "password2", "两次填写的新密码不一致。"),
        (INITIAL, "duanmima123", "duanmima123", "password1", "密码太短，至少 12 个字符。"),
        (INITIAL, "202603150912", "202603150912", "password1", "密码不能全是数字，请加上字母。"),
        (INITIAL, "panhai-2026@cenxi", "panhai-2026@cenxi", "password1", "密码与您的电子邮箱太相近，请换一个。"),
        (INITIAL, "1qaz2wsx3edc", "1qaz2wsx3edc", "password1", "这个密码很常见，容易被猜到，请换一个。"),
        (INITIAL, "", "", "password1", "填写新密码。"),
    ],
)
def test_refuses_and_says_why(fresh, old, new, again, field, words):
    response = change(browser(fresh), old, new, again)
    assert response.status_code == 200
    assert words in response.context["form"].errors[field]
    page = texts(response)
    assert "<title>错误：修改密码" in page
    assert not new or new not in page
    fresh.refresh_from_db()
    assert fresh.check_password(INITIAL)
    assert fresh.must_change_password


def test_account_without_a_password_can_only_be_refused(handler):
    response = change(browser(handler), "suibian-de-mima")
    assert response.context["form"].errors["oldpassword"] == ["当前密码不正确，请重新填写。"]


def test_passwords_need_twelve_characters():
    options = {rule["NAME"].rsplit(".", 1)[-1]: rule.get("OPTIONS") for rule in settings.AUTH_PASSWORD_VALIDATORS}
    assert options["MinimumLengthValidator"] == {"min_length": 12}


def test_generated_passwords_are_readable_and_accepted():
    made = {passwords.generated() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        assert [len(group) for group in password.split("-")] == [5, 4, 5]
        assert not set(password) & set("ilo01IO")
        validate_password(password, User(username="panhai", name="潘海"))
