"""A bureau with its people, and letters with deadlines that it owes."""

from datetime import date
from itertools import count

import pytest
import time_machine

from linkage.matters.models import Deadline, Matter, Party
from tests import factories
from tests.postbox import Postbox
from tests.units.people import person

numbers = count(1)


def at(moment: str):
    """The clock of the offices stands still at "2026-03-02 09:00"."""
    return time_machine.travel(f"{moment.replace(' ', 'T')}:00+08:00", tick=False)


@pytest.fixture(autouse=True)
def _passwords_nobody_types(settings):
    """Hashing is slow on purpose, and `world` makes ten people."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def court(db):
    return factories.unit("court", "市人民法院")


@pytest.fixture
def bureau(db):
    return factories.unit("department", "市自然资源局")


@pytest.fixture
def handler(bureau):
    return person("liangxiaolan", "梁晓岚", (bureau, "handler"), email="lxl@cenxi.example")


@pytest.fixture
def leader(bureau):
    return person("luming", "陆明", (bureau, "leader"), email="lm@cenxi.example")


@pytest.fixture
def owed(court, bureau):
    """owed("2026-05-06") is a letter in the bureau's hands whose reply is due that day."""

    def letter(due: str, *, window: int = 15, unit=None, party=(), **fields) -> Deadline:
        number, holder = next(numbers), unit or bureau
        matter = Matter.objects.create(
            kind="suggestion",
            title="规范听证告知程序",
            number=f"岑法建〔2026〕{number}号",
            state="handling",
            area=court.area,
        )
        row = {"matter": matter, "kind": matter.kind, "since": matter.created_at, "sort_on": matter.created_at.date()}
        Party.objects.create(unit=court, holder=court, issuer=True, **row)
        Party.objects.create(unit=holder, holder=holder, addressee=True, **row | dict(party))
        day = date.fromisoformat(due)
        fields = {"code": "reply", "label": "书面回复", "start_on": "2026-03-02", "first_due": day, **fields}
        return Deadline.objects.create(matter=matter, unit=holder, due=day, window=window, **fields)

    return letter


@pytest.fixture
def postbox(settings):
    """A mail server that the application sends to."""
    with Postbox() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield box
