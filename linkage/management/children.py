"""Processes that run beside us, come back when they fall, and never outlive us. Linux only (prctl)."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1
LOG_BYTES = 5_000_000
LONGEST_PAUSE = 30  # seconds between two starts
SETTLED = 60  # seconds after which a fall is forgotten

libc = ctypes.CDLL(None, use_errno=True)


def die_with(parent: int, orphaned: signal.Signals = signal.SIGKILL) -> Callable[[], None]:
    """What a new process does before its program starts: the kernel will signal it when `parent` is gone."""

    def arrange() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(orphaned))
        if os.getppid() != parent:  # it went away in between
            os._exit(1)

    return arrange


@dataclass(frozen=True)
class Program:
    """What to start. `orphaned` is the signal by which the kernel ends it when we are gone and nobody else would."""

    name: str
    label: str
    argv: tuple[str, ...]
    log: Path
    descriptors: tuple[int, ...] = ()
    orphaned: signal.Signals = signal.SIGKILL


class Child:
    """One program and the process that runs it at the moment, in a process group of its own."""

    def __init__(self, program: Program, environment: Mapping[str, str]):
        self.program = program
        self.environment = dict(environment)
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.falls = 0
        self.again_at: float | None = None

    def __str__(self) -> str:
        return self.program.label

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def pid(self) -> int:
        return self.process.pid if self.process else 0

    def start(self) -> None:
        self.shorten_log()
        with self.program.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.program.argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.environment,
                pass_fds=self.program.descriptors,
                process_group=0,
                preexec_fn=die_with(os.getpid(), self.program.orphaned),
            )
        self.started = time.monotonic()
        self.again_at = None

    def shorten_log(self) -> None:
        """Keep one old file beside the current one."""
        log = self.program.log
        if log.exists() and log.stat().st_size > LOG_BYTES:
            log.replace(log.with_suffix(".old.log"))

    def plan_return(self) -> float:
        """Note a fall and say in how many seconds to start again: 1, 2, 4 … 30."""
        self.kill()  # what the fallen process left behind in its group
        self.falls = 1 if time.monotonic() - self.started > SETTLED else self.falls + 1
        pause = min(2.0 ** (self.falls - 1), LONGEST_PAUSE)
        self.again_at = time.monotonic() + pause
        return pause

    @property
    def due(self) -> bool:
        return self.again_at is not None and time.monotonic() >= self.again_at

    def ask_to_stop(self) -> None:
        if self.process and self.alive:
            self.process.terminate()

    def kill(self) -> None:
        """End the whole group, whatever is left of it."""
        if not self.process:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
