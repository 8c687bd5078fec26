"""People who sign in."""

import unicodedata

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from linkage.units.pinyin import person_key

valid_account = RegexValidator(r"^[a-z][a-z0-9]+$", "账号用小写字母和数字，以字母开头，如 zhangsan。")
valid_mobile = RegexValidator(r"^1[3-9]\d{9}$", "手机号应为 11 位数字，如 13800000000。")


def account_name(typed: str | None) -> str:
    """The one spelling of an account, whatever was typed: no blanks around, half width, lower case."""
    return unicodedata.normalize("NFKC", typed or "").strip().lower()


class UserQuerySet(models.QuerySet["User"]):
    def of_unit(self, unit):
        """People who hold a post in a unit, also while their account is disabled."""
        return self.filter(posts__unit=unit, posts__ended_at=None).distinct()

    def enabled(self, yes: bool = True):
        return self.filter(is_active=yes)

    def counts(self) -> dict[str, int]:
        """How many are enabled and how many disabled, in one query."""
        enabled = models.Q(is_active=True)
        return self.aggregate(enabled=models.Count("pk", filter=enabled), disabled=models.Count("pk", filter=~enabled))


class UserManager(BaseUserManager["User"]):
    def get_queryset(self):
        return UserQuerySet(self.model, using=self._db)

    def of_unit(self, unit):
        return self.get_queryset().of_unit(unit)

    def create_user(self, username: str, password: str | None = None, **fields):
        """A person with an account; without a password the account cannot sign in yet."""
        user = self.model(username=account_name(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username):
        return self.get(username=account_name(username))


class User(AbstractBaseUser):
    """A person; what he may do comes from the posts he holds, never from the account."""

    username = models.CharField(
        "账号",
        max_length=40,
        unique=True,
        validators=[valid_account],
        help_text="小写字母、数字，一般为姓名全拼",
        error_messages={"unique": "这个账号已有人使用，请在后面加数字。"},
    )
    name = models.CharField("姓名", max_length=40)
    email = models.EmailField("电子邮箱", blank=True)
    phone = models.CharField("手机", max_length=20, blank=True, validators=[valid_mobile])
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=True)
    dark = models.BooleanField("深色界面", default=False)
    signed_out_at = models.DateTimeField("强制退出时间", null=True, editable=False)
    sort_key = models.CharField(max_length=200, editable=False)

    held: list  # the active posts with their units, brought along by the sign-in backend

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    EMAIL_FIELD = "email"
    objects = UserManager()

    class Meta:
        ordering = ["sort_key", "id"]
        verbose_name = verbose_name_plural = "人员"

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        fields = kwargs.get("update_fields")
        if fields is None or "name" in fields:
            self.sort_key = person_key(self.name)
            kwargs["update_fields"] = fields and {*fields, "sort_key"}
        super().save(*args, **kwargs)

    def sign_out(self) -> None:
        """End the sessions begun until now, for good; the caller saves."""
        self.signed_out_at = timezone.now()

    def session_over(self, started: float) -> bool:
        """Whether a session begun at that time was ended by an administrator."""
        return self.signed_out_at is not None and started <= self.signed_out_at.timestamp()
