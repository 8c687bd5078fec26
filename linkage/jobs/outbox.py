"""Asking for a job and carrying it out."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from .models import Job

log = logging.getLogger(__name__)
Handler = Callable[..., str | None]
handlers: dict[str, Handler] = {}


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
    when = run_after or timezone.now()
    Job.objects.bulk_create(
        [Job(name=name, key=key, args=args, run_after=when) for name, key, args in wanted], ignore_conflicts=True
    )
    if when <= timezone.now():
        keys = [key for _, key, _ in wanted]
        transaction.on_commit(lambda: wake(keys), robust=True)


def wake(keys: list[str]) -> None:
    """Tell the workers; with Redis down nothing is lost, the sweeper publishes the rows again."""
    from .tasks import run  # tasks import this module

    ids = list(Job.objects.waiting().filter(key__in=keys).values_list("pk", flat=True))
    try:
        for pk in ids:
            run.delay(pk)
    except Exception as error:  # kombu raises many kinds when the broker is away; the row stays and is swept
        log.warning("broker away, %d jobs wait for the sweeper: %s", len(ids), error)


def carry_out(pk: int) -> bool:
    """Run one job under its lease. Returns whether this call did the work."""
    row = Job.objects.filter(pk=pk).first()
    if row is None or not row.claim():
        return False
    row.refresh_from_db()
    try:
        result = handlers[row.name](**row.args)
    except Exception as error:  # any failure is kept on the row and tried again later
        log.exception("job %s failed", row.key)
        row.fail(repr(error), row.attempts)
        return False
    row.finish(result or "")
    return True


def sweep(limit: int = 500) -> list[int]:
    """The ids of the jobs that are due: to be published (again)."""
    return list(Job.objects.due().order_by("run_after").values_list("pk", flat=True)[:limit])


def drain(rounds: int = 50) -> int:
    """Carry out everything that is due, in this process: for commands and tests. Returns the number done."""
    done = 0
    for _ in range(rounds):
        ids = sweep()
        if not ids:
            break
        done += sum(carry_out(pk) for pk in ids)
    return done
