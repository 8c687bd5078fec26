"""Writing notices: one for each person, unit and key, whatever is repeated."""

import re
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from linkage.units.models import User

from . import mails
from .models import Notice

# Line ends of every kind, control characters, and the marks that turn the direction of a text.
UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


@dataclass(frozen=True)
class Message:
    """What the people of one unit are told of a matter; `due_on` is the day a reminder speaks of."""

    key: str
    unit: int
    matter: int
    title: str
    topic: str
    urgent: bool
    people: tuple[User, ...]
    due_on: date | None = None

    def notices(self) -> list[Notice]:
        return [
            Notice(user=person, unit_id=self.unit, matter_id=self.matter, key=self.key, title=one_line(self.title),
                   topic=self.topic, urgent=self.urgent, due_on=self.due_on)
            for person in self.people
        ]  # fmt: skip


def one_line(text: str) -> str:
    """Text that cannot break out of its line, as long as a notice may be."""
    return UNSEEN.sub(" ", text).strip()[:300]


def tell(messages: list[Message]) -> int:
    """Write what was not told yet and have the urgent mailed at once; returns the number of notices written."""
    wanted = [notice for message in messages for notice in message.notices()]
    keys = {message.key for message in messages}
    with transaction.atomic():
        told = set(Notice.objects.filter(key__in=keys).values_list("key", "user", "unit"))
        new = [notice for notice in wanted if (notice.key, notice.user_id, notice.unit_id) not in told]
        Notice.objects.bulk_create(new, ignore_conflicts=True)
        if any(notice.urgent for notice in new):
            mails.at_once(list(Notice.objects.unmailed().filter(key__in=keys, urgent=True).select_related("user")))
    return len(new)
