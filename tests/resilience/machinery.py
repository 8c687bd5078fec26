"""A portal of real processes over the test's own database: Redis, worker, beat and a mail server, each of which can die."""

import os
from datetime import time, timedelta
from pathlib import Path

from django.db import connection
from django.db.models import F
from django.utils import timezone
from redis import Redis
from redis.exceptions import ConnectionError as Away

from linkage.jobs.models import Job
from linkage.management import programs
from linkage.management.children import Child
from linkage.matters.models import CalendarNotice, Layer, WorkCalendarDay
from linkage.notices.models import OfficeHours
from tests.postbox import Postbox
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[2]
FROM_OUTSIDE = {"TEST_SQLITE", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "FILES_DIR", "DATA_DIR"}
A_WHILE = timedelta(minutes=15)  # longer than a lease and than a message is waited for


def database_url() -> str:
    """The test's own database, for processes that do not know that it is one."""
    row = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{row['NAME']}"
    return f"postgres://{row['USER']}:{row['PASSWORD']}@{row['HOST']}:{row['PORT']}/{row['NAME']}"


class Machinery:
    """Everything behind the pages. Processes are killed with their whole group, as the kernel does it."""

    def __init__(self, home: Path, runtime: Path, postbox: Postbox):
        self.runtime, self.files = runtime, home / "files"
        self.redis_url = f"unix://{runtime}/redis.sock"
        inherited = {key: value for key, value in os.environ.items() if key not in FROM_OUTSIDE}
        environment = inherited | {
            "DATABASE_URL": database_url(), "REDIS_URL": self.redis_url, "FILES_DIR": str(self.files),
            "DATA_DIR": str(home), "EMAIL_URL": f"smtp://127.0.0.1:{postbox.port}", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        logs = [home / name for name in ("log", "log2")]
        for folder in logs:
            folder.mkdir()
        self.redis = Child(programs.redis(runtime, logs[0]), environment)
        self.worker = Child(programs.worker(logs[0]), environment)
        self.beats = [Child(programs.beat(folder, folder), environment) for folder in logs]

    @property
    def everything(self) -> list[Child]:
        return [*self.beats, self.worker, self.redis]

    def start_redis(self) -> None:
        self.redis.start()
        until(self.redis_answers, what="Redis answers")

    def redis_answers(self) -> bool:
        with Redis.from_url(self.redis_url) as client:
            try:
                return bool(client.ping())
            except Away:
                return False

    def kill(self, *children: Child) -> None:
        """SIGKILL, in the middle of whatever they do."""
        for child in children:
            child.kill()

    def idle(self) -> bool:
        """No message waits and none is being worked on."""
        with Redis.from_url(self.redis_url) as client:
            return not client.llen("celery") and not client.hlen("unacked")


def a_while_passes(*columns: str) -> None:
    """Make the rows of unfinished jobs older instead of waiting: leases run out, messages are given up for lost."""
    for column in columns:
        waiting = Job.objects.filter(done_at=None, **{f"{column}__isnull": False})
        waiting.update(**{column: F(column) - A_WHILE})


def always_open() -> None:
    """The offices are at work now, whenever the tests run."""
    OfficeHours.objects.create(opens=time(0), closes=time(23, 59, 59, 999999))
    today = timezone.localdate()
    for day in (today, today + timedelta(days=1)):
        notice, _ = CalendarNotice.objects.get_or_create(
            year=day.year, layer=Layer.NATIONAL, defaults={"title": "放假通知", "source": "测试"}
        )
        WorkCalendarDay.objects.update_or_create(
            date=day, layer=Layer.NATIONAL, defaults={"works": True, "name": "", "notice": notice}
        )


def everything_is_done(seconds: float = 150) -> None:
    until(lambda: not Job.objects.filter(done_at=None).exists(), seconds, "every job is done")
