"""Living through the letters of the demonstration, one act after the other, in the order of time."""

import heapq
from dataclasses import replace

from linkage import workdays
from linkage.jobs import outbox
from linkage.jobs.models import Job
from linkage.matters.models import Matter
from linkage.units.models import Unit

from . import court_closed, court_open, office_letters, procuratorate_letters
from .acts import ACTS
from .clock import Clock, Diary
from .people import Cast
from .story import Act, Letter, Story, act, clock_of

LETTERS: tuple[Letter, ...] = (
    *court_closed.LETTERS, *court_open.LETTERS, *procuratorate_letters.LETTERS, *office_letters.LETTERS,
)  # fmt: skip
SETTLED = 6  # days after which the legal office has read its copy


def live_through(units: dict[str, Unit], clock: Clock) -> int:
    """Take every act at its moment; returns the number of letters."""
    diary, cast = Diary(clock.real()), Cast(units)
    stories = [Story(letter) for letter in LETTERS]
    plots = [plot_of(letter, diary) for letter in LETTERS]
    waiting = [(diary.moment(plot[0].ago, clock_of(place, 0)), place, 0) for place, plot in enumerate(plots)]
    heapq.heapify(waiting)
    while waiting:
        moment, place, step = heapq.heappop(waiting)
        clock.to(moment)
        perform(stories[place], plots[place][step], cast)
        if step + 1 < len(plots[place]):
            following = plots[place][step + 1]
            heapq.heappush(waiting, (diary.moment(following.ago, clock_of(place, step + 1), moment), place, step + 1))
    clock.to(None)
    return Matter.objects.filter(kind="suggestion").count()


def plot_of(letter: Letter, diary: Diary) -> list[Act]:
    """The acts in the order of time, with the reading of the copy once a letter has been out for some days."""
    plot = dated(letter, diary)
    out = next((step.ago for step in plot if step.name in ("sign", "register")), 0)
    if out > SETTLED:
        plot.append(act(out - 1, "read"))
    return sorted(plot, key=lambda step: -step.ago)


def dated(letter: Letter, diary: Diary) -> list[Act]:
    """The plot, with the service (`left`) on the latest day that leaves no more days to reply than it wants.

    What has `later` comes so many days after that service.
    """
    left = next((step.more["left"] for step in letter.plot if step.name == "serve" and "left" in step.more), None)
    if left is None or letter.period is None:
        return list(letter.plot)
    term = workdays.Term(*letter.period)
    ago = next(ago for ago in range(1, 400) if diary.days_left(ago, term) <= left)
    own = {"serve": ago} | {step.name: ago - step.more["later"] for step in letter.plot if "later" in step.more}
    return [replace(step, ago=own.get(step.name, step.ago)) for step in letter.plot]


def perform(story: Story, step: Act, cast: Cast) -> None:
    ACTS[step.name](story, step, cast)
    announce()


def announce() -> None:
    """Write the notices that follow from the act, at its moment; no mail leaves (clock.quiet)."""
    for pk in Job.objects.filter(name="announce", done_at=None).order_by("pk").values_list("pk", flat=True):
        outbox.carry_out(pk)
