"""Applications that act for a unit at the API, and the answers kept for requests that come twice."""

import hashlib
import secrets

from django.db import models
from django.utils.timezone import localdate

from linkage.units.models import Unit, User


def hashed(secret: str) -> str:
    """sha256 in hex; enough for a secret of 256 random bits, and it costs a request nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()


class ApiTokenQuerySet(models.QuerySet):
    def of_unit(self, unit: Unit):
        """The tokens of a unit; those of others do not exist for it."""
        return self.filter(unit=unit)


class ApiToken(models.Model):
    """What an application of a unit presents; of the secret only its hash is kept. Never deleted, only revoked."""

    class Scope(models.TextChoices):
        READ = "read", "读取"
        REGISTER = "register", "登记已制发文书"
        HANDLE = "handle", "办理"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    name = models.CharField("应用名称", max_length=40)
    prefix = models.CharField(max_length=12, unique=True)
    secret_hash = models.CharField(max_length=64)
    scopes = models.JSONField("权限")
    expires_on = models.DateField("有效期至")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="新建人")
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="撤销人")
    revoked_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "接入应用"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def issue(cls, **fields) -> tuple["ApiToken", str]:
        """A new token, and what the application presents: prefix.secret, known to nobody afterwards."""
        secret = secrets.token_urlsafe(32)
        token = cls.objects.create(prefix=secrets.token_hex(6), secret_hash=hashed(secret), **fields)
        return token, f"{token.prefix}.{secret}"

    @property
    def refusal(self) -> str:
        """Why the token opens nothing any more, or an empty string; it is good to the end of its last day."""
        if self.revoked_at:
            return "令牌已撤销。"
        if self.expires_on < localdate():
            return "令牌已过期，请单位管理员重新配置。"
        gone = self.unit.until is not None and self.unit.until <= localdate()
        return "令牌所属单位已撤并。" if gone else ""

    @property
    def scope_labels(self) -> list[str]:
        return [scope.label for scope in self.Scope if scope in self.scopes]


class IdempotencyKey(models.Model):
    """The answer to a creating request, given again when the request comes again (linkage.web.idempotency)."""

    token = models.ForeignKey(ApiToken, models.PROTECT, related_name="+")
    key = models.CharField(max_length=128)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=201)
    answer = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "幂等键"
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return self.key
