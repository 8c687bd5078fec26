"""What an uploaded file really is: by extension and content together; none of the libraries knows OFD."""

import re
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIGNATURES = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "doc": (OLE,),
    "xls": (OLE,),
    "wps": (OLE, b"PK\x03\x04"),
    "et": (OLE, b"PK\x03\x04"),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "ofd": (b"PK\x03\x04",),
    "zip": (b"PK\x03\x04",),
    "txt": (),
}
MEMBERS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "ofd": "OFD.xml"}
WORDS = "PDF、OFD、Word、WPS、Excel、图片（PNG、JPG）、TXT、ZIP"
MOST_MEMBERS = 2000
MOST_UNPACKED = 300 * 1024 * 1024
DEEPEST = 2


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
    return zip_problem(name, suffix, data) if data.startswith(b"PK\x03\x04") else ""


def zip_problem(name: str, suffix: str, data: bytes) -> str:
    """Broken, encrypted or bomb-like archives, and zips that are not the document they claim to be."""
    try:
        members = zipfile.ZipFile(BytesIO(data)).infolist()
    except zipfile.BadZipFile:
        return f"“{name}”已损坏，请重新生成后上传。"
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        return f"“{name}”解压后过大，请分成几个文件上传。"
    if any(member.flag_bits & 0x1 for member in members):
        return f"“{name}”设有密码，请去掉密码后上传。"
    wanted = MEMBERS.get(suffix)
    if wanted and wanted not in {member.filename for member in members}:
        return f"“{name}”的内容不是 {suffix.upper()} 文件，请用原软件另存后再上传。"
    return ""


def texts(name: str, data: bytes, depth: int = 0) -> Iterator[str]:
    """The readable text of a file, piece by piece; for the search for secrecy marks."""
    suffix = suffix_of(name)
    if suffix == "pdf":
        yield pdf_text(data)
    elif suffix == "txt":
        yield data.decode("utf-8", "ignore")
        yield data.decode("gb18030", "ignore")
    elif data.startswith(OLE):
        yield data.decode("utf-16-le", "ignore")
        yield data.decode("gb18030", "ignore")
    elif data.startswith(b"PK\x03\x04") and depth < DEEPEST:
        yield from zip_texts(data, depth)


def zip_texts(data: bytes, depth: int) -> Iterator[str]:
    archive = zipfile.ZipFile(BytesIO(data))
    for member in archive.infolist():
        if member.filename.endswith(".xml"):
            yield strip_tags(archive.read(member).decode("utf-8", "ignore"))
        elif suffix_of(member.filename) in SIGNATURES:
            yield from texts(member.filename, archive.read(member), depth + 1)


def strip_tags(xml: str) -> str:
    """Text runs of one paragraph joined, paragraphs on lines of their own."""
    lines = re.sub(r"</(w:p|a:p|si|TextObject)>", "\n", xml)
    return re.sub(r"<[^>]+>", "", lines)


def pdf_text(data: bytes, pages: int = 200) -> str:
    """The text layer of a PDF by poppler, at most 20 s; empty where there is none or the file is broken."""
    command = ["pdftotext", "-enc", "UTF-8", "-l", str(pages), "-", "-"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=20, check=False)  # noqa: S603 fixed command
    except (subprocess.TimeoutExpired, FileNotFoundError):
        return ""
    return done.stdout.decode("utf-8", "ignore")
