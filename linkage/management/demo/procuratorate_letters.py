"""Letters that the procuratorate made in its own system and registered here. Facts are invented."""

from .story import PROCURATORATE, Answer, Letter, act, answered, served

INTEREST, ORDINARY = "行公", "行"

LETTERS = (
    Letter(
        PROCURATORATE, "procuratorial.interest", "市自然资源局", "永久基本农田被占用堆放石材废料",
        "本院在履行公益诉讼检察职责中发现，糯垌镇某石材加工点未经批准占用永久基本农田堆放花岗岩边角废料，造成耕作层压占。",
        "经调查，你局接到群众举报后到场核查，但至今未依法作出处理，耕地仍处于被占用状态。",
        ("依法查处违法占地行为。", "督促清运废料，恢复种植条件。", "对石材加工集中区域开展同类问题排查，建立台账。"),
        (act(75, "read-in", line=INTEREST, serial=21), act(74, "register"), act(56, "serve", method="announced", left=13),
         act(55, "receive", later=1),
         act(14, "remind", "市人民检察院", note="整改期限将至，请按期书面回复。"), act(3, "reply"), act(1, "reply-submit")),
        answer=Answer(
            (("done", "已立案并作出行政处罚决定，责令退还非法占用的土地并处罚款，当事人已缴清罚款。"),
             ("doing", "石材废料已全部清运，完成表土回填2.1亩，其余1.5亩正在恢复。"),
             ("doing", "已对糯垌、三堡等镇石材加工集中区域开展排查，逐宗建立台账。")),
            stance="partly", unlawful="yes", correction="已对经办人员批评教育，完善举报核查时限要求。",
            evidence=("行政处罚决定书.pdf", "清运前照片.png", "清运后照片.png"),
        ),
    ),
    Letter(
        PROCURATORATE, "procuratorial.interest", "市水利局", "督促履行河道采砂监管职责",
        "本院在履行公益诉讼检察职责中发现，某河段存在无证采砂行为，河岸受到冲刷。",
        "你局巡查记录显示多次发现采砂痕迹，但没有立案查处，也没有采取防护措施。",
        ("依法查处无证采砂行为。", "对受损河岸采取防护措施。"),
        (act(111, "read-in", line=INTEREST, serial=14), act(110, "register"), served(108), act(105, "receive"),
         act(18, "urge", "市人民检察院"), act(9, "urge")),
    ),
    Letter(
        PROCURATORATE, "procuratorial.interest", "诚谏镇人民政府", "饮用水水源保护区内畜禽养殖污染",
        "本院在履行公益诉讼检察职责中发现，诚谏镇某饮用水水源保护区内存在畜禽养殖，粪污直排沟渠。",
        "你镇没有按照职责督促养殖户搬迁，也没有向主管部门报告。",
        ("督促保护区内养殖户限期搬迁。", "清理积存粪污，落实日常巡查。"),
        (act(53, "read-in", line=INTEREST, serial=23), act(52, "register", method="direct"), act(51, "receive"), *answered(4)),
        answer=Answer(
            (("done", "保护区内3户养殖户已全部搬迁，拆除栏舍420平方米。"), ("done", "积存粪污已清理，巡查责任落实到人。")),
            stance="performed", unlawful="partly", correction="建立水源地每周巡查制度。", evidence=("搬迁前照片.png", "搬迁后照片.png"),
        ),
    ),
    Letter(
        PROCURATORATE, "procuratorial.governance", "市自然资源局", "督促加强已收储土地管护",
        "本院在办案中发现，部分已收储土地没有围挡，被倾倒建筑垃圾。",
        "收储土地管护责任不清，没有巡查记录。",
        ("明确收储土地管护责任单位。", "清理已倾倒的建筑垃圾。"),
        (act(221, "read-in", line=ORDINARY, serial=17), act(220, "register", method="direct"), act(219, "receive"),
         *answered(180), act(176, "close", result="done", opinion="现场回访，已围挡清理，落实到位。")),
        answer=Answer((("done", "已与土地储备中心签订管护责任书。"), ("done", "清理建筑垃圾约900立方米。")), evidence=("管护责任书.pdf",)),
    ),
    Letter(
        PROCURATORATE, "procuratorial.interest.urgent", "岑溪生态环境局", "非法倾倒工业污泥危及河道水质",
        "本院在履行公益诉讼检察职责中发现，某河道旁被倾倒工业污泥，雨后有流入河道的危险。",
        "污泥来源未查明，现场没有防渗和围挡措施。",
        ("立即采取防渗围挡措施。", "查明污泥来源并依法处理。"),
        (act(118, "read-in", line=INTEREST, serial=9), act(118, "register", method="direct"), act(117, "receive"),
         *answered(107), act(101, "close", result="done", opinion="险情已消除，来源单位已立案，落实到位。")),
        period=(15, "day"),
        answer=Answer(
            (("done", "当日完成围挡和防渗，清运污泥37吨。"), ("done", "已查明来源单位并立案调查。")),
            stance="performed", evidence=("现场处置照片.png",),
        ),
    ),
    Letter(
        PROCURATORATE, "procuratorial.governance", "市市场监督管理局", "农贸市场食品安全快检公示不规范",
        "本院在办案中发现，城区部分农贸市场食品安全快速检测结果公示不规范。",
        "公示栏长期不更新，检测不合格的没有处置记录。",
        ("督促市场开办者每日公示检测结果。", "建立不合格食用农产品处置台账。"),
        (act(3, "read-in", line=ORDINARY, serial=31), act(2, "register")),
    ),
    Letter(
        PROCURATORATE, "procuratorial.correction", "市公安局", "规范涉案财物的保管与移送",
        "本院在办案中发现，你局个别案件涉案财物的保管、移送不规范。",
        "涉案财物没有及时入库，移送清单与实物不一致。",
        ("开展涉案财物专项清理。", "完善涉案财物出入库登记。"),
        (act(75, "read-in", line=ORDINARY, serial=25), act(74, "register", method="direct"), act(73, "receive"),
         act(42, "reply"), act(41, "reply-record"),
         act(36, "close", result="done", opinion="专项清理已完成，登记制度已建立，落实到位。")),
        answer=Answer((("done", "清理涉案财物213件，全部入库。"), ("done", "出入库实行双人登记、扫码管理。")), unlawful="partly",
                      correction="对责任人员予以提醒谈话。"),
    ),
    Letter(
        PROCURATORATE, "procuratorial.interest", "市住房和城乡建设局", "校园周边无障碍设施缺损",
        "本院在履行公益诉讼检察职责中发现，城区部分学校周边盲道中断、缘石坡道缺失。",
        "相关路段改造后没有恢复无障碍设施，影响残疾人和学生通行安全。",
        ("修复学校周边无障碍设施。", "对城区道路无障碍设施开展排查。"),
        (act(19, "read-in", line=INTEREST, serial=29), act(18, "register", method="direct"), act(16, "receive")),
    ),
    Letter(
        PROCURATORATE, "procuratorial.governance", "市教育局", "督促落实校园食堂大宗食材采购公示",
        "本院在办案中发现，部分学校食堂大宗食材采购没有公示。",
        "采购价格和供货单位没有公示，家长委员会没有参与监督。",
        ("督促学校公示大宗食材采购信息。", "组织家长委员会参与监督。"),
        (act(1, "read-in", line=ORDINARY, serial=33),),
    ),
)  # fmt: skip
