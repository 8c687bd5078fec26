"""People of these tests never type their password."""

import pytest

from tests.stages import QUICK_PASSWORDS


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = QUICK_PASSWORDS["PASSWORD_HASHERS"]
