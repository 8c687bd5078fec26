"""应用接入: the applications that act for a unit at the API, kept by its administrator; others' do not exist here.

The secret travels to the next page in a signed cookie of the administrator's browser and is shown there once, like a
generated password (units.handover): it is never in the database, in an address or in a log.
"""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from django.views.generic import FormView, ListView

from linkage.matters import trail
from linkage.matters.rows import only
from linkage.units.acting import Actor
from linkage.units.views.unit import ForAdministrator

from .forms import DayField, MatterForm
from .models import ApiToken

COOKIE, COOKIE_SECONDS = "application", 600
LONGEST = timedelta(days=365)
Scope = ApiToken.Scope


class ExplainedChoices(forms.CheckboxSelectMultiple):
    """Check boxes that say on a second line what each allows."""

    consequences = {
        Scope.READ: "读取本单位能看到的建议、文书和附件，每次下载留有记录",
        Scope.REGISTER: "登记本单位已制发的建议书，被建议单位和抄送单位即时收到",
        Scope.HANDLE: "办理不需要签发的步骤：签收、登记送达、提醒、电话催办、审查等",
    }

    def create_option(self, name, value, *args, **kwargs):
        return super().create_option(name, value, *args, **kwargs) | {"small": self.consequences[value]}


class ApplicationForm(MatterForm):
    """A new application: what it is called in the records, what it may do, until when."""

    name = forms.CharField(
        label="应用名称", max_length=40, help_text="如 法院办案系统；办理记录中写明由这个应用办理",
        error_messages={"required": "填写应用名称。"},
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        label="权限", choices=Scope.choices, widget=ExplainedChoices, error_messages={"required": "至少选一项权限。"}
    )
    expires_on = DayField(
        label="有效期至", past=False, help_text="最长一年，当天仍然有效；到期前新建一个换上",
        error_messages={"required": "填写有效期的最后一天。"},
    )  # fmt: skip

    def clean_expires_on(self):
        day, last = self.cleaned_data["expires_on"], timezone.localdate() + LONGEST
        if day > last:
            raise forms.ValidationError(f"有效期最长一年，请填写 {last:%Y-%m-%d} 以前的日期。")
        return day


@transaction.atomic
def issue(actor: Actor, **fields) -> tuple[ApiToken, str]:
    """A new token of the actor's unit with its secret; one Event within the unit."""
    token, secret = ApiToken.issue(unit=actor.unit, created_by=actor.user, **fields)
    record(actor, "create-token", "新建接入应用", token)
    return token, secret


@transaction.atomic
def revoke(actor: Actor, token: ApiToken) -> None:
    """Close the token at once and for good; nothing happens the second time."""
    open_ones = ApiToken.objects.filter(pk=token.pk, revoked_at=None)
    if open_ones.update(revoked_at=timezone.now(), revoked_by=actor.user):
        record(actor, "revoke-token", "撤销接入应用", token)


def record(actor: Actor, verb: str, label: str, token: ApiToken) -> None:
    data = {"token": token.pk, "prefix": token.prefix, "scopes": token.scopes, "expires_on": str(token.expires_on)}
    trail.record(None, verb, label, actor, note=token.name, within=only(actor.unit), data=data)


# --- pages ----------------------------------------------------------------------------------------------------------------
class Applications(ForAdministrator, ListView):
    """The applications of the unit, new ones first, also those that open nothing any more."""

    template_name = "web/applications.html"
    context_object_name = "tokens"

    def get_queryset(self):
        return ApiToken.objects.of_unit(self.request.actor.unit).select_related("unit", "created_by", "revoked_by")


class NewApplication(ForAdministrator, FormView):
    template_name = "web/applications_new.html"
    form_class = ApplicationForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"matter": None, "actor": self.request.actor}

    def get_initial(self):
        return {"scopes": [Scope.READ], "expires_on": timezone.localdate() + LONGEST}

    def form_valid(self, form):
        token, secret = issue(self.request.actor, **form.cleaned_data)
        response = redirect("application_secret", pk=token.pk)
        response.set_signed_cookie(
            COOKIE, f"{token.pk} {secret}", salt=salt(self.request), max_age=COOKIE_SECONDS,
            httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
        return response


class OfUnit(ForAdministrator, View):
    """A view of one application of this unit; 404 for another's."""

    @cached_property
    def token(self) -> ApiToken:
        return get_object_or_404(ApiToken.objects.of_unit(self.request.actor.unit), pk=self.kwargs["pk"])


class ApplicationSecret(OfUnit):
    """The token just made, this once."""

    def get(self, request, pk):
        kept = request.get_signed_cookie(COOKIE, default="", salt=salt(request), max_age=COOKIE_SECONDS)
        owner, _, secret = kept.partition(" ")
        context = {"token": self.token, "secret": secret if owner == str(self.token.pk) else ""}
        response = render(request, "web/applications_secret.html", context)
        response.delete_cookie(COOKIE, samesite="Strict")
        return response


class RevokeApplication(OfUnit):
    def get(self, request, pk):
        return redirect("applications")

    def post(self, request, pk):
        revoke(request.actor, self.token)
        messages.success(request, f"“{self.token.name}”已撤销，从现在起不能再访问。")
        return redirect("applications")


def salt(request) -> str:
    """Bound to the administrator, so that another person at the same browser is shown nothing."""
    return f"application {request.user.pk}"
