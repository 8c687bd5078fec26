"""Fields, errors and components as drawn; dates and sizes as the offices write them."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.template.loader import get_template
from pytest_django.asserts import assertHTMLEqual, assertInHTML

from linkage.units.acting import Actor
from linkage.web.context import Portal
from linkage.web.templatetags import portal as tags


def drawn(source: str, request=None, **context) -> str:
    return engines["django"].from_string(source).render(context, request)


@pytest.fixture
def stranger(rf):
    request = rf.get("/")
    request.user, request.actor = AnonymousUser(), Actor(user=None, unit=None)
    return request


# --- Fields and errors ----------------------------------------------------------------------------------------------------
ADOPTED = [("all", "全部采纳"), ("part", "部分采纳")]
SIGNER = forms.Select(attrs={"class": "input-s"})


class ReplyForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="题目", help_text="不超过 40 字")
    adopted = forms.ChoiceField(label="采纳情况", choices=ADOPTED, widget=forms.RadioSelect)
    signer = forms.ChoiceField(label="签发人", choices=[("", "请选择")], widget=SIGNER)
    opinion = forms.CharField(label="意见", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    evidence = forms.FileField(label="佐证材料", required=False)


class UrgingForm(forms.Form):
    opinion = forms.CharField(label="催办意见", required=False)


def test_a_field_has_label_hint_error_and_control_in_this_order():
    form = ReplyForm({})
    assertHTMLEqual(
        form["title"].as_field_group(),
        '<div class="field field-err"><label for="id_title">题目</label>'
        '<div class="hint" id="id_title_helptext">不超过 40 字</div>'
        f'<div id="id_title_error"><p class="err">{tags.icon("circle-alert")}填写题目</p></div>'
        '<input type="text" name="title" id="id_title" class="input" aria-required="true" aria-invalid="true"'
        ' aria-describedby="id_title_helptext id_title_error"></div>',
    )


def test_radios_are_cards_in_a_named_group():
    form = ReplyForm({"adopted": "part"})
    assertHTMLEqual(
        form["adopted"].as_field_group(),
        '<fieldset class="field"><legend>采纳情况</legend><div class="picks" id="id_adopted">'
        '<label class="pick"><input type="radio" name="adopted" value="all" id="id_adopted_0">全部采纳</label>'
        '<label class="pick"><input type="radio" name="adopted" value="part" id="id_adopted_1" checked>部分采纳</label>'
        "</div></fieldset>",
    )


def test_the_classes_of_the_design_come_before_the_forms_own():
    form = ReplyForm()
    assert 'class="select input-s"' in str(form["signer"])
    assert 'class="textarea"' in str(form["opinion"])
    assert 'class="upload" data-upload' in str(form["evidence"])
    assert "class=" not in str(form["version"])


def test_the_rarer_of_required_and_optional_is_marked_in_words():
    assert [tags.mark(field) for field in ReplyForm().visible_fields()] == [
        "", "", "", '<span class="opt">选填</span>', '<span class="opt">选填</span>',
    ]  # fmt: skip
    assert tags.mark(UrgingForm()["opinion"]) == '<span class="opt">选填</span>'
    many = type("Many", (UrgingForm,), {name: forms.CharField(required=name == "a") for name in "abc"})()
    assert [tags.mark(many[name]) for name in "abc"] == ['<span class="req">必填</span>', "", ""]
    many.marks = {"b": "部分采纳时必填"}
    assert tags.mark(many["b"]) == '<span class="req">部分采纳时必填</span>'


def test_the_summary_leads_to_each_field_with_the_same_sentence():
    form = ReplyForm({})
    form.full_clean()
    form.add_error(None, "这份草稿已送审签")
    assertHTMLEqual(
        drawn("{% errors form %}", form=form),
        '<div class="errsum" role="alert" tabindex="-1"><h2>有 5 处需要修改</h2><ul><li>这份草稿已送审签</li>'
        "<li>填写Version</li>"
        '<li><a href="#id_title">填写题目</a></li><li><a href="#id_adopted_0">选择采纳情况</a></li>'
        '<li><a href="#id_signer">选择签发人</a></li></ul></div>',
    )


def test_there_is_no_summary_before_anything_was_sent_or_when_all_is_well():
    assert drawn("{% errors form %}", form=ReplyForm()).strip() == ""
    assert drawn("{% errors form %}", form=UrgingForm({})).strip() == ""


def test_a_forms_own_sentence_is_kept():
    form = forms.Form({})
    form.fields["why"] = forms.CharField(label="理由", error_messages={"required": "说明未采纳部分的理由"})
    form.full_clean()
    assert tags.sentences(form["why"]) == ["说明未采纳部分的理由"]


def test_the_title_says_error_first(stranger):
    source = "{% extends 'base_plain.html' %}{% block title %}填写回复{% endblock %}"
    titles = [
        re.search(r"<title>(.*?) - ", drawn(source, stranger, form=form))[1] for form in (ReplyForm(), ReplyForm({}))
    ]
    assert titles == ["填写回复", "错误：填写回复"]


# --- Components -----------------------------------------------------------------------------------------------------------
def test_a_lamp_always_has_shape_word_and_date():
    state = {"tone": "amber", "word": "剩 12 天", "small": "3月30日 截止"}
    assertHTMLEqual(
        drawn("{% due lamp %}", lamp=type("Lamp", (), state)),
        f'<span class="due due-amber">{tags.lamp("amber")}<b>剩 12 天</b><small>3月30日 截止</small></span>',
    )
    assert drawn("{% due lamp %}", lamp=None) == ""


@pytest.mark.parametrize(
    ("tone", "start"),
    [("green", '<div class="note note-green" role="status">'), ("red", '<div class="note note-red" role="alert">'),
     ("blue", '<div class="note note-blue">')],
)  # fmt: skip
def test_a_note_has_its_role_and_escapes_what_people_wrote(tone, start):
    html = drawn("{% note tone %}{{ text }}{% endnote %}", tone=tone, text="<b>")
    assert html.startswith(start)
    assert html.endswith("<div>&lt;b&gt;</div></div>")


def test_the_steps_say_in_words_where_the_matter_stands():
    nodes = (("签发", "ok"), ("办理", "now"), ("办结", ""))
    way = [{"word": word, "small": "", "state": state} for word, state in nodes]
    html = drawn("{% steps way %}", way=way)
    assertInHTML('<p class="steps-now">第 2 步，共 3 步：<b>办理</b>，下一步办结</p>', html)
    assertInHTML('<li class="now" aria-current="step"><b>办理</b></li>', html)
    last = drawn("{% steps way %}", way=way[:2])
    assertInHTML('<p class="steps-now">第 2 步，共 2 步：<b>办理</b></p>', last)


def test_a_pager_leaves_out_what_is_not_there():
    html = get_template("components/pager.html").render({"total": 64, "previous": "", "next": "?after=3"})
    assert "共 64 件" in html
    assert "上一页" not in html
    assert 'href="?after=3" rel="next"' in html


# --- Dates and sizes ------------------------------------------------------------------------------------------------------
LATE_IN_UTC = datetime(2026, 3, 15, 17, 10, tzinfo=UTC)  # 16 March 01:10 in Shanghai


def test_dates_are_written_as_the_offices_write_them():
    day = date(2026, 3, 30)
    assert tags.cn_date(day) == "2026年3月30日（周一）"
    assert tags.iso_date(day) == "2026-03-30"
    assert [tags.cn_date(None), tags.iso_date(None), tags.near_date(None), tags.clock(None)] == ["—"] * 4


@time_machine.travel(datetime(2026, 3, 18, 2, 0, tzinfo=UTC))
def test_near_dates_name_the_year_only_when_it_is_another():
    assert [tags.near_date(date(2026, 3, 30)), tags.near_date(date(2025, 12, 1))] == ["3月30日", "2025年12月1日"]


@time_machine.travel(datetime(2026, 3, 18, 2, 0, tzinfo=UTC))
def test_moments_are_read_in_shanghai():
    assert tags.clock(LATE_IN_UTC) == "3月16日 01:10"
    assert tags.iso_date(LATE_IN_UTC) == "2026-03-16"
    assert tags.cn_date(LATE_IN_UTC) == "2026年3月16日（周一）"


@time_machine.travel(datetime(2026, 3, 17, 16, 30, tzinfo=UTC))
def test_today_is_the_day_in_shanghai(stranger):
    assert Portal(stranger).today == date(2026, 3, 18)


@pytest.mark.parametrize(("count", "shown"), [(12, "12 B"), (2048, "2 KB"), (1258291, "1.2 MB"), (52428800, "50.0 MB")])
def test_sizes_of_files(count, shown):
    assert tags.size(count) == shown
