"""Emptying the test database between tests that commit: triggers are lifted for it and stand again after it."""

import pytest
from django.core.management import call_command

from linkage.matters import triggers
from linkage.matters.models import Event
from tests import factories


@pytest.mark.django_db(transaction=True)
def test_flush_of_a_test_database_leaves_triggers_and_reference_data(world):
    factories.issued(world)
    call_command("flush", interactive=False, verbosity=0)
    assert (Event.objects.count(), triggers.missing()) == (0, set())
    assert factories.area().name == "岑溪市"
