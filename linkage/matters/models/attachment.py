"""Attachment: a file kept under a key of our own; the name people gave it is shown, never used as a path."""

from django.db import models

from linkage.units.models import Unit, User

from ..rows import Within, WithinQuerySet
from .matter import Matter


class AttachmentQuerySet(WithinQuerySet):
    def kept(self):
        """Files that were not removed from their draft."""
        return self.filter(void=False)


class Attachment(Within):
    """An uploaded file with its type (by content), size and sha256."""

    class Purpose(models.TextChoices):
        EVIDENCE = "evidence", "佐证材料"
        SERVICE = "service", "送达回证"
        SHEET = "sheet", "发文稿纸"
        LETTER = "letter", "已制发文书"
        OWN = "own", "本单位文书"
        STAMPED = "stamped", "盖章扫描件"
        ANNEX = "annex", "附件"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="attachments")
    purpose = models.CharField(max_length=10, choices=Purpose)
    paper = models.ForeignKey("matters.Paper", models.PROTECT, null=True, related_name="attachments")
    name = models.CharField("文件名", max_length=200)
    key = models.CharField(max_length=100, unique=True)
    suffix = models.CharField(max_length=8)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    void = models.BooleanField(default=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
