"""Notices that follow from an event."""

from linkage.jobs.outbox import job
from linkage.matters.kinds import kinds
from linkage.matters.models import Event, Party

from . import audience, telling
from .telling import Message


@job("announce")
def announce(event: int) -> None:
    """Tell the parties of an event; harmless when repeated. Of a void matter nobody hears any more."""
    row = Event.objects.select_related("matter", "unit").get(pk=event)
    if row.matter.void:
        return
    parties = audience.parties_told(row)
    staff = audience.Staff(party.holder_id for party in parties)
    telling.tell([message for party in parties if (message := message_for(row, party, staff))])


def message_for(event: Event, party: Party, staff: audience.Staff) -> Message | None:
    """What the kind has to say to a party, for its people."""
    news = kinds[event.matter.kind].news(event, party)
    if news is None:
        return None
    people = tuple(staff.hearing(party, news, event))
    key = f"event:{event.pk}"
    return Message(key, party.holder_id, party.matter_id, news.title, news.topic, news.urgent, people)
