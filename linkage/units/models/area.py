"""Administrative areas by GB/T 2260."""

from django.core.validators import RegexValidator
from django.db import models


class Area(models.Model):
    """A province, prefecture or county; its code is six digits, e.g. 450481 岑溪市."""

    code = models.CharField("代码", max_length=6, primary_key=True, validators=[RegexValidator(r"^\d{6}$")])
    name = models.CharField("名称", max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        ordering = ["code"]
        verbose_name = verbose_name_plural = "行政区划"

    def __str__(self) -> str:
        return self.name
