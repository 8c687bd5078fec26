"""Children come back after a pause, end when asked, and never outlive their parent."""

import os
import signal
import subprocess
import sys

import pytest

from linkage.management.children import LOG_BYTES, Child, Program
from linkage.management.supervisor import Signals, Supervisor
from tests.management.processes import descendants, gone

FOREVER = "import signal; print('ready', flush=True); signal.pause()"
STUBBORN = "import signal; signal.signal(15, signal.SIG_IGN); print('ready', flush=True)\nwhile True: signal.pause()"


@pytest.fixture
def make_child(tmp_path):
    made = []

    def make(code: str, name: str = "child") -> Child:
        program = Program(name, name, (sys.executable, "-c", code), tmp_path / f"{name}.log")
        made.append(Child(program, os.environ))
        return made[-1]

    yield make
    for child in made:
        child.kill()


@pytest.fixture
def signals():
    with Signals() as signals:
        yield signals


def is_ready(child: Child) -> bool:
    return child.program.log.exists() and "ready" in child.program.log.read_text()


def test_a_child_writes_to_its_log(make_child):
    child = make_child("print('hello')")
    child.start()
    child.process.wait()
    assert child.program.log.read_text() == "hello\n"


def test_a_long_log_is_put_aside_at_the_start(make_child):
    child = make_child("print('new')")
    child.program.log.write_text("x" * (LOG_BYTES + 1))
    child.start()
    child.process.wait()
    assert child.program.log.read_text() == "new\n"
    assert child.program.log.with_suffix(".old.log").stat().st_size == LOG_BYTES + 1


def test_the_pause_before_a_return_doubles_up_to_half_a_minute(make_child):
    child = make_child("")
    child.start()
    assert [child.plan_return() for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]


def test_a_fallen_child_comes_back_and_people_are_told(make_child, signals):
    child, said = make_child(FOREVER), []
    supervisor = Supervisor([child], signals, said.append)
    supervisor.start()
    first = child.pid
    child.process.kill()
    assert supervisor.watch(until=lambda: child.alive and child.pid != first) is False
    assert said == [f"child意外退出，1 秒后重新启动（日志 {child.program.log}）", "child已重新启动"]


def test_a_signal_ends_the_watch(make_child, signals):
    supervisor = Supervisor([make_child(FOREVER)], signals, print)
    supervisor.start()
    os.kill(os.getpid(), signal.SIGTERM)
    assert supervisor.watch() is True


def test_the_first_child_stops_last(make_child, signals):
    server, client = make_child(FOREVER, "server"), make_child(FOREVER, "client")
    supervisor = Supervisor([server, client], signals, print)
    supervisor.start()
    order = []
    client.ask_to_stop = lambda: order.append(("client", server.alive)) or Child.ask_to_stop(client)
    server.ask_to_stop = lambda: order.append(("server", client.alive)) or Child.ask_to_stop(server)
    supervisor.stop()
    assert order == [("client", True), ("server", False)]
    assert not server.alive


def test_a_second_request_kills_a_child_that_does_not_listen(make_child, signals):
    child = make_child(STUBBORN)
    supervisor = Supervisor([child], signals, print)
    supervisor.start()
    supervisor.watch(until=lambda: is_ready(child))
    os.kill(os.getpid(), signal.SIGINT)  # stands in for the second Ctrl-C: it is read while we wait for the child
    supervisor.stop()
    assert child.process.returncode == -signal.SIGKILL


def test_a_child_dies_with_a_parent_that_is_killed(tmp_path):
    parent = (
        "import os, sys, signal; from pathlib import Path; from linkage.management.children import Child, Program;"
        f"child = Child(Program('c', 'c', (sys.executable, '-c', {FOREVER!r}), Path({str(tmp_path)!r}) / 'log'), os.environ);"
        "child.start(); print(child.pid, flush=True); signal.pause()"
    )
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True) as process:
        pid = int(process.stdout.readline())
        assert descendants(process.pid) == {pid}
        process.kill()
    assert gone(pid)
