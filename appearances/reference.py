"""Fields, outcomes and grounds as data (law.md §3, §7); an editor's change is never overwritten."""

from datetime import date

from linkage.matters.models import DeadlineRule

from .models import Duty, Field, FieldAlias, Ground, OutcomeRule

SOURCE, DOCUMENT, EFFECT = DeadlineRule.Source, OutcomeRule.Document, OutcomeRule.Appeal

# code, name, other names with the day they ended (None: still said)
FIELDS = [
    (
        "natural_resources",
        "自然资源",
        [("土地", date(2019, 3, 1)), ("国土资源", date(2019, 3, 1)), ("规划", date(2019, 3, 1))],
    ),
    ("housing", "住房城乡建设", [("城建", None), ("房屋征收", None)]),
    ("public_security", "公安", [("治安", None), ("交警", None)]),
    ("market", "市场监督管理", [("工商", date(2019, 3, 1)), ("质监", date(2019, 3, 1)), ("市场监管", None)]),
    ("food_drug", "食品药品安全", [("食药监", date(2019, 3, 1))]),
    ("environment", "生态环境", [("环保", date(2019, 3, 1)), ("环境保护", date(2019, 3, 1))]),
    ("health", "卫生健康", [("卫生", date(2019, 3, 1)), ("卫计", date(2019, 3, 1))]),
    ("labour", "人力资源和社会保障", [("劳动", None), ("社会保障", None), ("工伤认定", None)]),
    ("forestry", "林业", [("山林权属", None)]),
    ("water", "水利", []),
    ("agriculture", "农业农村", [("农业", date(2019, 3, 1))]),
    ("transport", "交通运输", [("交通", None)]),
    ("civil_affairs", "民政", [("婚姻登记", None)]),
    ("urban_management", "城市管理", [("城管", None)]),
    ("emergency", "应急管理", [("安监", date(2019, 3, 1))]),
    ("education", "教育", []),
    ("justice", "司法行政", [("法制", date(2019, 3, 1))]),
    ("town", "乡镇管理", [("乡镇政府", None)]),
    ("other", "其他", []),
]

JUDGMENT, RULING = DOCUMENT.JUDGMENT, DOCUMENT.RULING
LOST = {"lost": True, "substantive": True, "appealable": True}
# code, label, document, article of 行政诉讼法, what it counts as; law.md §7
OUTCOMES = [
    ("dismissed", "驳回诉讼请求", JUDGMENT, "第六十九条", {"substantive": True, "appealable": True}),
    ("revoked", "撤销或者部分撤销", JUDGMENT, "第七十条", LOST),
    ("ordered", "责令履行法定职责", JUDGMENT, "第七十二条", LOST),
    ("payment", "判令给付", JUDGMENT, "第七十三条", LOST),
    ("unlawful", "确认违法", JUDGMENT, "第七十四条", LOST),
    ("invalid", "确认无效", JUDGMENT, "第七十五条", LOST | {"source": SOURCE.D}),
    ("remedied", "责令补救或者赔偿", JUDGMENT, "第七十六条", LOST),
    ("changed", "变更", JUDGMENT, "第七十七条", LOST),
    ("contract", "行政协议：履行、补救、赔偿或者补偿", JUDGMENT, "第七十八条", LOST | {"source": SOURCE.D}),
    ("not_filed", "不予立案", RULING, "第五十一条", {"appealable": True}),
    ("rejected", "驳回起诉", RULING, "法释〔2018〕1号第六十九条", {"appealable": True}),
    ("withdrawn", "准许撤诉", RULING, "第六十二条", {}),
    ("settled", "协调后准许撤诉", RULING, "第六十二条", {"settled": True}),
    ("mediated", "行政调解书", DOCUMENT.MEDIATION, "第六十条", {"settled": True}),
    ("transferred", "移送", RULING, "", {"counted": False}),
    ("ended", "终结诉讼", RULING, "", {"counted": False}),
    ("other", "其他", RULING, "", {"counted": False}),
    ("upheld", "驳回上诉，维持原判", JUDGMENT, "第八十九条", {"effect": EFFECT.UPHELD, "substantive": True}),
    ("ruling_upheld", "驳回上诉，维持原裁定", RULING, "第八十九条", {"effect": EFFECT.UPHELD}),
    ("appeal_withdrawn", "准许撤回上诉", RULING, "", {"effect": EFFECT.UPHELD}),
    ("remanded", "撤销原判，发回重审", RULING, "第八十九条", {"effect": EFFECT.REMANDED}),
    ("review_refused", "驳回再审申请", RULING, "", {"effect": EFFECT.UPHELD}),
    ("permitted", "准予执行", RULING, "行政强制法第五十七条", {"enforcement": True}),
    ("partly_permitted", "部分准予执行", RULING, "行政强制法第五十七条", {"enforcement": True}),
    ("refused", "不准予执行", RULING, "行政强制法第五十八条", {"enforcement": True}),
    ("not_accepted", "不予受理执行申请", RULING, "行政强制法第五十六条", {"enforcement": True}),
]

RULE = "《最高人民法院关于行政机关负责人出庭应诉若干问题的规定》（法释〔2020〕3号）第四条"
REGION = "《广西壮族自治区行政机关负责人出庭应诉工作规则》第四条（转载，待核对原文）"
LOCAL = "地方规定常见情形（待本地文件核对）"
# code, text, duty, basis, source, fields, public interest
GROUNDS = [
    ("public_health", "涉及食品药品安全、生态环境和资源保护、公共卫生安全等重大公共利益", Duty.MUST, f"{RULE}第一款", SOURCE.V,
     ["food_drug", "environment", "health"], False),
    ("high_concern", "社会高度关注", Duty.MUST, f"{RULE}第一款", SOURCE.V, [], False),
    ("mass_incident", "可能引发群体性事件", Duty.MUST, f"{RULE}第一款", SOURCE.V, [], False),
    ("major_interest", "被诉行政行为涉及公民、法人或者其他组织重大人身、财产权益", Duty.MAY, f"{RULE}第二款", SOURCE.V, [], False),
    ("public_interest", "行政公益诉讼", Duty.MAY, f"{RULE}第二款", SOURCE.V, [], True),
    ("superior_document", "被诉行政机关的上级机关规范性文件要求负责人出庭应诉", Duty.MAY, f"{RULE}第二款", SOURCE.V, [], False),
    ("court_sees_need", "人民法院认为需要通知负责人出庭应诉的其他情形", Duty.MAY, f"{RULE}第二款", SOURCE.V, [], False),
    ("may_settle", "有可能调解结案", Duty.MAY, REGION, SOURCE.P, [], False),
    ("large_compensation", "赔偿、补偿数额较大", Duty.MAY, REGION, SOURCE.P, [], False),
    ("first_of_year", "本单位本年度第一件行政诉讼案件", Duty.MAY, LOCAL, SOURCE.P, [], False),
]  # fmt: skip


def load() -> None:
    """Create what is not there yet."""
    load_fields()
    load_outcomes()
    load_grounds()


def load_fields() -> None:
    for order, (code, name, aliases) in enumerate(FIELDS, start=1):
        field, made = Field.objects.get_or_create(code=code, defaults={"name": name, "order": order})
        if made:
            FieldAlias.objects.bulk_create(FieldAlias(field=field, name=other, until=until) for other, until in aliases)


def load_outcomes() -> None:
    known = set(OutcomeRule.objects.values_list("code", flat=True))
    OutcomeRule.objects.bulk_create(
        OutcomeRule(**{"source": SOURCE.V, **more}, code=code, year=2016, label=label, document=document,
                    article=article if article.startswith(("法释", "行政")) or not article else f"行政诉讼法{article}", order=order)
        for order, (code, label, document, article, more) in enumerate(OUTCOMES, start=1)
        if code not in known
    )  # fmt: skip


def load_grounds() -> None:
    known = set(Ground.objects.values_list("code", flat=True))
    Ground.objects.bulk_create(
        Ground(code=code, text=text, duty=duty, basis=basis, source=source, fields=fields, public_interest=interest,
               fact=not interest, order=order)
        for order, (code, text, duty, basis, source, fields, interest) in enumerate(GROUNDS, start=1)
        if code not in known
    )  # fmt: skip
