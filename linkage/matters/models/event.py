"""Event: the append-only record of what was done; the database refuses to change or delete a row."""

from django.db import models

from linkage.units.models import Unit, User

from ..rows import Within, WithinQuerySet
from .matter import Matter


class Event(Within):
    """One step, restricted read, export or sign-in.

    `happened_on` is the legal date and may lie in the past; `recorded_at` is the clock.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="events")
    verb = models.CharField(max_length=40)
    label = models.CharField(max_length=40)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    via = models.CharField(max_length=80, blank=True)
    from_state = models.CharField(max_length=24, blank=True)
    to_state = models.CharField(max_length=24, blank=True)
    note = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    objects = WithinQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "办理记录"
        ordering = ["-id"]
        indexes = [models.Index(fields=["matter", "-id"], name="event_matter")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.label}"

    @property
    def who(self) -> str:
        """The person or application; the system where neither acted."""
        return self.actor.name if self.actor else self.via or "系统"
