from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "linkage.papers"
    label = "papers"
    verbose_name = "公文排版"

    def ready(self):
        from . import worker  # noqa: F401  registers its job
