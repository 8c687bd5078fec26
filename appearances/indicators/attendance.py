"""负责人出庭率, 正职出庭率 and 出声率: who came and spoke, by what the court confirmed after the hearing."""

from collections.abc import Callable, Iterable

from linkage.figures import Figure, Indicator

from ..models import Case
from .facts import AppearanceFact, CaseFact, Facts, grouped

ARTICLE = "法释〔2020〕3号"
ATTENDANCE = Indicator("attendance", "负责人出庭率", f"{ARTICLE}第二条、第四条、第七条、第八条；行政诉讼法第三条第三款")
CHIEF = Indicator("chief", "正职出庭率", f"{ARTICLE}第二条")
SPOKE = Indicator("spoke", "出庭出声率", f"{ARTICLE}第十一条")
RESOLUTION = Indicator("resolution", "就实质化解争议发表意见率", f"{ARTICLE}第十一条")

HEARD_INSTANCES = (Case.Instance.FIRST, Case.Instance.SECOND, Case.Instance.RETRIAL)
LEFT_OUT = "不含国家赔偿、非诉行政执行、申请再审审查案件和已撤销登记的案件；法院尚未确认出庭情况的开庭不计；身份证明无法补正的视为未出庭"
LATER = "；期末以后开庭的出庭不计"
REMOVED = "；负责人未出庭且理由均经法院认定成立的不计入分母"
ONCE = "同一审级多次开庭的，出庭一次即计；共同被告有一名负责人出庭即计"
BASES = {
    "opened": ("立案数", "立案日期在期内的案件（一个审级计一件）"),
    "notified": ("法院通知数", "开庭日在期内且出庭通知书已送达的案件（一个审级计一件）"),
    "heard": ("实际开庭数", "开庭日在期内的案件（一个审级计一件）"),
    "must": ("应当出庭数", "开庭日在期内且法院应当通知负责人出庭的案件（一个审级计一件）"),
}
KEPT, LESS = "正当理由未出庭的计入分母", "正当理由未出庭的剔除"


def figures(facts: Facts) -> list[Figure]:
    cases = [
        case for case in facts.cases if case.category == Case.Category.LITIGATION and case.instance in HEARD_INSTANCES
    ]
    held = [fact for case in cases for fact in case.appearances if facts.period.holds(fact.day)]
    heard = [case for case in cases if any(facts.period.holds(fact.day) for fact in case.appearances)]
    return [*by_case(facts, cases), *by_hearing(held), *chief(heard), *spoken(heard, held)]


def by_case(facts: Facts, cases: list[CaseFact]) -> list[Figure]:
    """件: opened, notified, heard and 应当, each with valid absence kept and removed."""
    made = []
    for code, (label, words) in BASES.items():
        base = [case for case in cases if belongs(facts, case, code)]
        came = keys(case for case in base if any(fact.came for fact in case.appearances))
        for removed in (False, True):
            below = [case for case in base if not (removed and excused(case.appearances))]
            made.append(
                Figure(
                    ATTENDANCE, f"{code}_{'removed' if removed else 'kept'}", f"按{label}，{LESS if removed else KEPT}",
                    f"其中负责人出庭的案件（{ONCE}）", words, LEFT_OUT + LATER + REMOVED * removed, "件", "case", came, keys(below),
                )
            )  # fmt: skip
    return made


def belongs(facts: Facts, case: CaseFact, base: str) -> bool:
    if base == "opened":
        return facts.period.holds(case.filed_on)
    rows = [fact for fact in case.appearances if facts.period.holds(fact.day)]
    wanted = {
        "heard": bool(rows),
        "notified": any(fact.notified for fact in rows),
        "must": any(fact.must for fact in rows),
    }
    return wanted[base]


def excused(rows: list[AppearanceFact]) -> bool:
    """Nobody came, and the court accepted every reason."""
    return bool(rows) and all(fact.excused for fact in rows)


def by_hearing(held: list[AppearanceFact]) -> list[Figure]:
    """件次: every hearing by itself, as some places count."""
    hearings = grouped((fact.hearing, fact) for fact in held)
    came = frozenset(pk for pk, rows in hearings.items() if any(fact.came for fact in rows))
    less = frozenset(pk for pk, rows in hearings.items() if not excused(rows))
    return [
        Figure(
            ATTENDANCE, f"hearings_{code}", f"按开庭次数，{label}", "其中负责人出庭的开庭", "开庭日在期内的开庭（每次开庭计一件次）",
            LEFT_OUT + more, "件次", "hearing", came, below,
        )
        for code, label, more, below in (("kept", KEPT, "", frozenset(hearings)), ("removed", LESS, REMOVED, less))
    ]  # fmt: skip


def chief(heard: list[CaseFact]) -> list[Figure]:
    came = having(heard, lambda fact: fact.came)
    above = having(heard, lambda fact: fact.chief)
    words = "其中正职负责人出庭的案件"
    return [
        Figure(CHIEF, "attended", "按负责人出庭数", words, "开庭日在期内且有负责人出庭的案件（一个审级计一件）",
               LEFT_OUT + LATER, "件", "case", above, came),
        Figure(CHIEF, "heard", "按实际开庭数", words, BASES["heard"][1], LEFT_OUT + LATER, "件", "case", above, keys(heard)),
    ]  # fmt: skip


def spoken(heard: list[CaseFact], held: list[AppearanceFact]) -> list[Figure]:
    """Of those who came: by case, and by every time a principal came."""
    came, times = having(heard, lambda fact: fact.came), keys(fact for fact in held if fact.came)
    made = []
    tests: tuple[tuple[Indicator, str, Callable[[AppearanceFact], bool]], ...] = (
        (SPOKE, "发表意见", lambda fact: fact.spoke),
        (RESOLUTION, "就实质化解争议发表意见", lambda fact: fact.on_resolution),
    )
    for indicator, words, test in tests:
        above = keys(fact for fact in held if test(fact))
        made += [
            Figure(indicator, "cases", "按案件", f"其中负责人{words}的案件", "开庭日在期内且有负责人出庭的案件（一个审级计一件）",
                   LEFT_OUT + LATER, "件", "case", having(heard, test), came),
            Figure(indicator, "times", "按出庭次数", f"其中负责人{words}的出庭", "开庭日在期内的负责人出庭（每名被告每次开庭计一件次）",
                   LEFT_OUT, "件次", "appearance", above, times),
        ]  # fmt: skip
    return made


def having(cases: list[CaseFact], test: Callable[[AppearanceFact], bool]) -> frozenset[int]:
    return keys(case for case in cases if any(map(test, case.appearances)))


def keys(rows: Iterable) -> frozenset[int]:
    return frozenset(row.pk for row in rows)
