"""Background work: publishing never keeps a page waiting, and the beat table names tasks that exist."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from kombu.exceptions import OperationalError

from linkage.celery import LONGEST_TASK, app

ROOT = Path(__file__).resolve().parent.parent
AWAY = {"redis+socket:///nowhere/redis.sock", "redis://127.0.0.1:1/0"}  # nothing listens on port 1


@pytest.mark.parametrize("url", sorted(AWAY))
def test_publishing_without_redis_fails_at_once(url):
    begun = time.monotonic()
    with app.connection_for_write(url) as connection, pytest.raises(OperationalError):
        app.send_task("linkage.jobs.tasks.sweep", connection=connection)
    assert time.monotonic() - begun < 3


def test_the_beat_table_names_tasks_that_exist():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


def test_a_message_is_given_out_again_only_after_the_longest_task():
    assert app.conf.broker_transport_options["visibility_timeout"] > LONGEST_TASK.total_seconds()
    assert app.conf.task_time_limit == LONGEST_TASK.total_seconds()


def test_the_clock_is_the_one_of_the_offices():
    assert app.conf.timezone == "Asia/Shanghai"
    assert (app.conf.task_acks_late, app.conf.task_reject_on_worker_lost) == (True, True)


def test_importing_the_project_is_enough_for_shared_tasks_to_find_this_app():
    code = "import linkage; from celery import current_app; print(current_app.main)"
    assert subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True) == "linkage\n"
