"""The calendar and the rules: everybody reads and counts, the legal office enters notices and new versions."""

from datetime import date

import pytest

from linkage.jobs.models import Job
from linkage.matters import workcalendar
from linkage.matters.models import CalendarNotice, DeadlineRule, Event
from linkage.units.models import Area, Unit
from tests.units.people import browser, person, texts

NOTICE_2027 = """元旦：1月1日至3日放假，共3天。
春节：2月5日至11日放假调休，共7天。2月21日（周日）上班。
清明节：4月3日至5日放假。
劳动节：5月1日至5日放假调休。5月8日上班。
端午节：6月9日放假。
中秋节：9月15日放假。
国庆节：10月1日至7日放假调休。9月26日、10月9日上班。"""


# --- People -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def place(db):
    return Area.objects.get(code="450481")


@pytest.fixture
def office(place):
    return Unit.objects.create(kind="legal_office", area=place, name="岑溪市司法局", short="市司法局")


@pytest.fixture
def bureau(place):
    return Unit.objects.create(kind="department", area=place, name="岑溪市自然资源局", short="市自然资源局")


@pytest.fixture
def keeper(office):
    return browser(person("qinliming", "覃立明", (office, "handler")))


@pytest.fixture
def reader(bureau):
    return browser(person("liangxiaolan", "梁晓岚", (bureau, "handler"), (bureau, "admin")))


@pytest.fixture
def leader(office):
    return browser(person("weizhong", "韦忠", (office, "leader")))


@pytest.fixture
def admin(office):
    return browser(person("zhouqi", "周琪", (office, "admin")))


def form_2027(**more) -> dict:
    return {
        "year": 2027, "layer": "national", "title": "国务院办公厅关于2027年部分节假日安排的通知",
        "number": "国办发明电〔2026〕8号", "issued_on": "2026-01-05", "source": "中国政府网", "text": NOTICE_2027, **more,
    }  # fmt: skip


NEW = "/calendar/notices/new/"


# --- The year ---------------------------------------------------------------------------------------------------------
def test_anybody_reads_a_year_with_its_layers_and_sources(reader):
    page = reader.get("/calendar/", {"year": 2026})
    shown = texts(page)
    assert [sheet.notice.layer for sheet in page.context["sheets"]] == ["national", "guangxi"]
    for part in (
        "2月15日（周日）至2月23日（周一）", "2月14日（周六）、2月28日（周六）", "国务院办公厅关于2026年部分节假日安排的通知",
        "chinesecalendar", "4月19日（周日）至4月20日（周一）", "待核对", "2025年11月4日（周二）",
    ):  # fmt: skip
        assert part in shown
    assert NEW not in shown


def test_a_year_not_loaded_says_so_and_shows_the_statutory_days(reader):
    page = reader.get("/calendar/", {"year": 2027})
    assert "2027年放假安排没有录入" in texts(page)
    assert "2月5日（周五）至2月8日（周一）" in texts(page)
    assert page.context["loaded"] is False


@pytest.mark.parametrize("year", ["", "abc", "1", "99999", "²"])
def test_a_year_that_is_none_gives_this_year(reader, year):
    assert reader.get("/calendar/", {"year": year}).status_code == 200


@pytest.mark.parametrize("path", ["/calendar/", NEW, "/calendar/rules/", "/calendar/rules/suggestion.serve/new/"])
def test_signed_out_people_sign_in_first(client, db, path):
    assert client.get(path).headers["Location"].startswith("/login/?next=")


def test_the_page_does_not_ask_more_for_more_days(reader, django_assert_max_num_queries):
    reader.get("/calendar/", {"year": 2026})
    with django_assert_max_num_queries(9):
        reader.get("/calendar/", {"year": 2026, "start": "2026-03-02", "rule": "suggestion.receive"})


# --- Counting on the page ---------------------------------------------------------------------------------------------
def test_counting_by_a_rule(reader):
    asked = {"year": 2026, "start": "2026-03-02", "rule": "suggestion.reply.procuratorial"}
    page = reader.get("/calendar/", asked)
    assert page.context["count"].due == date(2026, 5, 6)
    for part in (
        "2026年5月6日（周三）",
        "届满日为休息日（劳动节），顺延至5月6日（周三）",
        "检察建议工作规定》（高检发释字〔2019〕1号）第十九条",
    ):
        assert part in texts(page)


def test_counting_by_a_length_in_a_year_not_loaded(reader):
    page = reader.get("/calendar/", {"start": "2026-12-05", "rule": "", "amount": 2, "unit": "month"})
    assert page.context["count"].due == date(2027, 2, 9)
    assert "暂定" in texts(page)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"start": "", "rule": ""}, "填写起算依据日。"),
        ({"start": "2026-03-02"}, "选择期限规则，或者填写时长。"),
        ({"start": "三月", "amount": 3}, "起算依据日按“年-月-日”填写，如 2026-03-02。"),
        ({"start": "2015-03-02", "rule": "suggestion.reply.procuratorial"}, "这条规则在起算日还没有施行。"),
        ({"start": "9999-12-30", "amount": 9, "unit": "day"}, "届满日超出公元 9999 年，无法计算。"),
    ],
)
def test_counting_what_cannot_be_counted(reader, asked, sentence):
    page = reader.get("/calendar/", asked)
    assert page.context["count"] is None
    assert sentence in texts(page)


# --- Entering a notice ------------------------------------------------------------------------------------------------
def test_a_notice_is_shown_before_it_is_saved(keeper):
    page = keeper.post(NEW, form_2027())
    shown = texts(page)
    assert "核对识别结果" in shown
    assert "2月5日（周五）至2月11日（周四）" in shown
    assert "没有读到" not in shown
    assert not CalendarNotice.objects.filter(year=2027).exists()
    assert not Event.objects.filter(verb="calendar").exists()


def hidden_fields(page) -> dict:
    return {field.name: field.value() for field in page.context["form"]}


def test_saving_the_preview_enters_the_notice_and_has_the_dates_counted_anew(keeper):
    preview = keeper.post(NEW, form_2027())
    page = keeper.post(NEW, {**hidden_fields(preview), "step": "save"}, follow=True)
    assert page.redirect_chain == [("/calendar/?year=2027", 302)]
    assert "2027年（全国）国务院办公厅关于2027年部分节假日安排的通知 已保存" in texts(page)
    notice = CalendarNotice.objects.get(year=2027)
    assert (notice.number, notice.entered_by.name) == ("国办发明电〔2026〕8号", "覃立明")
    assert workcalendar.calendar().is_loaded(2027)
    event = Event.objects.get(verb="calendar")
    assert (event.unit.short, event.matter) == ("市司法局", None)
    assert Job.objects.filter(name="recompute-all").count() == 2


def test_the_preview_can_be_taken_back_with_the_text_kept(keeper):
    page = keeper.post(NEW, form_2027(step="edit"))
    assert "春节：2月5日至11日放假调休，共7天。2月21日（周日）上班。" in texts(page)
    assert not CalendarNotice.objects.filter(year=2027).exists()


def test_a_national_notice_without_a_statutory_holiday_is_questioned(keeper):
    page = keeper.post(NEW, form_2027(text="1月1日至3日"))
    assert "春节（2月5日）" in texts(page)
    assert page.context["missing"][-1] == "中秋节（9月15日）"


def test_a_regional_notice_is_not_asked_for_the_national_days(keeper):
    page = keeper.post(NEW, form_2027(layer="guangxi", text="4月9日至10日放假"))
    assert page.context["missing"] == []
    assert [holiday.name for holiday in page.context["holidays"]] == ["壮族三月三"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"text": ""}, "粘贴通知中的放假和上班日期。"),
        ({"text": "放假三天"}, "没有读到日期，按“1月1日至3日”的样子填写。"),
        ({"text": "上班：1月5日"}, "1月5日（周二）不是周末，不会是调休上班日，请核对。"),
        ({"source": ""}, "填写来源，便于核对。"),
        ({"title": ""}, "填写通知名称。"),
        ({"issued_on": ""}, "填写通知的发布日期。"),
        ({"issued_on": "2999-01-01"}, "日期不能晚于今天。"),
        ({"year": 1999}, "年份在 2000 至"),
        ({"year": 2026}, "这一年的放假通知已经录入，请在原通知上修改。"),
        ({"text": "元旦：2026年12月31日至1月3日放假"}, ""),
        ({"title": "绝密★ 放假通知"}, "密"),
    ],
)
def test_a_notice_that_cannot_be_saved(keeper, change, sentence):
    page = keeper.post(NEW, form_2027(step="save") | change)
    assert sentence in texts(page)
    if sentence:
        assert not CalendarNotice.objects.filter(title=form_2027()["title"]).exists()


def test_a_day_of_another_years_notice_is_refused(keeper):
    keeper.post(NEW, form_2027(step="save", text="元旦：2026年12月31日至1月3日放假"))
    page = keeper.post(NEW, form_2027(step="save", year=2028, text="元旦：1月1日放假\n2027年12月31日放假"))
    assert page.status_code == 302
    again = keeper.post(NEW, form_2027(step="save", year=2025, layer="guangxi", text="3月31日放假"))
    assert "请在原通知上修改" in texts(again)


def test_changing_a_notice_starts_from_its_days_and_keeps_year_and_layer(keeper):
    notice = CalendarNotice.objects.get(year=2026, layer="guangxi")
    path = f"/calendar/notices/{notice.pk}/"
    assert "壮族三月三，按农历推算：4月19日至4月20日放假" in texts(keeper.get(path))
    text = "4月18日至21日放假，4月26日上班"
    data = form_2027(step="save", year=2031, layer="national", title="自治区2026年放假通知", text=text)
    assert keeper.post(path, data).headers["Location"] == "/calendar/?year=2026"
    notice.refresh_from_db()
    assert (notice.year, notice.layer, notice.title) == (2026, "guangxi", "自治区2026年放假通知")
    calendar = workcalendar.calendar()
    april = [date(2026, 4, day) for day in (20, 21, 22, 26)]
    assert [calendar.is_workday(day) for day in april] == [False, False, True, True]
    assert len(Event.objects.get(verb="calendar").data["before"]) == 2


def test_a_notice_that_is_none_is_not_found(keeper):
    assert keeper.get("/calendar/notices/999999/").status_code == 404


# --- Who may ----------------------------------------------------------------------------------------------------------
CHANGING = [NEW, "/calendar/rules/suggestion.serve/new/"]


@pytest.mark.parametrize("path", CHANGING)
@pytest.mark.parametrize("who", ["reader", "leader"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_others_are_told_whose_it_is(request, path, who, method):
    page = getattr(request.getfixturevalue(who), method)(path, form_2027(step="save") if method == "post" else None)
    assert page.status_code == 403
    assert "由市司法局的经办人或单位管理员录入" in texts(page)
    assert not CalendarNotice.objects.filter(year=2027).exists()


@pytest.mark.parametrize("path", CHANGING)
@pytest.mark.parametrize("who", ["keeper", "admin"])
def test_the_legal_office_keeps_them(request, path, who):
    assert request.getfixturevalue(who).get(path).status_code == 200


# --- Rules ------------------------------------------------------------------------------------------------------------
def rule_form(**more) -> dict:
    return {
        "label": "签收", "amount": 2, "unit": "workday", "start": "送达次日", "basis": "三家牵头单位2026年第1次会议",
        "mark": "agreed", "source": "X", "rolls": "on", "window": 1, "valid_from": "2026-06-01", **more,
    }  # fmt: skip


RECEIVE = "/calendar/rules/suggestion.receive/new/"


def test_the_list_shows_basis_mark_source_and_validity(reader):
    shown = texts(reader.get("/calendar/rules/"))
    for part in (
        "高检发释字〔2019〕1号",
        "法定",
        "已核对原文",
        "2019-02-26 起",
        "平台约定",
        "文书载明",
        "不顺延",
        "2个月",
    ):
        assert part in shown
    assert "新版本<" not in shown


def test_a_new_version_is_a_row_of_its_own(keeper):
    old = DeadlineRule.objects.filter(code="suggestion.receive").values().get()
    page = keeper.post(RECEIVE, rule_form(), follow=True)
    assert "“签收”的新版本已保存，2026-06-01 起施行；已经起算的期限不变。" in texts(page)
    assert DeadlineRule.objects.filter(pk=old["id"]).values().get() == old
    assert DeadlineRule.objects.in_force("suggestion.receive", date(2026, 5, 31)).amount == 3
    assert DeadlineRule.objects.in_force("suggestion.receive", date(2026, 6, 1)).amount == 2
    event = Event.objects.get(verb="rule")
    assert (event.label, event.data["changed"]["amount"]) == ("期限规则新版本", [3, 2])
    assert not Job.objects.filter(name="recompute-all").exists()


def test_the_list_gives_each_version_its_days(keeper):
    keeper.post(RECEIVE, rule_form(valid_from="2026-06-01"))
    keeper.post(RECEIVE, rule_form(amount=4, valid_from="2999-01-01"))
    rows = [row for row in keeper.get("/calendar/rules/").context["versions"] if row.rule.code == "suggestion.receive"]
    assert [(row.rule.amount, row.state, row.newest) for row in rows] == [
        (4, "将施行", True), (2, "现行", False), (3, "已失效", False),
    ]  # fmt: skip
    assert [row.until for row in rows] == [None, date(2999, 1, 1), date(2026, 6, 1)]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"amount": 3, "basis": "平台约定，法律没有规定", "source": "D"}, "内容与最新版本相同，没有需要保存的修改。"),
        ({"valid_from": "2000-01-01"}, "施行日期要晚于最新版本的 2000-01-01。"),
        ({"valid_from": ""}, "填写施行日期。"),
        ({"basis": ""}, "写明依据的文件和条款；没有法律依据的写“平台约定”。"),
        ({"amount": ""}, "填写时长。"),
        ({"amount": 0}, "1"),
    ],
)
def test_a_version_that_cannot_be_saved(keeper, change, sentence):
    page = keeper.post(RECEIVE, rule_form() | change)
    assert page.status_code == 200
    assert sentence in texts(page)
    assert DeadlineRule.objects.filter(code="suggestion.receive").count() == 1


def test_a_rule_that_is_none_is_not_found(keeper):
    assert keeper.get("/calendar/rules/none/new/").status_code == 404
