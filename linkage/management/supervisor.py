"""Keeps children running until somebody asks to stop, and then sees all of them off."""

import select
import signal
import socket
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from linkage.management.children import Child

ASKING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE = 10  # seconds a child has to finish what it is doing


class Signals:
    """Signals read where we look for them, instead of code that runs wherever they strike."""

    def __enter__(self) -> Self:
        self.reader, writer = socket.socketpair()
        self.reader.setblocking(False)
        writer.setblocking(False)
        self.writer = writer
        self.before = {number: signal.signal(number, lambda *_: None) for number in (*ASKING, signal.SIGCHLD)}
        signal.set_wakeup_fd(writer.fileno())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.set_wakeup_fd(-1)
        for number, handler in self.before.items():
            signal.signal(number, handler)
        self.reader.close()
        self.writer.close()

    def asked(self, seconds: float) -> bool:
        """Wait for a signal, at most so long; True when it asks to stop."""
        if not select.select([self.reader], [], [], seconds)[0]:
            return False
        return any(number in ASKING for number in self.reader.recv(512))


class Supervisor:
    """Children in the order they start; the first serves the others and therefore stops last."""

    def __init__(self, children: Sequence[Child], signals: Signals, say: Callable[[str], None]):
        self.children = children
        self.signals = signals
        self.say = say

    def start(self, first: int | None = None) -> None:
        """Start the first so many, or all that do not run yet."""
        for child in self.children[:first]:
            if not child.alive:
                child.start()

    def watch(self, until: Callable[[], bool] = lambda: False) -> bool:
        """Keep all children up; True when asked to stop, False as soon as `until` holds."""
        while not self.signals.asked(0.3):
            for child in self.children:
                self.tend(child)
            if until():
                return False
        return True

    def tend(self, child: Child) -> None:
        """Start a fallen child again after a pause, and tell."""
        if child.alive or not child.started:
            return
        if child.again_at is None:
            pause = child.plan_return()
            self.say(f"{child}意外退出，{pause:.0f} 秒后重新启动（日志 {child.program.log}）")
        elif child.due:
            child.start()
            self.say(f"{child}已重新启动")

    def stop(self) -> None:
        """End all children; a second request to stop, or the end of the grace, kills what is still there."""
        first, *others = self.children
        for group in (list(reversed(others)), [first]):
            for child in group:
                child.ask_to_stop()
            self.see_off(group)

    def see_off(self, group: Sequence[Child]) -> None:
        patience = time.monotonic() + GRACE
        while any(child.alive for child in group) and time.monotonic() < patience:
            if self.signals.asked(0.1):
                break
        for child in group:
            child.kill()
