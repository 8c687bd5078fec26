"""Papers to typeset in tests: the three agencies' notice of 2018 and a letter."""

from django.conf import settings

from linkage.papers.content import blank
from linkage.papers.numbering import paragraphs

RULES_2018 = settings.BASE_DIR / "infoshare" / "rules_2018.txt"


def notice(extra_paragraphs=(), **parts):
    """The joint notice that prints the rules as its annex; extra paragraphs lengthen the annex."""
    head, annex = (part.strip().split("\n") for part in RULES_2018.read_text().split("-----\n"))
    number, title, to, body, names = head[3:8]
    agencies = names.split("\u3000")
    annex_body = paragraphs("\n".join([*annex[1:], *extra_paragraphs]))
    facts = {
        "form": "joint",
        "issuers": agencies,
        "number": number,
        "title": title,
        "to": to,
        "body": paragraphs(body),
        "signed": agencies,
        "date": "2018-04-03",
        "copied": ["市委办公室", "市人大常委会办公室", "市政协办公室", "梧州市中级人民法院", "梧州市人民检察院"],
        "printed_by": agencies[0],
        "printed_on": "2018-04-03",
        "annex": {"title": annex[0], "body": annex_body},
    }
    return blank(**facts | parts)


LETTER = """
贵院《司法建议书》(岑法建[2026]3号)收悉。经2026年5月12日局党组会议研究,现将办理情况函复如下:
一、关于规范征收补偿告知程序的建议
我局已修订《征收土地预公告工作规程》,明确现场踏勘、张贴公告、入户送达三个环节均须留存影像资料,由经办人(李喆、韦镕、覃堃、祝祎)签字。
(一)修订情况
已于2026年5月20日印发执行。
二、关于落实行政机关负责人出庭应诉的建议
2026年1月至5月应诉案件11件,负责人出庭11件,出庭率100%。
专此函复。
"""


def letter(**parts):
    facts = {
        "form": "letter",
        "issuers": ["岑溪市自然资源局"],
        "number": "岑自然资函〔2026〕17号",
        "title": "岑溪市自然资源局关于岑法建〔2026〕3号司法建议书办理情况的复函",
        "to": "岑溪市人民法院",
        "body": paragraphs(LETTER),
        "attachments": ["《征收土地预公告工作规程》", "2026年1月至5月行政应诉案件台账"],
        "signed": ["岑溪市自然资源局"],
        "date": "2026-06-28",
        "note": "联系人：韦某　联系电话：0774-8222468",
        "copied": ["岑溪市司法局", "岑溪市人民检察院"],
    }
    return blank(**facts | parts)


def receipt(**parts):
    facts = {
        "form": "receipt",
        "issuers": ["岑溪市人民法院"],
        "number": "岑法建〔2026〕3号",
        "title": "岑溪市人民法院送达回证",
        "rows": [
            ["送达文书", "司法建议书（岑法建〔2026〕3号）1份"],
            ["受送达人", "岑溪市自然资源局"],
            ["送达地点", ""],
        ],
    }
    return blank(**facts | parts)
