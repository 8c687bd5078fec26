"""Background work. The database is the truth: a message only wakes a worker, and losing every message loses nothing."""

import os
from datetime import timedelta
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

from linkage.management.children import die_with

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linkage.settings")

LONGEST_TASK = timedelta(minutes=10)

app = Celery("linkage")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    timezone="Asia/Shanghai",
    enable_utc=True,
    # A task killed half-way is delivered again; its Job row makes the second run harmless.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_time_limit=LONGEST_TASK.total_seconds(),
    task_soft_time_limit=LONGEST_TASK.total_seconds() - 30,
    # Results are rows of our own.
    result_backend=None,
    task_ignore_result=True,
    accept_content=["json"],
    # Nobody waits at a page because Redis is away: the sweep publishes again what was not published.
    task_publish_retry=False,
    broker_connection_timeout=1,
    # A worker, on the other hand, waits for Redis as long as it takes.
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={
        "socket_connect_timeout": 1,
        "socket_timeout": 3,
        "max_retries": 0,
        # Longer than the longest task, or a running task would be given out twice.
        "visibility_timeout": (LONGEST_TASK + timedelta(minutes=5)).total_seconds(),
        # By default kombu looks for lost messages only every 100 s, whatever the visibility timeout says.
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
    },
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
    # The beat table is code; windows, ladders and rules that people edit are data. A second beat does no harm:
    # both tasks look for rows that are due and not done. What no worker took in time is dropped, not piled up.
    beat_schedule={
        "sweep": {
            "task": "linkage.jobs.tasks.sweep",
            "schedule": timedelta(seconds=10),
            "options": {"expires": timedelta(minutes=1).total_seconds()},
        },
        "remind": {
            "task": "linkage.notices.tasks.remind",
            "schedule": timedelta(minutes=10),
            "options": {"expires": timedelta(minutes=10).total_seconds()},
        },
    },
)
app.autodiscover_tasks()


@worker_process_init.connect
def end_with_the_worker(**_: Any) -> None:
    """A process of the pool must not finish a task that a killed worker's successor has been given."""
    die_with(os.getppid())()
