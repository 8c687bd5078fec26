"""What several people do at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from linkage.units import accounts
from linkage.units.acting import for_unit
from linkage.units.models import Post, SignInLock
from tests.units.people import person

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """The answers of calls made by one thread each; a refusal is an answer."""

    def answer(call):
        try:
            return call()
        except accounts.Refused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(answer, calls))


def test_of_many_guesses_at_once_only_five_are_looked_at():
    answers = at_once(*[lambda: SignInLock.count_try("qinfang")] * 8)
    assert sorted(answers, key=lambda left: -1 if left is None else left) == [None, None, None, 0, 1, 2, 3, 4]


def test_two_administrators_cannot_take_the_post_from_each_other_at_once(admin, land):
    other = person("huangyi", "黄毅", (land, "admin"))
    first, second = for_unit(admin, land), for_unit(other, land)
    answers = at_once(lambda: accounts.assign(first, other, []), lambda: accounts.assign(second, admin, []))
    assert sorted(map(str, answers)) == ["None", "只有单位管理员可以办理本单位用户。"]
    assert Post.objects.administrators(land).count() == 1
