"""The units of the demonstration: real kinds of names, invented codes, prefixes and telephone numbers."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.timezone import localdate

from linkage.units.models import Desk, Succession, Unit, UnitName

from .codes import COMPANY, ORGAN, credit_code

COUNTY, PREFECTURE = "450481", "450400"
REFORM = date(2019, 1, 20)  # 示例: an example of a day on which a reform takes effect
FOUNDED = date(2018, 1, 1)
BASIS = "机构改革方案（示例）"
KIND = Unit.Kind


@dataclass(frozen=True)
class Plan:
    """A unit to be made: `by` is how it is served, signs and numbers where that differs."""

    short: str
    prefix: str
    kind: str = KIND.DEPARTMENT
    name: str = ""
    consents: bool = True
    former: str = ""
    superior: str = ""
    more: dict = field(default_factory=dict)

    @property
    def full(self) -> str:
        return self.name or f"岑溪{self.short}"


OFFLINE_SIGNING = {"signing": Unit.Signing.OFFLINE}
OWN_REGISTER = {"numbering": Unit.Numbering.REGISTER}
ON_PAPER = {"offline": True}

LEADS = (
    Plan("市司法局", "岑司", KIND.LEGAL_OFFICE),
    Plan("市人民法院", "岑法", KIND.COURT, superior="梧州市中级人民法院"),
    Plan("市人民检察院", "岑检", KIND.PROCURATORATE, consents=False),
)
OTHERS = (
    Plan(
        "梧州市中级人民法院",
        "梧法",
        KIND.OUTSIDE_COURT,
        "梧州市中级人民法院",
        False,
        more={**ON_PAPER, "area_id": PREFECTURE},
    ),
    Plan("市监委", "岑监", KIND.SUPERVISION, "岑溪市监察委员会", consents=False, more=ON_PAPER),
    Plan("桂兴石材公司", "", KIND.ENTERPRISE, "岑溪市桂兴石材有限公司", consents=False, more=ON_PAPER),
)
GOVERNMENT = Plan("市人民政府", "岑政", KIND.GOVERNMENT)
DEPARTMENTS = (
    Plan("市发展和改革局", "岑发改"),
    Plan("市教育局", "岑教"),
    Plan("市经济贸易和信息化局", "岑经信"),
    Plan("市科学技术局", "岑科"),
    Plan("市民族宗教事务局", "岑民宗"),
    Plan("市公安局", "岑公", more=OFFLINE_SIGNING),
    Plan("市民政局", "岑民"),
    Plan("市财政局", "岑财"),
    Plan("市人力资源和社会保障局", "岑人社"),
    Plan("市自然资源局", "岑自然资", former="市国土资源局"),
    Plan("市住房和城乡建设局", "岑住建", more=OWN_REGISTER),
    Plan("市交通运输局", "岑交"),
    Plan("市水利局", "岑水", consents=False),
    Plan("市农业农村局", "岑农", former="市农业局"),
    Plan("市文化广电体育和旅游局", "岑文广体旅"),
    Plan("市卫生健康局", "岑卫健", former="市卫生和计划生育局"),
    Plan("市退役军人事务局", "岑退役"),
    Plan("市应急管理局", "岑应急", former="市安全生产监督管理局"),
    Plan("市审计局", "岑审"),
    Plan("市市场监督管理局", "岑市监", former="市工商行政管理局"),
    Plan("市统计局", "岑统"),
    Plan("市林业局", "岑林", consents=False, more=OFFLINE_SIGNING),
    Plan("市医疗保障局", "岑医保"),
    Plan("市行政审批局", "岑审批"),
    Plan("市城市管理监督局", "岑城管"),
    Plan("市信访局", "岑信"),
    Plan("市大数据发展局", "岑数据"),
    Plan("市投资促进局", "岑投促"),
    Plan("岑溪生态环境局", "岑环", KIND.VERTICAL, "梧州市岑溪生态环境局"),
    Plan("市税务局", "岑税", KIND.VERTICAL, "国家税务总局岑溪市税务局"),
    Plan("市气象局", "岑气", KIND.VERTICAL, consents=False),
    Plan("市消防救援大队", "岑消", KIND.VERTICAL),
    Plan("市公安局交通管理大队", "岑公交", KIND.OUTPOST, consents=False, superior="市公安局"),
)
TOWNS = tuple(
    Plan(f"{name}镇人民政府", prefix, KIND.TOWN, f"岑溪市{name}镇人民政府", consents=name not in ("糯垌", "诚谏", "南渡"))
    for name, prefix in (
        ("岑城", "岑城政"), ("马路", "岑马政"), ("南渡", "岑南政"), ("水汶", "岑水汶政"), ("大隆", "岑隆政"),
        ("梨木", "岑梨政"), ("大业", "岑业政"), ("筋竹", "岑筋政"), ("诚谏", "岑诚政"), ("归义", "岑归政"),
        ("糯垌", "岑糯政"), ("安平", "岑安政"), ("三堡", "岑堡政"), ("波塘", "岑波政"),
    )
)  # fmt: skip
OLD_OFFICE = Plan("市法制办公室", "岑法制", KIND.LEGAL_OFFICE, consents=False, more={"until": REFORM})
# Desks by the rules 二(四), and what became of them (示例).
DESKS = {
    "市法制办公室": (("行政复议办公室", FOUNDED, REFORM),),
    "市司法局": (("行政复议与应诉股", REFORM, None), ("行政执法协调监督股", REFORM, None)),
    "市人民法院": (("行政审判庭", FOUNDED, None),),
    "市人民检察院": (("民行处", FOUNDED, date(2020, 1, 1)), ("第三检察部", date(2020, 1, 1), None)),
}


def create() -> dict[str, Unit]:
    """All units by their short names, with superiors, former names, desks and the succession 法制办 → 司法局."""
    plans = (*OTHERS, GOVERNMENT, OLD_OFFICE, *LEADS, *DEPARTMENTS, *TOWNS)
    units: dict[str, Unit] = {}
    for serial, plan in enumerate(plans, start=1):
        units[plan.short] = made(plan, serial, units)
    for short, rows in DESKS.items():
        Desk.objects.bulk_create(
            Desk(unit=units[short], name=name, since=since, until=end) for name, since, end in rows
        )
    old, new = units[OLD_OFFICE.short], units["市司法局"]
    Succession.objects.create(predecessor=old, successor=new, on=REFORM, basis=BASIS)
    return units


def made(plan: Plan, serial: int, units: dict[str, Unit]) -> Unit:
    fields = {"area_id": COUNTY, **plan.more}
    register = COMPANY if plan.kind == KIND.ENTERPRISE else ORGAN
    unit = Unit.objects.create(
        kind=plan.kind, short=plan.short, name=plan.full, prefix=plan.prefix,
        credit_code=credit_code(register, fields["area_id"], serial),
        government=units.get(GOVERNMENT.short) if plan.kind in Unit.ADMINISTRATIVE else None,
        superior=units.get(plan.superior), phone=f"0774-0000{serial:03d}",
        online_service_since=consent_day() if plan.consents else None, **fields,
    )  # fmt: skip
    if plan.former:
        UnitName.objects.create(unit=unit, name=f"岑溪{plan.former}", short=plan.former, until=REFORM)
    return unit


def consent_day() -> date:
    """Consents to online service were filed before the first letter of the demonstration."""
    return (localdate() - timedelta(days=400)).replace(day=1)
