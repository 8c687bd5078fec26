"""Notices that follow from an event."""

from django.db import transaction

from linkage.jobs.outbox import job
from linkage.matters.kinds import kinds
from linkage.matters.models import Event, Party
from linkage.units.models import User

from . import audience, mails
from .models import Notice


@job("announce")
def announce(event: int) -> None:
    """Tell the parties of an event; harmless when repeated."""
    row = Event.objects.select_related("matter", "unit").get(pk=event)
    with transaction.atomic():
        for party in audience.parties_told(row):
            tell_party(row, party)


def tell_party(event: Event, party: Party) -> None:
    news = kinds[event.matter.kind].news(event, party)
    if news:
        besides = event.actor_id if event.unit_id == party.holder_id else None
        tell(audience.people(party, besides), party, f"event:{event.pk}", news.title, news.topic, news.urgent)


def tell(people: list[User], party: Party, key: str, title: str, topic: str, urgent: bool) -> list[Notice]:
    """One notice per person and key; urgent ones are mailed at once, in office hours."""
    Notice.objects.bulk_create(
        [
            Notice(user=person, unit_id=party.holder_id, matter_id=party.matter_id, key=key, title=title,
                   topic=topic, urgent=urgent)
            for person in people
        ],
        ignore_conflicts=True,
    )
    fresh = list(Notice.objects.filter(user__in=people, key=key, mail=None).select_related("user"))
    if urgent:
        for notice in fresh:
            mails.at_once(notice)
    return fresh
