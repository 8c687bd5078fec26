"""Posts: what a person does for a unit."""

from django.db import models


class PostQuerySet(models.QuerySet):
    def current(self):
        """Posts not ended, also of people whose account is disabled."""
        return self.filter(ended_at=None)

    def active(self):
        """Posts held now by people whose account is enabled."""
        return self.current().filter(user__is_active=True)

    def administrators(self, unit):
        """The active administrator posts of a unit."""
        return self.active().filter(unit=unit, role=Post.Role.ADMIN)


class Post(models.Model):
    """A person's post in a unit; he may hold several, in several units."""

    class Role(models.TextChoices):
        HANDLER = "handler", "经办人"
        LEADER = "leader", "签发人"
        ADMIN = "admin", "单位管理员"

    class Turn(models.TextChoices):
        A = "A", "A 岗"
        B = "B", "B 岗"

    user = models.ForeignKey("units.User", models.PROTECT, related_name="posts", verbose_name="人员")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="posts", verbose_name="单位")
    role = models.CharField("岗位", max_length=8, choices=Role)
    ab = models.CharField("A/B 岗", max_length=1, choices=Turn, default=Turn.A)
    title = models.CharField("职务", max_length=40, blank=True, help_text="如 分管副局长、法规股")
    ended_at = models.DateTimeField("离岗时间", null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["unit", "role", "ab", "id"]
        verbose_name = verbose_name_plural = "岗位"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                condition=models.Q(ended_at=None),
                name="post_once",
                violation_error_message="这个人在本单位已有这个岗位。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_role_display()}"

    @property
    def label(self) -> str:
        """The post in words, e.g. 经办人 B 岗（法规股）."""
        turn = f" {self.get_ab_display()}" if self.role == self.Role.HANDLER else ""
        title = f"（{self.title}）" if self.title else ""
        return f"{self.get_role_display()}{turn}{title}"
