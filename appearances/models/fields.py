"""Fields of administration (行政管理领域) under their dated names: 土地 became 自然资源."""

from datetime import date

from django.db import models
from django.utils.timezone import localdate


class Field(models.Model):
    """A field of administration as cases are grouped by."""

    code = models.CharField("代码", max_length=24, primary_key=True)
    name = models.CharField("名称", max_length=40, unique=True)
    order = models.PositiveSmallIntegerField("顺序", default=100)
    active = models.BooleanField("使用中", default=True)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = verbose_name_plural = "行政管理领域"

    def __str__(self) -> str:
        return self.name


class FieldAlias(models.Model):
    """Another name under which a field is or was known; an old name is valid until the day of the change."""

    field = models.ForeignKey(Field, models.PROTECT, related_name="aliases", verbose_name="领域")
    name = models.CharField("别称", max_length=40)
    since = models.DateField("起", default=date(1949, 10, 1))
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        ordering = ["name", "since"]
        verbose_name = verbose_name_plural = "领域别称"
        constraints = [models.UniqueConstraint(fields=["name", "since"], name="field_alias_once")]

    def __str__(self) -> str:
        return f"{self.name} → {self.field}"


def field_named(name: str, on: date | None = None) -> Field | None:
    """The field of a name as it stood on a day (default today); None where nobody knows the name."""
    day = on or localdate()
    own = Field.objects.filter(name=name.strip()).first()
    alias = FieldAlias.objects.filter(name=name.strip(), since__lte=day).exclude(until__lte=day).first()
    return own or (alias.field if alias else None)
