"""Sign-ins and the keeping of accounts in the record."""

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from linkage.units.accounts import recorded
from linkage.units.acting import Actor

from .rows import only
from .trail import record


def address(request) -> dict:
    return {"address": request.META.get("REMOTE_ADDR", "") if request else ""}


@receiver(user_logged_in)
def came_in(request, user, **_):
    record(None, "sign-in", "登录", Actor(user, None), data=address(request))


@receiver(user_logged_out)
def went_out(request, user, **_):
    if user is not None:
        record(None, "sign-out", "退出登录", Actor(user, None), data=address(request))


@receiver(user_login_failed)
def failed(credentials, request=None, **_):
    data = {**address(request), "username": str(credentials.get("username", ""))[:150]}
    record(None, "sign-in-failed", "登录失败", Actor(None, None), data=data)


@receiver(recorded)
def account_kept(actor, verb, label, user, **_):
    """What an administrator did to an account, within his unit."""
    record(None, f"account-{verb}", label, actor, within=only(actor.unit), data={"user": user.pk})
