"""Checks at start-up: the flow tables are sound and the database refuses to forget."""

from collections import Counter

from django.core.checks import Error, Tags, register

from . import triggers
from .flow import ALL, SAME
from .kinds import Kind, kinds


@register(Tags.database)
def append_only(databases=None, **_):
    """The triggers are there; an installation without them must not serve. Before the first migrate there is nothing."""
    if not databases or not triggers.tables_exist():
        return []
    gone = triggers.missing()
    return [Error(f"append-only triggers are missing: {', '.join(sorted(gone))}", id="linkage.E001")] if gone else []


@register
def tables(**_):
    """Every code that a flow table names exists."""
    return [problem for kind in kinds.values() for problem in unsound(kind)]


def unsound(kind: Kind) -> list[Error]:
    rows, wrong = kind.flow.rows, []
    opened = {due.code for row in rows for due in row.opens}
    closed = {code for row in rows if row.closes != ALL for code in row.closes}
    papers = {code for row in rows for code in (row.signs, row.paper) if code}
    states = {row.to for row in rows} - {SAME} | {state for row in rows for state in row.source}
    states |= {kind.flow.initial, *kind.flow.rests, *kind.flow.final, *kind.published}
    wrong += [f"deadline {code} is opened and never closed" for code in opened - closed]
    wrong += [f"deadline {code} is closed and never opened" for code in closed - opened]
    wrong += [f"deadline {code} is shown and never opened" for code in set(kind.shown) - opened]
    wrong += [f"paper {code} is signed and not declared" for code in papers - set(kind.papers)]
    wrong += [f"kind {code} is begun and not declared" for code in set(kind.opens) - set(kinds)]
    wrong += [f"state {state} is no choice" for state in states - set(kind.states)]
    wrong += [f"verb {verb} stands twice" for verb, count in Counter(row.verb for row in rows).items() if count > 1]
    return [Error(f"{kind.code}: {sentence}", id="linkage.E002") for sentence in sorted(wrong)]
