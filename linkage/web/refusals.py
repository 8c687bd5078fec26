"""How a refusal reaches people and programs: the sentence, with the status of its kind."""

from django.shortcuts import render
from django.urls import reverse
from rest_framework.response import Response
from rest_framework.views import exception_handler

from linkage.matters.refusals import Incomplete, NotVisible, Refused


class RefusalMiddleware:
    """Turns a Refused raised by a view into a page: 404 for the invisible, else the reason."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        if isinstance(error, NotVisible):
            return render(request, "404.html", status=404)
        if isinstance(error, Refused):
            return render(
                request, "web/refused.html", {"reason": error.reason, "back": page_of(request)}, status=error.status
            )
        return None


def page_of(request) -> str:
    """The page of the matter whose step was refused, to return to; '' where there is none."""
    match = request.resolver_match
    pk = match.kwargs.get("pk")
    return reverse(f"{match.namespace}:detail", args=[pk]) if match.namespace and pk else ""


def api_exception(error, context):
    """DRF's handler, with our refusals in the same shape as its own errors."""
    if isinstance(error, Refused):
        body = {"detail": error.reason}
        if isinstance(error, Incomplete):
            body["problems"] = error.problems
        return Response(body, status=error.status)
    return exception_handler(error, context)
