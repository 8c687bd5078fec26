"""The outbox."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "linkage.jobs"
    label = "jobs"
    verbose_name = "后台任务"
