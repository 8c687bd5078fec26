"""The hours of reminding: kept by the legal office, every change on record."""

from datetime import time

import pytest

from linkage.matters.models import Event
from linkage.notices.models import OfficeHours
from linkage.units.models import Area, Unit
from tests.units.people import browser, person, texts

PAGE = "/calendar/hours/"


@pytest.fixture
def office(db):
    place = Area.objects.get(code="450481")
    return Unit.objects.create(kind="legal_office", area=place, name="岑溪市司法局", short="市司法局")


@pytest.fixture
def keeper(office):
    return browser(person("qinliming", "覃立明", (office, "handler")))


def test_the_page_shows_the_hours_in_force(keeper):
    assert 'value="08:30"' in texts(keeper.get(PAGE))
    OfficeHours.objects.create(opens="09:00", closes="17:00")
    assert 'value="17:00"' in texts(keeper.get(PAGE))


def test_the_calendar_leads_to_it(keeper):
    assert f'href="{PAGE}"' in texts(keeper.get("/calendar/"))


def test_a_change_is_kept_and_recorded(keeper):
    page = keeper.post(PAGE, {"opens": "09:00", "closes": "17:30"}, follow=True)
    assert "提醒时间已改为 09:00–17:30。" in texts(page)
    keeper.post(PAGE, {"opens": "09:00", "closes": "17:00"})
    row = OfficeHours.objects.get()
    assert (row.opens, row.closes) == (time(9), time(17))
    events = Event.objects.filter(verb="hours").order_by("pk")
    assert [event.note for event in events] == ["08:30–18:00 改为 09:00–17:30", "09:00–17:30 改为 09:00–17:00"]
    assert (events[0].matter, events[0].who, events[0].unit.short) == (None, "覃立明", "市司法局")


def test_saving_the_same_hours_records_nothing(keeper):
    keeper.post(PAGE, {"opens": "08:30", "closes": "18:00"})
    assert not Event.objects.filter(verb="hours").exists()


@pytest.mark.parametrize(
    ("opens", "closes", "sentence"),
    [
        ("18:00", "08:30", "结束时间应晚于开始时间。"),
        ("09:00", "09:00", "结束时间应晚于开始时间。"),
        ("", "18:00", "填写开始时间。"),
        ("八点", "18:00", "时间按“时:分”填写，如 8:30。"),
    ],
)
def test_hours_that_are_none_are_refused(keeper, opens, closes, sentence):
    assert sentence in texts(keeper.post(PAGE, {"opens": opens, "closes": closes}))
    assert not OfficeHours.objects.exists()


def test_others_are_told_whose_it_is(office):
    place = office.area
    bureau = Unit.objects.create(kind="department", area=place, name="岑溪市自然资源局", short="市自然资源局")
    for stranger in (person("liangxiaolan", "梁晓岚", (bureau, "admin")), person("wei", "韦忠", (office, "leader"))):
        for answer in (
            browser(stranger).get(PAGE),
            browser(stranger).post(PAGE, {"opens": "01:00", "closes": "02:00"}),
        ):
            assert answer.status_code == 403
            assert "提醒时间由市司法局的经办人或单位管理员设置。" in texts(answer)
    assert not OfficeHours.objects.exists()
