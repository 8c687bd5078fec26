"""Handing a generated password to the administrator, once.

It travels in a signed cookie of his browser for a few minutes: never in the database (where sessions are kept too), in
an address or in a log; and the page that shows it, being a GET, writes nothing.
"""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from .models import User

COOKIE = "handover"
SECONDS = 600


def salt(request) -> str:
    """Bound to the administrator, so that another person at the same browser is shown nothing."""
    return f"handover {request.user.pk}"


def hand_over(request, person: User, password: str) -> HttpResponse:
    """Lead the administrator to the page that shows the password."""
    response = redirect("unit_user_password", pk=person.pk)
    response.set_signed_cookie(
        COOKIE,
        f"{person.pk} {password}",
        salt=salt(request),
        max_age=SECONDS,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def handed_over(request, person: User) -> str:
    """The password just generated for the person, or nothing."""
    kept = request.get_signed_cookie(COOKIE, default="", salt=salt(request), max_age=SECONDS)
    owner, _, password = kept.partition(" ")
    return password if owner == str(person.pk) else ""


def forget(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, samesite="Strict")
    return response
