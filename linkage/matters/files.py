"""Taking files in and giving them out."""

import hashlib
import uuid
from typing import cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from linkage.units.acting import Actor
from linkage.units.models import Unit

from . import filetypes, secrecy
from .models import Attachment, Matter, Paper
from .refusals import Refused
from .rows import only

OPENED_AT_ONCE = {Attachment.Purpose.SERVICE, Attachment.Purpose.LETTER, Attachment.Purpose.STAMPED}


class NoRoom(Refused):
    """The store refused to write."""

    status = 507


class TooMany(Refused):
    """The matter has as many files as it may have."""

    status = 422


def checked(upload) -> None:
    """Form validator: size, type by content, secrecy marks. Leaves the file at its beginning."""
    most = settings.ATTACHMENT_MAX_BYTES
    if upload.size > most:
        raise ValidationError(f"“{upload.name}”超过 {most // 2**20} MB，请压缩或拆分后上传。")
    data = upload.read()
    upload.seek(0)
    problem = filetypes.problem(upload.name, data)
    if problem:
        raise ValidationError(problem)
    try:
        texts = filetypes.texts_with(secrecy.IN_EVERY_MARK, upload.name, data)
        mark = next(filter(None, map(secrecy.mark_in, texts)), "")
    except filetypes.Unreadable as error:
        raise ValidationError(str(error)) from error
    if mark:
        raise ValidationError(secrecy.SENTENCE.format(mark=mark), code="secrecy")


def store(
    upload, matter: Matter, purpose: str, actor: Actor, *, paper: Paper | None = None, open_to_all: bool | None = None
) -> Attachment:
    """Keep a checked upload; its name is kept but never used as a path. Within the unit until its paper goes out."""
    data = upload.read()
    upload.seek(0)
    if Attachment.objects.kept().filter(matter=matter).count() >= settings.ATTACHMENT_MAX_COUNT:
        raise TooMany(f"这个事项已有 {settings.ATTACHMENT_MAX_COUNT} 个附件，请打包成 ZIP 后上传。")
    everyone = purpose in OPENED_AT_ONCE if open_to_all is None else open_to_all
    return Attachment.objects.create(
        matter=matter,
        purpose=purpose,
        paper=paper,
        name=upload.name[-200:],
        key=write(data),
        suffix=filetypes.suffix_of(upload.name),
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        unit=cast(Unit, actor.unit),
        added_by=actor.user,
        within="" if everyone else only(actor.unit),
    )


def write(data: bytes) -> str:
    """Store bytes under a fresh key; returns the key."""
    name = f"{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}"
    try:
        return default_storage.save(name, ContentFile(data))
    except OSError as error:
        raise NoRoom("文件没有保存：服务器存储空间不足。请联系系统管理员，文字内容没有丢失。") from error


def read(key: str):
    """An open file of a key."""
    return default_storage.open(key, "rb")
