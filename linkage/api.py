"""The API's addresses, its description and the page that shows it."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_required
from django.urls import include, path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import IsAuthenticated
from rest_framework.routers import SimpleRouter

from linkage.web.viewsets import Nowhere
from suggestions.api import SuggestionViewSet


class Schema(SpectacularJSONAPIView):
    """OpenAPI 3.1 in JSON; says nothing of any matter, so it is open to everybody who writes an application."""

    authentication_classes = []


class Docs(SpectacularSwaggerSplitView):
    """The description to read and try, from our own server; for people who are signed in."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [IsAuthenticated]
    url_name = "api-schema"
    template_name = "web/api_docs.html"


# Swagger UI writes style elements of its own; scripts stay with those of this server.
docs = csp_update({"style-src": [SELF, UNSAFE_INLINE]})(login_required(Docs.as_view()))

router = SimpleRouter(use_regex_path=False)
router.register("suggestions", SuggestionViewSet, basename="api-suggestion")

urlpatterns = [
    path("v1/schema/", Schema.as_view(), name="api-schema"),
    path("v1/", include(router.urls)),
    path("v1/", Nowhere.as_view()),
    path("v1/<path:rest>", Nowhere.as_view()),
    path("docs/", docs, name="api-docs"),
]
