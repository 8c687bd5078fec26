"""Related: which matters belong together, and which of them had to follow from another."""

from django.db import models

from .matter import Matter


class Related(models.Model):
    """`target` came from `source`; a binding one is a consequence that the law commands, so it may not be discarded."""

    source = models.ForeignKey(Matter, models.PROTECT, related_name="leads_to")
    target = models.ForeignKey(Matter, models.PROTECT, related_name="comes_from")
    relation = models.CharField("关系", max_length=24)
    binding = models.BooleanField("必须办理", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "关联事项"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["source", "target", "relation"], name="related_once")]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
