"""Series: gap-free numbers of an agency, kind and year."""

from django.db import IntegrityError, models, transaction
from django.db.models import F


class Series(models.Model):
    """The last serial taken of a prefix and kind in a year (Asia/Shanghai), e.g. 岑法建〔2026〕 → 3."""

    prefix = models.CharField("代字", max_length=30)
    kind = models.CharField(max_length=24)
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "文号序列"
        constraints = [models.UniqueConstraint(fields=["prefix", "kind", "year"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕"

    @classmethod
    def take(cls, prefix: str, kind: str, year: int) -> str:
        """The next number; in the step's transaction, after all matters are locked, so that none is left unused."""
        row = {"prefix": prefix, "kind": kind, "year": year}
        with transaction.atomic():
            if not cls.objects.filter(**row).update(last=F("last") + 1):
                cls.start(row)
                cls.objects.filter(**row).update(last=F("last") + 1)
            return numbered(prefix, year, cls.objects.values_list("last", flat=True).get(**row))

    @classmethod
    def start(cls, row: dict) -> None:
        try:
            with transaction.atomic():
                cls.objects.create(**row)
        except IntegrityError:  # another transaction made the row first
            return


def numbered(prefix: str, year: int, serial: int) -> str:
    """A document number by GB/T 9704: hexagonal brackets, no 第, no leading zero."""
    return f"{prefix}〔{year}〕{serial}号"
