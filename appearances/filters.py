"""Filters of the docket."""

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.choices import CallableChoiceIterator
from django.utils.timezone import localdate

from linkage.units.models import Unit

from .models import Case, CaseState, Defendant, Field

COURTS = (Unit.Kind.COURT, Unit.Kind.OUTSIDE_COURT)
PROCURATORATES = (Unit.Kind.PROCURATORATE, Unit.Kind.OUTSIDE_PROCURATORATE)


def years() -> list[tuple[str, str]]:
    """案号 of the present form begin in 2016; newest first."""
    return [("", "全部年度"), *((str(year), f"{year}年") for year in range(localdate().year, 2015, -1))]


class CaseFilter(filters.FilterSet):
    """Words and number, court, defendant, field, category, instance, state, year of acceptance. The units of two lists
    are fetched once."""

    q = filters.CharFilter(label="案号、案由或单位", method="by_words")
    court = filters.ChoiceFilter(label="受理法院", empty_label="全部法院")
    defendant = filters.ChoiceFilter(label="被诉单位", method="by_defendant", empty_label="全部单位")
    field = filters.ChoiceFilter(label="行政管理领域", empty_label="全部领域")
    category = filters.ChoiceFilter(label="类别", choices=Case.Category.choices, empty_label="全部类别")
    instance = filters.ChoiceFilter(label="审级", choices=Case.Instance.choices, empty_label="全部审级")
    state = filters.ChoiceFilter(
        label="环节", field_name="matter__state", choices=CaseState.choices, empty_label="全部环节"
    )
    year = filters.NumberFilter(
        label="立案年度", field_name="filed_on__year", min_value=2000, max_value=2100,
        widget=forms.Select(choices=CallableChoiceIterator(years)),
    )  # fmt: skip

    class Meta:
        model = Case
        fields = ["q", "court", "defendant", "field", "category", "instance", "state", "year"]

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        units = list(Unit.objects.current().values_list("pk", "short", "kind"))
        named = {"court": COURTS, "defendant": Unit.ADMINISTRATIVE}
        for name, kinds in named.items():
            self.filters[name].extra["choices"] = [(str(pk), short) for pk, short, kind in units if kind in kinds]
        self.filters["field"].extra["choices"] = list(Field.objects.values_list("pk", "name"))

    def by_words(self, queryset, name, value):
        """Names of litigants are not searched: their masked ones stand in the title."""
        text = value.replace("(", "（").replace(")", "）").strip()
        found = Q()
        for column in ("matter__title", "matter__number", "cause", "act_number", "court__short"):
            found |= Q(**{f"{column}__contains": text})
        return queryset.filter(found)

    def by_defendant(self, queryset, name, value):
        return queryset.filter(Exists(Defendant.objects.filter(Q(unit=value) | Q(handler=value), case=OuterRef("pk"))))
