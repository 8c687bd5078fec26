"""A county with two agencies and their people."""

import pytest

from linkage.units.models import Area, Unit
from tests.units.people import person


@pytest.fixture
def area(db):
    return Area.objects.get_or_create(code="450481", defaults={"name": "岑溪市"})[0]


@pytest.fixture
def land(area):
    """市自然资源局"""
    return Unit.objects.create(
        kind="department", area=area, name="岑溪市自然资源局", short="市自然资源局", prefix="岑自然资"
    )


@pytest.fixture
def water(area):
    """市水利局"""
    return Unit.objects.create(kind="department", area=area, name="岑溪市水利局", short="市水利局")


@pytest.fixture
def admin(land):
    return person("liming", "黎明", (land, "admin"))


@pytest.fixture
def handler(land):
    return person("qinfang", "覃芳", (land, "handler"))


@pytest.fixture
def stranger(water):
    """The administrator of the other unit."""
    return person("weiguo", "韦国", (water, "admin"))


@pytest.fixture
def shared(land, water):
    """A person with posts in both units."""
    return person("zengqiang", "曾强", (land, "handler"), (water, "handler"))
