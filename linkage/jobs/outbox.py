"""Asking for a job and carrying it out."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from .models import Job

log = logging.getLogger(__name__)
Handler = Callable[..., str | None]
handlers: dict[str, Handler] = {}


class Later(Exception):
    """Raised by a handler for which it is the wrong time, e.g. outside office hours; no failed attempt."""

    def __init__(self, until: datetime):
        super().__init__(until)
        self.until = until


@dataclass
class Rest:
    """After a failure the broker is left alone for a while: a step with many jobs waits for it once, not for each."""

    seconds: float
    until: float = 0

    def begin(self) -> None:
        self.until = time.monotonic() + self.seconds

    @property
    def over(self) -> bool:
        return time.monotonic() >= self.until


broker_rest = Rest(seconds=10)


def job(name: str) -> Callable[[Handler], Handler]:
    """Register the function that carries out jobs of a name; it must be idempotent. What it returns is kept."""

    def register(handler: Handler) -> Handler:
        handlers[name] = handler
        return handler

    return register


def ask(name: str, key: str, run_after: datetime | None = None, **args) -> None:
    """Write a job in the caller's transaction; after commit a worker is woken. A key asked before is left alone."""
    ask_many([(name, key, args)], run_after)


def ask_many(wanted: list[tuple[str, str, dict]], run_after: datetime | None = None) -> None:
    """Write several jobs at once; see `ask`."""
    now = timezone.now()
    when = run_after or now
    published = now if when <= now else None  # in a moment, by `wake`
    Job.objects.bulk_create(
        [Job(name=name, key=key, args=args, run_after=when, published_at=published) for name, key, args in wanted],
        ignore_conflicts=True,
    )
    if published:
        keys = [key for _, key, _ in wanted]
        transaction.on_commit(lambda: wake(keys), robust=True)


def wake(keys: list[str]) -> None:
    """Tell the workers; with Redis down nothing is lost, the sweeper publishes the rows again."""
    ids = list(Job.objects.waiting().filter(key__in=keys).values_list("pk", flat=True))
    unsent = ids[publish(ids) :] if broker_rest.over else ids
    if unsent:
        Job.objects.filter(pk__in=unsent).update(published_at=None)


def publish(ids: list[int]) -> int:
    """Send ids to the workers until the broker fails; returns how many went out."""
    from .tasks import run  # noqa: PLC0415 tasks import this module

    for sent, pk in enumerate(ids):
        try:
            run.delay(pk)
        except Exception as error:  # noqa: BLE001 kombu raises many kinds when the broker is away; the rows stay
            broker_rest.begin()
            log.warning("broker away, %d jobs wait for the sweeper: %s", len(ids) - sent, error)
            return sent
    return len(ids)


def sweep(limit: int = 500) -> int:
    """Publish (again) what is due and unheard; returns how many. Twice at a time does no harm."""
    ids = list(Job.objects.unheard().order_by("run_after", "pk").values_list("pk", flat=True)[:limit])
    sent = ids[: publish(ids)]
    Job.objects.filter(pk__in=sent).update(published_at=timezone.now())
    return len(sent)


def carry_out(pk: int) -> bool:
    """Run one job under its lease. Returns whether this call did the work."""
    row = Job.objects.take(pk)
    if row is None:
        return False
    try:
        result = handlers[row.name](**row.args)
    except Later as later:
        row.postpone(later.until)
        return False
    except Exception as error:  # any failure is kept on the row and tried again later
        log.exception("job %s failed", row.key)
        row.fail(repr(error))
        return False
    row.finish(result or "")
    return True


def drain(rounds: int = 50) -> int:
    """Carry out everything that is due, in this process: for commands and tests. Returns the number done."""
    done = 0
    for _ in range(rounds):
        ids = list(Job.objects.due().order_by("run_after", "pk").values_list("pk", flat=True)[:500])
        if not ids:
            break
        done += sum(carry_out(pk) for pk in ids)
    return done
