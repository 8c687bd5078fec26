"""Applications at the API: a token says for which unit they act and what they may do; nothing else opens the API."""

import re
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.throttling import SimpleRateThrottle

from linkage.units.acting import Actor
from linkage.units.models import Post

from .models import ApiToken, hashed

API_PATH = "/api/v1/"
PRESENTED = re.compile(r"[0-9a-f]{12}\.[\w-]{20,100}", re.ASCII)
NOBODY = hashed("")


@dataclass(frozen=True)
class Application:
    """The user of a request made with a token: authenticated, but nobody in person."""

    token: ApiToken
    pk = None
    is_authenticated = True
    is_active = True


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Token <prefix>.<secret>`; sets `request.actor` to a handler of the token's unit, without a person."""

    def authenticate(self, request):
        words = get_authorization_header(request).decode("latin-1").split()
        if not words or words[0].lower() != "token":
            return None
        if len(words) != 2 or not PRESENTED.fullmatch(words[1]):
            raise AuthenticationFailed("令牌写法不对，请求头应为“Authorization: Token 前缀.密钥”。")
        token = presented(words[1])
        request.actor = request._request.actor = actor_of(token)  # noqa: SLF001 the page views read Django's request
        return Application(token), token

    def authenticate_header(self, request):
        return "Token"


def presented(text: str) -> ApiToken:
    """The token, if its secret is right and it is still good. As slow for an unknown prefix as for a known one."""
    prefix, _, secret = text.partition(".")
    token = ApiToken.objects.select_related("unit").filter(prefix=prefix).first()
    right = secrets.compare_digest(token.secret_hash if token else NOBODY, hashed(secret))
    if token is None or not right:
        raise AuthenticationFailed("令牌不正确。")
    if token.refusal:
        raise AuthenticationFailed(token.refusal)
    return token


def actor_of(token: ApiToken) -> Actor:
    """An application does what a handler of its unit may do; it never signs."""
    return Actor(user=None, unit=token.unit, roles=frozenset({Post.Role.HANDLER}), via=token.name)


class HasScope(BasePermission):
    """The token carries the scope that the action asks for; views without `scope` ask for none."""

    def has_permission(self, request, view):
        scope = view.scope() if hasattr(view, "scope") else None
        if scope is None or scope in request.auth.scopes:
            return True
        label = ApiToken.Scope(scope).label
        raise PermissionDenied(f"这个应用没有“{label}”权限，请单位管理员在“应用接入”中重新配置。")


class TokenThrottle(SimpleRateThrottle):
    """So many requests per token and process; kept in memory, so that neither database nor Redis is asked."""

    cache = LocMemCache("api-throttle", {})
    scope = "token"

    def get_cache_key(self, request, view):
        return f"throttle:{request.auth.pk}" if isinstance(request.auth, ApiToken) else None


class WithoutSession:
    """Takes the session cookie off a request to the API before anybody reads it.

    So a page of another site cannot act through a person's browser, and neither the idle clock nor a password that must
    be changed stands in an application's way. Belongs before SessionMiddleware.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(API_PATH):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return self.get_response(request)
