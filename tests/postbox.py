"""A mail server on the loopback that keeps what it is given, and refuses when told to."""

import email
import logging
import threading
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from typing import Self

from aiosmtpd.controller import Controller

from tests.servers import free_port


class Postbox:
    """Use as a context manager. `letters` holds every message accepted; `refusals` are answers given before that."""

    def __init__(self):
        self.letters: list[EmailMessage] = []
        self.refusals: list[str] = []
        self.port = free_port()
        self.news = threading.Condition()
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        self.server = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        self.server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.stop()

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 aiosmtpd calls it by this name
        if self.refusals:
            return self.refusals.pop(0)
        with self.news:
            self.letters.append(email.message_from_bytes(envelope.original_content, policy=default))
            self.news.notify_all()
        return "250 OK"

    def wait(self, enough: Callable[[], bool], seconds: float = 30) -> bool:
        """Wait until a condition on the letters holds."""
        with self.news:
            return self.news.wait_for(enough, seconds)

    @property
    def ids(self) -> list[str]:
        return [letter["Message-ID"] for letter in self.letters]


def text_of(letter: EmailMessage) -> str:
    return letter.get_content()


def subject_of(letter: EmailMessage) -> str:
    """As a reader shows it: without the blank that a folded line begins with."""
    return letter["Subject"].strip()
