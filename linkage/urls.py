"""The addresses of the portal."""

from django.urls import include, path

urlpatterns = [
    path("", include("linkage.home.urls")),
    path("", include("linkage.units.urls")),
    path("", include("linkage.web.urls")),
    path("suggestions/", include("suggestions.urls")),
    path("", include("appearances.urls")),
    path("infoshare/", include("infoshare.urls")),
    path("api/", include("linkage.api")),
]
