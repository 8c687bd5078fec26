"""The notice as it is laid out."""

import json

import pytest

from linkage.matters.models import Paper
from linkage.papers import titles
from tests.appearances.courtroom import Courtroom
from tests.stages import Stages

pytestmark = pytest.mark.django_db


def test_the_title_of_the_notice_breaks_between_court_and_words():
    paper = Paper.objects.get(pk=Courtroom(Stages()).pk["summons"])
    content = json.loads(paper.frozen)
    assert titles.lines(content["title"]) == ["岑溪市人民法院", "行政机关负责人出庭应诉通知书"]
    assert (paper.title, content["copied"]) == ("岑溪市人民法院行政机关负责人出庭应诉通知书", ["岑溪市司法局"])
