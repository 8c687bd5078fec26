"""Filters of the list; page and API share them."""

import django_filters as filters
from django import forms
from django.db.models import Q
from django.utils.choices import CallableChoiceIterator
from django.utils.timezone import localdate

from linkage.units.models import Unit

from .models import State, Suggestion, SuggestionType


def addressees(request):
    """The units that a filter may name: all current ones but courts and procuratorates."""
    return Unit.objects.current()


def years() -> list[tuple[str, str]]:
    """The years of the mechanism, which began in 2018, newest first."""
    return [("", "全部年度"), *((str(year), f"{year}年") for year in range(localdate().year, 2017, -1))]


class SuggestionFilter(filters.FilterSet):
    """q in title, numbers and units, family, addressee, state, year of service."""

    q = filters.CharFilter(label="标题、文号、案号或单位", method="by_words")
    family = filters.ChoiceFilter(
        label="类型", field_name="type__family", choices=SuggestionType.Family.choices, empty_label="全部类型"
    )
    addressee = filters.ModelChoiceFilter(label="被建议单位", queryset=addressees, empty_label="全部单位")
    state = filters.ChoiceFilter(
        label="环节", field_name="matter__state", choices=State.choices, empty_label="全部环节"
    )
    year = filters.NumberFilter(
        label="送达年度",
        field_name="served_on__year",
        min_value=2000,
        max_value=2100,
        widget=forms.Select(choices=CallableChoiceIterator(years)),
    )

    class Meta:
        model = Suggestion
        fields = ["q", "family", "addressee", "state", "year"]

    def by_words(self, queryset, name, value):
        columns = ("matter__title", "matter__number", "case_number", "addressee__short", "issuer__short")
        found = Q()
        for column in columns:
            found |= Q(**{f"{column}__contains": value})
        return queryset.filter(found)
