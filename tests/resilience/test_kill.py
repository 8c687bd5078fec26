"""Worker, beat and Redis die in the middle of 200 issued suggestions: nothing is lost and nothing is sent twice.

One story with real processes over the test's own database, told once; every test looks at another part of its end.
"""

import os
import signal
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from linkage.celery import app
from linkage.jobs.models import Job, Pulse
from linkage.matters import engine
from linkage.matters.models import Deadline, Event, Matter, Paper
from linkage.notices.models import Mail, Notice
from linkage.units.models import User
from linkage.web import system
from tests import factories, servers
from tests.broker import publishing_to
from tests.postbox import Postbox
from tests.resilience import letters
from tests.resilience.machinery import Machinery, a_while_passes, always_open, everything_is_done
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.timeout(600)]  # the story counts as the first test
MANY = 200
WITH_PDF = 2  # laying out 200 would take minutes
IN_FLIGHT = 2  # processes of the worker: what they were sending when killed is sent again, as the same letter


def number_of(place: int) -> str:
    return f"岑法建〔{timezone.localdate().year}〕{place}号"


class Story:
    def __init__(self, machinery: Machinery, postbox: Postbox):
        self.machinery, self.postbox = machinery, postbox
        self.world = factories.World()
        User.objects.filter(pk=self.world.bureau_handler.user.pk).update(email="lxl@cenxi.example")
        self.matters = letters.submitted(self.world, MANY)
        self.unsigned = iter(self.matters)
        self.with_redis_away: list[float] = []
        self.number_without_pdf(self.matters[WITH_PDF:])
        Job.objects.all().delete()  # of submitting the first

    def number_without_pdf(self, matters: list[Matter]) -> None:
        """Letters written in the court's own system, under numbers of its register."""
        papers = list(Paper.objects.filter(matter__in=matters))
        for number, paper in enumerate(papers, start=WITH_PDF + 1):
            paper.origin, paper.draft = Paper.Origin.OWN, paper.draft | {"number": number_of(number)}
        Paper.objects.bulk_update(papers, ["origin", "draft"])

    def issue(self, many: int) -> list[float]:
        """The leader signs so many letters; the seconds that each took him."""
        seconds = []
        for _ in range(many):
            begun = time.monotonic()
            engine.take(next(self.unsigned).pk, "suggestion-sign", self.world.court_leader)
            seconds.append(time.monotonic() - begun)
        return seconds

    def issue_and_see_mail(self, many: int, more: int = 3) -> None:
        """Counted from before the first: a quick worker has sent the last mail by the time the last is signed."""
        before = len(self.postbox.letters)
        self.issue(many)
        assert self.postbox.wait(lambda: len(self.postbox.letters) >= before + more, seconds=60)

    def letters_go_out(self) -> None:
        machinery, workers = self.machinery, [self.machinery.worker, self.machinery.beats[0]]
        for child in workers:
            child.start()
        self.issue_and_see_mail(50)

        machinery.kill(*workers)
        self.issue(30)
        a_while_passes("lease_until", "published_at")
        for child in workers:
            child.start()
        self.issue_and_see_mail(40)

        os.kill(machinery.redis.pid, signal.SIGSTOP)
        self.with_redis_away += self.issue(2)
        machinery.kill(machinery.redis)
        self.with_redis_away += self.issue(38)
        machinery.start_redis()
        a_while_passes("published_at")
        self.issue(40)
        everything_is_done()

    def two_beats_remind(self) -> None:
        """One reply is overdue; a second beat is started, and the task of the reminders comes several times at once."""
        self.machinery.beats[1].start()
        late = Deadline.objects.filter(matter=self.matters[0], code="reply")
        late.update(due=timezone.localdate() - timedelta(days=1))
        for _ in range(4):
            app.send_task("linkage.notices.tasks.remind")
        until(lambda: Pulse.since("remind") is not None and self.machinery.idle(), what="the reminders have run")
        everything_is_done()
        self.beats_alive = sum(child.alive for child in self.machinery.beats)
        self.last_sweep = Pulse.since("sweep")
        self.workers_answer = system.workers_answer()


def tell(home: Path) -> Story:
    with Postbox() as postbox, servers.folder() as runtime:
        machinery = Machinery(home, runtime, postbox)
        try:
            always_open()
            machinery.start_redis()
            with publishing_to(machinery.redis_url):
                story = Story(machinery, postbox)
                story.letters_go_out()
                story.two_beats_remind()
            return story
        finally:
            machinery.kill(*machinery.everything)


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker, tmp_path_factory):
    """Committed before the tests open their own transactions; afterwards the database is emptied."""
    try:
        with django_db_blocker.unblock():
            story = tell(tmp_path_factory.mktemp("portal"))
        yield story
    finally:
        with django_db_blocker.unblock():
            call_command("flush", interactive=False, verbosity=0)


def test_every_step_succeeded_and_every_number_is_there_once(story):
    assert Counter(Matter.objects.values_list("state", flat=True)) == {"handling": MANY}
    assert sorted(Matter.objects.values_list("number", flat=True)) == sorted(map(number_of, range(1, MANY + 1)))
    assert Event.objects.filter(verb="issue").count() == MANY


def test_every_job_was_done_and_none_was_given_up(story):
    assert not Job.objects.filter(done_at=None).exists()
    assert not Job.objects.exclude(error="").exists()
    names = Counter(Job.objects.values_list("name", flat=True))
    assert (names["announce"], names["render"]) == (2 * MANY, WITH_PDF)


def test_everybody_was_told_of_every_letter_once(story):
    told = Notice.objects.filter(key__startswith="event:")
    assert Counter(told.values_list("user", flat=True)) == {
        story.world.bureau_handler.user.pk: MANY, story.world.office_handler.user.pk: MANY,
    }  # fmt: skip
    assert len(set(told.values_list("user", "matter"))) == 2 * MANY


def test_every_mail_went_out_once(story):
    of_letters = Mail.objects.filter(key__startswith="event:")
    assert (of_letters.count(), Mail.objects.filter(sent_at=None).count()) == (MANY, 0)
    assert set(story.postbox.ids) == {
        f"<linkage-mail-{pk}@localhost>" for pk in Mail.objects.values_list("pk", flat=True)
    }


def test_what_was_being_sent_at_the_moment_of_death_came_again_as_the_same_letter(story):
    again = [key for key, times in Counter(story.postbox.ids).items() if times > 1]
    assert len(again) <= IN_FLIGHT
    assert len(story.postbox.ids) - len(set(story.postbox.ids)) <= IN_FLIGHT


def test_the_papers_were_laid_out_once(story):
    papers = Paper.objects.filter(origin=Paper.Origin.MADE)
    assert all((story.machinery.files / paper.pdf_key).read_bytes().startswith(b"%PDF") for paper in papers)
    assert len([path for path in story.machinery.files.rglob("*") if path.is_file()]) == papers.count() == WITH_PDF


def test_nobody_waited_for_redis(story):
    assert len(story.with_redis_away) == 40
    assert max(story.with_redis_away) < 5


def test_two_beats_remind_once(story):
    late = Notice.objects.filter(key__endswith=":overdue")
    people = {story.world.bureau_handler.user.pk, story.world.bureau_leader.user.pk}
    assert (late.count(), set(late.values_list("user", flat=True))) == (2, people)
    assert Mail.objects.filter(key__contains=":overdue:").count() == 1  # the leader has no address
    assert story.beats_alive == 2


def test_the_sweep_shows_that_everything_is_alive_again(story):
    assert (story.last_sweep < timedelta(seconds=30), story.workers_answer) == (True, True)
