"""What a unit administrator does to the accounts and posts of his unit.

Each verb is one function, whole or not at all. It raises Refused with a reason for people, sends `recorded` for the
trail of the layers above, and never writes a password to a log. The unit's row is locked first, then the person's, so
that two administrators cannot remove each other, nor two units take one person at the same moment.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.dispatch import Signal
from django.utils import timezone

from . import passwords, pinyin
from .acting import Actor
from .models import Post, SignInLock, Unit, User

recorded = Signal()  # actor, verb, label, user: sent inside the transaction of the verb


class Refused(PermissionDenied):
    """The verb is not open to this administrator or would break a rule; the reason is shown to him."""


@dataclass(frozen=True)
class Holding:
    """A post as it should be."""

    role: str
    ab: str = Post.Turn.A
    title: str = ""


def proposed(name: str) -> str:
    """A free account for a name: the pinyin, with the first free number behind it where it is taken."""
    base = pinyin.account(name)[:34]
    if not base[:1].isalpha():
        base = f"u{base}"
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    number = 2
    while (account := base if base not in taken and len(base) > 1 else f"{base}{number}") in taken:
        number += 1
    return account


def posts_elsewhere(user: User, unit: Unit):
    """The person's posts in other units; while there are any, the account is not this unit's alone."""
    return Post.objects.current().filter(user=user).exclude(unit=unit).select_related("unit")


def create(actor: Actor, user: User, holdings: list[Holding]) -> str:
    """Save a new person with his posts in the actor's unit; returns the password, to be handed over once."""
    password = passwords.generated()
    user.set_password(password)
    with transaction.atomic():
        unit = administered(actor)
        try:
            with transaction.atomic():
                user.save(force_insert=True)
        except IntegrityError as error:
            raise Refused("这个账号刚刚被占用，请换一个账号。") from error
        place(user, unit, holdings)
        record(actor, "create-account", "新建账号", user)
    return password


def join(actor: Actor, user: User, holdings: list[Holding]) -> None:
    """Give posts in the actor's unit to a person who has an account already."""
    assign(actor, user, holdings, verb="join-account", label="加入已有账号")


@transaction.atomic
def assign(
    actor: Actor, user: User, holdings: list[Holding], verb: str = "assign-posts", label: str = "调整岗位"
) -> None:
    """Make the person's posts in the actor's unit exactly these: begin, change and end what differs."""
    unit = administered(actor)
    User.objects.select_for_update().get(pk=user.pk)
    if Post.Role.ADMIN not in {holding.role for holding in holdings}:
        keep_an_administrator(unit, user)
    place(user, unit, holdings)
    record(actor, verb, label, user)


@transaction.atomic
def edit(actor: Actor, user: User) -> None:
    """Save the changed name, e-mail and mobile of a person of the unit's own."""
    own(actor, user)
    user.save(update_fields=["name", "email", "phone"])
    record(actor, "edit-account", "修改人员信息", user)


@transaction.atomic
def disable(actor: Actor, user: User) -> None:
    """Close the account and end its sessions at once, for good."""
    unit, person = administered(actor), own(actor, user)
    if person == actor.user:
        raise Refused("不能停用自己的账号。请由本单位另一名管理员办理。")
    keep_an_administrator(unit, person)
    person.is_active = False
    person.sign_out()
    person.save(update_fields=["is_active", "signed_out_at"])
    record(actor, "disable-account", "停用账号", person)


@transaction.atomic
def enable(actor: Actor, user: User) -> None:
    """Open the account again, with the password it had."""
    person = own(actor, user)
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(actor, "enable-account", "启用账号", person)


@transaction.atomic
def reset_password(actor: Actor, user: User) -> str:
    """Set a new password to be changed at the next sign-in, end the sessions, lift the lock; returns the password."""
    person = own(actor, user)
    if person == actor.user:
        raise Refused("自己的密码请在“我的账号”中修改。")
    password = passwords.generated()
    person.set_password(password)
    person.must_change_password = True
    person.sign_out()
    person.save(update_fields=["password", "must_change_password", "signed_out_at"])
    SignInLock.clear(person.username)
    record(actor, "reset-password", "重置密码", person)
    return password


def administered(actor: Actor) -> Unit:
    """The actor's unit, locked; refused unless he is still its administrator."""
    refused = Refused("只有单位管理员可以办理本单位用户。")
    if actor.unit is None:
        raise refused
    unit = Unit.objects.select_for_update().get(pk=actor.unit.pk)
    if not Post.objects.administrators(unit).filter(user=actor.user).exists():
        raise refused
    return unit


def own(actor: Actor, user: User) -> User:
    """The person, locked and fresh; refused unless he holds posts in the actor's unit and nowhere else."""
    unit = administered(actor)
    person = User.objects.select_for_update().get(pk=user.pk)
    if not Post.objects.current().filter(user=person, unit=unit).exists():
        raise Refused("这个人不是本单位用户。")
    if posts_elsewhere(person, unit).exists():
        raise Refused("这个人在其他单位还有岗位，您只能办理他在本单位的岗位。")
    return person


def keep_an_administrator(unit: Unit, leaving: User) -> None:
    """Refuse to take the last administrator from a unit; nobody could manage its users then."""
    posts = Post.objects.administrators(unit)
    if posts.filter(user=leaving).exists() and not posts.exclude(user=leaving).exists():
        raise Refused("本单位只有这一名单位管理员。请先给另一人加上单位管理员岗位，再办理。")


def place(user: User, unit: Unit, holdings: list[Holding]) -> None:
    """Begin, change and end posts until the person holds exactly these in the unit."""
    wanted = {holding.role: holding for holding in holdings}
    for post in Post.objects.current().filter(user=user, unit=unit):
        holding = wanted.pop(post.role, None)
        if holding is None:
            post.ended_at = timezone.now()
        else:
            post.ab, post.title = holding.ab, holding.title
        post.save()
    for holding in wanted.values():
        Post.objects.create(user=user, unit=unit, role=holding.role, ab=holding.ab, title=holding.title)


def record(actor: Actor, verb: str, label: str, user: User) -> None:
    recorded.send(sender=User, actor=actor, verb=verb, label=label, user=user)
