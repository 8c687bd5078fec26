"""Letters of the court that have run their course, and one that was withdrawn. Cases and facts are invented."""

from .story import COURT, Answer, Letter, act, answered, made, served

LETTERS = (
    Letter(
        COURT, "judicial.case", "市自然资源局", "完善不动产登记申请材料一次性告知",
        "本院在审理不动产登记行政案件时发现，你局在登记申请受理环节存在需要改进的问题。",
        "部分窗口告知补正材料不完整，申请人多次往返；补正告知没有制作书面凭证，事后难以查明告知内容。",
        ("编制各类登记申请材料清单，在窗口和网站公布。", "统一使用补正材料一次性告知书，存入登记档案。",
         "对窗口人员开展专题培训。"),
        (*made(292), act(291, "receive"), *answered(258), act(250, "close", result="done", opinion="清单已公布，告知书已启用，落实到位。"),
         act(288, "stamp")),
        case=31,
        answer=Answer(
            (("done", "已编制14类登记事项申请材料清单，在政务服务大厅和局网站公布。"),
             ("done", "已统一印制一次性告知书并编号管理，随登记档案归档。"), ("done", "已组织窗口人员培训两期，共36人次。")),
            evidence=("申请材料清单.pdf", "窗口公示照片.png"),
        ),
    ),
    Letter(
        COURT, "judicial.case", "南渡镇人民政府", "规范强制拆除程序中的催告与公告",
        "本院在审理南渡镇某村民诉你镇强制拆除一案时发现，你镇在强制执行程序上存在问题。",
        "拆除决定作出后未经催告即组织实施；公告张贴的时间和地点没有记录。",
        ("强制拆除前依法催告并听取陈述申辩。", "公告张贴全程留痕，附卷备查。"),
        (*made(252), served(249), act(247, "receive"), act(168, "call", note="与镇党政综合办公室联系，答复正在整理材料。"),
         act(165, "urge"), *answered(158), act(150, "close", result="done", opinion="已制定操作规程，予以办结；今后请按期回复。")),
        case=47,
        answer=Answer(
            (("done", "已制定强制拆除操作规程，明确催告、陈述申辩、公告的文书格式。"),
             ("done", "公告张贴须两人在场并拍照，照片随卷归档。")),
            unlawful="yes", correction="对已实施的拆除行为重新核查，与当事人协商补偿。",
            evidence=("强制拆除操作规程.pdf",),
        ),
    ),
    Letter(
        COURT, "judicial.case", "市医疗保障局", "统一医保基金追回决定的文书格式",
        "本院在审理医疗保障行政案件时发现，你局同类决定的文书写法不一。",
        "部分追回决定没有写明计算方法和法律依据的条款项，当事人无法核对数额。",
        ("统一追回决定的文书格式，附数额计算表。", "对近两年的决定开展自查。"),
        (*made(214), act(213, "receive"), *answered(186), act(179, "close", result="done", opinion="格式已统一，自查情况清楚，落实到位。")),
        case=58,
        answer=Answer((("done", "已启用新格式，附计算表。"), ("done", "自查决定42份，补正3份。")), opening="我局高度重视，专题研究。"),
    ),
    Letter(
        COURT, "judicial.case", "市农业农村局", "规范农村宅基地纠纷调处答复",
        "本院在审理宅基地纠纷案件时发现，你局对群众申请的答复存在问题。",
        "部分答复没有告知救济途径，答复期限没有记录。",
        ("答复载明依据、理由和救济途径。", "建立申请答复台账。"),
        (*made(128), act(127, "receive"), act(124, "withdraw", note="所涉案件已由上级人民法院提级审理，本建议撤回。")),
        case=66,
    ),
    Letter(
        COURT, "judicial.general", "市住房和城乡建设局", "加强物业服务纠纷源头治理",
        "近两年本院受理物业服务合同纠纷逐年上升，集中在前期物业合同备案、公共收益公示和维修资金使用三个方面。",
        "（一）前期物业合同备案后缺少抽查。\n（二）公共收益公示流于形式。\n（三）维修资金使用的表决程序缺少指导。",
        ("对前期物业合同备案开展抽查并通报。", "制定公共收益公示的统一样式。", "编印维修资金使用表决指引。"),
        (*made(140), act(139, "receive"), *(
            act(98, "reply", number="岑住建函〔{year}〕18号"), act(97, "reply-submit"), act(96, "reply-sign")),
         act(89, "follow", result="partly", opinion="前两项已落实，第三项表决指引尚未印发，请继续推进并告知进展。")),
        committee=True,
        answer=Answer(
            (("done", "已抽查备案合同60份，通报问题11个。"), ("done", "已印发公共收益公示样式，在32个小区推行。"),
             ("doing", "表决指引已完成初稿，正在征求街道和业主意见。")),
            stance="full", evidence=("公共收益公示样式.pdf", "抽查情况通报.pdf"),
        ),
    ),
    Letter(
        COURT, "judicial.case", "桂兴石材公司", "健全劳动用工和安全生产管理制度",
        "本院在审理你公司与职工之间的工伤保险待遇纠纷时发现，你公司用工管理存在漏洞。",
        "部分职工没有签订书面劳动合同，安全培训没有记录。",
        ("依法签订劳动合同、缴纳工伤保险费。", "建立安全培训记录。"),
        (*made(150), served(148, "post"), act(103, "enter"), act(95, "close", result="done", opinion="已整改，落实到位。")),
        case=72,
        answer=Answer((("done", "已与在岗职工全部签订劳动合同并参保。"), ("done", "每月开展安全培训并签到。")), unlawful="no"),
    ),
)  # fmt: skip
