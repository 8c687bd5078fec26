"""Who is told: read off the parties of a matter, nothing else."""

from collections.abc import Iterable

from linkage.matters.kinds import News
from linkage.matters.models import Event, Party
from linkage.units.models import Post, User

from .models import Notice

ASKING = (Notice.Topic.TODO, Notice.Topic.URGE)
NEXT_BEST = (Post.Role.HANDLER, Post.Role.LEADER, Post.Role.ADMIN)


def parties_told(event: Event) -> list[Party]:
    """The parties with sight of the event when it happened and now; an event within units stays with them."""
    rows = Party.objects.filter(matter=event.matter, since__lte=event.recorded_at, until=None).order_by("pk")
    if not event.within:
        return [row for row in rows if row.holder_id != event.unit_id]
    return [row for row in rows if f",{row.holder_id}," in event.within]


class Staff:
    """The people of some units who hold a post now, fetched in one query."""

    def __init__(self, units: Iterable[int]):
        self.found: dict[tuple[int, str], list[User]] = {}
        for post in Post.objects.active().filter(unit__in=set(units)).select_related("user").order_by("ab", "pk"):
            self.found.setdefault((post.unit_id, post.role), []).append(post.user)

    def holding(self, unit: int, role: str) -> list[User]:
        """Those who hold the role; where nobody does, those next best placed, so that no notice is lost."""
        roles = (role, *(other for other in NEXT_BEST if other != role))
        return next((people for each in roles if (people := self.found.get((unit, each)))), [])

    def handlers(self, party: Party) -> list[User]:
        """The handler in charge while he holds that post, else all handlers (A and B)."""
        everyone = self.holding(party.holder_id, Post.Role.HANDLER)
        return [user for user in everyone if user.pk == party.handler_id] or everyone

    def leaders(self, party: Party) -> list[User]:
        return self.holding(party.holder_id, Post.Role.LEADER)

    def reminded(self, party: Party, *, with_leaders: bool) -> list[User]:
        """Those who answer for a term: the handlers, and the leaders where asked for or while a paper waits for them."""
        wanted = with_leaders or party.turn == Post.Role.LEADER
        return once(self.handlers(party) + (self.leaders(party) if wanted else []))

    def hearing(self, party: Party, news: News, event: Event) -> list[User]:
        """Those whom news of an event is for, without the one who did it.

        What waits for the leaders is void once nothing waits for them any more; what asks the unit to act reaches them,
        too, while a paper does.
        """
        if news.role == Post.Role.LEADER:
            people = self.leaders(party) if party.turn == Post.Role.LEADER else []
        elif news.topic in ASKING and not event.within:
            people = self.reminded(party, with_leaders=False)
        else:
            people = self.handlers(party)
        besides = event.actor_id if event.unit_id == party.holder_id else None
        return [user for user in people if user.pk != besides]


def once(people: list[User]) -> list[User]:
    """Each person once, though he may be handler and leader."""
    return list({user.pk: user for user in people}.values())
