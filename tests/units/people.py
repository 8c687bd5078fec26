"""People of the tests, and browsers that are signed in."""

from django.test import Client

from linkage.units.models import Post, Unit, User


def person(username: str, name: str, *posts: tuple[Unit, str], **fields) -> User:
    """A person with posts; without a password, unless one is given, because hashing is slow on purpose."""
    fields = {"must_change_password": False, "password": "!"} | fields
    user = User.objects.create(username=username, name=name, **fields)
    for unit, role in posts:
        Post.objects.create(user=user, unit=unit, role=role)
    return user


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def texts(response) -> str:
    return response.content.decode()
