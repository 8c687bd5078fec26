"""Tags and filters every template has: icons, lamps, notes, error summary, dates and sizes as the offices write them."""

from datetime import date, datetime

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.timezone import is_aware, localdate, localtime

from linkage.web.rendering import faults, mark_of
from linkage.web.rendering import sentences as sentences_of

register = template.Library()

EMPTY = "—"
WEEKDAYS = "一二三四五六日"
NOTE_ICONS = {"blue": "info", "green": "circle-check", "amber": "triangle-alert", "red": "octagon-alert"}
NOTE_ROLES = {"green": "status", "red": "alert"}
LEVEL_TONES = {"success": "green", "warning": "amber", "error": "red"}


@register.simple_tag
def icon(name: str, extra: str = ""):
    """A Lucide icon of the sprite, for sighted readers only; `extra` are more classes."""
    return drawing(f"i {extra}".strip(), f"i-{name}")


@register.simple_tag
def lamp(tone: str):
    """The shape of a deadline's state; the word beside it says the same."""
    return drawing(f"lamp lamp-{tone}", f"lamp-{tone}")


def drawing(classes: str, symbol: str):
    sprite = static("icons/sprite.svg")
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, sprite, symbol)


@register.simple_tag
def due(state, extra: str = ""):
    """A lamp with its word and its date, always together; nothing where there is no clock.

    `state` has `tone`, `word` and `small`; `extra` are more classes (`due-row` puts all on one line).
    """
    if not state:
        return ""
    small = format_html("<small>{}</small>", state.small) if state.small else ""
    classes = f"due due-{state.tone} {extra}".strip()
    return format_html('<span class="{}">{}<b>{}</b>{}</span>', classes, lamp(state.tone), state.word, small)


@register.simple_block_tag
def note(content, tone: str = "blue"):
    """A note bar: {% note "green" %}…{% endnote %}; tones blue, green, amber, red."""
    role = format_html(' role="{}"', NOTE_ROLES[tone]) if tone in NOTE_ROLES else ""
    mark = icon(NOTE_ICONS[tone])
    return format_html('<div class="note note-{}"{}>{}<div>{}</div></div>', tone, role, mark, content)


@register.simple_block_tag
def formbar(content, status: str = ""):
    """The bar under a long form, primary button last; `status` is where autosave reports."""
    told = format_html('<span class="sp" role="status" data-saved>{}</span>', status)
    return format_html('<div class="formbar">{}{}</div>', told, content)


@register.inclusion_tag("components/steps.html")
def steps(way: list[dict]):
    """The way of a matter; each node has `word`, `small` and `state`: ok, now or empty."""
    number = next((place for place, node in enumerate(way, 1) if node["state"] == "now"), 0)
    now, following = ([node["word"] for node in way[number - 1 : number + 1]] + ["", ""])[:2] if number else ("", "")
    return {"steps": way, "number": number, "now": now, "next": following}


@register.filter
def tone(message) -> str:
    """The tone of a message of django.contrib.messages."""
    return LEVEL_TONES.get(message.level_tag, "blue")


@register.inclusion_tag("components/errsum.html")
def errors(*forms):
    """The summary of what must be corrected in one or several forms or formsets; nothing when all is well."""
    return {"faults": [fault for form in forms if form.is_bound for fault in faults(form)]}


@register.filter
def sentences(field) -> list[str]:
    """The errors of a field, each saying what to do."""
    return sentences_of(field)


@register.simple_tag
def mark(field):
    """必填 or 选填 beside a label."""
    word = mark_of(field)
    return format_html('<span class="{}">{}</span>', "opt" if word == "选填" else "req", word) if word else ""


@register.simple_tag
def attributes(attrs: dict):
    """HTML attributes of a widget, in the way of Django's own widget templates."""
    shown = ((name, value) for name, value in attrs.items() if value is not False)
    return format_html_join("", "{}", ((attribute(name, value),) for name, value in shown))


def attribute(name: str, value):
    return format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)


@register.filter
def cn_date(value: date | None) -> str:
    """2026年3月30日（周一）"""
    if not value:
        return EMPTY
    day = local_day(value)
    return f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


@register.filter
def near_date(value: date | None) -> str:
    """3月30日; with the year when it is another than this one."""
    if not value:
        return EMPTY
    day = local_day(value)
    year = "" if day.year == localdate().year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


@register.filter
def iso_date(value: date | None) -> str:
    """2026-03-30, for tables."""
    return local_day(value).isoformat() if value else EMPTY


@register.filter
def clock(value: datetime | None) -> str:
    """3月16日 09:10, the hour in Asia/Shanghai."""
    if not value:
        return EMPTY
    moment = localtime(value) if is_aware(value) else value
    return f"{near_date(moment)} {moment:%H:%M}"


def local_day(value: date) -> date:
    """The calendar day in Asia/Shanghai of a day or a moment."""
    if not isinstance(value, datetime):
        return value
    return localtime(value).date() if is_aware(value) else value.date()


@register.filter
def size(count: int) -> str:
    """A file's size: 1.2 MB, 340 KB, 12 B."""
    if count >= 1024 * 1024:
        return f"{count / 1024 / 1024:.1f} MB"
    return f"{count / 1024:.0f} KB" if count >= 1024 else f"{count} B"
