"""Figures with their definitions: what every table and bulletin prints under its numbers."""

from .figure import Figure, Indicator, Period, percent

__all__ = ["Figure", "Indicator", "Period", "percent"]
