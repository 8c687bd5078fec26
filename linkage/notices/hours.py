"""Working days and office hours: the only time people are reminded."""

from datetime import datetime, timedelta

from django.utils import timezone

from linkage.matters import workcalendar

from .models import OfficeHours


def open_now(now: datetime | None = None) -> bool:
    """Whether the offices are at work."""
    local = timezone.localtime(now)
    hours = OfficeHours.current()
    return workcalendar.calendar().is_workday(local.date()) and hours.opens <= local.time() < hours.closes


def next_open(now: datetime | None = None) -> datetime:
    """Now if the offices are at work, else the next opening."""
    local = timezone.localtime(now)
    hours, calendar = OfficeHours.current(), workcalendar.calendar()
    if calendar.is_workday(local.date()) and local.time() < hours.closes:
        return max(local, local.replace(hour=hours.opens.hour, minute=hours.opens.minute, second=0, microsecond=0))
    day = calendar.next_workday(local.date() + timedelta(days=1))
    return timezone.make_aware(datetime.combine(day, hours.opens))
