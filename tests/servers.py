"""Throw-away servers for the tests: real PostgreSQL and Redis, in a temporary folder, gone when the tests are.

Each is a direct child that the kernel ends with us, so that even a killed run leaves nothing behind.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from linkage.management.children import die_with

READY_WITHIN = 30  # seconds
FAST_NOT_SAFE = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=64MB")
FOR_SMALL_TABLES = ("jit=off", "autovacuum=off", "wal_level=minimal", "max_wal_senders=0")  # all short-lived, too


@contextlib.contextmanager
def folder(owner: str | None = None) -> Iterator[Path]:
    """A short folder that another user can pass through; PostgreSQL refuses to run as root."""
    path = Path(tempfile.mkdtemp(prefix="linkage-test-", dir="/tmp"))
    try:
        path.chmod(0o711)
        if owner:
            shutil.chown(path, owner)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


@contextlib.contextmanager
def running(argv: list[str], ready: Callable[[], bool], stop: signal.Signals, **options: object) -> Iterator[None]:
    """Run a server between its first sign of life and the end of the block."""
    process = subprocess.Popen(
        argv, stdin=subprocess.DEVNULL, process_group=0, preexec_fn=die_with(os.getpid(), stop), **options
    )
    try:
        wait_until(ready, process)
        yield
    finally:
        end(process, stop)


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    late = time.monotonic() + READY_WITHIN
    while not ready():
        if process.poll() is not None or time.monotonic() > late:
            raise RuntimeError(f"{process.args} did not start")
        time.sleep(0.05)


def end(process: subprocess.Popen[bytes], stop: signal.Signals) -> None:
    process.send_signal(stop)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """Yields the REDIS_URL of an empty Redis on a unix socket."""
    with folder() as home, (home / "redis.log").open("wb") as log:
        path = home / "redis.sock"
        argv = ["redis-server", "--port", "0", "--unixsocket", str(path), "--save", "", "--appendonly", "no"]
        argv += ["--dir", str(home)]
        with running(argv, path.exists, signal.SIGTERM, stdout=log, stderr=log):
            yield f"unix://{path}"


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Yields the DATABASE_URL of an empty cluster that sorts Chinese as people read it (ICU, zh-Hans-CN)."""
    user = "postgres" if os.getuid() == 0 else None
    with folder(owner=user) as home:
        data, port, programs = home / "data", free_port(), postgres_programs()
        make_cluster(programs, data, user)
        argv = [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-h", "127.0.0.1", "-k", ""]
        argv += [part for setting in (*FAST_NOT_SAFE, *FOR_SMALL_TABLES) for part in ("-c", setting)]
        with (home / "log").open("wb") as log:
            ready = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port), "-d", "postgres"]
            answers = lambda: subprocess.run(ready, check=False).returncode == 0  # noqa: E731 one word reads better
            with running(argv, answers, signal.SIGINT, stdout=log, stderr=log, **identity(user)):
                yield f"postgres://linkage@127.0.0.1:{port}/linkage"


def postgres_programs() -> Path:
    """Debian keeps them out of PATH; the newest version wins."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    found = shutil.which("postgres")
    if not versions and not found:
        raise RuntimeError("PostgreSQL is not installed: run `make test`, which installs it")
    return versions[-1] if versions else Path(str(found)).resolve().parent


def make_cluster(programs: Path, data: Path, user: str | None) -> None:
    argv = [str(programs / "initdb"), "-D", str(data), "-U", "linkage", "--auth=trust", "--no-sync", "-E", "UTF8"]
    argv += ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=zh-Hans-CN"]
    subprocess.run(argv, check=True, stdout=subprocess.DEVNULL, cwd="/", **identity(user))


def identity(user: str | None) -> dict[str, object]:
    """How to become that user in a new process."""
    if not user:
        return {}
    entry = pwd.getpwnam(user)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
