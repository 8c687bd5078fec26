"""The lead units of two times, and a joint notice."""

from datetime import date

import pytest

from infoshare import drafts
from infoshare.kind import KIND
from linkage.matters import engine
from linkage.units.models import Succession
from tests import factories

REFORM = date(2019, 1, 20)
FIELDS = {
    "title": "关于建立联动机制的通知", "to": "各镇人民政府，市政府各部门", "text": "现印发给你们,请遵照执行。",
    "annex_title": "联动机制工作规则", "annex_text": "一、成员单位\n(一)牵头单位。", "copied": "市委办公室，市人大常委会办公室",
    "note": "此件公开发布",
}  # fmt: skip
PUBLISH = {"number": "岑法制发〔2018〕1号", "issued_on": date(2018, 4, 3)}


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """People of these tests never type their password."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def bureau_of_old(world):
    """市法制办公室, which 市司法局 succeeded."""
    old = factories.unit("legal_office", "市法制办公室", prefix="岑法制", until=REFORM)
    Succession.objects.create(predecessor=old, successor=world.office, on=REFORM, basis="机构改革方案")
    return old


@pytest.fixture
def write():
    """write(actor, *issuers) makes a draft."""

    def written(actor, *issuers, **fields):
        matter, paper = drafts.begin(actor, KIND)
        drafts.write(matter, paper, {**FIELDS, "issuers": issuers, **fields})
        paper.save()
        return matter

    return written


@pytest.fixture
def publish(world, write):
    """publish(number=…) makes a notice of court and legal office that is out."""

    def out(**more):
        matter = write(world.office_handler, world.office, world.court)
        engine.take(matter.pk, "publish", world.office_handler, data={**PUBLISH, **more})
        matter.refresh_from_db()
        return matter

    return out
