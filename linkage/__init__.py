"""Linkage. The Celery app comes with the package, so that every process publishes to the broker of the settings."""

from .celery import app as celery_app

__all__ = ["celery_app"]
