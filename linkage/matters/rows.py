"""Rows within a matter that not every party may read."""

from django.db import models
from django.db.models import Q

from linkage.units.acting import Actor
from linkage.units.models import Unit


def only(*units: Unit | int | None) -> str:
    """The value of `within` for a named set of units; no unit at all means everybody."""
    ids = sorted({unit.pk if isinstance(unit, Unit) else unit for unit in units if unit is not None})
    return "".join(f",{pk}" for pk in ids) + "," if ids else ""


class WithinQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor):
        """Rows open to all parties, and those kept within the unit acted for; the only way to read them."""
        own = Q(within__contains=f",{actor.unit.pk},") if actor.unit else Q(pk__in=[])
        return self.filter(Q(within="") | own)


class Within(models.Model):
    """`within` is empty (all parties) or the ids of the units that may read the row, as ",3,7,"."""

    within = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True
