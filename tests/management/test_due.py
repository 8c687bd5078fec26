"""`manage.py due`: the date, the steps and the basis; refusals in Chinese with an exit code."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command, execute_from_command_line

from linkage.matters.models import DeadlineRule

pytestmark = pytest.mark.django_db


def due(*words: str) -> str:
    out = StringIO()
    call_command("due", *words, stdout=out)
    return out.getvalue()


def counted(*words: str) -> dict:
    return json.loads(due(*words, "--json"))


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("--from 2026-08-05 --months 2", "2026-10-08"),
        ("--from 2025-12-31 --months 2", "2026-02-28"),
        ("--from 2026-07-20 --months 2", "2026-09-20"),
        ("--from 2026-01-31 --months 2", "2026-03-31"),
        ("--from 2026-03-02 --months 2", "2026-05-06"),
        ("--from 2026-02-03 --days 15", "2026-02-24"),
        ("--from 2026-09-12 --days 15", "2026-09-28"),
        ("--from 2026-09-29 --workdays 5", "2026-10-12"),
        ("--from 2026-03-03 --rule suggestion.receive", "2026-03-06"),
        ("--from 2026-03-02 --rule suggestion.reply.public_interest", "2026-05-06"),
        ("--from 2026-02-03 --rule suggestion.reply.public_interest.urgent", "2026-02-24"),
        ("--from 2026-04-23 --rule suggestion.review", "2026-05-11"),
        ("--from 2027-12-31 --rule report.quarter", "2028-03-31"),
    ],
)
def test_vectors(words, end):
    assert counted(*words.split())["due"] == end


def test_json_has_the_whole_account():
    assert counted("--from", "2026-01-28", "--rule", "suggestion.reply.procuratorial") == {
        "due": "2026-03-30",
        "from": "2026-01-28",
        "provisional": False,
        "steps": [
            "1月28日送达，次日起算",
            "期限2个月，至3月28日（周六）",
            "届满日为休息日，顺延至3月30日（周一）",
        ],
        "basis": "《人民检察院检察建议工作规定》（高检发释字〔2019〕1号）第十九条",
        "mark": "法定",
    }


def test_text_names_date_steps_and_basis():
    assert due("--from", "2026-02-03", "--rule", "suggestion.reply.public_interest.urgent").splitlines() == [
        "届满日：2026-02-24（周二）",
        "1. 2月3日送达，次日起算",
        "2. 期限15日，至2月18日（周三）",
        "3. 届满日为休息日（春节），顺延至2月24日（周二）",
        "依据（法定）：《最高人民法院、最高人民检察院关于检察公益诉讼案件适用法律若干问题的解释》第二十一条",
    ]


def test_a_length_has_no_basis():
    assert counted("--from", "2026-03-02", "--days", "3")["basis"] is None


def test_a_year_not_loaded_is_provisional():
    result = counted("--from", "2026-12-05", "--months", "2")
    assert (result["due"], result["provisional"]) == ("2027-02-09", True)
    assert result["steps"][-1] == "2027年放假安排尚未公布，日期暂定"


def test_the_rule_is_the_version_of_the_start_day():
    old = DeadlineRule.objects.get(code="suggestion.receive")
    DeadlineRule.objects.create(
        code=old.code, label=old.label, amount=1, unit="workday", start=old.start, basis=old.basis, mark=old.mark,
        source=old.source, valid_from=date(2026, 3, 10),
    )  # fmt: skip
    assert counted("--from", "2026-03-09", "--rule", old.code)["due"] == "2026-03-12"
    assert counted("--from", "2026-03-10", "--rule", old.code)["due"] == "2026-03-11"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--days 3", "写明起算依据日：--from 2026-03-02。"),
        ("--from 2026-02-30 --days 3", "“2026-02-30”不是日期，按“年-月-日”填写，如 2026-03-02。"),
        ("--from 明天 --days 3", "“明天”不是日期，按“年-月-日”填写，如 2026-03-02。"),
        ("--from 2026-03-02", "从 --rule、--months、--days、--workdays 中选一项写明期限。"),
        ("--from 2026-03-02 --days 3 --months 1", "从 --rule、--months、--days、--workdays 中选一项写明期限。"),
        ("--from 2026-03-02 --days 0", "“--days 0”不是期限，填写 1 至 9999 的整数。"),
        ("--from 2026-03-02 --months -1", "“--months -1”不是期限，填写 1 至 9999 的整数。"),
        ("--from 2026-03-02 --workdays 三", "“--workdays 三”不是期限，填写 1 至 9999 的整数。"),
        ("--from 9999-12-31 --days 1", "届满日超出公元 9999 年，无法计算。"),
        ("--from 9900-01-01 --months 9999", "届满日超出公元 9999 年，无法计算。"),
        (
            "--from 2018-01-01 --rule suggestion.reply.procuratorial",
            "规则“检察建议回复”在 2018-01-01 没有有效的版本（2019-02-26 起施行）。",
        ),
    ],
)
def test_refusals(words, sentence):
    with pytest.raises(CommandError) as refusal:
        due(*words.split())
    assert str(refusal.value) == sentence


def test_an_unknown_rule_lists_the_known_ones():
    with pytest.raises(CommandError, match=r"没有代码为“reply”的期限规则。现有：appearance\..*suggestion\.serve。"):
        due("--from", "2026-03-02", "--rule", "reply")


def test_a_refusal_is_one_line_and_exit_code_1(capsys):
    with pytest.raises(SystemExit) as end:
        execute_from_command_line(["manage.py", "due", "--from", "x", "--days", "1"])
    assert end.value.code == 1
    assert capsys.readouterr().err.count("\n") == 1
