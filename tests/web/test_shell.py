"""The frame of every page: navigation by post, fields and errors as drawn, dates as written, nothing from elsewhere."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import get_template
from pytest_django.asserts import assertInHTML

from linkage.units.acting import Actor
from linkage.units.models import Post, Unit, User
from linkage.web.context import Portal
from linkage.web.templatetags import portal as tags

ROOT = Path(__file__).resolve().parents[2]
STATIC, TEMPLATES = ROOT / "static", ROOT / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
SPRITE = (STATIC / "icons/sprite.svg").read_text()
STYLES = "\n".join(path.read_text() for path in sorted((STATIC / "css").glob("*.css")))
BUREAU = Unit(pk=1, short="市自然资源局", kind=Unit.Kind.DEPARTMENT)
LEGAL = Unit(pk=2, short="市司法局", kind=Unit.Kind.LEGAL_OFFICE)
HANDLER, ADMIN = Post.Role.HANDLER, Post.Role.ADMIN


@pytest.fixture
def visit(rf):
    """A request of a person who holds posts: visit("/path/", (unit, role, title), …); acts for the first one's unit."""

    def request(path: str, *posts, counts=None, dark=False):
        user = User(pk=1, username="lxl", name="梁晓岚", dark=dark)
        user.held = [Post(user=user, unit=unit, role=role, title=title) for unit, role, title in posts]
        request = rf.get(path)
        own = [post for post in user.held if post.unit == posts[0][0]]
        titles = {post.role: post.title for post in own}
        request.user, request.counts = user, counts or {}
        request.actor = Actor(user, posts[0][0], frozenset(post.role for post in own), titles=titles)
        return request

    return request


@pytest.fixture
def stranger(rf):
    request = rf.get("/")
    request.user, request.actor = AnonymousUser(), Actor(user=None, unit=None)
    return request


# --- Files ------------------------------------------------------------------------------------------------------------
def test_vendored_files_are_the_ones_recorded():
    recorded = json.loads((STATIC / "vendor/vendor.json").read_text())
    files = {path: digest for entry in recorded for path, digest in entry["files"].items()}
    assert {path: hashlib.sha256((STATIC / path).read_bytes()).hexdigest() for path in files} == files
    assert all(entry["version"] and entry["licence"] for entry in recorded)


def test_every_icon_named_in_a_template_is_in_the_sprite():
    named = {name for page in PAGES for name in re.findall(r'{% icon "([^"]+)"', page.read_text())}
    symbols = set(re.findall(r'<symbol id="i-([^"]+)"', SPRITE))
    assert named | set(tags.NOTE_ICONS.values()) <= symbols


def test_every_lamp_has_its_own_shape():
    shapes = re.findall(r'<symbol id="lamp-(\w+)"[^>]*>(.*?)</symbol>', SPRITE)
    assert {tone for tone, _ in shapes} == {"red", "amber", "green", "gray", "done"}
    assert len({shape for _, shape in shapes}) == 5


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_a_template_compiles_and_has_no_inline_style_handler_or_script(page):
    get_template(str(page.relative_to(TEMPLATES)))
    tags_found = re.findall(r"<[a-z][^>]*>", page.read_text())
    assert [tag for tag in tags_found if re.search(r"""\s(style|on[a-z]+)\s*=\s*["']""", tag)] == []
    assert [tag for tag in tags_found if tag.startswith(("<script", "<style")) and "src=" not in tag] == []


def test_styles_use_only_tokens_that_exist_and_nothing_from_elsewhere():
    assert set(re.findall(r"var\((--[\w-]+)", STYLES)) <= set(re.findall(r"(--[\w-]+):", STYLES))
    addresses = re.findall(r"url\(([^)]{0,6})", STYLES)
    assert [start for start in addresses if not start.startswith('"data:')] == []
    assert "@import" not in STYLES


def test_the_dark_theme_redefines_every_colour_but_the_seal():
    light, dark = (set(re.findall(r"(--[\w-]+):\s?#", part)) for part in tokens())
    assert light - dark == {"--seal"}


def tokens() -> tuple[str, str]:
    found = re.search(r":root\{(.*?)\n\}\n:root\[data-theme=dark\]\{(.*?)\n\}", STYLES, re.DOTALL)
    return found[1], found[2]


# --- Navigation -------------------------------------------------------------------------------------------------------
def labels(request) -> list[str]:
    return [entry.label for section in Portal(request).nav for entry in section.entries]


def test_the_navigation_follows_the_posts_and_the_unit(visit):
    work = ["工作台", "建议办理", "行政案件", "出庭应诉", "联合文件"]
    assert labels(visit("/", (BUREAU, HANDLER, ""))) == work
    assert labels(visit("/", (BUREAU, ADMIN, ""))) == [*work, "人员与岗位", "应用接入"]
    assert labels(visit("/", (LEGAL, ADMIN, ""))) == [*work, "人员与岗位", "应用接入", "工作日历与期限规则", "系统状态"]


def test_the_bar_of_a_phone_has_five_places(visit):
    bar = get_template("components/tabbar.html").render({"portal": Portal(visit("/", (BUREAU, HANDLER, "")))})
    assert re.findall(r"</svg>([^<]+)</a>", bar) == ["工作台", "建议办理", "行政案件", "出庭应诉", "更多"]


def test_the_page_itself_and_the_pages_below_are_marked(visit):
    post = (BUREAU, HANDLER, "")
    at = {path: Portal(visit(path, post)).work[0].current for path in ("/suggestions/", "/suggestions/5/", "/")}
    assert at == {"/suggestions/": "page", "/suggestions/5/": "true", "/": ""}
    assert Portal(visit("/suggestions/", post)).home.current == ""


def test_waiting_numbers_stand_in_the_navigation_and_at_the_bell(visit):
    request = visit("/", (BUREAU, HANDLER, "法规股"), counts={"todo": 6, "suggestions": "1000+", "unread": 4})
    page = get_template("base.html").render({}, request)
    assertInHTML('<span class="n"><span class="sr">待办 </span>6</span>', page)
    assertInHTML('<span class="n"><span class="sr">待办 </span>1000+</span>', page)
    assertInHTML('<span class="badge"><span class="sr">未读</span>4</span>', page)


def test_the_bar_names_the_unit_and_the_title_else_the_role(visit):
    assert Portal(visit("/", (BUREAU, HANDLER, "法规股"))).standing == "市自然资源局 · 法规股"
    assert Portal(visit("/", (LEGAL, ADMIN, ""))).standing == "市司法局 · 单位管理员"


def test_the_unit_is_chosen_only_by_those_who_have_a_choice(visit):
    one = get_template("base.html").render({}, visit("/", (BUREAU, HANDLER, ""), (BUREAU, ADMIN, "")))
    two = get_template("base.html").render({}, visit("/", (BUREAU, HANDLER, ""), (LEGAL, ADMIN, "")))
    assert "以哪个单位办理" not in one
    assert re.findall(r'<button type="submit" name="unit" value="(\d)"( aria-current="true")?', two) == [
        ("1", ' aria-current="true"'), ("2", ""),
    ] * 2  # fmt: skip


def test_signing_out_is_a_post_with_a_token(visit):
    page = get_template("base.html").render({}, visit("/", (BUREAU, HANDLER, "")))
    forms_found = re.findall(r'<form[^>]*action="/logout/"[^>]*>(.{0,60})', page)
    assert len(forms_found) == 2
    assert all("csrfmiddlewaretoken" in start for start in forms_found)


def test_the_search_box_asks_the_list_and_keeps_the_words(visit):
    page = get_template("base.html").render({}, visit("/suggestions/?q=<听证>", (BUREAU, HANDLER, "")))
    assert 'role="search" action="/suggestions/"' in page
    assert 'value="&lt;听证&gt;"' in page


def test_landmarks_one_heading_and_the_skip_link(visit):
    page = get_template("base.html").render({}, visit("/", (BUREAU, HANDLER, "")))
    parts = ("<h1>", "<main", '<a class="skip" href="#main">', "<header class=")
    assert [page.count(part) for part in parts] == [1, 1, 1, 1]
    assert re.findall(r'<nav[^>]*aria-label="([^"]+)"', page) == ["个人", "主导航", "位置", "底部导航"]


def test_dark_is_the_persons_own_wish(visit):
    lit = [get_template("base.html").render({}, visit("/", (BUREAU, HANDLER, ""), dark=dark)) for dark in (False, True)]
    assert ['<html lang="zh-CN" data-theme="dark">' in page for page in lit] == [False, True]


# --- Pages of refusal ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["403.html", "403_csrf.html", "404.html"])
def test_strangers_see_no_navigation_on_a_refusal(name, stranger, visit):
    assert "主导航" not in get_template(name).render({}, stranger)
    assert "主导航" in get_template(name).render({}, visit("/nowhere/", (BUREAU, HANDLER, "")))


def test_the_page_of_a_failure_needs_nothing():
    assert "系统暂时不能办理" in get_template("500.html").render()


def test_a_refused_step_says_why_and_leads_back(visit):
    request = visit("/suggestions/5/close/", (BUREAU, HANDLER, ""))
    context = {"reason": "这一步由市人民检察院办理。", "back": "/suggestions/5/"}
    page = get_template("web/refused.html").render(context, request)
    assertInHTML("<b>这一步由市人民检察院办理。</b>", page)
    assert 'href="/suggestions/5/"' in page
