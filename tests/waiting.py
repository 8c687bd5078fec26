"""Waiting for something to become true, never longer than it may take."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
LOOK_AGAIN = 0.1  # seconds


def until(holds: Callable[[], Found], seconds: float = 30, what: str = "") -> Found:
    """The first true answer; an AssertionError when there is none in time."""
    late, pause = time.monotonic() + seconds, threading.Event()
    while not (found := holds()):
        assert time.monotonic() < late, f"not within {seconds} s: {what or holds}"
        pause.wait(LOOK_AGAIN)
    return found
