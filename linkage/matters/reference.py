"""Reference data: areas, the rules of time, and the working calendar as far as it is known.

Loaded after every migrate. Only what is missing is created; what an editor entered or changed is never touched.
"""

from datetime import date, timedelta
from importlib.metadata import version

from django.db import transaction

from linkage import workdays
from linkage.units.models import Area

from .models import CalendarNotice, DeadlineRule, Layer, TermUnit, WorkCalendarDay

AREAS = [("450000", "广西壮族自治区", None), ("450400", "梧州市", "450000"), ("450481", "岑溪市", "450400")]

MARK, SOURCE = DeadlineRule.Mark, DeadlineRule.Source
AGREED = {"mark": MARK.AGREED, "source": SOURCE.D, "basis": "平台约定，法律没有规定", "valid_from": date(2000, 1, 1)}
J1 = {
    "mark": MARK.LAW, "source": SOURCE.V, "valid_from": date(2019, 2, 26),
    "basis": "《人民检察院检察建议工作规定》（高检发释字〔2019〕1号）第十九条",
}  # fmt: skip
J2 = {
    "mark": MARK.LAW, "source": SOURCE.V, "valid_from": date(2018, 3, 2),
    "basis": "《最高人民法院、最高人民检察院关于检察公益诉讼案件适用法律若干问题的解释》第二十一条",
}  # fmt: skip
C1 = {
    "mark": MARK.LETTER, "source": SOURCE.V, "valid_from": date(2023, 11, 16),
    "basis": "文书载明；《最高人民法院关于综合治理类司法建议工作若干问题的规定》（法释〔2023〕11号）第八条，一般不超过两个月",
}  # fmt: skip
REVIEW_LAW = {
    "mark": MARK.LAW, "source": SOURCE.V, "valid_from": date(2024, 1, 1), "basis": "《行政复议法》第七十六条",
}  # fmt: skip
DEFENCE = {"mark": MARK.LAW, "source": SOURCE.V, "valid_from": date(2015, 5, 1), "basis": "《行政诉讼法》第六十七条"}
APPEAL = DEFENCE | {"basis": "《行政诉讼法》第八十五条"}
NOTICE = DEFENCE | {
    "valid_from": date(2020, 7, 1), "rolls": False,
    "basis": "《最高人民法院关于行政机关负责人出庭应诉若干问题的规定》（法释〔2020〕3号）第五条，开庭三日前送达",
}  # fmt: skip
REPORT = {
    "mark": MARK.AGREED, "source": SOURCE.D, "valid_from": date(2018, 4, 3), "rolls": False,
    "basis": "《工作规则》二、（三）3，每年第一季度；不顺延到季度之后",
}  # fmt: skip

DAYS, MONTHS, WORKDAYS = TermUnit.DAYS, TermUnit.MONTHS, TermUnit.WORKDAYS
# code, label, amount, unit, start, days of warning, the rest. A letter without a period of its own has no row:
# case and disciplinary suggestions, urgent procuratorial ones and supervision of enforcement (offices.md 12).
RULES = [
    ("suggestion.serve", "登记送达", 5, WORKDAYS, "签发次日", 1, AGREED),
    ("suggestion.receive", "签收", 3, WORKDAYS, "送达次日", 1, AGREED),
    ("suggestion.review", "审查回复", 10, WORKDAYS, "回复次日", 3, AGREED),
    ("suggestion.reply.judicial.general", "司法建议回复（综合治理类）", 2, MONTHS, "送达次日", 15, C1),
    ("suggestion.reply.procuratorial", "检察建议回复", 2, MONTHS, "送达次日", 15, J1),
    ("suggestion.reply.public_interest", "公益诉讼检察建议回复", 2, MONTHS, "送达次日", 15, J2),
    ("suggestion.reply.public_interest.urgent", "公益诉讼检察建议回复（紧急）", 15, DAYS, "送达次日", 5, J2),
    ("suggestion.reply.review_opinion", "行政复议意见书回复", 60, DAYS, "送达次日", 15, REVIEW_LAW),
    ("appearance.defence", "答辩、举证", 15, DAYS, "送达次日", 5, DEFENCE),
    ("appearance.appeal.judgment", "上诉（判决）", 15, DAYS, "送达次日", 5, APPEAL),
    ("appearance.appeal.ruling", "上诉（裁定）", 10, DAYS, "送达次日", 5, APPEAL),
    ("appearance.notify", "送达出庭通知书", 3, DAYS, "开庭前", 2, NOTICE),
    ("appearance.name", "确定出庭人", 4, DAYS, "开庭前", 3, AGREED | {"rolls": False}),
    ("appearance.confirm", "确认出庭情况", 5, WORKDAYS, "开庭次日", 2, AGREED),
    ("appearance.summary", "庭后总结", 15, DAYS, "确认次日", 5, AGREED),
    ("appearance.effective", "登记生效", 5, WORKDAYS, "期满次日", 2, AGREED),
    ("appearance.verify", "核实履行", 10, WORKDAYS, "报告次日", 3, AGREED),
    ("report.quarter", "第一季度通报", 3, MONTHS, "年末次日", 15, REPORT),
]

LIBRARY_YEARS = range(2004, 2027)  # a later year comes in through the page, with its notice and number
CHECKED = {2026: date(2025, 11, 4)}  # years compared with the notice itself, and its date
NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}
GUANGXI_YEARS = range(2024, 2027)
REPRINTED = {2024: "，与自治区人民政府办公厅2024年放假通知的转载一致"}


def load() -> None:
    """Create whatever reference data is missing."""
    with transaction.atomic():
        Area.objects.bulk_create(
            (Area(code=code, name=name, parent_id=parent) for code, name, parent in AREAS), ignore_conflicts=True
        )
        load_rules()
        load_calendar()


def load_rules() -> None:
    """A rule that has any version already, an editor's or ours, is left alone."""
    known = set(DeadlineRule.objects.values_list("code", flat=True))
    DeadlineRule.objects.bulk_create(
        DeadlineRule(code=code, label=label, amount=amount, unit=unit, start=start, window=window, **rest)
        for code, label, amount, unit, start, window, rest in RULES
        if code not in known
    )


def load_calendar() -> None:
    known = set(CalendarNotice.objects.values_list("layer", "year"))
    years = [year for year in LIBRARY_YEARS if (Layer.NATIONAL, year) not in known]
    if years:
        load_national(years)
    for year in GUANGXI_YEARS:
        if (Layer.GUANGXI, year) not in known:
            load_guangxi(year)


def load_national(years: list[int]) -> None:
    """The days of chinesecalendar; a December day off for New Year belongs to the notice of the next year."""
    from chinese_calendar import Holiday, constants  # noqa: PLC0415 slow to import, needed once

    words = {holiday.value: NAMES.get(holiday.chinese, holiday.chinese) for holiday in Holiday}
    notices = {year: national_notice(year) for year in years}
    rows = [(day, False, words[name]) for day, name in constants.holidays.items()]
    rows += [(day, True, words[name]) for day, name in constants.workdays.items()]
    add_days(notices, sorted(rows))


def national_notice(year: int) -> CalendarNotice:
    state = "已与通知核对" if year in CHECKED else "待与通知核对"
    return CalendarNotice.objects.create(
        year=year,
        layer=Layer.NATIONAL,
        title=f"国务院办公厅关于{year}年部分节假日安排的通知",
        issued_on=CHECKED.get(year),
        source=f"开源节假日数据 chinesecalendar {version('chinesecalendar')}，{state}",
    )


def add_days(notices: dict[int, CalendarNotice], rows: list[tuple[date, bool, str]]) -> None:
    """Days that stand in the calendar already are left as they are."""
    WorkCalendarDay.objects.bulk_create(
        (
            WorkCalendarDay(date=day, layer=notice.layer, works=works, name=name[:40], notice=notice)
            for day, works, name in rows
            if (notice := notices.get(notice_year(day)))
        ),
        ignore_conflicts=True,
    )


def notice_year(day: date) -> int:
    return day.year + 1 if day.month == 12 else day.year


def load_guangxi(year: int) -> None:
    """壮族三月三: the third and fourth of the third lunar month, computed (自治区人民政府令第98号 gives two days).

    Its leave is fixed by a notice each year; until the legal office enters that, this is what can be justified.
    """
    first = workdays.FESTIVALS[year][1]
    notice = CalendarNotice.objects.create(
        year=year,
        layer=Layer.GUANGXI,
        title=f"{year}年“壮族三月三”放假（按农历推算，待核对）",
        number="自治区人民政府令第98号",
        source=f"农历三月初三、初四推算{REPRINTED.get(year, '')}；以自治区当年放假通知为准",
    )
    rows = [(first + timedelta(days=offset), False, "壮族三月三，按农历推算") for offset in (0, 1)]
    add_days({year: notice}, rows)
