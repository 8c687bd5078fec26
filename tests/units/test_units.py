"""Units: the credit code, the settings, consent to online service, names, and the order of pinyin."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.timezone import localdate

from linkage.units import accounts, pinyin
from linkage.units.models import Post, Unit, UnitName, User
from linkage.units.models.unit import valid_credit_code
from tests.units.people import browser, person, texts

VALID = "91350100M000100Y43"  # the example of GB 32100-2015
SETTINGS = {"signing": "online", "numbering": "series", "online_service_since": "", "phone": ""}


@pytest.mark.parametrize("code", [VALID, "91110000600037341L"])
def test_credit_code_of_the_standard(code):
    valid_credit_code(code)


@pytest.mark.parametrize(
    "code",
    [
        "91350100M000100Y44",  # wrong check character
        "91350100M000100X43",  # one character changed
        "91350100M000010Y43",  # two characters changed places
        "91350100M000100Y4",  # 17 characters
        "91350100M000100Y433",
        "91350100m000100y43",
        "9135 0100 M000 100Y 43",
        "91350100I000100Y43",  # I, O, S, V, Z are not used
        "９１350100M000100Y43",
    ],
)
def test_credit_code_that_breaks_the_standard_is_refused(code):
    with pytest.raises(ValidationError, match="统一社会信用代码不正确"):
        valid_credit_code(code)


def test_two_units_never_share_a_credit_code(land, water):
    Unit.objects.filter(pk=land.pk).update(credit_code=VALID)
    water.credit_code = VALID
    with pytest.raises(ValidationError, match="已有单位使用这个统一社会信用代码"):
        water.full_clean()
    with pytest.raises(IntegrityError):
        water.save()


def test_unit_page_shows_the_code_and_saves_the_settings(admin, land):
    Unit.objects.filter(pk=land.pk).update(credit_code=VALID)
    client = browser(admin)
    page = texts(client.get("/unit/"))
    assert VALID in page
    assert "签发人不登录平台；经办人填写签发人和日期" in page
    fields = {"signing": "offline", "numbering": "register", "online_service_since": "2026-03-02", "phone": "0774-1"}
    assert client.post("/unit/", fields).url == "/unit/"
    land.refresh_from_db()
    assert (land.signing, land.numbering, land.online_service_since) == ("offline", "register", date(2026, 3, 2))
    assert (land.phone, land.name, land.credit_code) == ("0774-1", "岑溪市自然资源局", VALID)


def test_consent_cannot_lie_in_the_future(admin, land):
    day = localdate() + timedelta(days=1)
    response = browser(admin).post("/unit/", SETTINGS | {"online_service_since": day.isoformat()})
    assert "书面同意的日期不能晚于今天。" in texts(response)
    assert f'value="{day.isoformat()}"' in texts(response)
    assert not land.accepts_online_service(day)


def test_unknown_ways_of_signing_are_refused(admin, land):
    assert browser(admin).post("/unit/", SETTINGS | {"signing": "none"}).status_code == 200
    land.refresh_from_db()
    assert land.signing == "online"


def test_procuratorate_is_told_what_its_settings_are_for(area):
    unit = Unit.objects.create(kind="procuratorate", area=area, name="岑溪市人民检察院", short="市人民检察院")
    page = texts(browser(person("jiancha", "检察", (unit, "admin"))).get("/unit/"))
    assert "检察建议在检察机关业务系统制发，到平台登记已制发文书" in page


def test_consent_counts_from_its_day(land):
    land.online_service_since = date(2026, 3, 2)
    assert [land.accepts_online_service(date(2026, 3, day)) for day in (1, 2, 3)] == [False, True, True]


def test_an_old_paper_keeps_the_old_name(area):
    office = Unit.objects.create(kind="legal_office", area=area, name="岑溪市司法局", short="市司法局")
    UnitName.objects.create(
        unit=office, name="岑溪市法制办公室", short="市法制办", since=date(2008, 1, 1), until=date(2019, 3, 1)
    )
    assert office.name_on(date(2018, 5, 2)) == "岑溪市法制办公室"
    assert office.name_on(date(2019, 3, 1)) == "岑溪市司法局"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("单玉", "shanyu"),
        ("曾强", "zengqiang"),
        ("解放", "xiefang"),
        ("区文", "ouwen"),
        ("仇英", "qiuying"),
        ("覃芳", "qinfang"),
        ("查良", "zhaliang"),
        ("盖文", "gewen"),
        ("任重", "renzhong"),
        ("单于飞", "chanyufei"),
        ("欧阳修", "ouyangxiu"),
        ("吕布", "lvbu"),
        ("韦 国", "weiguo"),
        ("黎A", "lia"),
    ],
)
def test_accounts_are_proposed_as_surnames_are_read(name, account):
    assert accounts.proposed(name) == account


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "1", "ひ", "岑" * 40])
def test_any_name_gets_an_account_that_is_accepted(name):
    account = accounts.proposed(name)
    User(username=account, name=name or "无", password="!").full_clean()


def test_units_and_people_are_ordered_by_pinyin(area):
    shorts = ["市水利局", "市财政局", "市林业局", "归义镇", "岑城镇"]
    for short in shorts:
        Unit.objects.create(kind="department", area=area, name=short, short=short)
    assert [unit.short for unit in Unit.objects.all()] == ["岑城镇", "归义镇", "市财政局", "市林业局", "市水利局"]
    for number, name in enumerate(["曾强", "岑溪", "单玉", "陈诚"]):
        person(f"u{number}", name)
    assert [user.name for user in User.objects.all()] == ["岑溪", "陈诚", "单玉", "曾强"]


def test_pinyin_keys_are_never_too_long():
    assert len(pinyin.unit_key("岑" * 120)) == 200


def test_a_post_is_held_once_at_a_time_and_may_come_again(handler, land):
    with pytest.raises(ValidationError, match="这个人在本单位已有这个岗位"):
        Post(user=handler, unit=land, role="handler").full_clean()
    Post.objects.filter(user=handler).update(ended_at="2026-03-01T00:00+08:00")
    Post.objects.create(user=handler, unit=land, role="handler")
    assert Post.objects.active().filter(user=handler).count() == 1
