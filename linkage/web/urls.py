"""Pages that belong to no mechanism."""

from django.contrib.auth.decorators import login_not_required
from django.templatetags.static import static
from django.urls import include, path
from django.views.generic import RedirectView

from . import applications, hours, system


class Favicon(RedirectView):
    """Browsers ask for it whatever the page says."""

    def get_redirect_url(self):
        return static("icons/seal.svg")


urlpatterns = [
    path("favicon.ico", login_not_required(Favicon.as_view())),
    path("healthz/", system.Health.as_view(), name="health"),
    path("system/", system.State.as_view(), name="system_state"),
    path("system/retry/", system.Retry.as_view(), name="system_retry"),
    path("calendar/hours/", hours.Hours.as_view(), name="office_hours"),
    path("calendar/", include("linkage.web.calendar.urls")),
    path("unit/applications/", applications.Applications.as_view(), name="applications"),
    path("unit/applications/new/", applications.NewApplication.as_view(), name="application_new"),
    path("unit/applications/<int:pk>/", applications.ApplicationSecret.as_view(), name="application_secret"),
    path("unit/applications/<int:pk>/revoke/", applications.RevokeApplication.as_view(), name="application_revoke"),
]
