"""The first page, the inbox of notices, help."""

from django.urls import path

from . import inbox, views

urlpatterns = [
    path("", views.Workbench.as_view(), name="home"),
    path("inbox/", inbox.Inbox.as_view(), name="inbox"),
    path("inbox/<int:pk>/", inbox.Open.as_view(), name="inbox_open"),
    path("help/", views.Help.as_view(), name="help"),
]
