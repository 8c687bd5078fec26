"""Agency principals appearing in court (行政机关负责人出庭应诉), rules 二(二)."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def after_migrate(sender, using, **_):
    """Rules and names as data, never overwriting what an editor changed."""
    if using == "default":
        from . import reference  # models are ready only now

        reference.load()


class AppearancesConfig(AppConfig):
    name = "appearances"
    verbose_name = "出庭应诉"

    def ready(self):
        from linkage.matters.kinds import register

        from .kind import APPEARANCES, CASES

        for kind in (CASES, APPEARANCES):
            register(kind)
        post_migrate.connect(after_migrate, sender=self, dispatch_uid="appearances")
