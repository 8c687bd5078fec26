"""The hub."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def after_migrate(sender, using, **_):
    """Triggers and reference data: after every migrate, table remake and test flush."""
    if using != "default":
        return
    from . import reference, triggers  # models are ready only now

    triggers.install()
    reference.load()


class MattersConfig(AppConfig):
    name = "linkage.matters"
    label = "matters"
    verbose_name = "事项"

    def ready(self):
        from . import checks, recompute, signins  # noqa: F401  register checks, jobs and receivers

        post_migrate.connect(after_migrate, sender=self, dispatch_uid="linkage.matters")
