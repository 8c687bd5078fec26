"""ReadMark: that a person has read a matter (已阅)."""

from django.db import models

from linkage.units.models import Unit, User

from .matter import Matter


class ReadMark(models.Model):
    """Posted by the page, never written by a GET."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="reads")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "已阅"
        constraints = [models.UniqueConstraint(fields=["user", "matter"], name="read_once")]
        indexes = [models.Index(fields=["matter", "unit"], name="read_matter")]

    def __str__(self) -> str:
        return f"{self.user} {self.matter}"
