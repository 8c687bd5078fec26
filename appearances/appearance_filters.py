"""Filters of the list of appearances."""

import django_filters
from django import forms
from django.db.models import Q

from linkage.units.models import Unit

from .models import Appearance, AppearanceState, Duty


class AppearanceFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="案号、案由或单位", method="words")
    unit = django_filters.ModelChoiceFilter(
        label="行政机关", field_name="defendant__unit", empty_label="全部单位",
        queryset=Unit.objects.filter(kind__in=Unit.ADMINISTRATIVE),
    )  # fmt: skip
    duty = django_filters.ChoiceFilter(label="通知情况", choices=Duty.choices, empty_label="全部")
    state = django_filters.ChoiceFilter(
        label="环节", field_name="matter__state", choices=AppearanceState.choices, empty_label="全部环节"
    )
    since = django_filters.DateFilter(
        label="开庭自", field_name="hearing__starts_at", lookup_expr="date__gte",
        widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip
    until = django_filters.DateFilter(
        label="开庭至", field_name="hearing__starts_at", lookup_expr="date__lte",
        widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip

    class Meta:
        model = Appearance
        fields: list[str] = []

    def words(self, queryset, name, value):
        """Number, masked title or organ; litigants' names are never searched."""
        return queryset.filter(Q(matter__number__icontains=value) | Q(matter__title__icontains=value))
