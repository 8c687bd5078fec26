"""The workbench (工作台)."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "linkage.home"
    label = "home"
    verbose_name = "工作台"
