"""The instances of one dispute, and the result that holds in the end: a loss counts only when effective (offices.md 16)."""

from datetime import date

from .models import Case, OutcomeRule, outcomes_in

Instance = Case.Instance


def first_of(case: Case) -> Case | None:
    """The first instance of a dispute; a case sent back begins a first instance of its own."""
    seen = set()
    while case.instance != Instance.FIRST and case.previous_id and case.pk not in seen:
        seen.add(case.pk)
        case = Case.objects.get(pk=case.previous_id)
    return case if case.instance == Instance.FIRST else None


def following(case: Case) -> Case | None:
    """The next instance, if one was registered; the newest where there are several."""
    return Case.objects.live().filter(previous=case).order_by("filed_on", "pk").last()


def rule_of(case: Case) -> OutcomeRule | None:
    return outcomes_in(case.judged_on.year).get(case.outcome) if case.judged_on and case.outcome else None


def result_of(first: Case) -> tuple[str, date | None]:
    """(outcome code, effective date) of a dispute as it stands; ("", None) while nothing is effective.

    A second instance that is open leaves nothing effective; a review or retrial that is open leaves the result standing.
    """
    result = (first.outcome, first.effective_on) if first.effective_on else ("", None)
    below, seen = first.outcome, {first.pk}
    upper = following(first)
    while upper and upper.pk not in seen and upper.instance != Instance.FIRST:
        seen.add(upper.pk)
        rule = rule_of(upper) if upper.effective_on else None
        if rule is None:
            result = ("", None) if upper.instance == Instance.SECOND else result
        elif rule.effect == OutcomeRule.Appeal.REMANDED:
            return "", None
        elif rule.effect == OutcomeRule.Appeal.OWN:
            below, result = upper.outcome, (upper.outcome, upper.effective_on)
        else:
            result = (below, result[1] or upper.effective_on)
        upper = following(upper)
    return result


def settle(case: Case) -> None:
    """Write the result of the dispute on its first instance, after a step on any of its instances."""
    first = first_of(case)
    if first is None:
        return
    outcome, on = result_of(first)
    Case.objects.filter(pk=first.pk).update(result=outcome, result_on=on)
