"""migrate: does not ask first whether the append-only triggers are there, because it is what installs them."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate


class Command(Migrate):
    """Without the database's own checks; every process that serves makes them when it starts."""

    def check(self, *args: Any, **options: Any) -> None:
        super().check(*args, **{**options, "databases": None})
