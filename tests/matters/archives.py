"""Files as people and attackers make them, byte by byte."""

import zipfile
from io import BytesIO
from struct import pack

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)
DAY = (2026, 3, 3, 10, 0, 0)
JPG = b"\xff\xd8\xff\xe0" + bytes(16)


def zipped(members: dict, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip that is the same byte by byte whenever it is made."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, DAY), data, method, compresslevel=1)
    return stream.getvalue()


def docx(*paragraphs: str, part: str = "word/document.xml") -> bytes:
    """Every paragraph in runs of one character, as Word leaves them after corrections."""
    runs = ["".join(f"<w:r><w:t>{char}</w:t></w:r>" for char in text) for text in paragraphs]
    body = "".join(f"<w:p>{each}</w:p>" for each in runs)
    return zipped(
        {
            "word/document.xml": "<w:document/>",
            "[Content_Types].xml": "<Types/>",
            part: f"<w:document>{body}</w:document>",
        }
    )


def xlsx(*cells: str) -> bytes:
    strings = "".join(f"<si><t>{text}</t></si>" for text in cells)
    return zipped({"xl/workbook.xml": "<workbook/>", "xl/sharedStrings.xml": f"<sst>{strings}</sst>"})


def ofd(*lines: str) -> bytes:
    text = "".join(f"<ofd:TextObject><ofd:TextCode>{line}</ofd:TextCode></ofd:TextObject>" for line in lines)
    return zipped({"OFD.xml": "<ofd:OFD/>", "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page>{text}</ofd:Page>"})


def doc(text: str) -> bytes:
    return OLE + text.encode("utf-16-le") + bytes(64)


def xls(text: str) -> bytes:
    """BIFF8 keeps a string after its length and a flag, so that it begins at an odd place."""
    return OLE + pack("<HB", len(text), 1) + text.encode("utf-16-le") + bytes(61)


def pdf(text: str) -> bytes:
    """A page of one line whose characters are named by a ToUnicode map, as office programs write it."""
    codes = {char: at for at, char in enumerate(dict.fromkeys(text), start=1)}
    pairs = "".join(f"<{at:02x}> <{char.encode('utf-16-be').hex()}>\n" for char, at in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange {len(codes)} beginbfchar\n{pairs}endbfchar endcmap end end"
    )
    drawn = "BT /F 20 Tf 40 700 Td <" + "".join(f"{codes[char]:02x}" for char in text) + "> Tj ET"
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>>"
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R/Resources<</Font<</F 4 0 R>>>>>>"
    return assembled(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            page,
            font,
            stream(cmap),
            stream(drawn),
        ]
    )


def stream(text: str) -> str:
    return f"<</Length {len(text)}>>stream\n{text}\nendstream"


def assembled(objects: list[str]) -> bytes:
    body, places = "%PDF-1.4\n", []
    for at, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{at} 0 obj{content}endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF".encode()


def locked(data: bytes) -> bytes:
    """A zip whose members say that they need a password, in both of its tables."""
    marked = bytearray(data)
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(signature)
        while at >= 0:
            marked[at + place] |= 1
            at = marked.find(signature, at + 4)
    return bytes(marked)


def damaged(data: bytes, content: bytes) -> bytes:
    """A zip whose tables are right and whose stored member is not what its checksum says."""
    assert content in data
    return data.replace(content, content[::-1])


def shortened(data: bytes, true: int, told: int) -> bytes:
    """A zip that says of its member that it unpacks to less than it does."""
    assert pack("<I", true) in data
    return data.replace(pack("<I", true), pack("<I", told))
