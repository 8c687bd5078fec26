"""Celery's side of the outbox: thin, by id."""

from celery import shared_task

from . import outbox


@shared_task(ignore_result=True)
def run(pk: int) -> None:
    """Carry out one job; harmless when it is done or held."""
    outbox.carry_out(pk)


@shared_task(ignore_result=True)
def sweep() -> None:
    """Publish again what is due and not done."""
    for pk in outbox.sweep():
        run.delay(pk)
