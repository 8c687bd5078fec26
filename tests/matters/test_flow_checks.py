"""A broken table of steps is reported when the portal starts."""

from dataclasses import replace

import pytest
from django.core import checks as framework
from django.urls import resolve, reverse

from linkage.matters import checks
from linkage.matters.flow import ALL, SAME, Due, Flow, step
from linkage.matters.kinds import kinds
from linkage.matters.models import Part
from linkage.units.models import Post
from suggestions.kind import KIND


def kind_of(*rows, **other):
    """A kind of two states with one more row or several."""
    plain = [
        step("send", "发出", "draft", "out", by=Part.ISSUER, opens=Due("answer")),
        step("answer", "答复", "out", "done", by=Part.ADDRESSEE, closes="answer"),
    ]
    flow = Flow([*plain, *rows], initial="draft", rests=other.pop("rests", {}), final=other.pop("final", ("done",)))
    return replace(
        KIND, code="trial", flow=flow, states=("draft", "out", "done"), **{"papers": {}, "shown": ("answer",), **other}
    )


def reported(kind) -> list[str]:
    return [problem.msg for problem in checks.unsound(kind)]


def test_a_sound_table_is_not_reported():
    assert reported(kind_of()) == []


def test_the_tables_of_the_portal_are_sound():
    assert set(kinds) >= {"suggestion"}
    assert [problem for kind in kinds.values() for problem in checks.unsound(kind)] == []


BROKEN = {
    "a deadline that nobody ends": (
        kind_of(step("ask", "询问", "out", SAME, by=Part.ISSUER, opens=Due("reason"))), "deadline reason is opened and never closed"
    ),
    "a deadline misspelt where it ends": (
        kind_of(step("stop", "停止", "out", "done", by=Part.ISSUER, closes=("answer", "anwser"))), "deadline anwser is closed and never opened"
    ),
    "a lamp of no deadline": (kind_of(shown=("answer", "reply")), "deadline reply is shown and never opened"),
    "a paper of no kind": (kind_of(step("urge", "催办", "out", SAME, by=Part.ISSUER, signs="urging")), "paper urging is signed and not declared"),
    "a paper of no kind, entered": (kind_of(step("post", "发布", "out", SAME, by=Part.ISSUER, paper="notice")), "paper notice is signed and not declared"),
    "a way to no state": (kind_of(step("lose", "遗失", "out", "lost", by=Part.ISSUER)), "state lost is no choice"),
    "a way from no state": (kind_of(step("find", "找回", "lost", "out", by=Part.ISSUER)), "state lost is no choice"),
    "an end that is no state": (kind_of(final=("done", "closed")), "state closed is no choice"),
    "a rest in no state": (kind_of(rests={"asleep": (Part.ISSUER,)}), "state asleep is no choice"),
    "a publication in no state": (kind_of(published=("shown",)), "state shown is no choice"),
    "a verb that stands twice": (kind_of(step("send", "再发", "out", SAME, by=Part.ISSUER)), "verb send stands twice"),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_table_is_reported(what):
    kind, sentence = BROKEN[what]
    assert reported(kind) == [f"trial: {sentence}"]


def test_the_portal_does_not_start_with_it(monkeypatch):
    """`check` runs before the server, the worker and every command."""
    monkeypatch.setitem(kinds, "trial", BROKEN["a way to no state"][0])
    found = framework.run_checks()
    assert [(problem.id, problem.msg, problem.level) for problem in found] == [
        ("linkage.E002", "trial: state lost is no choice", framework.ERROR)
    ]


def test_closing_everything_names_no_deadline():
    assert reported(kind_of(step("stop", "撤回", "out", "done", by=Part.ISSUER, closes=ALL))) == []


@pytest.mark.parametrize("code", kinds)
def test_every_verb_has_the_address_of_a_step(code):
    """A verb that is also the name of a page would never be reached."""
    namespace = kinds[code].url.split(":")[0]
    for verb in kinds[code].flow.by_verb:
        assert resolve(reverse(f"{namespace}:step", args=[1, verb])).view_name == f"{namespace}:step"


@pytest.mark.parametrize("code", kinds)
def test_the_verbs_of_a_paper_are_written_once_for_each(code):
    """送审签 and 线下签发代录 by a handler, 签署 and 退回 by a leader; all within the unit, none a duty."""
    flow = kinds[code].flow
    posts = {"submit": Post.Role.HANDLER, "recall": Post.Role.HANDLER, "record": Post.Role.HANDLER,
             "sign": Post.Role.LEADER, "return": Post.Role.LEADER}  # fmt: skip
    for row in (row for row in flow.rows if row.signs):
        made = {step.act: step for step in flow.internal if step.paper == row.signs}
        assert {act: step.post for act, step in made.items()} == posts
        for each in made.values():
            assert (each.verb, each.source, each.to, each.by) == (f"{row.signs}-{each.act}", row.source, SAME, row.by)
            assert (each.internal, each.duty, each.then, each.guard, each.apply) == (True, False, row.verb, None, None)


def test_who_owes_a_deadline_follows_from_the_step_that_ends_it():
    assert {code: KIND.flow.owner(code) for code in ("serve", "receive", "reply", "supplement", "review")} == {
        "serve": (Part.ISSUER,), "receive": (Part.ADDRESSEE,), "reply": (Part.ADDRESSEE,), "supplement": (Part.ADDRESSEE,),
        "review": (Part.ISSUER,),
    }  # fmt: skip
