"""The web shell, and the bases of pages and API."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "linkage.web"
    label = "web"
    verbose_name = "页面与接口"
