"""Units, people and sign-in."""

import time

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


def note_start(sender, request, **kwargs) -> None:
    """Every way of signing in notes when the session began; middleware.IdleSignOut counts from there."""
    request.session["started"] = time.time()


class UnitsConfig(AppConfig):
    name = "linkage.units"
    label = "units"
    verbose_name = "单位与人员"

    def ready(self):
        user_logged_in.connect(note_start, dispatch_uid="units.note_start")
