"""Sign-in, sign-out and the change of one's password, on django-allauth; none of its other pages exist here."""

from allauth.account import views as allauth
from allauth.account.internal.flows import password_change
from allauth.account.mixins import NextRedirectMixin
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from linkage.units.adapter import Adapter
from linkage.units.forms import PasswordForm, SignInForm


class SignIn(allauth.LoginView):
    form_class = SignInForm
    extra_context = {"tries": settings.SIGN_IN_TRIES, "minutes": settings.SIGN_IN_LOCK_MINUTES}


@method_decorator(login_not_required, name="dispatch")
class SignOut(allauth.LogoutView):
    """Signs out by POST; a GET asks, and leads whoever is signed out already to the sign-in page."""


@method_decorator(sensitive_post_parameters("oldpassword", "password1", "password2"), name="dispatch")
class ChangePassword(NextRedirectMixin, FormView):
    """A new password of one's own; the other sessions of the account end."""

    form_class = PasswordForm
    template_name = "account/password_change.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_default_success_url(self):
        return Adapter().get_password_change_redirect_url(self.request)

    def form_valid(self, form):
        password_change.change_password(form.user, form.cleaned_data["password1"])
        password_change.finalize_password_change(self.request, form.user)
        return super().form_valid(form)
