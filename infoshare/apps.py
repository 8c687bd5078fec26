"""Sharing information (信息共享), rules 二(四)."""

from django.apps import AppConfig


class InfoshareConfig(AppConfig):
    name = "infoshare"
    verbose_name = "信息共享"

    def ready(self):
        from linkage.matters.kinds import register

        from .kind import KIND

        register(KIND)
