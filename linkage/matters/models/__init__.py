"""The hub's nouns, one a file."""

from .appointment import Appointment
from .attachment import Attachment
from .calendar import CalendarNotice, Layer, WorkCalendarDay
from .deadline import Deadline, DeadlineChange
from .event import Event
from .matter import Matter, MatterScope
from .paper import Paper
from .party import Box, Part, Party
from .readmark import ReadMark
from .related import Related
from .rule import DeadlineRule, TermUnit
from .series import Series, numbered
from .signature import Signature

__all__ = [
    "Appointment",
    "Attachment",
    "Box",
    "CalendarNotice",
    "Deadline",
    "DeadlineChange",
    "DeadlineRule",
    "Event",
    "Layer",
    "Matter",
    "MatterScope",
    "Paper",
    "Part",
    "Party",
    "ReadMark",
    "Related",
    "Series",
    "Signature",
    "TermUnit",
    "WorkCalendarDay",
    "numbered",
]
