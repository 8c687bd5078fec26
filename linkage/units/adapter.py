"""What django-allauth asks of us: the lock, the words, and no page but our own."""

from datetime import timedelta

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime

from .models import SignInLock

WORDS = {"account/messages/password_changed.txt": "密码已修改。您在其他电脑、手机上的登录已退出。"}

WEAK = {
    "password_too_short": "密码太短，至少 {min_length} 个字符。",
    "password_too_similar": "密码与您的{verbose_name}太相近，请换一个。",
    "password_too_common": "这个密码很常见，容易被猜到，请换一个。",
    "password_entirely_numeric": "密码不能全是数字，请加上字母。",
}


def locked_words(username: str) -> str:
    until = localtime(SignInLock.locked_until(username)) + timedelta(seconds=59)
    return f"账号已锁定，请于 {until:%H:%M} 后再试，或请本单位管理员重置密码。"


def words_for(weak: ValidationError) -> str:
    words = WEAK.get(weak.code or "")
    return words.format(**weak.params or {}) if words else weak.messages[0]


class Adapter(DefaultAccountAdapter):
    """Sign-in by account and password; the answers to an unknown, a disabled and an enabled account are the same."""

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        if user:
            SignInLock.clear(credentials["username"])
        return user

    def pre_authenticate(self, request, **credentials):
        self.tries_left = SignInLock.count_try(credentials["username"])
        if self.tries_left is None:
            raise ValidationError(locked_words(credentials["username"]))

    def authentication_failed(self, request, **credentials):
        if self.tries_left:
            raise ValidationError(f"账号或密码不正确，还可以再试 {self.tries_left} 次。")
        raise ValidationError(locked_words(credentials["username"]))

    def clean_password(self, password, user=None):
        """The validators of the settings, answering in our words: Django's are only partly translated."""
        try:
            validate_password(password, user)
        except ValidationError as weak:
            raise ValidationError([words_for(error) for error in weak.error_list]) from None
        return password

    def set_password(self, user, password):
        """The person's own new password: nobody else knows it, so it need not be changed."""
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])

    def is_open_for_signup(self, request):
        return False

    def is_ajax(self, request):
        return False

    def is_safe_url(self, url):
        """Addresses of this host only, whatever other hosts the settings allow."""
        host = self.request.get_host()
        return url_has_allowed_host_and_scheme(url, {host}, require_https=self.request.is_secure())

    def get_password_change_redirect_url(self, request):
        return resolve_url("account")

    def respond_user_inactive(self, request, user):
        return redirect("account_login")

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Our words for the few events worth a message; allauth's own templates stay unused."""
        text = message or WORDS.get(message_template)
        if text:
            messages.add_message(request, level, text, extra_tags=extra_tags)
