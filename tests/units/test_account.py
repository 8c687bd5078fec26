"""One's own account, and the unit one acts for."""

import pytest

from linkage.units.models import Post
from tests.units.people import browser, person, texts


def test_shows_name_account_and_posts(shared):
    page = texts(browser(shared).get("/account/"))
    for words in ["曾强", "zengqiang", "市自然资源局", "市水利局", "经办人 A 岗"]:
        assert words in page


def test_changes_contact_and_dark_pages(handler):
    client = browser(handler)
    fields = {"email": "qf@cenxi.gov.cn", "phone": "13807740001", "dark": "on", "name": "别人", "is_active": ""}
    assert client.post("/account/", fields).url == "/account/"
    handler.refresh_from_db()
    assert (handler.email, handler.phone, handler.dark) == ("qf@cenxi.gov.cn", "13807740001", True)
    assert (handler.name, handler.is_active) == ("覃芳", True)
    page = texts(client.get("/account/"))
    assert 'data-theme="dark"' in page
    assert "账号信息已保存。" in page


def test_wrong_mobile_is_refused_and_kept(handler):
    response = browser(handler).post("/account/", {"email": "", "phone": "1380774"})
    assert response.context["form"].errors["phone"] == ["手机号应为 11 位数字，如 13800000000。"]
    assert 'value="1380774"' in texts(response)


def test_acts_for_the_unit_chosen(shared, land, water):
    client = browser(shared)
    first = client.get("/account/").wsgi_request.actor.unit
    other = water if first == land else land
    assert client.post("/account/unit/", {"unit": other.pk}).url == "/"
    assert client.get("/account/").wsgi_request.actor.unit == other


@pytest.mark.parametrize("value", ["", "abc", "999999"])
def test_no_unit_without_a_post(handler, value):
    client = browser(handler)
    assert client.post("/account/unit/", {"unit": value}).status_code == 404
    assert "unit" not in client.session


def test_not_to_a_unit_of_others_nor_of_an_ended_post(handler, water, land):
    client = browser(handler)
    assert client.post("/account/unit/", {"unit": water.pk}).status_code == 404
    post = Post.objects.create(user=handler, unit=water, role="handler")
    assert client.post("/account/unit/", {"unit": water.pk}).status_code == 302
    post.ended_at = "2026-03-01T00:00+08:00"
    post.save()
    assert client.get("/account/").wsgi_request.actor.unit == land


def test_roles_are_those_held_in_the_unit_acted_for(land, water):
    both = person("moli", "莫莉", (land, "handler"), (water, "admin"))
    client = browser(both)
    client.post("/account/unit/", {"unit": land.pk})
    assert client.get("/unit/users/").status_code == 403
    client.post("/account/unit/", {"unit": water.pk})
    assert client.get("/unit/users/").status_code == 200


def test_switch_asked_for_by_get_leads_home(handler):
    assert browser(handler).get("/account/unit/").url == "/"
