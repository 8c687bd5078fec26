"""Who may open and post which page of the unit and its users; and that looking changes nothing."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linkage.units.models import User
from tests.units.people import browser

PAGES = {
    "/unit/": 200,
    "/unit/users/": 200,
    "/unit/users/?state=disabled": 200,
    "/unit/users/new/": 200,
    "/unit/users/join/": 200,
    "/unit/users/account/?name=张三": 200,
    "/unit/users/{pk}/": 200,
    "/unit/users/{pk}/password/": 200,
    "/unit/users/{pk}/reset/": 302,
    "/unit/users/{pk}/disable/": 302,
    "/unit/users/{pk}/enable/": 302,
}
VERBS = ["", "reset/", "disable/", "enable/"]
OTHERS = {"/account/": 200, "/account/password/": 200, "/account/unit/": 302, "/logout/": 200, "/login/": 302}
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def of_person(path: str) -> bool:
    return "{pk}" in path


@pytest.fixture
def visitor(request, admin, handler, stranger) -> Client:
    users = {"admin": admin, "other admin": stranger, "handler": handler}
    return browser(users[request.param]) if request.param in users else Client()


def expected(who: str, path: str, status: int) -> int:
    """What a GET answers: his own, nothing at all of another unit, a refusal with its reason, or the sign-in page."""
    if who == "admin" or (who == "other admin" and not of_person(path)):
        return status
    return {"other admin": 404, "handler": 403, "anonymous": 302}[who]


@pytest.mark.parametrize("visitor", ["admin", "other admin", "handler", "anonymous"], indirect=True)
@pytest.mark.parametrize("path", PAGES)
def test_pages(visitor, path, handler, request):
    who = request.node.callspec.params["visitor"]
    response = visitor.get(path.format(pk=handler.pk))
    assert response.status_code == expected(who, path, PAGES[path])
    if who == "anonymous":
        assert response.url.startswith("/login/?next=/unit/")


@pytest.mark.parametrize("visitor", ["other admin", "handler", "anonymous"], indirect=True)
@pytest.mark.parametrize("verb", VERBS)
def test_verbs_on_a_person_by_others_change_nothing(visitor, verb, handler, request):
    who = request.node.callspec.params["visitor"]
    response = visitor.post(f"/unit/users/{handler.pk}/{verb}", {"name": "改名", "leader": "on"})
    assert response.status_code == {"other admin": 404, "handler": 403, "anonymous": 302}[who]
    kept = User.objects.get(pk=handler.pk)
    assert (kept.name, kept.is_active, kept.password) == ("覃芳", True, "!")
    assert [post.role for post in kept.posts.all()] == ["handler"]


@pytest.mark.parametrize("visitor", ["handler", "anonymous"], indirect=True)
@pytest.mark.parametrize("path", ["/unit/", "/unit/users/new/", "/unit/users/join/"])
def test_only_administrators_write(visitor, path, land, stranger):
    fields = {"name": "韦国", "username": "weiguo", "handler": "on", "signing": "offline", "numbering": "register"}
    assert visitor.post(path, fields).status_code in {302, 403}
    land.refresh_from_db()
    assert (land.signing, User.objects.count(), stranger.posts.count()) == ("online", 3, 1)


def test_refusal_names_the_administrator(handler, admin):
    page = browser(handler).get("/unit/users/").content.decode()
    assert "账号、岗位和本单位设置由岑溪市自然资源局的单位管理员办理。请联系本单位管理员：黎明。" in page


def test_unknown_person_is_not_found(admin):
    assert browser(admin).get("/unit/users/999999/").status_code == 404


@pytest.mark.parametrize("path", PAGES | OTHERS)
def test_looking_writes_nothing(admin, handler, path):
    client = browser(admin)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(path.format(pk=handler.pk))
    assert response.status_code == (PAGES | OTHERS)[path]
    assert [query["sql"] for query in queries if query["sql"].lstrip().upper().startswith(WRITING)] == []


def test_looking_at_the_sign_in_page_writes_nothing(db):
    with CaptureQueriesContext(connection) as queries:
        Client().get("/login/?next=/account/")
    assert list(queries) == []
