"""Paper: a document from its first draft to the frozen text and its PDF."""

import json

from django.db import models

from linkage.units.models import Unit, User

from ..rows import Within, WithinQuerySet
from .attachment import Attachment
from .matter import Matter


class Paper(Within):
    """A draft is within its unit; issuing freezes the text as canonical JSON and opens it to all parties."""

    class Status(models.TextChoices):
        DRAFT = "draft", "草稿"
        SIGNING = "signing", "审签中"
        ISSUED = "issued", "已制发"
        WITHDRAWN = "withdrawn", "已撤回"

    class Origin(models.TextChoices):
        MADE = "made", "平台制发"
        OWN = "own", "本单位文书"
        REGISTERED = "registered", "登记已制发文书"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=24)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.MADE)
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=200, blank=True)
    number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("成文日期", null=True)
    signed_by = models.CharField("签发人", max_length=40, blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)
    draft = models.JSONField(default=dict)
    frozen = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    file = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+", verbose_name="文书原件")
    stamped = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+", verbose_name="盖章扫描件")
    pdf_key = models.CharField(max_length=100, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_pages = models.PositiveIntegerField(null=True)
    pdf_size = models.PositiveIntegerField(null=True)
    pdf_at = models.DateTimeField(null=True)

    objects = WithinQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number"],
                condition=~models.Q(number=""),
                name="paper_number_once",
                violation_error_message="本单位已有这个文号的文书，请核对文号。",
            )
        ]
        indexes = [models.Index(fields=["matter", "kind"], name="paper_matter_kind")]

    def __str__(self) -> str:
        return self.number or self.title or self.kind

    @property
    def open(self) -> bool:
        """Still being written or signed."""
        return self.status in (self.Status.DRAFT, self.Status.SIGNING)

    @property
    def content(self) -> dict:
        """The frozen text as a dict; empty until issued."""
        return json.loads(self.frozen) if self.frozen else {}

    @property
    def awaits_seal(self) -> bool:
        """待用印: made here, issued, and the stamped scan is not there yet."""
        return self.status == self.Status.ISSUED and self.origin == self.Origin.MADE and not self.stamped_id
