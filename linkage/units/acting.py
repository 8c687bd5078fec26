"""For whom a person acts: every event records the unit, so every request and task says it."""

from dataclasses import dataclass, field

from .models import Post, Unit, User


@dataclass(frozen=True)
class Actor:
    """A person acting for a unit with the roles he holds there; `via` names an application, user None the system."""

    user: User | None
    unit: Unit | None
    roles: frozenset[str] = frozenset()
    via: str = ""
    titles: dict[str, str] = field(default_factory=dict, compare=False)

    def holds(self, role: str) -> bool:
        return role in self.roles

    @property
    def system(self) -> bool:
        return self.user is None and not self.via

    @property
    def label(self) -> str:
        """The name shown in the record of what was done."""
        return self.user.name if self.user else self.via or "系统"


SYSTEM = Actor(user=None, unit=None)


def actor_of(user: User, posts: list[Post], unit_id: int | None) -> Actor:
    """The actor for the chosen unit, else for the first unit the person holds a post in."""
    chosen = [post for post in posts if post.unit_id == unit_id] or posts
    if not chosen:
        return Actor(user=user, unit=None)
    unit = chosen[0].unit
    own = [post for post in posts if post.unit_id == unit.pk]
    return Actor(user, unit, frozenset(post.role for post in own), titles={post.role: post.title for post in own})


def for_unit(user: User, unit: Unit) -> Actor:
    """The actor of a person in a unit, from the database; for tasks and commands."""
    posts = list(Post.objects.active().filter(user=user, unit=unit).select_related("unit"))
    return actor_of(user, posts, unit.pk)
