"""Judicial and procuratorial suggestions (司法建议、检察建议), rules 二(三)."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def after_migrate(sender, using, **_):
    """Types as data, never overwriting what an editor changed."""
    if using == "default":
        from . import reference  # models are ready only now

        reference.load()


class SuggestionsConfig(AppConfig):
    name = "suggestions"
    verbose_name = "建议办理"

    def ready(self):
        from linkage.matters.kinds import register

        from . import exports  # noqa: F401  registers its job
        from .kind import KIND

        register(KIND)
        post_migrate.connect(after_migrate, sender=self, dispatch_uid="suggestions")
