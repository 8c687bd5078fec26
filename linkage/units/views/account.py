"""One's own account, and the unit one acts for."""

from django.contrib import messages
from django.contrib.messages.views import SuccessMessageMixin
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.views import View
from django.views.generic import UpdateView

from linkage.units.forms import MyAccountForm
from linkage.units.models import User


class MyAccount(SuccessMessageMixin, UpdateView):
    form_class = MyAccountForm
    template_name = "account/account.html"
    success_url = reverse_lazy("account")
    success_message = "账号信息已保存。"

    def get_object(self, queryset=None):
        """A copy, so that the page around a refused form shows what is stored."""
        return User.objects.get(pk=self.request.user.pk)


class SwitchUnit(View):
    """Chooses the unit one acts for, among those where one holds a post."""

    def get(self, request):
        return redirect("home")

    def post(self, request):
        units = {str(post.unit_id): post.unit for post in request.user.held}
        unit = units.get(request.POST.get("unit", ""))
        if unit is None:
            raise Http404
        request.session["unit"] = unit.pk
        messages.success(request, f"现在以{unit.name}的身份办理。")
        return redirect("home")
