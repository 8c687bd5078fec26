"""What becomes of letters in bulk, and when: a table of fates over the working days until yesterday."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from linkage.matters.models import Paper
from linkage.units.acting import SYSTEM
from linkage.workdays import Calendar
from suggestions.models import Reply, ReplyItem, Suggestion

from .bulk_life import Life
from .bulk_texts import OPINION

YEARS = 3
HOURS = {"begin": 8, "submit": 9, "out": 10, "serve": 11, "receive": 14, "reply": 15, "review": 16}
Numbering = Callable[[str, int], str]


class Days:
    """The working days of the last years, counted from the first; the last one lies before today."""

    def __init__(self, calendar: Calendar, chance: random.Random):
        today = timezone.localdate()
        span = (today - timedelta(days=back) for back in range(366 * YEARS, 0, -1))
        self.days = [day for day in span if calendar.is_workday(day)]
        self.chance = chance
        self.last = len(self.days) - 1

    def at(self, place: int, what: str) -> datetime:
        clock = time(HOURS[what], self.chance.randrange(60), self.chance.randrange(60))
        return timezone.make_aware(datetime.combine(self.day(place), clock))

    def day(self, place: int) -> date:
        return self.days[min(max(place, 0), self.last)]


@dataclass(frozen=True)
class Fate:
    """How often, how many working days ago the letter went out, how long the reply took, and where it ended."""

    weight: int
    ended: str
    out: tuple[int, int]
    reply: tuple[int, int] = (0, 0)
    review: tuple[int, int] = (1, 8)


FATES = (
    Fate(560, "closed", (75, 700), (10, 34)),
    Fate(60, "closed", (100, 700), (48, 70)),
    Fate(90, "running", (3, 38)),
    Fate(50, "overdue", (56, 75)),
    Fate(12, "unreceived", (0, 1)),
    Fate(12, "issued", (0, 3)),
    Fate(60, "replied", (20, 40), (12, 18)),
    Fate(50, "following", (60, 120), (15, 34)),
    Fate(30, "supplement", (60, 90), (15, 34)),
    Fate(30, "withdrawn", (20, 500)),
    Fate(20, "draft", (0, 9)),
)
REVIEWS = {"closed": "close", "following": "follow", "supplement": "supplement"}
WEIGHTS = [fate.weight for fate in FATES]


@dataclass(frozen=True)
class Plan:
    """A fate with the working day on which the letter goes out."""

    fate: Fate
    out: int


def plans(count: int, days: Days, chance: random.Random) -> list[Plan]:
    """Plans in the order in which the letters go out, so that their numbers are in the order of time."""
    chosen = chance.choices(FATES, WEIGHTS, k=count)
    made = [Plan(fate, max(days.last - chance.randint(*fate.out), 4)) for fate in chosen]
    return sorted(made, key=lambda plan: plan.out)


def live(life: Life, plan: Plan, days: Days, numbering: Numbering) -> None:
    """Let a letter live by its plan."""
    fate, out = plan.fate, plan.out
    life.begin(days.at(out - (2 if fate.ended != "draft" else 0), "begin"))
    if fate.ended != "draft":
        issue(life, out, days, numbering)
        after_issue(life, plan, days, numbering)
    life.settle()


def issue(life: Life, out: int, days: Days, numbering: Numbering) -> None:
    """Signed here, or registered with its own number."""
    at, side, paper = days.at(out, "out"), life.issuer, life.letter
    if life.type.made_here:
        life.submit(paper, side, days.at(out - 1, "submit"))
        told = life.freeze(paper, side, at, numbering("suggestion", at.year))
        life.take("issue", side.leader, at, paper=paper, **told)
    else:
        life.freeze(paper, side, at, numbering("registered", at.year))
        life.keep(paper, "letter", f"{paper.number}检察建议书.pdf", at)
        life.take("register", side.handler, at, paper=paper)


def after_issue(life: Life, plan: Plan, days: Days, numbering: Numbering) -> None:
    fate, out = plan.fate, plan.out
    online = all(side.unit.accepts_online_service(days.day(out)) for side in (life.issuer, life.addressee))
    if fate.ended == "issued" and not online:
        return
    serve(life, out, days, online=online)
    if fate.ended in ("unreceived", "issued"):
        return
    life.receive(days.at(out + 1, "receive"))
    if fate.ended == "withdrawn":
        life.take("withdraw", life.issuer.leader, days.at(out + 3, "review"), note="所涉案件情况变化，本建议撤回。")
        life.letter.status = Paper.Status.WITHDRAWN
    elif fate.ended == "overdue" and life.chance.random() < 0.5:
        life.take("call", life.office.handler, days.at(days.last, "review"), note="与经办人联系，答复正在报批。")
    elif fate.reply != (0, 0):
        answer(life, plan, days, numbering)


def serve(life: Life, out: int, days: Days, *, online: bool) -> None:
    """At the moment it goes out where both sides consented, else on the next hour by the clerk."""
    method = Suggestion.Method.ONLINE if online else Suggestion.Method.DIRECT
    at = life.events[-1].recorded_at if online else days.at(out, "serve")
    life.suggestion.served_on, life.suggestion.served_by = timezone.localdate(at), method
    if not online:
        life.keep(None, "service", "送达回证.pdf", at)
    life.take("serve", SYSTEM if online else life.issuer.handler, at)


def answer(life: Life, plan: Plan, days: Days, numbering: Numbering) -> None:
    """The reply, and what the issuer made of it."""
    fate, side = plan.fate, life.addressee
    place = min(plan.out + life.chance.randint(*fate.reply), days.last - 1)
    paper = life.paper("reply", side, days.at(place - 1, "submit"), draft=reply_draft(life), version=2)
    life.papers.append(paper)
    life.submit(paper, side, days.at(place, "submit"))
    at = days.at(place, "reply")
    told = life.freeze(paper, side, at, numbering("reply", at.year))
    keep_reply(life, paper)
    life.take("reply", side.leader, at, paper=paper, **told)
    if fate.ended != "replied":
        review(life, REVIEWS[fate.ended], days.at(min(place + life.chance.randint(*fate.review), days.last), "review"))


def reply_draft(life: Life) -> dict:
    items = {
        str(row.order): {"status": "done", "note": note}
        for row, note in zip(life.advice, life.subject.answers, strict=True)
    }
    duty = life.type.answers == life.type.Answers.DUTY
    stance = Reply.Stance.PERFORMED if duty else Reply.Stance.FULL
    plain = {"stance": stance.value, "unlawful": "no", "correction": "", "opening": "", "number": ""}
    return {**plain, "items": items}


def keep_reply(life: Life, paper: Paper) -> None:
    fields = {name: paper.draft[name] for name in ("stance", "unlawful", "correction", "opening")}
    reply = Reply(paper=paper, suggestion=life.suggestion, **fields)
    life.replies.append(reply)
    life.items += [ReplyItem(reply=reply, advice=row, **paper.draft["items"][str(row.order)]) for row in life.advice]


def review(life: Life, verb: str, at: datetime) -> None:
    if verb == "supplement":
        life.suggestion.supplement_on = timezone.localdate() + timedelta(days=life.chance.randint(3, 30))
        life.take(verb, life.issuer.handler, at, note="请补充自查台账。")
        return
    done = verb == "close"
    result = Suggestion.Result.DONE if done else Suggestion.Result.PARTLY
    opinion = OPINION if done else "第2项尚在推进，请继续落实。"
    life.suggestion.result, life.suggestion.opinion = result, opinion
    life.take(verb, life.issuer.handler, at, note=f"{result.label}。{opinion}")
