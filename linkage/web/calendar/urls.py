"""Addresses of the working calendar and the rules; included below calendar/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.CalendarYear.as_view(), name="calendar"),
    path("notices/new/", views.NoticePage.as_view(), name="calendar_notice_new"),
    path("notices/<int:pk>/", views.NoticePage.as_view(), name="calendar_notice"),
    path("rules/", views.RuleList.as_view(), name="calendar_rules"),
    path("rules/<str:code>/new/", views.RuleVersion.as_view(), name="calendar_rule_new"),
]
