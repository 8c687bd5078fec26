"""Party: a unit's row of a matter, the only source of sight and of the notification audience."""

from django.db import models

from linkage.units.models import Unit, User

from .matter import Matter


class Part(models.TextChoices):
    """The parts a unit can have in a matter; SYSTEM is the engine itself."""

    ISSUER = "issuer", "制发"
    ADDRESSEE = "addressee", "主送"
    ASSISTING = "assisting", "协办"
    COPIED = "copied", "抄送"
    INVITED = "invited", "邀请"
    SYSTEM = "system", "系统"


class Box(models.IntegerChoices):
    TODO = 0, "待办"
    WATCHING = 1, "关注"
    PAUSED = 2, "草稿或暂停"
    DONE = 3, "已办"


class PartyQuerySet(models.QuerySet):
    def inbox(self, unit: Unit):
        """The rows of a unit that grant sight now."""
        return self.filter(holder=unit, since__isnull=False, until=None, matter__void=False)

    def with_part(self, part: str):
        """Rows that carry a part."""
        return self.filter(**{part: True})


class Party(models.Model):
    """One row per (matter, holder): `unit` is named on the paper, `holder` answers today.

    `turn`, `box`, `sort_on`, `due_on` and `warn_on` are derived from the flow by the engine (matters.inbox).
    """

    PARTS = (Part.ISSUER, Part.ADDRESSEE, Part.ASSISTING, Part.COPIED, Part.INVITED)

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="parties")
    kind = models.CharField(max_length=24)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    issuer = models.BooleanField(default=False)
    addressee = models.BooleanField(default=False)
    assisting = models.BooleanField(default=False)
    copied = models.BooleanField(default=False)
    invited = models.BooleanField(default=False)
    locked = models.BooleanField(default=False, help_text="the copy to the legal office, which nobody can remove")
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    handler = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    turn = models.CharField(max_length=8, blank=True)
    box = models.PositiveSmallIntegerField(choices=Box, default=Box.PAUSED)
    sort_on = models.DateField()
    ended_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    warn_on = models.DateField(null=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "参与单位"
        constraints = [models.UniqueConstraint(fields=["matter", "holder"], name="party_once")]
        indexes = [
            models.Index(fields=["holder", "box", "sort_on", "matter"], name="party_inbox"),
            models.Index(fields=["holder", "kind", "box", "sort_on", "matter"], name="party_kind_inbox"),
            models.Index(
                fields=["holder", "kind", "due_on"], condition=models.Q(due_on__isnull=False), name="party_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} {'、'.join(Part(part).label for part in self.parts)}"

    @property
    def parts(self) -> list[str]:
        """The parts this row carries, in their fixed order."""
        return [part for part in self.PARTS if getattr(self, part)]

    def has(self, parts) -> bool:
        return any(part != Part.SYSTEM and getattr(self, part) for part in parts)
