"""The nouns of the docket and of appearances, one a file."""

from .appearance import Appearance, AppearanceState
from .case import Case, CaseState, Defendant, Litigant
from .fields import Field, FieldAlias, field_named
from .hearing import Hearing
from .rules import Duty, Ground, OutcomeRule, outcomes_in

__all__ = [
    "Appearance",
    "AppearanceState",
    "Case",
    "CaseState",
    "Defendant",
    "Duty",
    "Field",
    "FieldAlias",
    "Ground",
    "Hearing",
    "Litigant",
    "OutcomeRule",
    "field_named",
    "outcomes_in",
]
