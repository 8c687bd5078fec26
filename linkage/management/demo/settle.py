"""What is left over from the past: old notices are read, due dates near or past have been said in the portal."""

from datetime import timedelta

from django.db.models import F
from django.utils.timezone import localdate, now

from linkage.notices import reminders
from linkage.notices.models import Notice

RECENT = timedelta(days=7)


def settle() -> None:
    """Call it in the quiet: what is said here is mailed with the next digest, not one mail each."""
    Notice.objects.unread().filter(created_at__lt=now() - RECENT).update(read_at=F("created_at"))
    days = reminders.Days.of(localdate())
    for stage in reminders.STAGES:
        reminders.say_stage(stage, days)
