"""Publishing from the test's own process to a Redis of the test."""

import contextlib
from collections.abc import Iterator

from redis import Redis

from linkage.celery import app
from linkage.jobs import outbox
from linkage.settings import broker_url


@contextlib.contextmanager
def publishing_to(url: str) -> Iterator[Redis]:
    """Celery of this process sends to that server; yields a client with which to look into it."""
    before = app.conf.broker_url
    point_at(broker_url(url))
    client = Redis.from_url(url)
    try:
        yield client
    finally:
        client.close()
        point_at(before)


def point_at(url: str) -> None:
    app.conf.broker_url = url
    app._after_fork()  # forget the connections of before
    outbox.broker_rest.until = 0
