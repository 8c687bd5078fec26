"""The users of a unit, as its administrator keeps them."""

import re

import pytest
from django.test import Client

from linkage.units.models import Post, SignInLock, User
from tests.units.people import browser, person, texts

LIST = "/unit/users/"


def page_of(user: User, verb: str = "") -> str:
    return f"{LIST}{user.pk}/{verb}"


def posts_of(user: User) -> set[tuple]:
    posts = Post.objects.current().filter(user=user)
    return {(post.unit.short, post.role, post.ab, post.title) for post in posts}


def shown_password(page: str) -> str:
    return re.search(r"<dt>初始密码</dt><dd><b>([^<]+)</b>", page)[1]


def create(client: Client, **fields):
    return client.post(f"{LIST}new/", {"name": "单玉", "handler": "on", "handler_ab": "B"} | fields)


def signs_in(username: str, password: str) -> bool:
    return Client().post("/login/", {"login": username, "password": password}).status_code == 302


# --- the list ---------------------------------------------------------------------------------------------------------


def test_list_shows_own_people_in_the_order_of_pinyin(admin, handler, stranger, land):
    person("ouwen", "区文", (land, "leader"))
    page = texts(browser(admin).get(LIST))
    names = re.findall(r'class="ttl"[^>]*>([^<]+)<', page)
    assert names == ["黎明", "区文", "覃芳"]
    assert "启用<small>3</small>" in page


def test_list_is_parted_into_enabled_and_disabled(admin, handler):
    User.objects.filter(pk=handler.pk).update(is_active=False)
    client = browser(admin)
    assert "覃芳" not in texts(client.get(LIST))
    page = texts(client.get(f"{LIST}?state=disabled"))
    assert "覃芳" in page
    assert 'class="ttl"' in page


def test_empty_list_says_what_would_appear(admin):
    page = texts(browser(admin).get(f"{LIST}?state=disabled"))
    assert "没有停用的账号" in page
    assert "停用的账号会出现在这里，可以重新启用。" in page


def test_list_shows_who_is_locked(admin, handler):
    for _ in range(5):
        SignInLock.count_try("qinfang")
    assert "输错密码锁定" in texts(browser(admin).get(LIST))


@pytest.mark.parametrize("size", [1, 10])
def test_list_costs_the_same_for_any_number_of_people(admin, land, size, django_assert_num_queries):
    for number in range(size):
        person(f"ren{number}", "任何", (land, "handler"), (land, "leader"))
    client = browser(admin)
    with django_assert_num_queries(7):
        client.get(LIST)


# --- new people -------------------------------------------------------------------------------------------------------


def test_new_person_gets_account_posts_and_a_password_to_change(admin):
    response = create(browser(admin), phone="13807740002", leader="on", leader_title="分管副局长")
    user = User.objects.get(username="shanyu")
    assert response.url == page_of(user, "password/")
    assert (user.name, user.phone, user.must_change_password, user.is_active) == ("单玉", "13807740002", True, True)
    assert posts_of(user) == {
        ("市自然资源局", "handler", "B", ""),
        ("市自然资源局", "leader", "A", "分管副局长"),
    }


def test_password_is_shown_once_and_opens_the_account(admin):
    client = browser(admin)
    address = create(client).url
    password = shown_password(texts(client.get(address)))
    again = texts(client.get(address))
    assert password not in again
    assert "初始密码只显示一次，这里已经没有了。" in again
    assert signs_in("shanyu", password)


def test_password_is_nowhere_in_the_database_or_the_address(admin, django_db_blocker, caplog):
    from django.contrib.sessions.models import Session

    client = browser(admin)
    with caplog.at_level("DEBUG"):
        address = create(client).url
    password = shown_password(texts(client.get(address)))
    assert password not in address
    assert password not in caplog.text
    assert password not in User.objects.get(username="shanyu").password
    assert password not in str([session.get_decoded() for session in Session.objects.all()])


def test_password_is_shown_to_the_administrator_who_made_it_only(admin, land):
    client = browser(admin)
    address = create(client).url
    client.force_login(person("huangyi", "黄毅", (land, "admin")))
    assert "初始密码只显示一次" in texts(client.get(address))


def test_proposed_account_is_free(admin):
    client = browser(admin)
    for expected in ["shanyu", "shanyu2", "shanyu3"]:
        create(client)
        assert User.objects.filter(username=expected, name="单玉").exists()


def test_account_typed_is_spelled_alike_and_must_be_free(admin, handler):
    client = browser(admin)
    response = create(client, username=" QinFang ", name="覃方")
    assert response.context["form"].errors["username"] == ["这个账号已有人使用，请在后面加数字。"]
    assert 'value="覃方"' in texts(response)
    create(client, username="QinFang2")
    assert User.objects.filter(username="qinfang2").exists()


@pytest.mark.parametrize("account", ["张三", "1abc", "a-b", "a b"])
def test_account_of_other_characters_is_refused(admin, account):
    response = create(browser(admin), username=account)
    assert response.context["form"].errors["username"] == ["账号用小写字母和数字，以字母开头，如 zhangsan。"]


def test_new_person_needs_a_name_and_a_post(admin):
    response = browser(admin).post(f"{LIST}new/", {"name": "", "email": "bu-dui", "leader_title": "局长"})
    page = texts(response)
    assert "填写姓名。" in page
    assert "至少选一个岗位。" in page
    assert 'value="bu-dui"' in page
    assert 'value="局长"' in page
    assert User.objects.count() == 1


def test_proposal_follows_the_name_typed(admin):
    client = browser(admin)
    person("zengli", "曾丽")
    assert 'value="zengli2"' in texts(client.get(f"{LIST}account/", {"name": "曾莉"}))
    assert "value=" not in texts(client.get(f"{LIST}account/", {"name": " "}))


# --- people with an account elsewhere ---------------------------------------------------------------------------------


def test_existing_person_joins_by_account_and_name(admin, stranger, land, water):
    client = browser(admin)
    fields = {"username": "WeiGuo", "name": "韦国", "handler": "on", "handler_ab": "A"}
    assert client.post(f"{LIST}join/", fields).url == LIST
    assert posts_of(stranger) == {("市水利局", "admin", "A", ""), ("市自然资源局", "handler", "A", "")}
    again = client.post(f"{LIST}join/", fields)
    assert "这个人已经是本单位用户，请在名单中直接调整他的岗位。" in texts(again)


@pytest.mark.parametrize(("username", "name"), [("weiguo", "韦果"), ("weiguo2", "韦国"), ("tingyong", "停用")])
def test_joining_needs_both_right_and_tells_nothing(admin, stranger, water, username, name):
    person("tingyong", "停用", (water, "handler"), is_active=False)
    fields = {"username": username, "name": name, "handler": "on"}
    response = browser(admin).post(f"{LIST}join/", fields)
    assert "没有账号和姓名都相符、正在使用的人员，请向本人核对。" in texts(response)
    assert f'value="{username}"' in texts(response)
    assert Post.objects.filter(unit__short="市自然资源局").count() == 1


# --- posts ------------------------------------------------------------------------------------------------------------


def test_posts_become_what_is_ticked_and_ended_ones_stay_on_record(admin, handler):
    fields = {"name": "覃芳", "leader": "on", "leader_title": "副局长"}
    assert browser(admin).post(page_of(handler), fields).url == LIST
    assert posts_of(handler) == {("市自然资源局", "leader", "A", "副局长")}
    ended = Post.objects.get(user=handler, role="handler")
    assert ended.ended_at is not None


def test_turn_and_title_change_without_a_new_post(admin, handler):
    before = Post.objects.get(user=handler)
    fields = {"name": "覃芳", "handler": "on", "handler_ab": "B", "handler_title": "法规股"}
    browser(admin).post(page_of(handler), fields)
    after = Post.objects.get(user=handler)
    assert (after.pk, after.ab, after.title, after.ended_at) == (before.pk, "B", "法规股", None)
    assert after.label == "经办人 B 岗（法规股）"


def test_person_data_are_edited(admin, handler):
    fields = {"name": "覃芳芳", "email": "a@b.cn", "phone": "13807740003", "handler": "on", "handler_ab": "A"}
    browser(admin).post(page_of(handler), fields)
    handler.refresh_from_db()
    assert (handler.name, handler.email, handler.phone) == ("覃芳芳", "a@b.cn", "13807740003")
    assert handler.sort_key == "qinfangfang"


def test_refused_page_keeps_what_was_typed_and_saves_nothing(admin, handler):
    response = browser(admin).post(page_of(handler), {"name": "覃方", "phone": "123", "leader": "on"})
    page = texts(response)
    assert 'value="123"' in page
    assert "<h1>覃芳</h1>" in page
    handler.refresh_from_db()
    assert handler.name == "覃芳"
    assert posts_of(handler) == {("市自然资源局", "handler", "A", "")}


def test_person_without_posts_leaves_the_unit(admin, handler):
    client = browser(admin)
    response = client.post(page_of(handler), {"name": "覃芳"}, follow=True)
    assert "他在本单位已没有岗位，不再是本单位用户。" in texts(response)
    assert client.get(page_of(handler)).status_code == 404
    assert browser(handler).get("/account/").status_code == 403


# --- the last administrator -------------------------------------------------------------------------------------------

LAST = "本单位只有这一名单位管理员。请先给另一人加上单位管理员岗位，再办理。"


def test_last_administrator_keeps_his_post(admin):
    response = browser(admin).post(page_of(admin), {"name": "黎明", "handler": "on", "handler_ab": "A"})
    assert LAST in texts(response)
    assert posts_of(admin) == {("市自然资源局", "admin", "A", "")}


def test_disabled_administrator_does_not_count(admin, land):
    person("huangyi", "黄毅", (land, "admin"), is_active=False)
    assert LAST in texts(browser(admin).post(page_of(admin), {"name": "黎明", "handler": "on"}))


def test_administrator_may_resign_after_another_is_named(admin, land):
    person("huangyi", "黄毅", (land, "admin"))
    client = browser(admin)
    assert client.post(page_of(admin), {"name": "黎明", "handler": "on"}).url == "/account/"
    assert client.get(LIST).status_code == 403


def test_nobody_disables_or_resets_himself(admin, land):
    person("huangyi", "黄毅", (land, "admin"))
    client = browser(admin)
    disabled, reset = client.post(page_of(admin, "disable/")), client.post(page_of(admin, "reset/"))
    assert (disabled.status_code, reset.status_code) == (403, 403)
    assert "不能停用自己的账号。请由本单位另一名管理员办理。" in texts(disabled)
    assert "自己的密码请在“我的账号”中修改。" in texts(reset)
    admin.refresh_from_db()
    assert (admin.is_active, admin.password) == (True, "!")


# --- disable, enable, reset -------------------------------------------------------------------------------------------


def test_disabled_person_is_out_and_stays_out_after_enabling(admin, handler):
    client, theirs = browser(admin), browser(handler)
    assert theirs.get("/account/").status_code == 200
    assert client.post(page_of(handler, "disable/")).url == page_of(handler)
    assert theirs.get("/account/").status_code == 302
    other = browser(handler)
    theirs.force_login(handler)
    client.post(page_of(handler, "disable/"))
    client.post(page_of(handler, "enable/"))
    assert other.get("/account/").url == theirs.get("/account/").url == "/login/?next=/account/"
    assert browser(handler).get("/account/").status_code == 200


def test_enabled_again_with_the_old_password(admin, land):
    user = person("panhai", "潘海", (land, "handler"))
    user.set_password("yuelianglu-2026")
    user.save()
    client = browser(admin)
    client.post(page_of(user, "disable/"))
    assert not signs_in("panhai", "yuelianglu-2026")
    client.post(page_of(user, "enable/"))
    assert signs_in("panhai", "yuelianglu-2026")


def test_reset_ends_sessions_lifts_the_lock_and_must_be_changed(admin, handler):
    theirs, client = browser(handler), browser(admin)
    for _ in range(5):
        SignInLock.count_try("qinfang")
    address = client.post(page_of(handler, "reset/")).url
    password = shown_password(texts(client.get(address)))
    assert theirs.get("/account/").url == "/login/?next=/account/"
    fresh = Client()
    assert fresh.post("/login/", {"login": "qinfang", "password": password}).status_code == 302
    assert fresh.get("/unit/").url.startswith("/account/password/")


def test_account_with_posts_elsewhere_is_left_alone(admin, shared):
    client = browser(admin)
    page = texts(client.get(page_of(shared)))
    assert "曾强在市水利局也有岗位。您只能办理他在本单位的岗位" in page
    assert "停用曾强的账号" not in page
    assert "重置曾强的密码" not in page
    words = "这个人在其他单位还有岗位，您只能办理他在本单位的岗位。"
    for verb in ["disable/", "enable/", "reset/"]:
        response = client.post(page_of(shared, verb))
        assert response.status_code == 403
        assert words in texts(response)
    shared.refresh_from_db()
    assert (shared.is_active, shared.password) == (True, "!")


def test_only_the_own_posts_of_a_shared_person_change(admin, shared):
    fields = {"name": "改名", "phone": "13807740009", "leader": "on"}
    assert browser(admin).post(page_of(shared), fields).url == LIST
    shared.refresh_from_db()
    assert (shared.name, shared.phone) == ("曾强", "")
    assert posts_of(shared) == {("市水利局", "handler", "A", ""), ("市自然资源局", "leader", "A", "")}


def test_trail_is_told_who_did_what(admin, handler):
    from linkage.units.accounts import recorded

    told = []

    def listen(sender, actor, verb, label, user, **kwargs):
        told.append((actor.user, actor.unit.short, verb, label, user))

    recorded.connect(listen)
    browser(admin).post(page_of(handler, "disable/"))
    recorded.disconnect(listen)
    assert told == [(admin, "市自然资源局", "disable-account", "停用账号", handler)]
