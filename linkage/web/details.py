"""The page of one matter, and the pages of its steps."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Min, OuterRef, Subquery
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.views import View

from linkage.matters import engine, signing
from linkage.matters.flow import Step
from linkage.matters.kinds import Kind, readable
from linkage.matters.models import Attachment, Deadline, Event, Matter, Paper, Party, ReadMark
from linkage.matters.refusals import NotVisible, NotYours, Refused

from .forms import Confirmation
from .lamps import lamp
from .lists import BIGGEST

LONGEST = len(str(BIGGEST))


@dataclass(frozen=True)
class Button:
    """A step offered on a page: a link to its form, or a POST where it needs none."""

    verb: str
    label: str
    url: str
    posts: bool
    primary: bool = False


class MatterView(View):
    """Finds the matter through sight; what is not visible is not there."""

    kind: Kind

    @cached_property
    def actor(self):
        return self.request.actor

    @cached_property
    def object(self):
        """The detail row with its matter; NotVisible when the unit has no sight of it."""
        known = self.kwargs["pk"] <= BIGGEST
        row = self.details().filter(pk=self.kwargs["pk"]).first() if known else None
        if row is None:
            raise NotVisible
        return row

    def details(self):
        return readable(self.kind, self.actor).select_related("matter")

    @property
    def matter(self) -> Matter:
        return self.object.matter

    @cached_property
    def parties(self) -> list[Party]:
        """All parties; each with the moment its unit first read the matter."""
        first = ReadMark.objects.filter(matter=OuterRef("matter"), unit=OuterRef("holder")).order_by()
        read = first.values("unit").annotate(first=Min("at")).values("first")
        rows = Party.objects.filter(matter=self.matter).select_related("unit", "holder", "handler")
        return list(rows.annotate(read_at=Subquery(read)).order_by("-issuer", "-addressee", "pk"))

    @cached_property
    def party(self) -> Party | None:
        own = self.actor.unit.pk if self.actor.unit else None
        return next((row for row in self.parties if row.holder_id == own and row.since and not row.until), None)

    @cached_property
    def papers(self) -> list[Paper]:
        rows = signing.with_places(Paper.objects.visible_to(self.actor).filter(matter=self.matter), self.actor)
        return list(rows.select_related("unit", "file", "stamped", "drafted_by"))

    def open_paper(self, code: str) -> Paper | None:
        unit = self.actor.unit.pk
        own = [row for row in self.papers if row.open and row.kind == code and f",{unit}," in row.within]
        return own[-1] if own else None

    @cached_property
    def steps(self) -> list[Step]:
        return engine.permitted(self.kind, self.matter, self.party, self.actor)

    def url(self, *parts) -> str:
        base = f"{self.request.resolver_match.namespace}:detail"
        return reverse(base, args=[self.matter.pk]) + "".join(f"{part}/" for part in parts)

    def allowed(self, step: Step) -> str:
        """Why a step of a paper does not fit the paper now, or an empty string."""
        paper = self.open_paper(step.paper)
        return "没有草稿" if paper is None else signing.blocked(step, paper, asked=paper.asked)


class MatterDetail(MatterView):
    """What a party sees of a matter; subclasses add their mechanism's own rows in extra()."""

    template = ""

    def get(self, request, pk):
        return render(request, self.template, {**self.context(), **self.extra()})

    def context(self) -> dict:
        return {
            "object": self.object,
            "matter": self.matter,
            "party": self.party,
            "parties": self.parties,
            "events": self.events,
            "deadlines": self.deadlines,
            "papers": self.papers,
            "attachments": self.attachments,
            "buttons": self.buttons(),
        }

    @cached_property
    def events(self) -> list[Event]:
        rows = Event.objects.visible_to(self.actor).filter(matter=self.matter).exclude(verb="download")
        return list(rows.select_related("actor", "unit"))

    @cached_property
    def deadlines(self) -> list[Deadline]:
        return list(Deadline.objects.filter(matter=self.matter).select_related("unit", "rule"))

    @cached_property
    def attachments(self) -> list[Attachment]:
        rows = Attachment.objects.visible_to(self.actor).kept().filter(matter=self.matter)
        return list(rows.select_related("unit"))

    def buttons(self) -> list[Button]:
        """The steps people take from this page, in the table's order; those on papers stand beside their paper."""
        return [
            Button(step.verb, step.label, self.url(step.verb), not step.form, step.duty)
            for step in self.steps
            if not step.internal and self.offers(step)
        ]

    def countdown(self, deadlines: list[Deadline]) -> dict | None:
        """The running deadline a unit counts down to: its own nearest, else the nearest that all parties see."""
        own = [row for row in deadlines if self.actor.unit and row.unit_id == self.actor.unit.pk]
        shown = own or [row for row in deadlines if row.code in self.kind.shown]
        if not shown:
            return None
        row = min(shown, key=lambda each: each.due)
        return {
            "row": row,
            "lamp": lamp(row),
            "days": abs((row.due - localdate()).days),
            "changed": row.due != row.first_due,
            "others": [each for each in deadlines if each.pk != row.pk],
        }

    @cached_property
    def running(self) -> list[Deadline]:
        return [row for row in self.deadlines if not row.closed_on]

    # --- papers that are being written or signed -------------------------------------------------------------------------
    def writes(self) -> list[dict]:
        """The papers this actor may write now, with the address of the editor."""
        return [
            {
                "code": step.paper,
                "label": self.kind.flow.by_verb[step.then].label,
                "paper": self.open_paper(step.paper),
                "url": self.editor_url(step.paper),
            }
            for step in self.steps
            if step.act == "submit" and self.editable(step.paper)
        ]

    def editor_url(self, code: str) -> str:
        return self.url("write", code)

    def editable(self, code: str) -> bool:
        paper = self.open_paper(code)
        return paper is None or paper.status == Paper.Status.DRAFT

    def signings(self) -> list[dict]:
        """Papers of the unit that are being written or signed, with the verbs that fit now."""
        return [self.signing(code, paper) for code in self.kind.papers if (paper := self.open_paper(code))]

    def signing(self, code: str, paper: Paper) -> dict:
        return {
            "paper": paper,
            "label": self.kind.papers[code].label,
            "read": self.url("papers", paper.pk),
            "acts": [step for step in self.steps if step.paper == code and not self.allowed(step)],
            "returned": paper.status == Paper.Status.DRAFT and paper.returned_at,
        }

    def offers(self, step: Step) -> bool:
        """Whether the page shows a permitted step; a mechanism hides what its guard would refuse."""
        return True

    def extra(self) -> dict:
        """What else the template of a subclass needs."""
        return {}


class MatterStep(MatterView):
    """The form of a step and its taking; `forms_by_name` finds the form that the table names."""

    template = "web/step.html"
    forms_by_name: dict[str, type] = {}

    def get(self, request, pk, verb):
        self.step_of(verb)
        return self.page(self.form(None, None))

    def post(self, request, pk, verb):
        step = self.own_step(verb)
        form = self.form(request.POST, request.FILES)
        if self.matter.state not in step.source:
            return self.page(form, engine.stale(self.matter, self.actor))
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            engine.take(
                self.matter.pk,
                verb,
                self.actor,
                version=number(request.POST.get("version")),
                data={**form.cleaned_data, "paper_version": number(request.POST.get("paper_version"))},
            )
        except NotVisible:
            raise
        except Refused as refusal:
            return self.page(form, refusal)
        messages.success(request, self.told(step))
        return redirect(self.after(step))

    def step_of(self, verb: str) -> Step:
        """The step, if the actor may take it now: 409 where the matter has moved on."""
        step = self.own_step(verb)
        if self.matter.state not in step.source:
            raise engine.stale(self.matter, self.actor)
        return step

    def own_step(self, verb: str) -> Step:
        """The step, if it is this actor's at all: 404 for what does not exist, 403 with the reason for another's."""
        step = self.kind.flow.by_verb.get(verb)
        if step is None:
            raise NotVisible
        reason = engine.foreign(step, self.party, self.actor)
        if reason:
            raise NotYours(reason)
        self.step = step
        return step

    def form(self, data, files):
        form_class = self.forms_by_name.get(self.step.form, Confirmation)
        return form_class(data, files, matter=self.matter, actor=self.actor)

    def page(self, form, refusal: Refused | None = None, status: int = 200):
        paper = self.open_paper(self.step.paper) if self.step.paper else None
        context = {
            "form": form,
            "step": self.step,
            "matter": self.matter,
            "object": self.object,
            "paper": paper,
            "refusal": refusal,
            "back": self.url(),
        }
        return render(self.request, self.template, context, status=refusal.status if refusal else status)

    def told(self, step: Step) -> str:
        """The sentence after success: what happened and who has it now."""
        return f"{step.label}已完成。"

    def after(self, step: Step) -> str:
        """Where to go next; home when the matter is no longer there."""
        gone = Matter.objects.filter(pk=self.matter.pk, void=True).exists()
        return "home" if gone else self.url()


class MarkRead(MatterView):
    """已阅: posted by the page."""

    def post(self, request, pk):
        ReadMark.objects.bulk_create(
            [ReadMark(user=request.user, unit=self.actor.unit, matter=self.matter)], ignore_conflicts=True
        )
        return redirect(self.url())


def number(text: str | None) -> int | None:
    """A version or key that was posted; None where there is none."""
    return int(text) if text and text.isdecimal() and len(text) < LONGEST else None
