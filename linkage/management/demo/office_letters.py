"""Opinions of the legal office as review body and as supervisor of enforcement. Facts are invented."""

from .story import OFFICE, Answer, Letter, act, answered, made

LETTERS = (
    Letter(
        OFFICE, "review.opinion", "岑城镇人民政府", "规范农村承包地权属证明的出具",
        "本局在办理行政复议案件时发现，你镇出具承包地权属证明的程序不规范。",
        "证明没有核对承包合同和登记簿，也没有留存申请材料。",
        ("出具证明前核对承包合同和登记簿。", "建立证明出具台账。"),
        (*made(51), act(50, "receive")),
        period=(60, "day"),
    ),
    Letter(
        OFFICE, "enforcement.supervision", "市城市管理监督局", "规范占道经营的暂扣物品程序",
        "本局在行政执法监督检查中发现，你局暂扣占道经营物品的程序不规范。",
        "部分暂扣没有出具清单，物品保管没有登记，返还没有签收记录。",
        ("暂扣物品当场出具清单。", "设立暂扣物品保管场所并登记。", "对返还情况开展清理。"),
        (*made(166), act(165, "receive"), *answered(139), act(131, "close", result="done", opinion="程序已规范，予以办结。")),
        period=(30, "day"),
        answer=Answer(
            (("done", "已统一暂扣物品清单，一式两份。"), ("done", "已设立保管仓库，专人登记。"), ("done", "清理返还物品57件。")),
            evidence=("暂扣物品清单格式.pdf",),
        ),
    ),
)  # fmt: skip
