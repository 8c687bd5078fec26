"""Celery's side of the outbox: thin, by id."""

from celery import shared_task

from . import outbox
from .models import Pulse


@shared_task(ignore_result=True)
def run(pk: int) -> None:
    """Carry out one job; harmless when it is done or held."""
    outbox.carry_out(pk)


@shared_task(ignore_result=True)
def sweep() -> None:
    """Publish again what is due and not done, and show that beat, broker and worker are alive."""
    outbox.sweep()
    Pulse.note("sweep")
