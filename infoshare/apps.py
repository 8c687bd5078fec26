"""Sharing information (信息共享), rules 二(四)."""

from django.apps import AppConfig


class InfoshareConfig(AppConfig):
    name = "infoshare"
    verbose_name = "信息共享"

    def ready(self):
        from linkage.matters.kinds import register  # noqa: PLC0415 - models are ready only now

        from .kind import KIND  # noqa: PLC0415 - the same

        register(KIND)
