"""Waiting for the first answer of the web server."""

import select
import socket


class Greeting:
    """A callable that is true once the server has answered.

    It never blocks: one request stands in the queue of the listening socket until the server takes it, and is put again
    when the server falls over it.
    """

    REQUEST = b"GET / HTTP/1.0\r\nHost: localhost\r\nUser-Agent: linkage-run\r\n\r\n"

    def __init__(self, address: tuple[str, int]):
        self.address = address
        self.ask()

    def ask(self) -> None:
        self.connection = socket.create_connection(self.address, timeout=1)
        self.connection.sendall(self.REQUEST)

    def __call__(self) -> bool:
        if not select.select([self.connection], [], [], 0)[0]:
            return False
        answered = self.answer().startswith(b"HTTP/")
        self.connection.close()
        if not answered:
            self.ask()
        return answered

    def answer(self) -> bytes:
        try:
            return self.connection.recv(64)
        except ConnectionError:
            return b""
