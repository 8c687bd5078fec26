"""Fixtures shared by all tests: a place for files, and the world of units."""

import pytest
from django.test import Client

from tests import factories


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(settings, tmp_path):
    """Uploads and PDFs of a test go to its own folder and never touch the installation's."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        },
    }


@pytest.fixture
def world(db):
    """The three lead units and some agencies, each with a handler and a leader."""
    return factories.World()


@pytest.fixture
def sign_in():
    """sign_in(actor) gives a browser in which the actor's person is signed in for his unit."""

    def signed_in(actor) -> Client:
        client = Client()
        client.force_login(actor.user)
        session = client.session
        session["unit"] = actor.unit.pk
        session["started"] = 2_000_000_000
        session.save()
        return client

    return signed_in
