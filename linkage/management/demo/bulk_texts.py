"""Invented subjects of letters in bulk: what was found, what is advised, what was done about it."""

import random
from dataclasses import dataclass

FIELDS = (
    "土地行政处罚", "工伤认定", "不动产登记", "食品安全处罚", "道路运输处罚", "政府信息公开", "林木采伐许可", "安全生产处罚",
    "城市管理处罚", "社会保险稽核", "医疗保障稽核", "教育培训检查", "环境保护处罚", "农村宅基地审批", "水利工程管理",
    "养老服务补贴", "消防行政处罚", "税费征收", "建设工程规划许可", "乡村道路管护",
)  # fmt: skip
# part of the procedure: what is wrong, two pieces of advice, what the agency answers to each
MATTERS = {
    "听证告知程序": (
        "听证告知书载明的申请期限少于法定期限，部分案卷缺少送达凭证。",
        ("修订听证告知书格式。", "已修订格式并下发执行。"), ("开展案卷自查并报送结果。", "已自查案卷，发现的问题逐件整改。"),
    ),
    "证据固定与保存": (
        "执法记录没有刻录附卷，保存期满后无法查证。",
        ("执法记录刻录附卷。", "已配备设备，逐案刻录。"), ("建立归档制度。", "已印发归档办法。"),
    ),
    "文书送达": (
        "邮寄送达没有回执，留置送达没有见证。",
        ("规范送达方式和回证。", "已统一送达回证，留存回执。"), ("组织文书送达培训。", "已培训经办人员。"),
    ),
    "裁量说明": (
        "同类行为处理幅度差异较大，决定书没有说明裁量理由。",
        ("在决定书中说明裁量理由。", "已增加裁量说明部分。"), ("定期汇总同类案件。", "已建立季度汇总。"),
    ),
    "申请材料告知": (
        "补正材料没有一次性告知，申请人多次往返。",
        ("公布材料清单。", "已在窗口和网站公布。"), ("使用一次性告知书。", "已启用并编号管理。"),
    ),
    "现场检查记录": (
        "检查笔录由一人制作，没有当事人签名。",
        ("检查由两人以上进行。", "已明确双人检查。"), ("统一笔录格式。", "已统一格式。"),
    ),
    "答复依据援引": (
        "答复没有援引具体条款，也没有说明理由。",
        ("答复援引到条、款、项。", "已制作答复范本。"), ("对今年的答复开展自查。", "已完成自查。"),
    ),
    "群众举报处理": (
        "接到举报后没有在期限内答复，处理过程没有记录。",
        ("建立举报台账。", "已建立台账并按期销号。"), ("按期答复举报人。", "已明确答复时限和责任人。"),
    ),
}  # fmt: skip
PLACES = (
    "岑城",
    "马路",
    "南渡",
    "水汶",
    "大隆",
    "梨木",
    "大业",
    "筋竹",
    "诚谏",
    "归义",
    "糯垌",
    "安平",
    "三堡",
    "波塘",
)
OPINION = "已核对佐证材料，落实到位。"


@dataclass(frozen=True)
class Subject:
    """What one letter is about."""

    title: str
    opening: str
    problems: str
    advice: tuple[str, ...]
    answers: tuple[str, ...]


def subject(chance: random.Random, us: str, you: str) -> Subject:
    field, part, place = chance.choice(FIELDS), chance.choice(list(MATTERS)), chance.choice(PLACES)
    wrong, *advised = MATTERS[part]
    return Subject(
        title=f"规范{field}中的{part}（{place}片区）",
        opening=f"{us}在履行职责中发现，{you}在{place}镇办理的{field}案件中，{part}存在需要改进的问题。",
        problems=wrong,
        advice=tuple(advice for advice, _ in advised),
        answers=tuple(answer for _, answer in advised),
    )
