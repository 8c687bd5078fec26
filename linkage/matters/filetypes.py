"""What an uploaded file really is: by extension and content together; none of the libraries knows OFD."""

import html
import re
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
PDF = b"%PDF-"
PNG, JPG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
SIGNATURES: dict[str, tuple[bytes, ...]] = {
    "pdf": (PDF,),
    "png": (PNG,),
    "jpg": (JPG,),
    "jpeg": (JPG,),
    "doc": (OLE,),
    "xls": (OLE,),
    "wps": (OLE, ZIP),
    "et": (OLE, ZIP),
    "docx": (ZIP,),
    "xlsx": (ZIP,),
    "ofd": (ZIP,),
    "zip": (ZIP,),
    "txt": (),
}
MEMBERS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "ofd": "OFD.xml"}
WORDS = "PDF、OFD、Word、WPS、Excel、图片（PNG、JPG）、TXT、ZIP"
MOST_MEMBERS = 2000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_TEXT = 64 * 1024 * 1024  # of one member; a document of that length would be a book shelf
DEEPEST = 3
LOCKED = "EncryptedPackage".encode("utf-16-le")  # an Office document behind a password
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError)
PARAGRAPH = re.compile(r"</(?:\w+:)?(?:p|si|TextObject)>")
TAG = re.compile(r"<[^>]+>")


class Unreadable(Exception):
    """An archive that nobody can look through; its sentence says why."""


def suffix_of(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def problem(name: str, data: bytes) -> str:
    """Why a file is refused, or an empty string."""
    suffix = suffix_of(name)
    if suffix not in SIGNATURES:
        return f"“{name}”的格式不能上传，请改用 {WORDS}。"
    if not data:
        return f"“{name}”是空文件，请重新选择。"
    starts = SIGNATURES[suffix]
    if starts and not data.startswith(starts):
        return f"“{name}”的内容不是 {suffix.upper()} 文件，请用原软件另存后再上传。"
    if data.startswith(OLE) and LOCKED in data:
        return f"“{name}”设有密码，请去掉密码后上传。"
    return zip_problem(name, suffix, data) if data.startswith(ZIP) else ""


def zip_problem(name: str, suffix: str, data: bytes) -> str:
    """Broken, encrypted or bomb-like archives, and zips that are not the document they claim to be."""
    try:
        members = zipfile.ZipFile(BytesIO(data)).infolist()
    except BROKEN:
        return f"“{name}”已损坏，请重新生成后上传。"
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        return f"“{name}”解压后过大，请分成几个文件上传。"
    if any(member.flag_bits & 0x1 for member in members):
        return f"“{name}”设有密码，请去掉密码后上传。"
    wanted = MEMBERS.get(suffix)
    if wanted and wanted not in {member.filename for member in members}:
        return f"“{name}”的内容不是 {suffix.upper()} 文件，请用原软件另存后再上传。"
    return ""


@dataclass
class Room:
    """What may still be unpacked of one upload, however its archives are nested."""

    left: int = MOST_UNPACKED

    def read(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        self.left -= member.file_size
        if self.left < 0 or member.file_size > MOST_TEXT:
            raise Unreadable(f"“{member.filename}”解压后过大，请分成几个文件上传。")
        try:
            return archive.read(member)
        except BROKEN as error:
            raise Unreadable(f"“{member.filename}”已损坏，请重新生成后上传。") from error


def texts_with(char: str, name: str, data: bytes, room: Room | None = None, depth: int = 0) -> Iterator[str]:
    """The name and the readable texts of a file that hold a character; what does not is never decoded.

    The content decides, as in a zip any name may stand. Raises Unreadable for an archive in it that is broken, locked,
    too large or nested too deep.
    """
    yield name
    if data.startswith(PDF):
        yield pdf_text(data)
    elif data.startswith(OLE):
        yield from decoded(char, data, "utf-16-le", "gb18030")
        yield from decoded(char, data[1:], "utf-16-le")  # Excel 97 begins a string at any place
    elif data.startswith(ZIP):
        yield from zip_texts(char, name, data, room or Room(), depth)
    if suffix_of(name) == "txt" or not data.startswith((PDF, OLE, ZIP, PNG, JPG)):
        yield from decoded(char, data, "utf-8", "gb18030", *(["utf-16"] if data.startswith(UTF_16) else []))


def decoded(char: str, data: bytes, *encodings: str) -> Iterator[str]:
    """The text as each encoding reads it, where the character occurs in it."""
    for encoding in encodings:
        if encoding == "utf-16" or char.encode(encoding) in data:
            yield data.decode(encoding, "ignore")


def zip_texts(char: str, name: str, data: bytes, room: Room, depth: int) -> Iterator[str]:
    if depth >= DEEPEST:
        raise Unreadable(f"“{name}”在压缩包里又压缩了多层，请解开后上传。")
    wrong = zip_problem(name, "zip", data)
    if wrong:
        raise Unreadable(wrong)
    archive = zipfile.ZipFile(BytesIO(data))
    for member in archive.infolist():
        if member.filename.lower().endswith(".xml"):
            yield from xml_texts(char, room.read(archive, member))
        elif suffix_of(member.filename) not in ("png", "jpg", "jpeg") and not member.is_dir():
            yield from texts_with(char, member.filename, room.read(archive, member), room, depth + 1)


def xml_texts(char: str, data: bytes) -> Iterator[str]:
    """Text runs of one paragraph joined, paragraphs on lines of their own; characters may be written as numbers."""
    xml = data.decode("utf-16" if data.startswith(UTF_16) else "utf-8", "ignore")
    if char in xml or "&#" in xml:
        yield html.unescape(TAG.sub("", PARAGRAPH.sub("\n", xml)))


def pdf_text(data: bytes, pages: int = 200) -> str:
    """The text layer of a PDF by poppler, at most 20 s; empty where there is none or the file is broken."""
    command = ["pdftotext", "-enc", "UTF-8", "-l", str(pages), "-", "-"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=20, check=False)  # noqa: S603 fixed command
    except (subprocess.TimeoutExpired, FileNotFoundError):
        return ""
    return done.stdout.decode("utf-8", "ignore")
