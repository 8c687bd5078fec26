"""Small files for the demonstration: scans as one-page PDFs, photographs as PNGs; nothing outside the standard library."""

import struct
import zlib

from django.core.files.base import ContentFile

HEAD = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
    b"/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
)
WIDTH = 28  # characters of a line


def page(*lines: str) -> bytes:
    """A PDF of one A4 page with these lines of text, which readers can copy."""
    folded = [line[at : at + WIDTH] for line in lines for at in range(0, max(len(line), 1), WIDTH)]
    shown = b"".join(b"<%s> Tj T* " % line.encode("utf-16-be").hex().encode() for line in folded)
    stream = b"BT /F 16 Tf 72 760 Td 28 TL " + shown + b"ET"
    return document([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        FONT,
    ])  # fmt: skip


def document(objects: list[bytes]) -> bytes:
    """Objects numbered from 1, with the table of their places."""
    body, places = HEAD, []
    for number, data in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, data)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))


def photograph(tone: int, width: int = 320, height: int = 240) -> bytes:
    """A PNG with a shade from dark to light."""
    rows = (bytes([0]) + bytes((tone + row * 90 // height) % 256 for _ in range(width)) for row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(b"".join(rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def upload(name: str, data: bytes) -> ContentFile:
    """A file as a form would hand it over."""
    return ContentFile(data, name=name)


def scan(name: str, *lines: str) -> ContentFile:
    return upload(name, page(*lines))
