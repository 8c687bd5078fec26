"""`manage.py due`: count a term from a day and say how (law: see linkage.workdays)."""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from linkage import workdays
from linkage.matters import workcalendar
from linkage.matters.models import DeadlineRule

LENGTHS = {"months": "month", "days": "day", "workdays": "workday"}
LONGEST = 9999


class Command(BaseCommand):
    help = "按工作日历和期限规则计算届满日，并列出计算步骤。"
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--from", dest="start", metavar="日期", help="起算依据日（当日不计），如 2026-03-02")
        parser.add_argument("--rule", metavar="代码", help="期限规则代码，如 suggestion.reply.procuratorial")
        parser.add_argument("--months", metavar="N", help="N 个月")
        parser.add_argument("--days", metavar="N", help="N 日")
        parser.add_argument("--workdays", metavar="N", help="N 个工作日")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args, **options):
        start = parsed_day(options["start"])
        rule, term = chosen(options, start)
        label = rule.start.removesuffix("次日") if rule else ""
        try:
            count = workdays.due(start, term, workcalendar.calendar(start), label)
        except (OverflowError, ValueError) as error:
            raise CommandError("届满日超出公元 9999 年，无法计算。") from error
        result = {
            "due": count.due.isoformat(),
            "from": start.isoformat(),
            "provisional": count.provisional,
            "steps": count.steps,
            "basis": rule.basis if rule else None,
            "mark": rule.get_mark_display() if rule else None,
        }
        self.stdout.write(json.dumps(result, ensure_ascii=False) if options["json"] else as_text(result, count.due))


def parsed_day(text: str | None) -> date:
    if not text:
        raise CommandError("写明起算依据日：--from 2026-03-02。")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"“{text}”不是日期，按“年-月-日”填写，如 2026-03-02。") from error


def chosen(options: dict, start: date) -> tuple[DeadlineRule | None, workdays.Term]:
    """The term asked for: by a rule's version of that day, or by its length."""
    given = [name for name in ("rule", *LENGTHS) if options[name] is not None]
    if len(given) != 1:
        raise CommandError("从 --rule、--months、--days、--workdays 中选一项写明期限。")
    if given[0] == "rule":
        rule = found(options["rule"], start)
        return rule, workdays.Term(rule.amount, rule.unit, rule.rolls)
    return None, workdays.Term(parsed_length(given[0], options[given[0]]), LENGTHS[given[0]])


def parsed_length(name: str, text: str | int) -> int:
    length = int(text) if str(text).isdecimal() else 0
    if not 1 <= length <= LONGEST:
        raise CommandError(f"“--{name} {text}”不是期限，填写 1 至 {LONGEST} 的整数。")
    return length


def found(code: str, start: date) -> DeadlineRule:
    rule = DeadlineRule.objects.in_force(code, start)
    if rule:
        return rule
    first = DeadlineRule.objects.filter(code=code).order_by("valid_from").first()
    if first:
        raise CommandError(f"规则“{first.label}”在 {start} 没有有效的版本（{first.valid_from} 起施行）。")
    codes = DeadlineRule.objects.order_by("code").values_list("code", flat=True).distinct()
    raise CommandError(f"没有代码为“{code}”的期限规则。现有：{'、'.join(codes)}。")


def as_text(result: dict, due: date) -> str:
    lines = [f"届满日：{result['due']}（周{workdays.WEEKDAYS[due.weekday()]}）"]
    lines += [f"{number}. {step}" for number, step in enumerate(result["steps"], start=1)]
    if result["basis"]:
        lines.append(f"依据（{result['mark']}）：{result['basis']}")
    return "\n".join(lines)
