"""Where a run lives: one lock for a data folder, a short private folder for the socket, a port of its own."""

import fcntl
import json
import os
import shutil
import socket
import tempfile
from pathlib import Path
from typing import TextIO


class AlreadyRunningError(Exception):
    """Another run holds this data folder; the argument is its address, or empty while it starts."""


class Premises:
    """A data folder held by one run at a time. The lock goes with the process, however it ends."""

    def __init__(self, data: Path):
        self.logs = data / "log"
        self.state = data / "run"
        for folder in (self.logs, self.state):
            folder.mkdir(parents=True, exist_ok=True)
        self.lock = self.take_lock()
        self.remove_leftovers()
        # The path of a unix socket may have about 100 bytes: never below the data folder, nor in a long TMPDIR.
        self.runtime = Path(tempfile.mkdtemp(prefix="linkage-", dir="/tmp"))
        self.note(address="")

    def take_lock(self) -> TextIO:
        lock = (self.state / "lock.json").open("a+", encoding="utf-8")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with lock:
                raise AlreadyRunningError(self.read(lock).get("address", "")) from None
        return lock

    @staticmethod
    def read(lock: TextIO) -> dict[str, str]:
        lock.seek(0)
        try:
            return json.loads(lock.read() or "{}")
        except ValueError:  # its run ended while it wrote
            return {}

    def note(self, address: str) -> None:
        """Tell other runs where this one is, and the next one what to clear away."""
        self.lock.truncate(0)
        self.lock.write(json.dumps({"pid": os.getpid(), "address": address, "runtime": str(self.runtime)}))
        self.lock.flush()

    def remove_leftovers(self) -> None:
        """The socket folder of a run that was killed. Ours alone: we hold the lock."""
        folder = Path(self.read(self.lock).get("runtime", ""))
        if folder.name.startswith("linkage-") and folder.is_dir() and folder.stat().st_uid == os.getuid():
            shutil.rmtree(folder)

    def leave(self) -> None:
        shutil.rmtree(self.runtime, ignore_errors=True)
        self.lock.truncate(0)
        self.lock.close()


def listen(host: str, port: int) -> socket.socket:
    """A socket on the first free port from `port` on (0: any).

    The web child inherits it, and so keeps its address over a restart.
    """
    for candidate in range(port, min(port + 20, 65536)):
        try:
            return bound(host, candidate)
        except OSError:
            continue
    raise OSError(f"{host}:{port}–{port + 19}")


def bound(host: str, port: int) -> socket.socket:
    """Raises OSError when the port is taken."""
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    door = socket.socket(family, kind)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
        door.listen(64)
    except OSError:
        door.close()
        raise
    return door
