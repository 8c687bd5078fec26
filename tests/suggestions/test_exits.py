"""Who reads what through which exit: every way out of the portal × each kind of unit."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from linkage.jobs.models import Job
from linkage.matters import engine
from linkage.matters.models import Attachment, Event, Matter, Party
from linkage.matters.refusals import NotVisible
from linkage.units.models import Post
from suggestions.kind import KIND
from suggestions.models import State
from tests import factories
from tests.stages import browser, kept_for_a_module, storage_in
from tests.suggestions.secrets import LIST, VISIBLE, WORDS, Letters, words_of

pytestmark = pytest.mark.django_db
EXITS = ("list", "detail", "paper", "pdf", "file", "sheet", "editor", "step", "signing", "workbench", "inbox")
LEADERS, BOTH = ("signing",), ("detail", "inbox")  # the other exits do not ask for the post
MAY_READ = {name: {word for word, readers in WORDS.items() if name in readers} for name in VISIBLE}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def letters(django_db_setup, django_db_blocker, folder):
    with kept_for_a_module(django_db_blocker, folder):
        yield Letters()


@pytest.fixture(autouse=True)
def _files_of_the_module(_files_in_a_folder_of_their_own, settings, folder):
    for name, value in storage_in(folder).items():
        setattr(settings, name, value)


def opened(client: Client, url: str) -> int:
    """The status of an answer that is read to its end."""
    answer = client.get(url)
    words_of(answer)
    return answer.status_code


def heard(text: str) -> set[str]:
    return {word for word in WORDS if word in text}


class Reader:
    """What the people of a unit meet: every exit is opened once, by the handler and where posts matter by the leader."""

    def __init__(self, letters, name: str):
        self.letters, self.name, self.answers = letters, name, {}

    def words(self, exit_: str) -> set[str]:
        if exit_ not in self.answers:
            roles = ("handler",) * (exit_ not in LEADERS) + ("leader",) * (exit_ in LEADERS + BOTH)
            clients = [self.letters.browsers[self.name, role] for role in roles]
            pages = [client.get(url) for client in clients for url in self.letters.addresses(exit_, VISIBLE[self.name])]
            assert {page.status_code for page in pages} <= {200, 403, 404, 409}
            self.answers[exit_] = heard("".join(words_of(page) for page in pages))
        return self.answers[exit_]


@pytest.fixture(scope="module")
def readers(letters):
    return {name: Reader(letters, name) for name in VISIBLE}


@pytest.mark.parametrize("exit_", EXITS)
@pytest.mark.parametrize("name", VISIBLE)
def test_nobody_meets_a_word_that_is_not_for_his_unit(readers, name, exit_):
    assert readers[name].words(exit_) - MAY_READ[name] == set()


@pytest.mark.parametrize("name", VISIBLE)
def test_what_is_for_a_unit_does_reach_it(readers, name):
    """Guards the matrix against emptiness."""
    assert set().union(*(readers[name].words(exit_) for exit_ in ("detail", "paper", "file"))) == MAY_READ[name]


TITLES = {"draft": "甲一标题", "live": "乙一标题", "replied": "丙一标题", "withdrawn": "丁一标题", "other": "己一标题"}


@pytest.mark.parametrize("name", VISIBLE)
def test_lists_and_their_conditions_show_the_letters_in_sight(letters, name):
    client = letters.browsers[name, "handler"]
    shown = {TITLES[matter] for matter in VISIBLE[name]}
    for condition in ("", "?q=规范听证"):
        page = client.get(f"{LIST}{condition}")
        assert heard(words_of(page)) == shown
        assert page.context["total"] == len(shown)
    for state in (State.DRAFT, State.HANDLING):
        mine = {TITLES[key] for key in VISIBLE[name] if letters.matters[key].state == state}
        page = client.get(f"{LIST}?state={state}")
        assert (heard(words_of(page)), page.context["total"]) == (mine, len(mine))


COUNTS = {  # 待办 of a handler; overdue, soon, running, closed of the lamp bar
    "court": (2, 1, 0, 1, 1),
    "bureau": (1, 1, 0, 0, 2),
    "office": (0, 1, 0, 1, 1),
    "procuratorate": (1, 0, 0, 1, 0),
    "town": (0, 0, 0, 0, 0),
    "second_court": (0, 0, 0, 0, 0),
    "school": (0, 0, 0, 0, 0),
}


@pytest.mark.parametrize("name", VISIBLE)
def test_counts_count_what_is_in_sight(letters, name):
    page = letters.browsers[name, "handler"].get(LIST)
    todo = next(tab["count"] for tab in page.context["tabs"] if tab["label"] == "待办")
    assert (todo, *(lamp["count"] for lamp in page.context["lamps"])) == COUNTS[name]
    desk = letters.browsers[name, "handler"].get(reverse("home"))
    assert next(tab["count"] for tab in desk.context["tabs"] if tab["label"] == "待办") == COUNTS[name][0]


@pytest.mark.parametrize("name", VISIBLE)
def test_each_paper_and_each_file_opens_for_those_who_may_read_it(letters, name):
    """By its own address, known or guessed: 200 or 404, nothing else."""
    client, unit = letters.browsers[name, "handler"], f",{getattr(letters, name).pk},"
    for rows, kind in ((letters.papers, "papers"), (letters.files, "files")):
        for matter, each in rows.items():
            for row in each:
                mine = matter in VISIBLE[name] and (not row.within or unit in row.within)
                answer = client.get(letters.address(matter, kind, row.pk))
                words_of(answer)
                assert (matter, kind, row.pk, answer.status_code) == (matter, kind, row.pk, 200 if mine else 404)


@pytest.mark.parametrize("name", VISIBLE)
def test_a_letter_out_of_sight_is_not_there_whatever_is_asked(letters, name):
    client, hidden = letters.browsers[name, "leader"], set(letters.matters) - VISIBLE[name]
    assert {client.get(letters.address(matter)).status_code for matter in hidden} == {404}
    gets = [["write", "reply"], ["letter"], ["receipt"], ["intake"], ["receive"], ["reply-return"]]
    assert {client.get(letters.address(min(hidden), *rest)).status_code for rest in gets} == {404}
    posts = [["read"], ["suggestion-sign"], ["close"], ["write", "reply"]]
    assert {client.post(letters.address(min(hidden), *rest)).status_code for rest in posts} == {404}


def test_the_reason_of_a_return_is_shown_to_the_unit_and_to_no_one_else(letters):
    seen = {
        name
        for name in VISIBLE
        if "乙九退回理由" in words_of(letters.browsers[name, "handler"].get(letters.address("live")))
    }
    assert seen == {"bureau"}


def test_only_the_issuer_prints_the_receipt(letters):
    answers = {
        name: letters.browsers[name, "handler"].get(letters.address("live", "receipt")).status_code for name in VISIBLE
    }
    assert answers == dict.fromkeys(VISIBLE, 404) | {"court": 200, "bureau": 403, "office": 403}


# --- exports, notices, programs -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", VISIBLE)
def test_an_export_holds_the_rows_in_sight(letters, name):
    client = letters.browsers[name, "handler"]
    shown = {TITLES[matter] for matter in VISIBLE[name]}
    assert heard(letters.export(client)) == shown
    assert heard(letters.export(client, "?q=规范听证&state=handling")) == shown & {"乙一标题"}


def test_an_export_is_fetched_by_the_person_who_asked_for_the_unit_he_asked_for(letters):
    client = letters.browsers["court", "handler"]
    letters.export(client)
    key = Job.objects.latest("pk").key.removeprefix("export:")
    pages = [reverse(f"suggestions:{page}", args=[key]) for page in ("export_page", "export_file")]
    assert [opened(client, url) for url in pages] == [200, 200]
    for other in (letters.browsers["court", "leader"], letters.browsers["bureau", "handler"]):
        assert [opened(other, url) for url in pages] == [404, 404]


def test_notices_reach_the_units_concerned_and_name_no_case_text(readers):
    told = {name: readers[name].words("inbox") for name in VISIBLE}
    titles = {"乙一标题", "丙一标题", "丁一标题"}
    assert told == {
        "court": {"甲一标题", "丙一标题"}, "bureau": titles, "office": {"己一标题", *titles}, "town": {"己一标题"},
        "procuratorate": set(), "second_court": set(), "school": set(),
    }  # fmt: skip


@pytest.mark.parametrize("name", VISIBLE)
def test_an_application_reads_what_its_unit_reads(letters, name):
    client, head = Client(), {"Authorization": f"Token {letters.tokens[name]}"}
    answers = {url: client.get(url, headers=head) for url in letters.api_addresses()}
    found = heard("".join(words_of(answer) for answer in answers.values()))
    assert found - MAY_READ[name] == set()
    assert found >= {TITLES[matter] for matter in VISIBLE[name]}
    assert {answer.status_code for answer in answers.values()} <= {200, 404}


# --- people without a unit ----------------------------------------------------------------------------------------------
def some_addresses(letters) -> list[str]:
    """Each exit of a draft, of a letter that is out, and of what belongs to no letter."""
    return [url for exit_ in EXITS for url in letters.addresses(exit_, ("draft", "live"))[:9]]


def test_a_person_without_a_post_opens_nothing(letters):
    person = factories.person(letters.court, "handler")
    client = browser(person)
    Post.objects.filter(user=person.user).update(ended_at=timezone.now())
    for url in some_addresses(letters):
        answer = client.get(url)
        assert (url, answer.status_code, heard(words_of(answer))) == (url, 403, set())


def test_a_person_who_left_the_unit_sees_with_the_eyes_of_the_next(letters):
    person = factories.person(letters.court, "handler")
    client = browser(person)
    assert client.get(letters.address("draft")).status_code == 200
    Post.objects.filter(user=person.user).update(unit=letters.school)
    assert client.get(letters.address("draft")).status_code == 404


def test_without_signing_in_nothing_opens(letters):
    for url in some_addresses(letters):
        answer = Client().get(url)
        assert (url, answer.status_code, answer.url.split("?")[0]) == (url, 302, reverse("account_login"))
    for url in letters.api_addresses():
        assert Client().get(url).status_code == 401


# --- ids of other letters -----------------------------------------------------------------------------------------------
def test_papers_and_files_are_found_in_their_own_letter_only(letters):
    """Both letters are the court's own, and still an id of the one is nothing in the address of the other."""
    client = letters.browsers["court", "handler"]
    for own, other in (("live", "draft"), ("draft", "live")):
        for paper in letters.papers[other]:
            urls = [letters.address(own, "papers", paper.pk, *more) for more in ([], ["pdf"], ["progress"])]
            assert [client.get(url).status_code for url in urls] == [404] * 3
        for row in letters.files[other]:
            assert client.get(letters.address(own, "files", row.pk)).status_code == 404


@pytest.mark.parametrize("verb", ["nothing", "api", "suggestion-nothing"])
def test_an_unknown_verb_is_not_there(letters, verb):
    for name in VISIBLE:
        client = letters.browsers[name, "handler"]
        address = letters.address("live", verb)
        assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]


# --- before issue, withdrawn, void --------------------------------------------------------------------------------------
def test_before_it_goes_out_a_letter_is_its_issuers_alone(letters):
    rows = Party.objects.filter(matter=letters.matters["draft"]).exclude(since=None)
    assert {row.holder for row in rows} == {letters.court}
    for unit in (letters.bureau, letters.office):
        for person in letters.people[unit.pk].values():
            with pytest.raises(NotVisible):
                engine.take(letters.matters["draft"].pk, "suggestion-submit", person)


def test_a_withdrawn_letter_stays_readable_and_nothing_more_is_done_with_it(letters):
    paper = letters.papers["withdrawn"][0]
    for name in ("court", "bureau", "office"):
        client = letters.browsers[name, "handler"]
        page = client.get(letters.address("withdrawn"))
        assert "已撤回" in words_of(page)
        assert (page.context["buttons"], page.context["writes"], page.context["signings"]) == ([], [], [])
        assert client.get(letters.address("withdrawn", "papers", paper.pk)).status_code == 200
    assert set(Party.objects.filter(matter=letters.matters["withdrawn"]).values_list("box", flat=True)) == {3}


def test_a_void_draft_is_nowhere_and_its_rows_remain(letters):
    """作废 instead of delete: out of every list, count, sheet and address, and still in the database."""
    matter = letters.matters["void"]
    for actor in letters.people[letters.court.pk].values():
        for verb in KIND.flow.by_verb:
            with pytest.raises(NotVisible):
                engine.take(matter.pk, verb, actor)
    assert Matter.objects.get(pk=matter.pk).void
    assert Event.objects.filter(matter=matter, verb="discard").count() == 1
    assert letters.papers["void"][0].status == "draft"


def test_downloads_are_recorded_within_the_unit_and_shown_in_no_log(letters):
    client = letters.browsers["bureau", "handler"]
    row = Attachment.objects.filter(matter=letters.matters["replied"], within="").first()
    before = Event.objects.count()
    b"".join(client.get(letters.address("replied", "files", row.pk)).streaming_content)
    event = Event.objects.latest("pk")
    assert Event.objects.count() == before + 1
    assert (event.verb, event.unit, event.within, event.data) == (
        "download", letters.bureau, f",{letters.bureau.pk},", {"attachment": row.pk},
    )  # fmt: skip
    assert (event.happened_on, event.actor) == (localdate(), letters.handler(letters.bureau).user)
    for name in ("court", "bureau", "office"):
        assert "下载" not in {
            event.label for event in letters.browsers[name, "handler"].get(letters.address("replied")).context["events"]
        }
