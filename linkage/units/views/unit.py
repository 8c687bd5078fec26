"""The unit itself, and the gate its administrator passes."""

from django.contrib.messages.views import SuccessMessageMixin
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.generic import UpdateView

from linkage.units.accounts import Refused
from linkage.units.forms import UnitForm
from linkage.units.models import Post, Unit


class ForAdministrator:
    """Pages for the administrators of the unit acted for; others are told who they are."""

    def dispatch(self, request, *args, **kwargs):
        if not request.actor.holds(Post.Role.ADMIN):
            return refusal_page(request, whose(request.actor.unit))
        try:
            return super().dispatch(request, *args, **kwargs)
        except Refused as refused:
            return refusal_page(request, str(refused))


def refusal_page(request, reason: str):
    return render(request, "web/refused.html", {"reason": reason}, status=403)


def whose(unit: Unit) -> str:
    """Who does what this person may not do."""
    posts = Post.objects.administrators(unit).select_related("user")
    names = "、".join(post.user.name for post in posts)
    whom = f"请联系本单位管理员：{names}。" if names else "本单位还没有单位管理员，请联系平台技术支持。"
    return f"账号、岗位和本单位设置由{unit.name}的单位管理员办理。{whom}"


class UnitSettings(ForAdministrator, SuccessMessageMixin, UpdateView):
    form_class = UnitForm
    template_name = "units/unit.html"
    success_url = reverse_lazy("unit")
    success_message = "本单位设置已保存，从现在起的文书按新设置办理。"

    def get_object(self, queryset=None):
        return Unit.objects.select_related("area").get(pk=self.request.actor.unit.pk)
