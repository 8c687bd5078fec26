"""The outbox: written with the step, published after it, carried out once, tried again, given up, never lost."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from linkage.celery import LONGEST_TASK, app
from linkage.jobs import outbox, tasks
from linkage.jobs.models import LAST_ATTEMPT, LEASE, PATIENCE, Job, Pulse
from linkage.matters import engine
from linkage.matters.refusals import Incomplete
from tests import factories, servers
from tests.broker import publishing_to

NOON = datetime.fromisoformat("2026-03-10T12:00:00+08:00")
in_memory = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)
NOWHERE = "unix:///nowhere/redis.sock"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def done(monkeypatch):
    """What the handler "note" was called with; `done.answers` are its results or the errors it raises, in order."""

    class Done(list):
        answers: list = []

    calls = Done()

    def note(**args):
        calls.append(args)
        answer = calls.answers.pop(0) if calls.answers else None
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setitem(outbox.handlers, "note", note)
    return calls


@pytest.fixture(scope="module")
def redis_url():
    with servers.redis() as url:
        yield url


@pytest.fixture
def redis(redis_url):
    with publishing_to(redis_url) as client:
        client.flushall()
        yield client


def published(redis) -> int:
    return redis.llen("celery")


def only() -> Job:
    return Job.objects.get()


# --- Asking -----------------------------------------------------------------------------------------------------------
@in_memory
def test_a_key_is_asked_for_once(done):
    outbox.ask("note", "note:1", number=1)
    outbox.ask("note", "note:1", number=2)
    outbox.ask_many([("note", "note:1", {"number": 3}), ("note", "note:2", {"number": 4})])
    assert outbox.drain() == 2
    assert done == [{"number": 1}, {"number": 4}]
    outbox.ask("note", "note:1", number=5)
    assert outbox.drain() == 0


@committed
def test_a_worker_hears_of_it_only_after_the_commit(redis):
    with transaction.atomic():
        outbox.ask("note", "note:1")
        outbox.ask_many([("note", "note:2", {}), ("note", "note:3", {})])
        assert published(redis) == 0
    assert published(redis) == 3


@committed
def test_what_is_rolled_back_was_never_asked_for(redis):
    with transaction.atomic():
        outbox.ask("note", "note:1")
        transaction.set_rollback(True)
    assert (published(redis), Job.objects.count()) == (0, 0)


@in_memory
def test_a_refused_step_leaves_no_job(world):
    matter = factories.draft(world.court_handler, world.bureau, advice=[])
    with pytest.raises(Incomplete):
        engine.take(matter.pk, "suggestion-submit", world.court_handler)
    assert not Job.objects.exists()


@in_memory
def test_a_taken_step_leaves_its_jobs(world):
    factories.issued(world)
    assert set(Job.objects.values_list("name", flat=True)) == {"announce", "render"}


@committed
def test_without_redis_the_caller_goes_on_and_the_sweeper_publishes(redis_url):
    with publishing_to(NOWHERE):
        for number in range(20):
            outbox.ask("note", f"note:{number}")
        assert Job.objects.filter(published_at=None).count() == 20
        assert outbox.sweep() == 0
    with publishing_to(redis_url) as redis:
        redis.flushall()
        assert (outbox.sweep(), published(redis)) == (20, 20)


# --- When ---------------------------------------------------------------------------------------------------------------
@committed
def test_a_job_for_later_waits_for_its_time(redis, clock, done):
    outbox.ask("note", "note:1", run_after=NOON + timedelta(hours=1))
    assert (published(redis), outbox.sweep(), outbox.carry_out(only().pk)) == (0, 0, False)
    clock.shift(3600)
    assert (outbox.sweep(), published(redis)) == (1, 1)
    assert outbox.carry_out(only().pk)


@committed
def test_a_lost_message_is_sent_again_after_a_while(redis, clock):
    outbox.ask("note", "note:1")
    redis.flushall()
    assert outbox.sweep() == 0  # it was published a moment ago
    clock.shift(PATIENCE + timedelta(seconds=1))
    assert (outbox.sweep(), outbox.sweep(), published(redis)) == (1, 0, 1)


@committed
def test_a_worker_asleep_for_a_night_does_not_pile_up_messages(redis, clock):
    outbox.ask("note", "note:1")
    for _ in range(360):  # an hour of sweeps
        clock.shift(10)
        outbox.sweep()
    assert published(redis) <= 31


@committed
def test_sweeping_takes_the_oldest_first_and_not_too_many(redis, clock):
    for number in range(5):
        outbox.ask("note", f"note:{number}", run_after=NOON - timedelta(minutes=number))
    Job.objects.update(published_at=None)
    assert outbox.sweep(limit=3) == 3
    heard = Job.objects.exclude(published_at=None).order_by("pk").values_list("key", flat=True)
    assert list(heard) == ["note:2", "note:3", "note:4"]
    assert outbox.sweep(limit=3) == 2


# --- The lease ----------------------------------------------------------------------------------------------------------
@in_memory
def test_one_worker_holds_a_job_until_its_lease_runs_out(clock, done):
    outbox.ask("note", "note:1")
    pk = only().pk
    assert Job.objects.take(pk)
    assert (Job.objects.take(pk), outbox.carry_out(pk)) == (None, False)
    clock.shift(LEASE + timedelta(seconds=1))
    assert outbox.carry_out(pk)
    assert (len(done), only().attempts) == (1, 2)


@in_memory
def test_who_comes_too_late_does_not_take_the_lease_from_another(clock):
    outbox.ask("note", "note:1")
    late = Job.objects.take(only().pk)
    clock.shift(LEASE + timedelta(seconds=1))
    other = Job.objects.take(only().pk)
    late.fail("SoftTimeLimitExceeded()")
    assert (only().lease_until, only().error) == (other.lease_until, "")


def test_the_lease_is_longer_than_the_longest_task():
    assert LEASE > LONGEST_TASK


@in_memory
def test_a_job_that_is_done_is_not_done_again(done):
    outbox.ask("note", "note:1")
    assert [outbox.carry_out(only().pk) for _ in range(3)] == [True, False, False]
    assert not outbox.carry_out(0)
    assert len(done) == 1


# --- Failing ------------------------------------------------------------------------------------------------------------
@in_memory
def test_it_is_tried_again_later_each_time_and_then_given_up(clock, done):
    outbox.ask("note", "note:1")
    done.answers = [OSError(28, "No space left on device")] * LAST_ATTEMPT
    waits = []
    for _ in range(LAST_ATTEMPT):
        assert outbox.drain() == 0
        row = only()
        waits.append(row.run_after - datetime.now(NOON.tzinfo))
        clock.move_to(row.run_after)
    assert [wait.total_seconds() for wait in waits[:4]] == [30, 60, 120, 240]
    assert sum(waits[:-1], timedelta()) > timedelta(hours=16)  # a mail server may be away for a night
    assert (len(done), outbox.drain(), outbox.sweep()) == (LAST_ATTEMPT, 0, 0)
    assert list(Job.objects.failed()) == [row]
    assert (row.reason, row.error) == ("OSError", "OSError(28, 'No space left on device')")


@in_memory
def test_what_was_given_up_can_be_tried_again(clock, done):
    outbox.ask("note", "note:1")
    Job.objects.update(attempts=LAST_ATTEMPT, error="OSError()")
    assert (Job.objects.try_again(), Job.objects.failed().count()) == (1, 0)
    assert outbox.drain() == 1
    assert (only().error, only().done_at) == ("", NOON)


@in_memory
def test_a_job_whose_worker_always_dies_is_given_up_too(clock):
    outbox.ask("note", "note:1")
    for _ in range(LAST_ATTEMPT):
        assert Job.objects.take(only().pk)
        assert not Job.objects.failed().exists()  # it may yet succeed
        clock.shift(LEASE + timedelta(seconds=1))
    assert (Job.objects.take(only().pk), Job.objects.failed().count()) == (None, 1)


@in_memory
def test_a_job_nobody_knows_is_an_alarm_not_a_silence():
    outbox.ask("nobody", "nobody:1")
    outbox.drain()
    assert (only().reason, only().attempts) == ("KeyError", 1)


@in_memory
def test_the_wrong_time_is_no_failure(clock, done):
    outbox.ask("note", "note:1")
    done.answers = [outbox.Later(NOON + timedelta(hours=20))]
    assert outbox.drain() == 0
    assert (only().attempts, only().error, only().run_after) == (0, "", NOON + timedelta(hours=20))
    clock.shift(timedelta(hours=20))
    assert outbox.drain() == 1


@in_memory
def test_the_result_is_kept(done):
    outbox.ask("note", "note:1")
    outbox.ask("note", "note:2")
    done.answers = ["2026/03/ab12", "长" * 200]
    outbox.drain()
    assert list(Job.objects.order_by("pk").values_list("result", flat=True)) == ["2026/03/ab12", "长" * 120]


# --- Celery's side --------------------------------------------------------------------------------------------------------
@committed
def test_the_tasks_are_thin(redis, clock, done):
    outbox.ask("note", "note:1")
    tasks.run(only().pk)
    assert len(done) == 1
    assert Pulse.since("sweep") is None
    tasks.sweep()
    clock.shift(5)
    assert Pulse.since("sweep") == timedelta(seconds=5)
    tasks.sweep()
    assert Pulse.since("sweep") == timedelta(0)


def test_what_beat_sent_to_nobody_does_not_pile_up():
    assert all(entry["options"]["expires"] <= 600 for entry in app.conf.beat_schedule.values())
