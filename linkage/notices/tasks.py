"""Beat's entry to the reminders."""

from celery import shared_task

from linkage.jobs.models import Pulse

from . import reminders


@shared_task(ignore_result=True)
def remind() -> None:
    """Say what is due and was not said; harmless when run twice."""
    reminders.remind()
    Pulse.note("remind")
