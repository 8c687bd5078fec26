"""The types of letters as data (law.md §1–2, offices.md 9, 11–14); an editor's change is never overwritten."""

from linkage.units.models import Unit

from .models import SuggestionType

Family, Answers = SuggestionType.Family, SuggestionType.Answers
COURTS = [Unit.Kind.COURT, Unit.Kind.OUTSIDE_COURT]
PROCURATORATES = [Unit.Kind.PROCURATORATE, Unit.Kind.OUTSIDE_PROCURATORATE]
OFFICE = [Unit.Kind.LEGAL_OFFICE]

J1 = "《人民检察院检察建议工作规定》（高检发释字〔2019〕1号）"
C1 = "《最高人民法院关于综合治理类司法建议工作若干问题的规定》（法释〔2023〕11号）"

TYPES = [
    (
        "judicial.case",
        Family.JUDICIAL,
        "个案、类案建议",
        "司法建议书",
        COURTS,
        True,
        "suggestion.reply.judicial.case",
        {"signer": "分管院领导", "basis": "《最高人民法院关于加强司法建议工作的意见》（法〔2012〕74号）"},
    ),
    (
        "judicial.general",
        Family.JUDICIAL,
        "综合治理类",
        "司法建议书",
        COURTS,
        True,
        "suggestion.reply.judicial.general",
        {"signer": "院长", "committee": True, "basis": f"{C1}第七条、第八条"},
    ),
    (
        "judicial.discipline",
        Family.JUDICIAL,
        "法定、惩戒类",
        "司法建议书",
        COURTS,
        True,
        "suggestion.reply.judicial.discipline",
        {"signer": "院长", "basis": "《行政诉讼法》第六十六条、第九十六条；法释〔2020〕3号第十二条"},
    ),
    (
        "procuratorial.governance",
        Family.PROCURATORIAL,
        "社会治理",
        "检察建议书",
        PROCURATORATES,
        False,
        "suggestion.reply.procuratorial",
        {"signer": "检察长", "basis": f"{J1}第十一条、第十九条"},
    ),
    (
        "procuratorial.correction",
        Family.PROCURATORIAL,
        "纠正违法",
        "检察建议书",
        PROCURATORATES,
        False,
        "suggestion.reply.procuratorial",
        {"signer": "检察长", "basis": f"{J1}第九条、第十九条"},
    ),
    (
        "procuratorial.interest",
        Family.PROCURATORIAL,
        "行政公益诉讼",
        "检察建议书",
        PROCURATORATES,
        False,
        "suggestion.reply.public_interest",
        {
            "signer": "检察长",
            "answers": Answers.DUTY,
            "basis": "《最高人民法院、最高人民检察院关于检察公益诉讼案件适用法律若干问题的解释》第二十一条",
        },
    ),
    (
        "procuratorial.interest.urgent",
        Family.PROCURATORIAL,
        "行政公益诉讼（紧急）",
        "检察建议书",
        PROCURATORATES,
        False,
        "suggestion.reply.public_interest.urgent",
        {
            "signer": "检察长",
            "answers": Answers.DUTY,
            "basis": "《最高人民法院、最高人民检察院关于检察公益诉讼案件适用法律若干问题的解释》第二十一条",
        },
    ),
    (
        "procuratorial.other",
        Family.PROCURATORIAL,
        "其他",
        "检察建议书",
        PROCURATORATES,
        False,
        "suggestion.reply.procuratorial",
        {"signer": "检察长", "basis": f"{J1}第五条、第十九条"},
    ),
    (
        "procuratorial.opinion",
        Family.OPINION,
        "检察意见书",
        "检察意见书",
        PROCURATORATES,
        False,
        "",
        {"signer": "检察长", "basis": f"{J1}第十二条"},
    ),
    (
        "review.opinion",
        Family.OPINION,
        "行政复议意见书",
        "行政复议意见书",
        OFFICE,
        True,
        "suggestion.reply.review_opinion",
        {"signer": "局长", "basis": "《行政复议法》第七十六条"},
    ),
    (
        "enforcement.supervision",
        Family.OPINION,
        "执法监督意见书",
        "执法监督意见书",
        OFFICE,
        True,
        "suggestion.reply.enforcement",
        {"signer": "局长", "basis": "《行政执法监督条例》第二十六条至第二十九条"},
    ),
]


def load() -> None:
    """Create the types that are not there yet."""
    for order, (code, family, name, document, issuers, made_here, rule, more) in enumerate(TYPES, start=1):
        fields = {
            "family": family,
            "name": name,
            "document": document,
            "issuers": [str(kind) for kind in issuers],
            "made_here": made_here,
            "reply_rule": rule,
            "order": order,
            **more,
        }
        SuggestionType.objects.get_or_create(code=code, defaults=fields)
