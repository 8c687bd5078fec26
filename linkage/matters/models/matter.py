"""Matter: whatever has a draft, a paper or a clock of its own."""

from django.db import models
from django.db.models import F, FilteredRelation, Q

from linkage.units.acting import Actor
from linkage.units.models import Area, Unit


class MatterScope(models.QuerySet):
    """Sight of matters; details inherit it with `matter_path`, so that list and detail cannot disagree."""

    matter_path = ""

    def visible_to(self, actor: Actor):
        """Matters in which the unit acted for is a party since now; voided ones never.

        Annotates p_issuer, p_addressee, p_matter, p_box, p_sort, p_due, p_warn, p_turn and p_received, which every
        filter and ordering must use.
        """
        path = self.matter_path
        unit = actor.unit.pk if actor.unit else None
        seen = self.annotate(
            p=FilteredRelation(f"{path}parties", condition=Q(**{f"{path}parties__holder": unit}))
        ).filter(p__since__isnull=False, p__until__isnull=True, **{f"{path}void": False})
        return seen.alias(p_kind=F("p__kind")).annotate(
            p_issuer=F("p__issuer"),
            p_addressee=F("p__addressee"),
            p_matter=F("p__matter"),
            p_box=F("p__box"),
            p_sort=F("p__sort_on"),
            p_due=F("p__due_on"),
            p_warn=F("p__warn_on"),
            p_turn=F("p__turn"),
            p_received=F("p__received_at"),
        )


class MatterQuerySet(MatterScope):
    pass


class Matter(models.Model):
    """The head of everything that units exchange; state, number, version and title are written by the engine only."""

    kind = models.CharField(max_length=24)
    title = models.CharField("标题", max_length=200)
    number = models.CharField("文号", max_length=60, blank=True)
    state = models.CharField(max_length=24)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    void = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    issued_on = models.DateField("成文日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    units = models.ManyToManyField(Unit, through="Party", through_fields=("matter", "holder"), related_name="+")

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "事项"
        indexes = [
            models.Index(fields=["kind", "state", "id"], name="matter_kind_state"),
            models.Index(fields=["kind", "number"], name="matter_kind_number"),
        ]

    def __str__(self) -> str:
        return self.number or self.title
