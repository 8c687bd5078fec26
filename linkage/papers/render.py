"""Typesetting a content into PDF/A-3b. Slow and large in memory: only the worker calls it."""

import re
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path

from linkage.papers import fonts, layout

STATIC = Path(__file__).resolve().parents[2] / "static" / "papers"
VARIANT = {"pdf_variant": "pdf/a-3b"}


@dataclass(frozen=True)
class Pdf:
    """A finished paper: its bytes, its pages (blank ones counted), the names of the fonts embedded in it."""

    data: bytes
    pages: int
    fonts: list[str]


def pdf(content):
    """The paper as PDF. Raises fonts.FontsMissing rather than give out a paper set in other fonts than it should be."""
    voices = layout.voices(content)
    fonts.preflight(voices)
    typeset = _typeset(content)
    data = _write(typeset)
    used = font_names(data)
    fonts.require(used, fonts.expected(voices))
    return Pdf(data, len(typeset.pages), used)


def _typeset(content):
    """Two passes where needed: what has to stand on the last page is known only when the text has been laid out."""
    first = _lay_out(layout.document(content))
    if content["form"] == "letter" and len(first.pages) > 1:
        return _fewer(first, _lay_out(layout.document(content, tight=True)))
    blank_pages = _blank_pages(first) if layout.has_imprint(content) else 0
    return _lay_out(layout.document(content, blank_pages=blank_pages)) if blank_pages else first


def _fewer(usual, tight):
    """A letter of which only the tail spills over is set tighter, so that its seal has text above it (7.3.5.5)."""
    return tight if len(tight.pages) < len(usual.pages) else usual


def _lay_out(html):
    from weasyprint import CSS, HTML  # noqa: PLC0415  a second and 100 MB that the web process must not spend

    from linkage.papers import fetcher, justify  # noqa: PLC0415  they import WeasyPrint

    justify.install()
    print_css = CSS(string=(STATIC / "print.css").read_text())
    source = HTML(string=html, url_fetcher=fetcher.OwnFilesOnly(STATIC))
    return source.render(stylesheets=[print_css], **VARIANT)


def _write(typeset):
    with warnings.catch_warnings():
        # WeasyPrint 70.0 leaves its own colour profile open; Python closes it at once and says so
        warnings.filterwarnings("ignore", "unclosed file", ResourceWarning)
        return typeset.write_pdf(**VARIANT)


def _blank_pages(typeset):
    """How many pages to break off before the 版记, so that it ends an even page or stands alone on one."""
    end = next(number for number, page in enumerate(typeset.pages, 1) if "official-end" in page.anchors)
    if end == len(typeset.pages) and end % 2 == 0:
        return 0
    return 1 if end % 2 else 2


def font_names(data):
    """The base fonts a PDF names."""
    return sorted({name.decode() for name in re.findall(rb"/BaseFont ?/([^\s/>\]]+)", objects(data))})


def objects(data):
    """The objects of a PDF in plain text, those of its object streams too."""
    streams = re.findall(rb"/ObjStm.*?stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    return data + b"".join(zlib.decompress(stream) for stream in streams)
