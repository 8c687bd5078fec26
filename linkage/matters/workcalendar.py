"""The working calendar in the database: layers merged for counting, notices entered by the legal office."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from linkage import workdays
from linkage.jobs import outbox
from linkage.units.acting import Actor

from . import trail
from .models import CalendarNotice, Event, Layer, WorkCalendarDay

SECOND_LOOK = timedelta(minutes=10)  # far longer than any step's transaction may last


@dataclass(frozen=True)
class Entry:
    """What a notice says of a day that differs from the plain week."""

    works: bool
    name: str


def calendar(since: date | None = None) -> workdays.Calendar:
    """The calendar as it stands, in one query; nothing is kept between calls, so every process sees the last edit.

    `since` leaves out the years before a day: enough, and faster, for a count that starts on it.
    """
    rows = WorkCalendarDay.objects.order_by("date")
    if since:
        rows = rows.filter(date__gte=date(since.year, 1, 1))
    return merged(rows.values_list("date", "layer", "works", "name", "notice__year"))


def merged(rows: Iterable[tuple[date, str, bool, str, int]]) -> workdays.Calendar:
    """One calendar of all layers. A year is loaded when a national notice has fixed days of it.

    The Guangxi notice comes later and may give back a nationally worked weekend day (2017 it did); it cannot make
    people work on a national holiday.
    """
    rows = list(rows)
    national = {day: Entry(works, name) for day, layer, works, name, _ in rows if layer == Layer.NATIONAL}
    local = {day: Entry(works, name) for day, layer, works, name, _ in rows if layer == Layer.GUANGXI}
    entries = national | {day: entry for day, entry in local.items() if not (entry.works and rests(national, day))}
    return workdays.Calendar(
        {day: entry.works for day, entry in entries.items()},
        frozenset(year for _, layer, _, _, year in rows if layer == Layer.NATIONAL),
        {day: entry.name for day, entry in entries.items() if not entry.works},
    )


def rests(entries: Mapping[date, Entry], day: date) -> bool:
    return day in entries and not entries[day].works


def entered(notice: CalendarNotice) -> dict[date, Entry]:
    """The days a notice has fixed so far."""
    rows = notice.days.values_list("date", "works", "name")
    return {day: Entry(works, name) for day, works, name in rows}


def taken(notice: CalendarNotice, days: Iterable[date]) -> list[date]:
    """Days that another notice of the same layer has fixed already."""
    rows = WorkCalendarDay.objects.filter(layer=notice.layer, date__in=list(days))
    return list((rows.exclude(notice=notice.pk) if notice.pk else rows).values_list("date", flat=True))


def enter(notice: CalendarNotice, days: Mapping[date, Entry], actor: Actor) -> Event:
    """Save a notice with exactly these days, write one Event, and have the running deadlines counted anew.

    The days a notice named before are replaced; the Event keeps both.
    """
    with transaction.atomic():
        before = entered(notice) if notice.pk else {}
        notice.entered_by, notice.entered_at = actor.user, timezone.now()
        notice.save()
        replace(notice, days)
        event = trail.record(
            None, "calendar", "修改放假通知" if before else "录入放假通知", actor,
            note=f"{notice.year}年（{notice.get_layer_display()}）{notice.title}",
            data={"notice": notice.pk, "year": notice.year, "layer": notice.layer,
                  "before": as_lines(before), "after": as_lines(days)},
        )  # fmt: skip
        ask_recount(event, {*before, *days, date(notice.year, 1, 1), date(notice.year, 12, 31)})
    return event


def ask_recount(event: Event, touched: set[date]) -> None:
    """Have every running deadline that a change can reach counted anew (matters.recompute).

    Asked twice: a step that began before the change may commit a deadline after the first look.
    """
    job, since, until = f"recompute-all:{event.pk}", min(touched).isoformat(), max(touched).isoformat()
    outbox.ask("recompute-all", job, event=event.pk, since=since, until=until)
    later = timezone.now() + SECOND_LOOK
    outbox.ask("recompute-all", f"{job}:again", later, event=event.pk, since=since, until=until, again=True)


def replace(notice: CalendarNotice, days: Mapping[date, Entry]) -> None:
    notice.days.all().delete()
    WorkCalendarDay.objects.bulk_create(
        WorkCalendarDay(date=day, layer=notice.layer, works=entry.works, name=entry.name, notice=notice)
        for day, entry in sorted(days.items())
    )


def as_lines(days: Mapping[date, Entry]) -> list[str]:
    """Days as the Event keeps them: 2026-05-01 休息 劳动节."""
    return [f"{day} {'上班' if entry.works else '休息'} {entry.name}" for day, entry in sorted(days.items())]
