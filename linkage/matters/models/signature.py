"""Signature: one place in the signing chain of a paper."""

from django.db import models
from django.db.models import Q

from linkage.units.models import Post, Unit, User

from .attachment import Attachment
from .paper import Paper


class SignatureQuerySet(models.QuerySet):
    def live(self):
        """Places of the present round; rounds voided by a return or a change of text are history."""
        return self.exclude(verdict__in=(Signature.Verdict.RETURNED, Signature.Verdict.VOID))

    def waiting(self):
        """Places that nobody has decided yet."""
        return self.filter(verdict="")


class Signature(models.Model):
    """Equal `order` means parallel; given online or entered from the signed 发文稿纸 (线下签发代录)."""

    class Verdict(models.TextChoices):
        SIGNED = "signed", "已签署"
        RETURNED = "returned", "已退回"
        VOID = "void", "已失效"

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="signatures")
    order = models.PositiveSmallIntegerField(default=1)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=Post.Role, default=Post.Role.LEADER)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signer_name = models.CharField(max_length=40, blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    signed_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sheet = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "签署"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "order", "unit"], condition=Q(verdict=""), name="signature_asked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.unit}"
