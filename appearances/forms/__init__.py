"""What people type about cases and appearances; FORMS finds the form that a step names."""

from .case_steps import CASE_FORMS

__all__ = ["CASE_FORMS"]
