"""The lock after repeated wrong passwords; in the database, so that it holds with Redis down."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from .user import account_name


class SignInLock(models.Model):
    """Failures in a row of one account name, existing or not, and until when it is locked."""

    username = models.CharField(max_length=150, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField(auto_now=True)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录锁定"

    def __str__(self) -> str:
        return self.username

    @staticmethod
    def key(username: str) -> str:
        return account_name(username)[:150]

    @classmethod
    def locked_until(cls, username: str) -> datetime | None:
        """The moment the lock ends, or None."""
        lock = cls.objects.filter(pk=cls.key(username), until__gt=timezone.now()).first()
        return lock.until if lock else None

    @classmethod
    def count_try(cls, username: str) -> int | None:
        """Count a try as failed before its password is looked at; `clear` takes it back on success.

        Returns the tries left after this one, the fifth in a row having locked the name for 30 minutes; None when the
        name was locked already and this try must not be made. Counted first, because simultaneous guesses would
        otherwise all pass before the first failure is written.
        """
        with transaction.atomic():
            cls.objects.get_or_create(pk=cls.key(username))
            lock = cls.objects.select_for_update().get(pk=cls.key(username))
            if lock.locked:
                return None
            lock.add_failure()
            lock.save()
        return 0 if lock.locked else settings.SIGN_IN_TRIES - lock.failures

    @classmethod
    def clear(cls, username: str) -> None:
        cls.objects.filter(pk=cls.key(username)).delete()

    @property
    def locked(self) -> bool:
        return self.until is not None and self.until > timezone.now()

    def add_failure(self) -> None:
        """One more in a row; a pause as long as the lock begins a new row."""
        pause = timedelta(minutes=settings.SIGN_IN_LOCK_MINUTES)
        self.failures = 1 if self.failures and self.failed_at < timezone.now() - pause else self.failures + 1
        if self.failures >= settings.SIGN_IN_TRIES:
            self.until, self.failures = timezone.now() + pause, 0
