"""Receiving files: what is over the limit is not kept on disk, and its true size is still known to the form."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Keeps at most the limit of a file on disk; the form then refuses it by its true size."""

    def receive_data_chunk(self, raw_data, start):
        if start <= settings.ATTACHMENT_MAX_BYTES:
            super().receive_data_chunk(raw_data, start)
