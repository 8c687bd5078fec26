"""Cases of the demonstration: one freshly served, one before its hearing, one after the judgment, one in an outside court."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from appearances import drafts, grounds
from appearances.models import Appearance, Case, Duty, Field, Hearing
from linkage.matters import engine, papers
from linkage.matters.kinds import kinds
from linkage.matters.models import Matter

from . import letters
from .clock import Clock, Diary
from .people import Cast

COURT = "市人民法院"
NOTICE = (
    "你单位作为被告的{number}{title}，定于{day}在{place}公开开庭审理。本院认为本案属于《最高人民法院关于行政机关负责人出庭应诉"
    "若干问题的规定》第四条规定的情形，通知你单位负责人出庭应诉，请在开庭前提交写明姓名、职务并加盖印章的身份证明。\n"
    "负责人有正当理由不能出庭的，应当提交加盖单位印章或者经主要负责人签字的材料；无正当理由不出庭的，本院将依照该规定第十二条处理。"
)


@dataclass(frozen=True)
class Plot:
    """The facts of a case; `hearing` is so many days from today, `begun` so many days ago it was registered."""

    serial: int
    organ: str
    plaintiff: str
    cause: str
    field: str
    begun: int
    registrar: str = COURT
    court: str = COURT
    code: str = "桂0481"
    handler: str = ""
    facts: tuple[str, ...] = ()
    hearing: int | None = None
    duty: str = Duty.MUST
    story: tuple[str, ...] = ()


PLOTS = (
    Plot(21, "市自然资源局", "石某", "不动产登记", "natural_resources", 24, facts=("high_concern",), hearing=9,
         story=("defend", "schedule", "notify")),
    Plot(26, "市公安局", "陶某某", "治安行政处罚", "public_security", 6),
    Plot(9, "市住房和城乡建设局", "欧阳某", "房屋征收补偿", "housing", 75, facts=("major_interest",), hearing=-30,
         story=("defend", "schedule", "notify", "name", "confirm", "judge")),
    Plot(33, "市人民政府", "梁某某", "山林确权", "forestry", 18, registrar="市司法局", court="梧州市中级人民法院", code="桂04",
         handler="市林业局", facts=("major_interest",), hearing=16, story=("schedule",)),
)  # fmt: skip


class Docket:
    """Lives one case through; every act is a step of the flow, taken by those who would take it."""

    def __init__(self, plot: Plot, cast: Cast, clock: Clock):
        self.plot, self.cast, self.clock, self.diary = plot, cast, clock, Diary(clock.real())
        self.court, self.organ = cast.handler(plot.registrar), cast.handler(plot.handler or plot.organ)
        self.day = localdate() + timedelta(days=plot.hearing or 0)
        self.matter: Matter | None = None

    def at(self, ago: int, act: Callable[[], Any]) -> None:
        with self.clock.at(self.diary.moment(ago, time(9, 40))):
            act()
            letters.announce()

    def live(self) -> None:
        self.at(self.plot.begun, self.register)
        hearing = -(self.plot.hearing or 0)
        moments = {
            "defend": self.plot.begun - 12, "schedule": self.plot.begun - 13, "notify": self.plot.begun - 14,
            "name": hearing + 5, "confirm": hearing - 1, "judge": 6,
        }  # fmt: skip
        for name in self.plot.story:
            self.at(moments[name], getattr(self, name))

    def register(self) -> None:
        plot, cast = self.plot, self.cast
        self.matter = drafts.begin(self.court, kinds["case"])
        served = None if plot.registrar != COURT else localdate()
        organ = {"unit": cast.units[plot.organ], "role": "defendant", "served_on": served}
        data = {
            "number": f"（{localdate().year}）{plot.code}行初{plot.serial}号", "court": cast.units[plot.court],
            "cause": plot.cause, "field": Field.objects.get(pk=plot.field), "filed_on": localdate(),
            "circumstances": list(plot.facts), "chamber": "行政审判庭", "judge": "韦嘉宁", "clerk": "莫小婷",
            "litigants": [{"role": "plaintiff", "sort": "person", "name": plot.plaintiff}],
            "defendants": [{**organ, "handler": cast.units[plot.handler] if plot.handler else None}],
        }  # fmt: skip
        engine.take(self.pk, "register", self.court, data=data)

    @property
    def pk(self) -> int:
        if self.matter is None:
            raise LookupError(self.plot.serial)
        return self.matter.pk

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.pk)

    @property
    def appearance(self) -> Appearance:
        return Appearance.objects.get(hearing__case=self.pk)

    def defend(self) -> None:
        engine.take(self.pk, "defend", self.organ, data={"happened_on": localdate()})

    def schedule(self) -> None:
        begins = timezone.make_aware(datetime.combine(self.day, time(9, 30)))
        decision = {
            "defendant": self.case.defendants.get(),
            "duty": self.plot.duty,
            "ground": grounds.proposed(self.case)[0].text,
            "reason": "",
        }
        data = {"starts_at": begins, "ends_at": begins + timedelta(hours=2), "place": "第三审判庭", "online": False}
        engine.take(self.pk, "schedule", self.court, data={**data, "decisions": [decision]})

    def notify(self) -> None:
        row, leader = self.appearance, self.cast.leader(COURT)
        text = NOTICE.format(
            number=self.case.number, title=self.case.matter.title, day=day_words(row.hearing), place="第三审判庭"
        )
        papers.save_draft(row.pk, "summons", self.court, None, {"text": text})
        engine.take(row.pk, "summons-submit", self.court)
        engine.take(row.pk, "summons-sign", leader)

    def name(self) -> None:
        data = {"attending": True, "rank": "deputy", "name": "覃志勇", "post": "副局长", "agents": "法规股 李敏"}
        engine.take(self.appearance.pk, "name", self.organ, data=data)

    def confirm(self) -> None:
        data = {
            "identity": "fit", "appeared": True, "court_rank": "deputy", "court_name": "覃志勇", "court_post": "副局长",
            "spoke": True, "spoke_on_resolution": True, "left_early": False, "refused": False, "substitute": "",
            "reason_accepted": None, "finding": "", "court_note": "",
        }  # fmt: skip
        engine.take(self.appearance.pk, "confirm", self.court, data=data)

    def judge(self) -> None:
        organ = self.case.defendants.get()
        data = {
            "outcome": "revoked", "happened_on": localdate() - timedelta(days=2), "services": {organ.pk: localdate()},
            "plaintiff_served_on": localdate(), "duty_text": "判决生效之日起六十日内重新作出征收补偿决定。",
            "perform_by": date.fromordinal(localdate().toordinal() + 75),
        }  # fmt: skip
        engine.take(self.pk, "judge", self.court, data=data)


def day_words(hearing: Hearing) -> str:
    begins = timezone.localtime(hearing.starts_at)
    return f"{begins.year}年{begins.month}月{begins.day}日{begins:%H:%M}"


def live_through(units: dict, clock: Clock) -> int:
    """Every case at its moments; returns their number."""
    cast = Cast(units)
    for plot in PLOTS:
        Docket(plot, cast, clock).live()
    return len(PLOTS)
