"""Sign-ins in the record: who came in, went out or failed."""

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from linkage.units.acting import Actor

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
