"""Measuring a PDF with poppler, in millimetres from the top left corner of the paper."""

import subprocess
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from PIL import Image, ImageChops

DPI = 300
POINT = 25.4 / 72
PIXEL = 25.4 / DPI
XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Line:
    """A line of text by the box of its characters (their advance and their em)."""

    page: int
    text: str
    words: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def centre(self):
        return (self.left + self.right) / 2

    @property
    def middle(self):
        return (self.top + self.bottom) / 2


def lines(path):
    """The lines of text, each page from top to bottom."""
    found = [_line(page, line.findall(f"{XHTML}word")) for page, line in _elements(path, "line")]
    return sorted(found, key=lambda line: (line.page, line.top))


def words(path):
    """Pieces of text without a blank inside, where a line holds several."""
    return [_line(page, [word]) for page, word in _elements(path, "word")]


def _elements(path, name):
    listing = subprocess.run(["pdftotext", "-bbox-layout", path, "-"], capture_output=True, check=True).stdout
    pages = ET.fromstring(listing).iter(f"{XHTML}page")
    return [(number, element) for number, page in enumerate(pages, 1) for element in page.iter(XHTML + name)]


def _line(page, words):
    left, top = (min(float(word.get(side)) * POINT for word in words) for side in ("xMin", "yMin"))
    right, bottom = (max(float(word.get(side)) * POINT for word in words) for side in ("xMax", "yMax"))
    return Line(page, "".join(word.text for word in words), len(words), left, top, right, bottom)


def scan(path, page, folder):
    """A page as it is printed."""
    target = folder / f"scan-{page}"
    command = ["pdftoppm", "-r", str(DPI), "-f", str(page), "-l", str(page), "-singlefile", "-png", path, target]
    subprocess.run(command, check=True)
    return Image.open(target.with_suffix(".png")).convert("RGB")


def red(image):
    red, green, _ = image.split()
    return ImageChops.multiply(red.point(lambda v: 255 * (v > 170)), green.point(lambda v: 255 * (v < 110)))


def black(image):
    return image.getchannel("R").point(lambda v: 255 * (v < 128))


def bands(mask, left=0, top=0, right=210, bottom=297):
    """The inked strips of a part of the paper: (top, bottom) of each."""
    box = [round(edge / PIXEL) for edge in (left, top, right, bottom)]
    return [(start + top, end + top) for start, end in _runs(mask.crop(box).getprojection()[1])]


def rules(mask):
    """Horizontal rules: (top, bottom, left, right) of strips inked over more than three quarters of the paper's width."""
    rows = mask.resize((1, mask.height), Image.Resampling.BOX).tobytes()
    return [(top, bottom, *_sides(mask, top, bottom)) for top, bottom in _runs([share > 180 for share in rows])]


def _sides(mask, top, bottom):
    left, _, right, _ = mask.crop((0, round(top / PIXEL), mask.width, round(bottom / PIXEL))).getbbox()
    return left * PIXEL, right * PIXEL


def _runs(marks):
    edges = [at for at, (before, after) in enumerate(zip([0, *marks], [*marks, 0], strict=True)) if before != after]
    return [(start * PIXEL, end * PIXEL) for start, end in zip(edges[::2], edges[1::2], strict=True)]
