"""`manage.py run` as an operator meets it: started for real, with everything it starts."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from linkage.management.premises import Premises
from tests.management.processes import command_of, cpu_seconds, descendants, gone

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_TO_START = 10


class Run:
    """One `manage.py run` on a data folder."""

    def __init__(self, data: Path):
        outside = {"DATABASE_URL", "REDIS_URL", "SITE_URL", "TEST_SQLITE"}
        self.environment = {key: value for key, value in os.environ.items() if key not in outside}
        self.environment |= {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "linkage.settings"}
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "run", "--port", "0", "--without-demo"],
            cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.said = ""

    def read_until(self, words: str) -> str:
        """What it says up to the line with these words."""
        for line in self.process.stdout:
            self.said += line
            if words in line:
                return self.said
        pytest.fail(f"{words!r} was never said:\n{self.said}")

    def family(self) -> set[int]:
        return descendants(self.process.pid)

    def child(self, words: str) -> int:
        return next(pid for pid in sorted(self.family()) if words in command_of(pid))


@contextlib.contextmanager
def running(data: Path) -> Iterator[Run]:
    run = Run(data)
    try:
        yield run
    finally:
        family = run.family()
        run.process.kill()
        run.process.stdout.close()
        run.process.wait()
        assert all(gone(pid) for pid in family)
        Premises(data).leave()  # clears away what the killed run left


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """A data folder on which the portal has run once, and was stopped with Ctrl-C."""
    folder = tmp_path_factory.mktemp("data")
    with running(folder) as run:
        run.read_until("停止    ")
        family = run.family()
        run.process.send_signal(signal.SIGINT)
        run.read_until("已停止")
        assert run.process.wait() == 0
        assert [pid for pid in family if not gone(pid, 0)] == []
    return folder


@pytest.fixture(scope="module")
def portal(data) -> Iterator[Run]:
    """The portal started a second time, and left running."""
    with running(data) as run:
        run.read_until("停止    ")
        run.cost = sum(map(cpu_seconds, {run.process.pid, *run.family()}))
        run.address = re.search(r"http://\S+", run.said)[0]
        yield run


def test_the_second_start_takes_less_than_ten_seconds(portal):
    assert portal.cost < SECONDS_TO_START


def test_the_page_answers(portal):
    with urllib.request.urlopen(portal.address) as answer:
        assert answer.status == 200


def test_a_second_run_on_the_same_data_is_refused(portal, data):
    second = Run(data)
    assert f"平台已在运行，或正在启动。{portal.address}" in second.process.communicate()[0]
    assert second.process.returncode == 1


@pytest.mark.parametrize(
    ("words", "label"),
    [("redis-server", "消息服务"), ("gunicorn", "网页服务"), (" worker ", "后台任务"), (" beat ", "定时任务")],
)
def test_a_program_that_falls_is_started_again(portal, words, label):
    fallen = portal.child(words)
    os.kill(fallen, signal.SIGKILL)
    portal.read_until(f"{label}已重新启动")
    assert portal.child(words) != fallen


def test_nothing_is_left_when_it_is_killed(portal):
    """The last test of the module: it ends the portal."""
    family = portal.family()
    portal.process.kill()
    assert len(family) >= 4
    assert [pid for pid in family if not gone(pid, seconds=60)] == []  # a busy machine kills slowly
