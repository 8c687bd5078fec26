"""Forms for print, and who may print them."""

import pytest
from django.urls import reverse

from linkage.matters.models import Paper
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_receipt_is_the_issuers_and_prefilled(world, sign_in):
    matter = factories.issued(world, world.town)
    url = reverse("suggestions:receipt", args=[matter.pk])
    page = sign_in(world.court_handler).get(url).content.decode()
    assert "送达回证" in page
    assert matter.number in page
    assert world.town.name in page
    assert sign_in(world.town_handler).get(url).status_code == 403
    assert sign_in(world.bureau_handler).get(url).status_code == 404


def test_the_intake_sheet_is_the_agencys(world, sign_in):
    matter = factories.issued(world)
    url = reverse("suggestions:intake", args=[matter.pk])
    assert "收文处理单" in sign_in(world.bureau_handler).get(url).content.decode()
    assert sign_in(world.court_handler).get(url).status_code == 403


def test_the_signing_sheet_of_a_draft_stays_within_the_unit(world, sign_in):
    matter = factories.draft(world.court_handler, world.bureau)
    url = reverse("suggestions:sheet", args=[matter.pk, Paper.objects.get().pk])
    page = sign_in(world.court_leader).get(url).content.decode()
    assert "发文稿纸" in page
    assert matter.title in page
    assert sign_in(world.bureau_handler).get(url).status_code == 404
