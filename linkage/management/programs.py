"""The command lines of the four programs that make up a running portal."""

import os
import signal
import sys
from pathlib import Path

from linkage.management.children import Program

CELERY = (sys.executable, "-m", "celery", "--app", "linkage.celery", "--no-color")


def redis(runtime: Path, logs: Path) -> Program:
    """A private Redis on a unix socket that only its owner may open. It keeps nothing: the database is the truth."""
    argv = ["redis-server", "--port", "0", "--unixsocket", str(runtime / "redis.sock"), "--unixsocketperm", "700"]
    argv += ["--save", "", "--appendonly", "no", "--daemonize", "no", "--dir", str(runtime)]
    return Program("redis", "消息服务", tuple(argv), logs / "redis.log")


def web(descriptor: int, logs: Path) -> Program:
    """Its workers are its own affair, so it is told to go rather than killed when orphaned."""
    argv = [sys.executable, "-m", "gunicorn", "linkage.wsgi", "--bind", f"fd://{descriptor}", "--preload"]
    argv += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--graceful-timeout", "8"]
    argv += ["--no-control-socket", "--access-logfile", "-"]
    return Program("web", "网页服务", tuple(argv), logs / "web.log", (descriptor,), orphaned=signal.SIGQUIT)


def worker(logs: Path) -> Program:
    """Killed when orphaned, its processes with it (linkage.celery): without Redis it would wait to say goodbye.

    What it was doing is taken up again after its lease.
    """
    argv = [*CELERY, "worker", "--loglevel", "INFO", "--concurrency", str(min(2, os.cpu_count() or 1))]
    argv += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return Program("worker", "后台任务", tuple(argv), logs / "worker.log")


def beat(state: Path, logs: Path) -> Program:
    argv = [*CELERY, "beat", "--loglevel", "INFO", "--schedule", str(state / "beat")]
    return Program("beat", "定时任务", tuple(argv), logs / "beat.log")
