"""Jobs: what is to be done after a step, written in the step's own transaction."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

LEASE = timedelta(minutes=12)  # longer than the longest task (linkage.celery)
PATIENCE = timedelta(minutes=2)  # after which a job that was published and not begun is published again
FIRST_WAIT = timedelta(seconds=30)
LAST_ATTEMPT = 12  # the waits between the attempts double; all together 17 hours


class JobQuerySet(models.QuerySet["Job"]):
    def waiting(self):
        """Jobs neither done nor given up."""
        return self.filter(done_at=None, attempts__lt=LAST_ATTEMPT)

    def free(self, now: datetime | None = None):
        """Jobs that no worker holds: never taken, given back, or the lease of a dead worker ran out."""
        return self.filter(models.Q(lease_until=None) | models.Q(lease_until__lt=now or timezone.now()))

    def due(self, now: datetime | None = None):
        """Waiting jobs whose time has come and that no worker holds."""
        now = now or timezone.now()
        return self.waiting().free(now).filter(run_after__lte=now)

    def unheard(self, now: datetime | None = None):
        """Due jobs that no worker was told of, or was told so long ago that the message must be lost."""
        now = now or timezone.now()
        return self.due(now).filter(models.Q(published_at=None) | models.Q(published_at__lt=now - PATIENCE))

    def take(self, pk: int) -> "Job | None":
        """Take the lease of a job and count the attempt; None when another worker holds it, it is done or not due."""
        now = timezone.now()
        mine = self.due(now).filter(pk=pk)
        taken = mine.update(lease_until=now + LEASE, attempts=models.F("attempts") + 1, progress="处理中")
        return self.get(pk=pk) if taken else None

    def failed(self):
        """Jobs that used up their attempts: the alarm list."""
        return self.free().filter(done_at=None, attempts__gte=LAST_ATTEMPT)

    def try_again(self) -> int:
        """Give failed jobs all their attempts back; returns how many. The sweeper publishes them."""
        return self.failed().update(attempts=0, run_after=timezone.now(), published_at=None, progress="等待重试")


class Job(models.Model):
    """A row that a worker carries out once; `key` makes asking twice harmless."""

    name = models.CharField(max_length=40)
    key = models.CharField(max_length=200, unique=True)
    args = models.JSONField(default=dict)
    run_after = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)
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

    def finish(self, result: str = "") -> None:
        Job.objects.filter(pk=self.pk).update(
            done_at=timezone.now(), lease_until=None, progress="已完成", error="", result=result[:120]
        )

    def fail(self, error: str) -> None:
        """Give the job back, later each time: after 30 s, 1, 2, 4 … minutes."""
        wait = FIRST_WAIT * 2 ** max(self.attempts - 1, 0)
        self.give_back(run_after=timezone.now() + wait, progress="等待重试", error=error[:2000])

    def postpone(self, until: datetime) -> None:
        """Give the job back untouched until a better time; the attempt does not count."""
        self.give_back(run_after=until, progress="", attempts=self.attempts - 1)

    def give_back(self, **fields) -> None:
        """Nothing happens when the lease ran out meanwhile: then the job is another worker's."""
        held = Job.objects.filter(pk=self.pk, lease_until=self.lease_until)
        held.update(lease_until=None, published_at=None, **fields)

    @property
    def reason(self) -> str:
        """The kind of the last error, without its text: that may quote a paper or an address."""
        return self.error.partition("(")[0][:60]


class Pulse(models.Model):
    """When something that has to happen again and again last happened, e.g. the sweep."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at}"

    @staticmethod
    def note(name: str) -> None:
        """Now."""
        row = Pulse(name=name, at=timezone.now())
        Pulse.objects.bulk_create([row], update_conflicts=True, update_fields=["at"], unique_fields=["name"])

    @staticmethod
    def since(name: str) -> timedelta | None:
        """How long ago it last happened; None if never."""
        at = Pulse.objects.filter(pk=name).values_list("at", flat=True).first()
        return timezone.now() - at if at else None
