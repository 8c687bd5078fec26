"""What everybody but the parties reads of a litigant's name."""

import pytest

from appearances.masking import mask_all, masked

TRICKY = [
    ("张三丰", "张某"), ("欧阳修", "欧阳某"), ("诸葛孔明", "诸葛某"), ("欧阳", "欧某"), ("司马相如", "司马某"),
    ("王 小 二", "王某"), ("阿依古丽·买买提", "阿某"), ("John Smith", "J某"), ("o'neill", "O某"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "shown"), TRICKY)
def test_a_person_keeps_the_surname_and_nothing_else(name, shown):
    assert masked(name, "person", []) == shown


@pytest.mark.parametrize("name", [name for name, _ in TRICKY])
def test_no_given_name_remains(name):
    assert len(masked(name, "person", []).removesuffix("某")) <= 2
    assert name not in masked(name, "person", [])


def test_two_of_one_surname_are_told_apart():
    rows = mask_all([{"name": name, "sort": "person"} for name in ("李一", "李二", "王五", "李三")])
    shown = [row["masked"] for row in rows]
    assert shown[0] == "李某"
    assert len(set(shown)) == 4
    assert all(each.startswith("李某") for each in (shown[1], shown[3]))


def test_twenty_of_one_surname_are_told_apart():
    shown = [row["masked"] for row in mask_all([{"name": f"李{n}", "sort": "person"} for n in range(20)])]
    assert len(set(shown)) == 20


def test_an_organisation_is_named_as_judgments_name_it():
    assert masked("岑溪某 石材有限公司", "organisation", []) == "岑溪某石材有限公司"


def test_what_the_clerk_typed_stays():
    rows = mask_all([{"name": "李一", "sort": "person", "masked": "李某甲"}, {"name": "李二", "sort": "person"}])
    assert [row["masked"] for row in rows] == ["李某甲", "李某"]
