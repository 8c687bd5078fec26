"""The tables of the mechanism: a case and an appearance."""

from .appearance import APPEARANCE
from .case import CASE

__all__ = ["APPEARANCE", "CASE"]
