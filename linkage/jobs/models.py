"""Jobs: what is to be done after a step, written in the step's own transaction."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

LEASE = timedelta(minutes=10)  # longer than the longest task (dependencies: lease > visibility timeout > task)
LAST_ATTEMPT = 8


class JobQuerySet(models.QuerySet):
    def waiting(self):
        """Jobs neither done nor given up."""
        return self.filter(done_at=None, attempts__lt=LAST_ATTEMPT)

    def due(self, now=None):
        """Waiting jobs whose time has come and that no worker holds."""
        now = now or timezone.now()
        free = models.Q(lease_until=None) | models.Q(lease_until__lt=now)
        return self.waiting().filter(free, run_after__lte=now)

    def failed(self):
        """Jobs that used up their attempts: the alarm list."""
        return self.filter(done_at=None, attempts__gte=LAST_ATTEMPT)


class Job(models.Model):
    """A row that a worker carries out once; `key` makes asking twice harmless."""

    name = models.CharField(max_length=40)
    key = models.CharField(max_length=200, unique=True)
    args = models.JSONField(default=dict)
    run_after = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress = models.CharField(max_length=60, blank=True)
    error = models.TextField(blank=True)
    result = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["run_after"], condition=models.Q(done_at=None), name="job_open"),
        ]

    def __str__(self) -> str:
        return self.key

    def claim(self) -> bool:
        """Take the lease; False when another worker holds it or the job is done."""
        now = timezone.now()
        taken = Job.objects.due(now).filter(pk=self.pk)
        return bool(
            taken.update(lease_until=now + LEASE, attempts=models.F("attempts") + 1, progress="处理中")
        )

    def finish(self, result: str = "") -> None:
        Job.objects.filter(pk=self.pk).update(
            done_at=timezone.now(), lease_until=None, progress="已完成", error="", result=result
        )

    def fail(self, error: str, attempts: int) -> None:
        """Give the job back, later each time: 30 s, 1, 2, 4 … minutes."""
        wait = timedelta(seconds=30 * 2 ** max(attempts - 1, 0))
        Job.objects.filter(pk=self.pk).update(
            run_after=timezone.now() + wait, lease_until=None, progress="等待重试", error=error[:2000]
        )
