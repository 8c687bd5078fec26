"""The users of a unit, kept by its administrator; people of other units do not exist here."""

from collections.abc import Callable
from copy import copy

from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.views import View
from django.views.generic import ListView, TemplateView

from linkage.units import accounts, handover
from linkage.units.forms import ExistingPersonForm, NewPersonForm, PersonForm, PostsForm
from linkage.units.models import Post, SignInLock, User
from linkage.units.views.unit import ForAdministrator

LEFT = "他在本单位已没有岗位，不再是本单位用户。"


class UnitUsers(ForAdministrator, ListView):
    """The people of the unit, enabled or disabled, with their posts and the lock after wrong passwords."""

    template_name = "units/users.html"
    context_object_name = "people"

    def get_queryset(self):
        here = Post.objects.current().filter(unit=self.request.actor.unit)
        people = User.objects.of_unit(self.request.actor.unit).enabled(not self.disabled)
        return people.prefetch_related(Prefetch("posts", here, to_attr="here"))

    @property
    def disabled(self) -> bool:
        return self.request.GET.get("state") == "disabled"

    def get_context_data(self, **kwargs):
        names = [person.username for person in self.object_list]
        locks = SignInLock.objects.filter(pk__in=names, until__gt=now())
        return super().get_context_data(
            disabled=self.disabled,
            counts=User.objects.of_unit(self.request.actor.unit).counts(),
            locked={lock.username for lock in locks},
            **kwargs,
        )


class TwoForms(ForAdministrator, View):
    """A page with a form about the person and a form about his posts in this unit; both or neither are saved."""

    template_name: str

    def get(self, request, **kwargs):
        return self.page(self.person_form(), self.posts_form())

    def post(self, request, **kwargs):
        form, posts = self.person_form(request.POST), self.posts_form(request.POST)
        if all([form.is_valid(), posts.is_valid()]):
            try:
                return self.save(form, posts.holdings())
            except accounts.Refused as refused:
                form.add_error(None, str(refused))
        return self.page(form, posts)

    def page(self, form, posts):
        return render(self.request, self.template_name, {"form": form, "posts": posts} | self.extra())

    def posts_form(self, data=None):
        return PostsForm(data)

    def extra(self) -> dict:
        return {}


class NewUser(TwoForms):
    template_name = "units/user_new.html"

    def person_form(self, data=None):
        return NewPersonForm(data)

    def save(self, form, holdings):
        person = form.save(commit=False)
        password = accounts.create(self.request.actor, person, holdings)
        return handover.hand_over(self.request, person, password)


class JoinUser(TwoForms):
    template_name = "units/user_join.html"

    def person_form(self, data=None):
        return ExistingPersonForm(data, unit=self.request.actor.unit)

    def save(self, form, holdings):
        accounts.join(self.request.actor, form.user, holdings)
        messages.success(self.request, f"已把{form.user.name}加入本单位，他下次打开页面即可切换到本单位办理。")
        return redirect("unit_users")


class OfUnit(ForAdministrator):
    """A view of one person who holds a post in this unit; 404 for everybody else."""

    @cached_property
    def person(self) -> User:
        return get_object_or_404(User.objects.of_unit(self.request.actor.unit), pk=self.kwargs["pk"])

    @cached_property
    def elsewhere(self) -> list[str]:
        """The other units of the person, by short name."""
        posts = accounts.posts_elsewhere(self.person, self.request.actor.unit)
        return list(dict.fromkeys(post.unit.short for post in posts))


class UserPage(OfUnit, TwoForms):
    """One person: his data, unless he also works elsewhere, his posts here, and what may be done with the account."""

    template_name = "units/user.html"

    def person_form(self, data=None):
        form = PersonForm(data, instance=copy(self.person))
        for field in form.fields.values():
            field.disabled = bool(self.elsewhere)
        return form

    def posts_form(self, data=None):
        return PostsForm(data, posts=self.posts_here(), needed=False)

    def posts_here(self):
        return Post.objects.current().filter(user=self.kwargs["pk"], unit=self.request.actor.unit)

    @transaction.atomic
    def save(self, form, holdings):
        person = form.instance
        if form.has_changed():
            accounts.edit(self.request.actor, person)
        accounts.assign(self.request.actor, person, holdings)
        messages.success(self.request, f"{person.name}的信息和岗位已保存。" + ("" if holdings else LEFT))
        resigned = person == self.request.user and not self.posts_here().filter(role=Post.Role.ADMIN).exists()
        return redirect("account" if resigned else "unit_users")

    def extra(self):
        return {
            "person": self.person,
            "elsewhere": self.elsewhere,
            "myself": self.person == self.request.user,
            "locked_until": SignInLock.locked_until(self.person.username),
        }


class UserVerb(OfUnit, View):
    """A verb on a person's account, by POST; what cannot be done is a 403 with its reason."""

    verb: Callable | None = None
    done = ""

    def get(self, request, pk):
        return redirect("unit_user", pk=self.person.pk)

    def post(self, request, pk):
        self.verb(request.actor, self.person)
        messages.success(request, self.done.format(self.person.name))
        return redirect("unit_user", pk=pk)


class ResetPassword(OfUnit, View):
    """A new password for a person, shown once on the next page."""

    def get(self, request, pk):
        return redirect("unit_user", pk=self.person.pk)

    def post(self, request, pk):
        password = accounts.reset_password(request.actor, self.person)
        return handover.hand_over(request, self.person, password)


class Handover(OfUnit, View):
    """The generated password, this once."""

    def get(self, request, pk):
        password = handover.handed_over(request, self.person)
        context = {"person": self.person, "password": password, "address": request.build_absolute_uri("/")}
        return handover.forget(render(request, "units/user_password.html", context))


class ProposedAccount(ForAdministrator, TemplateView):
    """The account field with a free account for the name typed; a fragment of the page of a new user."""

    template_name = "units/_account.html"

    def get_context_data(self, **kwargs):
        name = self.request.GET.get("name", "").strip()
        initial = {"username": accounts.proposed(name) if name else ""}
        return super().get_context_data(form=NewPersonForm(initial=initial), **kwargs)
