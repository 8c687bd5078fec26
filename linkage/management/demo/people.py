"""The people of the demonstration: all invented. Only those a visitor signs in as have a password and an address."""

import random
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localdate

from linkage.units import accounts, passwords
from linkage.units.acting import Actor, for_unit
from linkage.units.models import Post, Unit, User

HANDLER, LEADER, ADMIN = Post.Role.HANDLER, Post.Role.LEADER, Post.Role.ADMIN
SURNAMES = "梁陈黄李覃韦莫甘陆罗谢廖卢林何苏龙邓曾潘蒙封欧江钟"
GIVEN = [
    "晓岚",
    "振东",
    "立明",
    "志强",
    "海燕",
    "建华",
    "丽萍",
    "国栋",
    "春梅",
    "伟健",
    "秀兰",
    "永新",
    "文静",
    "家豪",
    "玉珍",
    "少华",
    "俊杰",
    "美玲",
    "宗仁",
    "雪莹",
    "庆林",
    "月娥",
    "绍军",
    "佩芬",
    "广生",
    "小红",
    "培德",
    "金凤",
    "炳坤",
    "艳芳",
    "宏宇",
    "惠娟",
    "世昌",
    "桂香",
    "启明",
    "秋霞",
    "正平",
    "燕萍",
    "耀辉",
    "素云",
    "泽民",
    "凤仪",
    "子健",
    "翠玉",
]
MAIL = "{}@demo.test"
WITH_ADMINISTRATOR = 10  # so many departments have an administrator of their own


@dataclass(frozen=True)
class Role:
    """A post of a named person; `turn` A or B for handlers."""

    short: str
    role: str
    title: str
    turn: str = "A"


@dataclass(frozen=True)
class SignIn:
    """A person a visitor may sign in as, and what the visitor can see there."""

    account: str
    name: str
    roles: tuple[Role, ...]
    hint: str


SIGN_INS = (
    SignIn("lujianhua", "卢建华", (Role("市人民法院", HANDLER, "行政审判庭法官"),), "起草司法建议、登记送达、审查回复"),
    SignIn("xiehongyu", "谢宏宇", (Role("市人民法院", LEADER, "分管副院长"),), "审签、退回、撤回司法建议"),
    SignIn("panyanfang", "潘艳芳", (Role("市人民检察院", HANDLER, "第三检察部检察官"),), "登记已制发的检察建议"),
    SignIn("qinliming", "覃立明", (Role("市司法局", HANDLER, "行政执法协调监督股"),), "督办、催办、阅知抄送件、起草联合文件"),
    SignIn("luoguodong", "罗国栋", (Role("市司法局", LEADER, "分管副局长"),), "审签催办函和意见书"),
    SignIn("liangxiaolan", "梁晓岚", (Role("市自然资源局", HANDLER, "法规股"),), "签收建议、逐项填写回复"),
    SignIn("luzhendong", "陆振东", (Role("市自然资源局", LEADER, "分管副局长"),), "审签回复"),
    SignIn("ganmeiling", "甘美玲", (Role("市自然资源局", ADMIN, "办公室"),), "管理本单位人员、岗位和设置"),
    SignIn("moshaojun", "莫绍军", (Role("市公安局", HANDLER, "法制大队"),), "线下签发代录"),
    SignIn(
        "dengjunjie", "邓俊杰",
        (Role("归义镇人民政府", HANDLER, "司法所所长"), Role("市司法局", HANDLER, "归义司法所", "B")),
        "在镇政府和市司法局都有岗位，右上角切换",
    ),
)  # fmt: skip
# More people of the lead units: short, role, turn, title.
LEAD_POSTS = (
    ("市人民法院", HANDLER, "B", "行政审判庭法官助理"), ("市人民法院", LEADER, "A", "院长"),
    ("市人民法院", ADMIN, "A", "综合办公室"), ("市人民检察院", HANDLER, "B", "第三检察部检察官助理"),
    ("市人民检察院", LEADER, "A", "检察长"), ("市人民检察院", LEADER, "A", "分管副检察长"),
    ("市人民检察院", ADMIN, "A", "办公室"), ("市司法局", LEADER, "A", "局长"), ("市司法局", ADMIN, "A", "办公室"),
)  # fmt: skip


def create(units: dict[str, Unit]) -> None:
    """Named people, the rest of the lead units, and for every other unit with accounts a handler and a leader."""
    for sign_in in SIGN_INS:
        user = person(sign_in.account, sign_in.name, email=MAIL.format(sign_in.account))
        for role in sign_in.roles:
            post(user, units[role.short], role.role, role.title, role.turn)
    names = invented({sign_in.name for sign_in in SIGN_INS})
    for short, role, turn, title in LEAD_POSTS:
        post(newcomer(names), units[short], role, title, turn)
    ordinary = [unit for unit in units.values() if not (unit.lead or unit.offline)]
    for place, unit in enumerate(ordinary):
        fill(unit, names, with_administrator=place < WITH_ADMINISTRATOR)


def fill(unit: Unit, names, *, with_administrator: bool) -> None:
    """Whoever the unit lacks: a handler, a leader, an administrator."""
    there = set(Post.objects.current().filter(unit=unit).values_list("role", flat=True))
    town = unit.kind == Unit.Kind.TOWN
    wanted = [(HANDLER, "党政综合办公室" if town else "法规股"), (LEADER, "副镇长" if town else "分管副局长")]
    for role, title in wanted + ([(ADMIN, "办公室")] if with_administrator else []):
        if role not in there:
            post(newcomer(names), unit, role, title)


def invented(taken: set[str]):
    """Names in an order that is the same every time; none twice."""
    chance = random.Random(450481)  # noqa: S311 names, not secrets
    pool = [f"{surname}{given}" for surname in SURNAMES for given in GIVEN if f"{surname}{given}" not in taken]
    chance.shuffle(pool)
    return iter(pool)


def newcomer(names) -> User:
    name = next(names)
    return person(accounts.proposed(name), name)


def person(account: str, name: str, **fields) -> User:
    """A person who cannot sign in until a password is made for the account."""
    return User.objects.create_user(account, None, name=name, must_change_password=False, **fields)


def post(user: User, unit: Unit, role: str, title: str, turn: str = "A") -> None:
    Post.objects.create(user=user, unit=unit, role=role, title=title, ab=turn)


@transaction.atomic
def new_passwords() -> list[tuple[SignIn, str]]:
    """Fresh random passwords for the visitor's accounts; returned once, kept as hashes only.

    User.DoesNotExist where the demonstration was not loaded.
    """
    made = []
    for sign_in in SIGN_INS:
        user = User.objects.get_by_natural_key(sign_in.account)
        password = passwords.generated()
        user.set_password(password)
        user.must_change_password = False  # a visitor starts at once; people given an account by their unit do not
        user.sign_out()
        user.save(update_fields=["password", "must_change_password", "signed_out_at"])
        made.append((sign_in, password))
    return made


class Cast:
    """Who acts for a unit."""

    def __init__(self, units: dict[str, Unit]):
        self.units = units
        self.today = localdate()
        self.known: dict[tuple[str, str, str], Actor] = {}

    def actor(self, short: str, role: str, turn: str = "A") -> Actor:
        key = (short, role, turn)
        if key not in self.known:
            holder = Post.objects.active().filter(unit=self.units[short], role=role, ab=turn).order_by("pk").first()
            if holder is None:
                raise LookupError(f"{short} has no {role} {turn}")
            self.known[key] = for_unit(holder.user, self.units[short])
        return self.known[key]

    def handler(self, short: str, turn: str = "A") -> Actor:
        return self.actor(short, HANDLER, turn)

    def leader(self, short: str) -> Actor:
        return self.actor(short, LEADER)
