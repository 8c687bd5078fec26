"""Pages that belong to no mechanism."""

from django.urls import include, path

from . import applications

urlpatterns = [
    path("calendar/", include("linkage.web.calendar.urls")),
    path("unit/applications/", applications.Applications.as_view(), name="applications"),
    path("unit/applications/new/", applications.NewApplication.as_view(), name="application_new"),
    path("unit/applications/<int:pk>/", applications.ApplicationSecret.as_view(), name="application_secret"),
    path("unit/applications/<int:pk>/revoke/", applications.RevokeApplication.as_view(), name="application_revoke"),
]
