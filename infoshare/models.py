"""Joint notices (联合文件): what the lead units issue together and everybody may read."""

from django.db import models

from linkage.matters.models import Matter, MatterScope
from linkage.units.models import Unit


class State(models.TextChoices):
    DRAFT = "draft", "拟稿"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤回"


PUBLISHED = (State.PUBLISHED, State.WITHDRAWN)


class NoticeQuerySet(MatterScope):
    """Notices; drafts belong to the units that write them, what is published everybody signed in may read."""

    matter_path = "matter__"

    def published(self):
        """Notices that went out, also those withdrawn since."""
        return self.filter(matter__state__in=PUBLISHED, matter__void=False)

    def with_words(self, words: str):
        """Notices whose title or number contains the words."""
        found = models.Q(matter__title__contains=words) | models.Q(matter__number__contains=words)
        return self.filter(found) if words else self


class Notice(models.Model):
    """The detail of a matter of kind notice; `issued_on` repeats the matter's, so that the list has its index."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="notice")
    to = models.CharField("主送", max_length=300, blank=True)
    text = models.TextField("正文", blank=True)
    annex_title = models.CharField("附件标题", max_length=200, blank=True)
    annex_text = models.TextField("附件正文", blank=True)
    copied = models.CharField("抄送", max_length=500, blank=True)
    note = models.CharField("附注", max_length=100, blank=True)
    printed_by = models.CharField("印发机关", max_length=120, blank=True)
    printed_on = models.DateField("印发日期", null=True, blank=True)
    issued_on = models.DateField("成文日期", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "联合文件"
        indexes = [models.Index(fields=["issued_on", "matter"], name="notice_issued")]

    def __str__(self) -> str:
        return str(self.matter)


class Issuer(models.Model):
    """An issuing unit in its place: the first one numbers the paper (主办机关)."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="issuers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="发文单位")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        verbose_name = verbose_name_plural = "发文单位"
        constraints = [
            models.UniqueConstraint(fields=["notice", "order"], name="issuer_order"),
            models.UniqueConstraint(fields=["notice", "unit"], name="issuer_once"),
        ]

    def __str__(self) -> str:
        return str(self.unit)
