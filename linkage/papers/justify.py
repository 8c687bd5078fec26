"""Chinese justification for WeasyPrint 70.0, whose own stretches spaces only and so leaves Han lines ragged.

install() replaces its justify_line: the slack of a line is spread over all gaps between its characters, as
GB/T 9704-2012 wants full lines of 28. The WeasyPrint version is pinned; tests/papers measure the result.
"""

import re

from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
from weasyprint.layout import inline
from weasyprint.text.line_break import create_layout

CJK = re.compile("[\u2e80-\u9fff\uf900-\uffef\U00020000-\U0003ffff—‘’“”…]")
WIDEST_GAP = 0.12  # of the font size; a line that would need more holds an unbreakable word and stays as it is

stretch_spaces = inline.justify_line


def install():
    """Repeating it changes nothing."""
    inline.justify_line = justify_line


def justify_line(context, line, slack):
    text = "".join(box.text for box in _texts(line))
    if len(text) < 2 or len(CJK.findall(text)) * 2 < len(text):
        return stretch_spaces(context, line, slack)
    gap = slack / (len(text) - 1)
    if gap <= line.style["font_size"] * WIDEST_GAP or line.style["text_align_last"] == "justify":
        _spread(context, line, gap, 0)
    return None


def _texts(box):
    if isinstance(box, TextBox):
        yield box
    elif isinstance(box, (LineBox, InlineBox)):
        for child in box.children:
            yield from _texts(child)


def _spread(context, box, gap, shift):
    """Move a box right by what the boxes before it have grown, let it grow, and return the growth so far."""
    if isinstance(box, TextBox):
        box.position_x += shift
        return shift + _widen(context, box, gap)
    if isinstance(box, (LineBox, InlineBox)):
        return _spread_children(context, box, gap, shift)
    box.translate(shift, 0)
    return shift


def _spread_children(context, box, gap, shift):
    box.position_x += shift
    before = shift
    for child in box.children:
        if child.is_in_normal_flow():
            shift = _spread(context, child, gap, shift)
    box.width += shift - before
    return shift


def _widen(context, box, gap):
    growth = gap * len(box.text)
    if box.text:
        spacing = box.style["letter_spacing"]
        box.style = box.style.copy()
        box.style["letter_spacing"] = (0 if spacing == "normal" else spacing) + gap
        box.pango_layout = create_layout(box.text, box.style, context, None, 0)
        box.pango_layout.deactivate()
        box.width += growth
    return growth
