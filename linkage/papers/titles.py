"""Breaking a title into balanced lines at word sense (GB/T 9704-2012, 7.3.1: 回行时词意完整, 排列对称, 长短适宜)."""

import re
import unicodedata
from itertools import accumulate, pairwise
from math import ceil, inf

WIDEST = 20  # full-width characters of 22 pt in the 156 mm of the type area

NEVER_FIRST = "，。、；：？！）》」』〉】〕”’％%—…·年月日号 \u3000"
NEVER_LAST = "（《「『〈【〔“‘第"
TIED = re.compile(r"[0-9A-Za-z.]{2}|〕\d|\d[〔年月日号]|.〔")
# What a break costs by the words before and after it; the first that fits decides.
SENSES = tuple(
    (re.compile(f"(?:{before})$"), re.compile(after), cost)
    for before, after, cost in (
        (r"[ \u3000]", "", 0),
        ("", "[的和与及等之]", 12),
        ("》|关于|的", "", 1),
        ("", "关于", 1),
        ("、", "", 2),
        ("", "《", 3),
        ("[局院室会府部厅委]", "", 4),
        ("印发|转发", "", 4),
        ("", "司法建议|检察建议|联席会议|工作|有关|办理|程序|机制|制度|情况|问题|通知|复函|意见", 6),
        ("", "", 10),
    )
)
INSIDE_NAME = 12  # a short 《…》, and the letters of a document number 岑法建〔2026〕3号, stay whole if possible
UNEVEN = 30
EXTRA_LINE = 3
HOURGLASS = 6  # a line narrower than both its neighbours


def lines(title):
    """The lines of a title; a line break typed into it is kept."""
    return [line for part in title.split("\n") if part.strip() for line in _balanced(part.strip(" \u3000"))]


def width(text):
    """In full-width characters; ASCII letters and digits take half of one."""
    return sum(1 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def _balanced(text):
    if width(text) <= WIDEST:
        return [text]
    least = ceil(width(text) / WIDEST)
    breaks = _breaks(text)
    _, ends = min(_cheapest(text, breaks, least + extra, EXTRA_LINE * extra) for extra in range(3))
    return [text[start:end].strip(" \u3000") for start, end in pairwise([0, *ends, len(text)])]


def _cheapest(text, breaks, count, cost):
    """The best way to set a text in so many lines: (cost, ends of all lines but the last), dearest if there is none."""
    reach = [0, *accumulate(width(char) for char in text)]
    best = {(0, 0, False): (cost, ())}
    for left in range(count - 1, -1, -1):
        stops = breaks if left else {len(text): 0}
        best = _next_line(best, stops, reach, reach[-1] / count)
    cost, ends = min(best.values(), default=(inf, (*range(WIDEST, len(text), WIDEST), len(text))))
    return cost, ends[:-1]


def _next_line(best, stops, reach, mean):
    """Add a line to every way so far; of the ways that end alike (place, width, narrowing or not) the cheapest is kept."""
    ways = {}
    for (start, last, narrowing), (cost, ends) in best.items():
        for end, price in stops.items():
            wide = reach[end] - reach[start]
            if end > start and wide <= WIDEST:
                waist = HOURGLASS if narrowing and wide > last else 0
                way = cost + price + waist + UNEVEN * (wide / mean - 1) ** 2, (*ends, end)
                key = end, wide, 0 < wide < last
                ways[key] = min(way, ways.get(key, way))
    return ways


def _breaks(text):
    """Where a line may end, and at what cost."""
    costs = {at: _cost(text, at) for at in range(1, len(text))}
    return {at: cost for at, cost in costs.items() if cost < inf}


def _cost(text, at):
    if text[at] in NEVER_FIRST or text[at - 1] in NEVER_LAST or TIED.match(text, at - 1, at + 1):
        return inf
    sense = next(cost for before, after, cost in SENSES if before.search(text[:at]) and after.match(text, at))
    return sense + (INSIDE_NAME if _in_name(text, at) else 0)


def _in_name(text, at):
    names = re.finditer("《[^《》]*》|...〔", text)
    return any(name.start() < at < name.end() and width(name[0]) <= WIDEST for name in names)
