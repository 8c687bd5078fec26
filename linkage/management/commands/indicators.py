"""`manage.py indicators`: every rate in every variant, with its base and its definition."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from linkage.figures import Figure, Period
from linkage.matters.kinds import kinds
from linkage.units.models import Area

SCOPES = {"court": "受理法院", "defendant": "被告属地"}
FIRST_YEAR = 1990  # 行政诉讼法 in force on 1990-10-01


class Command(BaseCommand):
    help = "列出一年（或者一季度）的全部指标：每种口径的分子、分母、数值和定义。"

    def add_arguments(self, parser):
        parser.add_argument("--year", metavar="年", help="统计年度，如 2026")
        parser.add_argument("--quarter", metavar="季", help="第几季度：1 至 4；不写为全年")
        parser.add_argument("--area", metavar="代码", help="行政区划代码（含下级），如 450481；不写为全部")
        parser.add_argument(
            "--scope", metavar="范围", default="court", help="court 受理法院（默认）；defendant 被告属地"
        )
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args, **options):
        period, scope = parsed_period(options["year"], options["quarter"]), options["scope"]
        if scope not in SCOPES:
            raise CommandError(f"“--scope {scope}”不是统计范围，写 court（受理法院）或者 defendant（被告属地）。")
        area, codes = parsed_area(options["area"])
        figures = [
            figure for kind in kinds.values() if kind.indicators for figure in kind.indicators(period, codes, scope)
        ]
        head = {
            "period": period.label, "start": period.start.isoformat(), "end": period.end.isoformat(),
            "as_of": period.as_of.isoformat(), "area": area.name if area else "全部", "scope": SCOPES[scope],
        }  # fmt: skip
        if options["json"]:
            made = {**head, "figures": [figure.as_json() for figure in figures]}
            self.stdout.write(json.dumps(made, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(as_text(head, period, figures))


def parsed_period(year: str | int | None, quarter: str | int | None) -> Period:
    today = localdate()
    if year is None:
        raise CommandError("写明统计年度：--year 2026。")
    if not (str(year).isdecimal() and FIRST_YEAR <= int(year) <= today.year):
        raise CommandError(f"“--year {year}”不是可以统计的年度，填写 {FIRST_YEAR} 至 {today.year}。")
    if quarter is not None and str(quarter) not in {"1", "2", "3", "4"}:
        raise CommandError(f"“--quarter {quarter}”不是季度，填写 1 至 4。")
    period = Period(int(year), int(quarter) if quarter else None, today)
    if period.start > today:
        raise CommandError(f"{period.label}尚未开始。")
    return period


def parsed_area(code: str | None) -> tuple[Area | None, frozenset[str] | None]:
    """The area and the codes of everything below it; (None, None) for no limit."""
    if code is None:
        return None, None
    areas = {area.pk: area for area in Area.objects.all()}
    if code not in areas:
        raise CommandError(f"没有代码为“{code}”的行政区划。现有：{'、'.join(areas)}。")
    return areas[code], frozenset(pk for pk in areas if within(areas, pk, code))


def within(areas: dict[str, Area], pk: str | None, code: str) -> bool:
    seen: set[str] = set()
    while pk and pk != code and pk not in seen:
        seen.add(pk)
        pk = areas[pk].parent_id
    return pk == code


def as_text(head: dict, period: Period, figures: list[Figure]) -> str:
    lines = [f"{period.label}指标　范围：{head['area']}（{head['scope']}）　数据截至 {period.as_of:%Y-%m-%d}"]
    last = None
    for figure in figures:
        if figure.indicator != last:
            lines += ["", f"{figure.indicator.name}（依据：{figure.indicator.source}）"]
            last = figure.indicator
        lines += [
            f"  {figure.label}：{figure.printed}（{figure.numerator}÷{figure.denominator}，单位：{figure.unit}）",
            f"    定义：{figure.definition}",
            f"    说明：{figure.exclusions}",
        ]
    return "\n".join(lines)
