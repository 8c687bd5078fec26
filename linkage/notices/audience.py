"""Who is told: read off the parties of a matter, nothing else."""

from linkage.matters.models import Event, Matter, Party
from linkage.units.models import Post, User


def parties_told(event: Event) -> list[Party]:
    """The parties with sight of the event; an event within units stays with them."""
    rows = Party.objects.filter(matter=event.matter, since__isnull=False, until=None).select_related("holder")
    if not event.within:
        return [row for row in rows if row.holder_id != event.unit_id]
    return [row for row in rows if f",{row.holder_id}," in event.within]


def people(party: Party, besides: int | None = None) -> list[User]:
    """Those whose turn it is: the leaders, else the handler in charge, else all handlers of the unit."""
    role = Post.Role.LEADER if party.turn == Post.Role.LEADER else Post.Role.HANDLER
    posts = Post.objects.active().filter(unit=party.holder_id, role=role).select_related("user")
    if role == Post.Role.HANDLER and party.handler_id:
        own = [post for post in posts if post.user_id == party.handler_id]
        posts = own or posts
    return [post.user for post in posts if post.user_id != besides]


def leaders(matter: Matter, unit_id: int) -> list[User]:
    posts = Post.objects.active().filter(unit=unit_id, role=Post.Role.LEADER).select_related("user")
    return [post.user for post in posts]
