"""Hashing is slow on purpose, and `world` makes ten people."""

import pytest


@pytest.fixture(autouse=True)
def _passwords_nobody_types(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
