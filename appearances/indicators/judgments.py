"""败诉率, 协调化解率, 生效裁判履行率 and 结案率: how cases ended; what an outcome counts as is the year's rule table."""

from collections.abc import Callable

from linkage.figures import Figure, Indicator

from ..models import Case
from .attendance import keys
from .facts import CaseFact, Facts

LOSS = Indicator("loss", "败诉率", "行政诉讼法第六十九条至第七十八条；裁判结果口径表（本年度）")
SETTLEMENT = Indicator("settlement", "协调化解率", "行政诉讼法第六十条、第六十二条；裁判结果口径表（本年度）")
PERFORMANCE = Indicator("performance", "生效裁判履行率", "行政诉讼法第九十四条至第九十六条")
CLOSING = Indicator("closing", "结案率", "地方统计口径（两种算法并列）")

LEFT_OUT = "不含国家赔偿、非诉行政执行案件和已撤销登记的案件；移送、终结等口径表不计入结案的不计"
WITHDRAWN = "withdrawn"
IN_TIME, LATE = Case.Performance.IN_TIME, Case.Performance.LATE


def figures(facts: Facts) -> list[Figure]:
    suits = [case for case in facts.cases if case.category == Case.Category.LITIGATION]
    firsts = [case for case in suits if case.instance == Case.Instance.FIRST]
    closed = [case for case in firsts if facts.period.holds(case.judged_on) and counted(facts, case.outcome)]
    effective = [case for case in firsts if facts.period.holds(case.result_on) and counted(facts, case.result)]
    return [
        *loss(facts, "own", "本案裁判", "裁判日期在期内审结的一审案件", closed, lambda case: case.outcome),
        *loss(facts, "effective", "生效结果", "最终结果生效日期在期内的一审案件", effective, lambda case: case.result),
        *settlement(facts, closed),
        *performance(facts),
        *closing(facts, suits),
    ]


def counted(facts: Facts, outcome: str) -> bool:
    return outcome in facts.rules and facts.rules[outcome].counted


def loss(
    facts: Facts, code: str, label: str, words: str, base: list[CaseFact], outcome: Callable[[CaseFact], str]
) -> list[Figure]:
    """÷ all and ÷ substantive judgments; a joint case once (件) and once for each defendant (件次)."""
    made = []
    for among, name, rows in (
        ("all", "全部审结", base),
        ("substantive", "实体裁判", [case for case in base if facts.rules[outcome(case)].substantive]),
    ):
        below = words if among == "all" else f"{words}中作出实体裁判的"
        lost = [case for case in rows if facts.rules[outcome(case)].lost]
        common = ("其中行政机关败诉的", below, LEFT_OUT)
        made += [
            Figure(LOSS, f"{code}_{among}_once", f"按{label}，{name}，共同被告计一件", *common, "件", "case", keys(lost), keys(rows)),
            Figure(LOSS, f"{code}_{among}_each", f"按{label}，{name}，每名被告计一件次", *common, "件次", "defendant",
                   organs(lost), organs(rows)),
        ]  # fmt: skip
    return made


def organs(cases: list[CaseFact]) -> frozenset[int]:
    return frozenset(pk for case in cases for pk in case.defendants)


def settlement(facts: Facts, closed: list[CaseFact]) -> list[Figure]:
    settled = [case for case in closed if facts.rules[case.outcome].settled]
    every = [case for case in closed if facts.rules[case.outcome].settled or case.outcome == WITHDRAWN]
    below = "裁判日期在期内审结的一审案件"
    return [
        Figure(SETTLEMENT, "settled", "调解和协调后撤诉", "其中调解结案和协调后撤诉的", below, LEFT_OUT, "件", "case",
               keys(settled), keys(closed)),
        Figure(SETTLEMENT, "withdrawals", "调解和全部撤诉", "其中调解结案和全部撤诉的", below, LEFT_OUT, "件", "case",
               keys(every), keys(closed)),
    ]  # fmt: skip


def performance(facts: Facts) -> list[Figure]:
    """Documents that oblige the agency; in 非诉行政执行 the other side is obliged, so those are no part of it."""
    due = [
        case for case in facts.cases
        if case.category != Case.Category.ENFORCEMENT and case.effective_on and case.duty_text and facts.period.holds(case.perform_by)
    ]  # fmt: skip
    below = "已生效、确定行政机关履行义务且履行期限届满日在期内的裁判文书"
    left_out = (
        "不含非诉行政执行案件和已撤销登记的案件；未写明履行期限的不计；履行结果以核实的为准，部分履行的不计入分子"
    )
    in_time = keys(case for case in due if case.performance == IN_TIME)
    late = keys(case for case in due if case.performance in {IN_TIME, LATE})
    return [
        Figure(PERFORMANCE, "in_time", "按期履行", "其中按期履行的", below, left_out, "件", "case", in_time, keys(due)),
        Figure(PERFORMANCE, "with_late", "含逾期履行", "其中按期履行和逾期履行的", below, left_out, "件", "case", late, keys(due)),
    ]  # fmt: skip


def closing(facts: Facts, suits: list[CaseFact]) -> list[Figure]:
    """All instances; closed ÷ new may exceed 100%, for what is closed may have come in before."""
    closed = [case for case in suits if facts.period.holds(case.judged_on) and counted(facts, case.outcome)]
    new = [case for case in suits if facts.period.holds(case.filed_on)]
    pending = [case for case in suits if waits(facts, case)]
    above = "裁判日期在期内的案件（各审级分别计件）"
    return [
        Figure(CLOSING, "new", "结案÷新收", above, "立案日期在期内的案件（各审级分别计件）",
               f"{LEFT_OUT}（分子）；分子含以前立案的案件，可以超过100%", "件", "case", keys(closed), keys(new)),
        Figure(CLOSING, "with_pending", "结案÷（结案＋未结）", above, "期内结案的案件与期末未结的案件之和", LEFT_OUT, "件", "case",
               keys(closed), keys([*closed, *pending])),
    ]  # fmt: skip


def waits(facts: Facts, case: CaseFact) -> bool:
    """Filed and not yet judged when the period ends, or today where it runs."""
    until = facts.period.until
    return case.filed_on is not None and case.filed_on <= until and (case.judged_on is None or case.judged_on > until)
