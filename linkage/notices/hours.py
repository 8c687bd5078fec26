"""Working days and office hours: the only time people are reminded and written to."""

from datetime import datetime, timedelta

from django.utils import timezone

from linkage.matters import workcalendar

from .models import OfficeHours

DAY = timedelta(days=1)


def open_now(now: datetime | None = None) -> bool:
    """Whether the offices are at work."""
    local = timezone.localtime(now)
    hours = OfficeHours.current()
    return hours.opens <= local.time() < hours.closes and workcalendar.calendar(local.date()).is_workday(local.date())


def next_open(now: datetime | None = None) -> datetime:
    """Now if the offices are at work, else the next opening."""
    local = timezone.localtime(now)
    hours, calendar = OfficeHours.current(), workcalendar.calendar(local.date())
    if calendar.is_workday(local.date()) and local.time() < hours.closes:
        return max(local, opening(hours, local.date()))
    return opening(hours, calendar.next_workday(local.date() + DAY))


def opening(hours: OfficeHours, day) -> datetime:
    return timezone.make_aware(datetime.combine(day, hours.opens))
