"""Who acts, sign-out when idle, and what must be settled before a person may work."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django_htmx.http import HttpResponseClientRedirect

from .acting import Actor, actor_of
from .models import Post

SEEN = "seen"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class IdleSignOut:
    """Signs out after IDLE_MINUTES without a request; the time sits in a signed cookie, so that a GET writes nothing.

    Also sets `request.actor`, the person and the unit he acts for, and leads whoever is signed out to the sign-in page
    and back to the page he was on.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = Actor(user=None, unit=None)
        if request.user.is_authenticated:
            self.end_if_over(request)
        if not request.user.is_authenticated:
            return way_back(request, self.get_response(request))
        request.actor = actor_of(request.user, held(request.user), request.session.get("unit"))
        response = self.get_response(request)
        self.remember(request, response)
        add_never_cache_headers(response)
        return response

    def end_if_over(self, request) -> None:
        """Sign out a session that was idle too long or was ended by the unit administrator."""
        started = request.session.get("started", 0)
        seen = float(request.get_signed_cookie(SEEN, default="0", salt=str(request.user.pk)))
        if request.user.session_over(started):
            logout(request)
        elif time.time() - max(seen, started) > settings.IDLE_MINUTES * 60:
            logout(request)
            messages.info(request, f"已超过 {settings.IDLE_MINUTES} 分钟没有操作，请重新登录。")

    def remember(self, request, response) -> None:
        if request.user.is_authenticated:
            response.set_signed_cookie(
                SEEN,
                str(time.time()),
                salt=str(request.user.pk),
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )


def held(user) -> list[Post]:
    """The person's active posts; brought along by the sign-in backend."""
    if not hasattr(user, "held"):
        user.held = list(Post.objects.active().filter(user=user).select_related("unit"))
    return user.held


def way_back(request, response) -> HttpResponse:
    """The redirect to the sign-in page, returning to the page shown: not to the verb posted, nor to a fragment of it."""
    sign_in = resolve_url(settings.LOGIN_URL)
    if response.status_code != 302 or not response.url.startswith(f"{sign_in}?"):
        return response
    htmx = "HX-Request" in request.headers
    if request.method in SAFE_METHODS and not htmx:
        return response
    address = f"{sign_in}?{urlencode({'next': page_shown(request)})}"
    return HttpResponseClientRedirect(address) if htmx else redirect(address)


def page_shown(request) -> str:
    """The page of this portal the request was made from, else the workbench."""
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if own else resolve_url(settings.LOGIN_REDIRECT_URL)


class FreshPassword:
    """Before anything else a password set by another is changed, and a post is held."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if not user.is_authenticated or request.path in self.open_paths():
            return self.get_response(request)
        if user.must_change_password:
            return redirect(self.change_page(request))
        if not held(user):
            return render(request, "units/no_post.html", status=403)
        return self.get_response(request)

    def open_paths(self) -> set[str]:
        return {reverse("account_change_password"), reverse("account_logout")}

    def change_page(self, request) -> str:
        wanted = urlencode({"next": request.get_full_path() if request.method in SAFE_METHODS else ""})
        return f"{reverse('account_change_password')}?{wanted}"
