"""Cases and appearances in every state, put there by the engine, for the pages that are looked at."""

from datetime import timedelta

from django.utils import timezone

from appearances import drafts
from appearances.models import Appearance, Hearing
from linkage.matters import engine, papers
from linkage.matters.kinds import kinds
from linkage.matters.models import Matter, Paper
from tests.stages import Stages

CONFIRMED = {
    "identity": "fit", "appeared": True, "court_rank": "deputy", "court_name": "覃某", "court_post": "副局长", "spoke": True,
    "spoke_on_resolution": False, "left_early": False, "refused": False, "substitute": "", "reason_accepted": None,
    "finding": "", "court_note": "",
}  # fmt: skip


class Courtroom:
    """The court hears cases against the bureau; `pk` finds what was made by name."""

    def __init__(self, stages: Stages):
        self.stages, self.serial, self.pk = stages, 0, {}
        self.pk["case draft"] = self.drafted().pk
        self.pk["case open"] = self.opened("notifying").pk
        for name in ("naming", "named", "confirmed"):
            self.opened(name)
        self.pk["case judged"] = self.judged().pk
        self.pk["case effective"] = self.effective().pk
        self.pk["case performed"] = self.performed().pk
        self.heard("heard")
        summons = Paper.objects.get(matter=self.pk["naming"], kind="summons")
        self.pk |= {"summons": summons.pk, "summons draft": self.writing()}

    @property
    def clerk(self):
        return self.stages.handler(self.stages.court)

    @property
    def organ(self):
        return self.stages.handler(self.stages.bureau)

    def drafted(self) -> Matter:
        matter = drafts.begin(self.clerk, kinds["case"])
        drafts.write(matter, {"court": self.stages.court, "cause": "土地行政处罚"})
        return matter

    def registered(self) -> Matter:
        self.serial += 1
        matter, day = drafts.begin(self.clerk, kinds["case"]), self.stages.today
        data = {
            "number": f"（{day.year}）桂0481行初{self.serial}号", "court": self.stages.court, "cause": "土地行政处罚",
            "filed_on": day - timedelta(days=9), "circumstances": ["high_concern"],
            "litigants": [{"role": "plaintiff", "sort": "person", "name": "欧阳丹"}],
            "defendants": [{"unit": self.stages.bureau, "role": "defendant", "served_on": day - timedelta(days=3)}],
        }  # fmt: skip
        engine.take(matter.pk, "register", self.clerk, data=data)
        return Matter.objects.get(pk=matter.pk)

    def opened(self, name: str) -> Matter:
        """A case with a hearing in ten days; its appearance stands at the state of that name."""
        matter = self.registered()
        begins = timezone.now() + timedelta(days=10)
        data = {"starts_at": begins, "ends_at": begins + timedelta(hours=2), "place": "第三审判庭", "online": False}
        decision = {"defendant": matter.case.defendants.get(), "duty": "must", "ground": "社会高度关注", "reason": ""}
        engine.take(matter.pk, "schedule", self.clerk, data={**data, "decisions": [decision]})
        row = Appearance.objects.get(hearing__case=matter.pk)
        self.pk[name] = row.pk
        for step in ("naming", "named", "confirmed")[: ("notifying", "naming", "named", "confirmed").index(name)]:
            getattr(self, step)(row)
        return matter

    def naming(self, row: Appearance) -> None:
        papers.save_draft(row.pk, "summons", self.clerk, None, {"text": "请你单位负责人出庭应诉。"})
        engine.take(row.pk, "summons-submit", self.clerk)
        engine.take(row.pk, "summons-sign", self.stages.people[self.stages.court.pk]["leader"])

    def named(self, row: Appearance) -> None:
        engine.take(
            row.pk, "name", self.organ, data={"attending": True, "rank": "deputy", "name": "覃某", "post": "副局长"}
        )

    def confirmed(self, row: Appearance) -> None:
        self.begin_now(row)
        engine.take(row.pk, "confirm", self.clerk, data=CONFIRMED)

    def begin_now(self, row: Appearance) -> None:
        Hearing.objects.filter(pk=row.hearing_id).update(starts_at=timezone.now() - timedelta(hours=3))

    def heard(self, name: str) -> None:
        """Named, and the hearing has begun."""
        kept = self.pk["named"]
        matter = self.opened("named")
        self.pk["named"] = kept
        row = Appearance.objects.get(hearing__case=matter.pk)
        self.begin_now(row)
        self.pk[name] = row.pk

    def judged(self) -> Matter:
        matter, day = self.registered(), self.stages.today
        data = {
            "outcome": "revoked", "happened_on": day - timedelta(days=2), "plaintiff_served_on": day - timedelta(days=1),
            "services": {matter.case.defendants.get().pk: day - timedelta(days=1)}, "duty_text": "重新作出决定。",
            "perform_by": day + timedelta(days=60),
        }  # fmt: skip
        engine.take(matter.pk, "judge", self.clerk, data=data)
        return matter

    def effective(self) -> Matter:
        matter = self.judged()
        engine.take(matter.pk, "effective", self.clerk, data={"happened_on": self.stages.today})
        return matter

    def performed(self) -> Matter:
        matter = self.effective()
        engine.take(
            matter.pk, "perform", self.organ, data={"happened_on": self.stages.today, "note": "已重新作出决定。"}
        )
        return matter

    def writing(self) -> int:
        """A notice that was sent for signature."""
        paper = papers.save_draft(
            self.pk["notifying"], "summons", self.clerk, None, {"text": "请你单位负责人出庭应诉。"}
        )
        engine.take(self.pk["notifying"], "summons-submit", self.clerk)
        return paper.pk
