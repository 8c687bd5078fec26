"""Who may take which step when: every verb of the table × state × part × post, and what the pages offer of it."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import pytest
from django.db import transaction
from django.urls import reverse

from linkage.matters import engine, papers, signing
from linkage.matters.flow import Step
from linkage.matters.models import Matter, Paper, Party
from linkage.matters.refusals import Incomplete, NotVisible, NotYours, OutOfOrder, Refused
from linkage.units.models import Post
from suggestions.forms import FORMS
from suggestions.kind import KIND
from suggestions.models import State
from tests import factories
from tests.stages import Stages, browser, kept_for_a_module

pytestmark = pytest.mark.django_db

STEPS = KIND.flow.by_verb
PARTS = ("issuer", "addressee", "copied", "stranger")
DRAFT, SIGNING = Paper.Status.DRAFT, Paper.Status.SIGNING
FITS = {"submit": {DRAFT}, "recall": {SIGNING}, "sign": {SIGNING}, "return": {SIGNING}, "record": {DRAFT, SIGNING}}
PAPER_SENTENCES = {
    "没有可以审签的文书，请先拟稿。", "文书已经送审签。", "文书尚未送审签。", "文书现在不在本单位审签。",
    "文书正在审签，不能修改。需要修改时，请先撤回送审或由签发人退回。",
}  # fmt: skip
LETTER, ANSWERS = {"suggestion"}, {"reply", "urging"}


@dataclass(frozen=True)
class Case:
    """A matter of a module: its state, the status of the open papers in it, whether the addressee has received."""

    name: str
    state: str
    codes: frozenset = frozenset()
    status: str = ""
    received: bool = False
    offline: bool = False


CASES = {
    case.name: case
    for case in (
        Case("draft", State.DRAFT, frozenset(LETTER), DRAFT),
        Case("registered", State.DRAFT, frozenset(LETTER), DRAFT),
        Case("draft, signing", State.DRAFT, frozenset(LETTER), SIGNING),
        Case("issued", State.ISSUED),
        Case("handling, written", State.HANDLING, frozenset(ANSWERS), DRAFT),
        Case("handling, late, signing", State.HANDLING, frozenset(ANSWERS), SIGNING, received=True),
        Case("handling, offline", State.HANDLING, offline=True),
        Case("replied", State.REPLIED),
        Case("supplement", State.SUPPLEMENT, frozenset(ANSWERS), DRAFT),
        Case("following", State.FOLLOWING),
        Case("closed", State.CLOSED),
        Case("withdrawn", State.WITHDRAWN),
    )
}
ACTORS = [(part, post) for part in PARTS for post in Post.Role.values]
ONCE = [("stranger", "leader"), *((part, "admin") for part in PARTS)]  # these try everything in one case
SEEN = [actor for actor in ACTORS if actor not in ONCE]
LOOKERS = [*((part, "handler") for part in PARTS), ("issuer", "leader"), ("addressee", "leader")]


class World(Stages):
    """The matters of all cases, and what came of every attempt."""

    def __init__(self):
        super().__init__()
        self.matters = {name: self.build(name) for name in CASES}
        self.known: dict[tuple, dict[str, str]] = {}
        self.browsers = {actor.user.pk: browser(actor) for each in self.people.values() for actor in each.values()}

    def build(self, name: str) -> Matter:
        ways = {
            "draft": self.draft,
            "registered": self.registered,
            "draft, signing": lambda: self.signing(self.draft()),
            "issued": self.issued,
            "handling, written": lambda: self.written(self.handling()),
            "handling, late, signing": self.late,
            "handling, offline": lambda: self.handling(self.firm),
            "replied": self.replied,
            "supplement": lambda: self.written(self.supplement()),
            "following": self.following,
            "closed": self.closed,
            "withdrawn": self.withdrawn,
        }
        return ways[name]()

    def late(self) -> Matter:
        matter = self.handling(late=True)
        self.take(matter, "receive", self.bureau)
        return self.written(matter, submit=True)

    def actor(self, case: Case, part: str, post: str):
        addressee = self.firm if case.offline else self.bureau
        units = {"issuer": self.court, "addressee": addressee, "copied": self.office, "stranger": self.town}
        return self.people[units[part].pk][post]

    def browser(self, actor):
        return self.browsers[actor.user.pk]

    @cached_property
    def data(self) -> dict[str, dict]:
        note = {"note": "说明。"}
        return {
            "serve": {"method": "direct", "happened_on": self.today},
            "register": {"number": "岑法建〔2026〕88号", "issued_on": self.today},
            "enter": {"draft": factories.reply_draft(), "issued_on": self.today, "number": "石材函〔2026〕1号"},
            "close": {"result": "done", "opinion": "落实到位。"},
            "follow": {"result": "partly", "opinion": "待落实。"},
            "supplement": {"agreed_on": self.today + timedelta(days=9), **note},
            "remind": note, "call": note, "withdraw": note,
        }  # fmt: skip

    def input(self, step: Step) -> dict:
        if step.act == "record":
            return {"signer_name": "陆某", "signed_on": self.today, "sheet": factories.upload("稿纸.pdf")}
        scan = {"scan": factories.upload()} if step.verb in ("stamp", "enter") else {}
        return {"note": "第二项没有依据。"} if step.act == "return" else {**self.data.get(step.verb, {}), **scan}

    def outcomes(self, name: str, part: str, post: str) -> dict[str, str]:
        """What comes of every verb, each tried and undone; found once for all tests of the module."""
        key = (name, part, post)
        if key not in self.known:
            actor = self.actor(CASES[name], part, post)
            self.known[key] = {verb: self.tried(self.matters[name], step, actor) for verb, step in STEPS.items()}
        return self.known[key]

    def tried(self, matter: Matter, step: Step, actor) -> str:
        return outcome(lambda: engine.take(matter.pk, step.verb, actor, data=self.input(step)))

    def written_by(self, name: str, part: str, post: str) -> dict[str, str]:
        actor, pk = self.actor(CASES[name], part, post), self.matters[name].pk
        return {code: outcome(lambda: papers.save_draft(pk, code, actor, None, {})) for code in KIND.papers}  # noqa: B023


class Undone(Exception):
    pass


def outcome(act) -> str:
    """In one word what comes of an act, which is rolled back."""
    try:
        with transaction.atomic():
            act()
            raise Undone
    except Undone:
        return "done"
    except NotVisible:
        return "invisible"
    except NotYours as refusal:
        return "part" if refusal.reason.endswith("单位办理。") else "post"
    except OutOfOrder as refusal:
        return (
            "paper" if refusal.reason in PAPER_SENTENCES else "taken" if refusal.reason.endswith("签收。") else "state"
        )
    except Incomplete:
        return "incomplete"
    except Refused as refusal:
        return "state" if refusal.status == 409 else "guard"


def sees(case: Case, part: str) -> bool:
    """A draft is its issuer's alone; an enterprise is written to without a copy to the legal office."""
    hidden = {"addressee", "copied"} if case.state == State.DRAFT else {"copied"} if case.offline else set()
    return part not in hidden | {"stranger"}


def expected(case: Case, step: Step, part: str, post: str) -> str:
    """Read off the table; a step that is reached is done, or refused by its guard with a sentence of its own."""
    fits = step.paper in case.codes and case.status in FITS.get(step.act, ())
    obstacles = {
        "invisible": not sees(case, part),
        "part": step.signs or part not in step.by,
        "post": step.post != post,
        "state": case.state not in step.source,
        "taken": step.per and case.received,
        "paper": step.internal and not fits,
    }
    return next((word for word, stands in obstacles.items() if stands), "reached")


def agrees(found: str, wanted: str) -> bool:
    return found in ("done", "guard") if wanted == "reached" else found == wanted


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept_for_a_module(django_db_blocker, tmp_path_factory.mktemp("files")):
        yield World()


def differences(found: dict, wanted: dict) -> dict:
    """What came of a verb or draft and what should have, where the two do not agree; by actor."""
    return {key: (found[key], word) for key, word in wanted.items() if not agrees(found[key], word)}


@pytest.mark.parametrize("name", CASES)
def test_every_verb_is_refused_or_reached_as_the_table_says(world, name):
    for part, post in ACTORS if name == "handling, written" else SEEN:
        wanted = {verb: expected(CASES[name], step, part, post) for verb, step in STEPS.items()}
        assert (part, post, differences(world.outcomes(name, part, post), wanted)) == (part, post, {})


@pytest.mark.parametrize("name", CASES)
def test_a_draft_is_written_by_whoever_sends_it_for_signature(world, name):
    case = CASES[name]
    for part, post in ACTORS:
        wanted = {code: expected(case, STEPS[f"{code}-submit"], part, post) for code in KIND.papers}
        new = {code: "done" for code, word in wanted.items() if word == "paper" and code not in case.codes}
        found = world.written_by(name, part, post)
        assert (part, post, differences(found, wanted | new)) == (part, post, {})


@pytest.mark.parametrize("name", CASES)
def test_what_is_permitted_is_what_the_table_lets_through(world, name):
    case, matter = CASES[name], world.matters[name]
    for part, post in ACTORS:
        actor = world.actor(case, part, post)
        party = Party.objects.inbox(actor.unit).filter(matter=matter).first()
        permitted = {step.verb for step in engine.permitted(KIND, matter, party, actor)} if party else set()
        wanted = {verb for verb, step in STEPS.items() if expected(case, step, part, post) in ("reached", "paper")}
        assert (part, post, permitted) == (part, post, wanted)


@pytest.mark.parametrize(("part", "post"), LOOKERS)
@pytest.mark.parametrize("name", CASES)
def test_the_page_offers_what_would_be_done_and_nothing_else(world, name, part, post):
    """But for two that stand elsewhere: 登记 is a page of its own, and a draft in signing is recalled before it is voided."""
    actor, matter = world.actor(CASES[name], part, post), world.matters[name]
    page = world.browser(actor).get(reverse("suggestions:detail", args=[matter.pk]))
    done = {verb for verb, word in world.outcomes(name, part, post).items() if word == "done"}
    if not sees(CASES[name], part):
        assert (page.status_code, done) == (404, set())
        return
    buttons = {button.verb for button in page.context["buttons"]}
    acts = {step.verb for row in page.context["signings"] for step in row["acts"]}
    elsewhere = {"register", *(["discard"] if "signing" in name else [])}
    hidden = {f"suggestion-{act}" for act in FITS} if name == "registered" else set()
    assert buttons == {verb for verb in done if not STEPS[verb].internal} - elsewhere
    late = {"urging-sign", "urging-record"} & acts  # may be offered before the guard has looked
    assert acts - late == {verb for verb in done if STEPS[verb].internal} - hidden - late


STATUS = {"invisible": 404, "part": 403, "post": 403, "state": 409, "taken": 409, "paper": 200, "reached": 200}


@pytest.mark.parametrize("verb", STEPS)
def test_the_page_of_a_step_answers_as_the_engine_does(world, verb):
    """Its form where it is reached, else 404, 403 or 409; the case, the part and the post differ from verb to verb."""
    at = list(STEPS).index(verb)
    for part in (PARTS[at % 4], PARTS[(at + 1) % 4]):
        name, post = list(CASES)[at % len(CASES)], Post.Role.values[at % 2]
        client = world.browser(world.actor(CASES[name], part, post))
        page = client.get(reverse("suggestions:step", args=[world.matters[name].pk, verb]))
        wanted = STATUS[expected(CASES[name], STEPS[verb], part, post)]
        assert (name, part, post, page.status_code) == (name, part, post, wanted)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.codes])
def test_blocked_says_of_every_paper_which_verbs_do_not_fit(world, name):
    case = CASES[name]
    for paper in Paper.objects.filter(matter=world.matters[name], kind__in=case.codes, status=case.status):
        asked = signing.place(paper, world.people[paper.unit_id]["leader"]) is not None
        steps = [step for step in STEPS.values() if step.paper == paper.kind]
        fitting = {step.act for step in steps if not signing.blocked(step, paper, asked=asked)}
        assert fitting == {act for act, statuses in FITS.items() if case.status in statuses}


def test_every_state_and_every_verb_of_a_paper_is_in_the_matrix():
    assert {case.state for case in CASES.values()} == set(State)
    assert {state for step in STEPS.values() for state in step.source} <= set(State)
    assert set(FITS) == {step.act for step in STEPS.values() if step.internal}


def test_every_verb_that_people_take_is_done_by_somebody_in_some_case(world):
    """Guards the matrix against emptiness: nothing here is refused to everybody."""
    done = {
        verb
        for name in CASES
        for part, post in SEEN
        for verb, word in world.outcomes(name, part, post).items()
        if word == "done"
    }
    assert done == {verb for verb, step in STEPS.items() if not step.signs}


def test_every_form_that_the_table_names_exists():
    assert {step.form for step in STEPS.values() if step.form} <= set(FORMS)


@pytest.mark.parametrize("verb", ["nothing", "delete", "reply-nothing", "Receive"])
def test_a_verb_that_the_table_does_not_know_is_not_there(world, verb):
    matter = world.matters["issued"]
    for part in PARTS:
        actor = world.actor(CASES["issued"], part, "handler")
        with pytest.raises(NotVisible):
            engine.take(matter.pk, verb, actor)
        client, address = world.browser(actor), reverse("suggestions:step", args=[matter.pk, verb])
        assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]
