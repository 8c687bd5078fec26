import hashlib
import json

import pytest

from linkage.papers.content import EMPTY, blank, canonical, digest


def test_blank_has_every_part_and_shares_none():
    one, other = blank(title="函"), blank()
    one["copied"].append("岑溪市司法局")
    assert one.keys() == EMPTY.keys()
    assert (one["title"], other["title"], other["copied"]) == ("函", "", [])


def test_a_slip_in_a_part_or_form_is_refused():
    with pytest.raises(TypeError, match="titel"):
        blank(titel="函")
    with pytest.raises(ValueError, match="memo"):
        blank(form="memo")


def test_canonical_does_not_depend_on_the_order_of_keys():
    content = blank(title="关于“听证”的函", body=[{"level": 0, "text": "甲"}])
    turned = dict(reversed(content.items())) | {"body": [{"text": "甲", "level": 0}]}
    assert canonical(content) == canonical(turned)
    assert json.loads(canonical(content)) == content
    assert "关于“听证”的函" in canonical(content)


def test_digest_is_the_sha256_of_the_canonical_text():
    content = blank(number="岑法建〔2026〕3号")
    assert digest(content) == hashlib.sha256(canonical(content).encode()).hexdigest()
    assert digest(content) != digest(content | {"number": "岑法建〔2026〕4号"})
