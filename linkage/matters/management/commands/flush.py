"""flush: refused, but for test databases."""

from django.core.management.base import CommandError
from django.core.management.commands.flush import Command as Flush
from django.db import connections

from linkage.matters import triggers


class Command(Flush):
    """Nothing is ever flushed from a real database; a test database is emptied with its triggers lifted."""

    def handle(self, **options):
        connection = connections[options["database"]]
        test_name = connection.settings_dict["TEST"]["NAME"] or f"test_{connection.settings_dict['NAME']}"
        is_test = str(connection.settings_dict["NAME"]).rsplit("/", 1)[-1].startswith("test")
        if not is_test and str(connection.settings_dict["NAME"]) != str(test_name):
            raise CommandError("联动平台的数据不能清空。")
        triggers.lift()
        try:
            super().handle(**options)
        finally:
            triggers.install()
