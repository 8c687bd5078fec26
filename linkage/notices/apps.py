"""Telling people."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "linkage.notices"
    label = "notices"
    verbose_name = "通知"

    def ready(self):
        from . import announce, digests, mails  # noqa: F401  register their jobs
