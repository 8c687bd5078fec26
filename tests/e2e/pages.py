"""Every page of the portal with somebody who may see it; what has an address and is no page says so here."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.urls import get_resolver, reverse
from django.utils.timezone import localdate

from appearances.flow import APPEARANCE, CASE
from infoshare import drafts as notices
from infoshare.flow import FLOW as NOTICE_FLOW
from infoshare.kind import KIND as NOTICE
from linkage.jobs import outbox
from linkage.jobs.models import Job
from linkage.matters import engine
from linkage.matters.models import CalendarNotice, Matter, Paper
from linkage.units.acting import Actor
from linkage.units.models import Post
from linkage.web.models import ApiToken
from suggestions.flow import FLOW
from tests import factories
from tests.appearances.courtroom import Courtroom
from tests.infoshare.conftest import FIELDS, PUBLISH
from tests.stages import Stages


class Scene(Stages):
    """A suggestion in every state, joint notices, an application, an export: `pk` finds them by name."""

    def __init__(self):
        super().__init__()
        self.pk: dict[str, object] = {
            "draft": self.draft(case_number="（2026）桂0481行初12号").pk,
            "letter": self.registered().pk,
            "signing": self.signing(self.draft()).pk,
            "issued": self.issued().pk,
            "unserved": self.issued(self.firm).pk,
            "offline": self.handling(self.firm).pk,
            "handling": self.handling().pk,
            "answering": self.answering().pk,
            "late": self.written(self.handling(late=True), submit=True).pk,
            "replied": self.replied().pk,
            "supplement": self.supplement().pk,
            "following": self.following().pk,
            "closed": self.closed().pk,
            "withdrawn": self.withdrawn().pk,
        }
        self.pk |= self.papers() | self.notices() | self.keeping() | Courtroom(self).pk
        self.work()

    def answering(self) -> Matter:
        """Received; the reply was written, sent for signature and returned with a reason."""
        matter = self.handling()
        self.take(matter, "receive", self.bureau)
        self.write(matter, "reply", self.bureau)
        self.take(matter, "reply-submit", self.bureau)
        self.take(matter, "reply-return", self.bureau, "leader", note="第二项写明完成时间。")
        return matter

    def papers(self) -> dict[str, int]:
        asked = {
            "draft paper": "draft",
            "issued paper": "replied",
            "signing paper": "signing",
            "old paper": "withdrawn",
        }
        return {name: Paper.objects.filter(matter=self.pk[of]).earliest("pk").pk for name, of in asked.items()}

    def notices(self) -> dict[str, int]:
        made = {name: self.notice().pk for name in ("notice draft", "notice", "old notice")}
        for number, name in enumerate(("notice", "old notice"), start=1):
            data = {**PUBLISH, "number": f"岑司发〔2018〕{number}号"}
            engine.take(made[name], "publish", self.handler(self.office), data=data)
        leader = self.people[self.office.pk]["leader"]
        engine.take(made["old notice"], "withdraw", leader, data={"note": "已由新文件代替。"})
        return made | {"notice paper": Paper.objects.get(matter=made["notice"]).pk}

    def notice(self) -> Matter:
        clerk = self.handler(self.office)
        matter, paper = notices.begin(clerk, NOTICE)
        notices.write(matter, paper, {**FIELDS, "issuers": [self.office, self.court]})
        paper.save()
        return matter

    def keeping(self) -> dict[str, object]:
        admin, clerk = self.people[self.court.pk]["admin"], self.handler(self.court)
        token, _ = ApiToken.issue(
            unit=self.court, created_by=admin.user, name="审判管理系统", scopes=["read"],
            expires_on=localdate() + timedelta(days=90),
        )  # fmt: skip
        asked = uuid.uuid4()
        outbox.ask("export-suggestions", f"export:{asked}", user=clerk.user.pk, unit=self.court.pk, query="")
        days = CalendarNotice.objects.earliest("pk").pk
        return {"person": clerk.user.pk, "token": token.pk, "export": asked, "days": days}

    def work(self) -> None:
        """The worker has come to the export and to two papers; of the others the page says that they are in the making."""
        made = [f"render:{self.pk[name]}" for name in ("issued paper", "notice paper")]
        for job in Job.objects.filter(key__in=[*made, f"export:{self.pk['export']}"]):
            outbox.carry_out(job.pk)

    def actor(self, who: str) -> Actor | None:
        """`court` is the court's handler, `court leader` its leader; '' is nobody."""
        if who == "two":
            return self.of_two_units
        name, _, role = who.partition(" ")
        return self.people[getattr(self, name).pk][role or "handler"] if who else None

    @property
    def of_two_units(self) -> Actor:
        person = factories.person(self.town, "handler")
        Post.objects.create(user=person.user, unit=self.office, role="admin")
        return person


WORDS = {"code", "form", "verb"}  # parts of an address that are no row


@dataclass(frozen=True)
class Sample:
    """An address by its name, who looks, and what fills the address: rows by their name in the scene, or words."""

    name: str
    who: str
    query: str = ""
    status: int = 200
    parts: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return " ".join([self.name, *self.parts.values(), self.who, self.query]).strip()

    def address(self, scene: Scene) -> str:
        filled = {key: value if key in WORDS else scene.pk[value] for key, value in self.parts.items()}
        return (reverse(self.name, kwargs=filled) if self.name else "/nowhere/") + self.query


def sample(name: str, who: str, query: str = "", status: int = 200, **parts: str) -> Sample:
    return Sample(name, who, query, status, parts)


def details(who: str, *states: str) -> list[Sample]:
    return [sample("suggestions:detail", who, pk=state) for state in states]


def step(verb: str, who: str, pk: str) -> Sample:
    return sample("suggestions:step", who, pk=pk, verb=verb)


COURT_OPEN = ("serve", "schedule", "move", "cancel", "conciliate", "judge", "amend")
COURT_JUDGED = ("serve-judgment", "effective", "appealed")
SAMPLES = [
    sample("home", "bureau"),
    sample("home", "court"),
    sample("home", "office", "?tab=unread"),
    sample("home", "town"),
    sample("home", "bureau", "?lamp=soon"),
    sample("home", "two"),
    sample("inbox", "bureau"),
    sample("inbox", "town"),
    sample("help", "town"),
    sample("account_login", ""),
    sample("account_logout", "town"),
    sample("account", "bureau"),
    sample("account_change_password", "bureau"),
    sample("unit", "court admin"),
    sample("unit_users", "court admin"),
    sample("unit_users", "court admin", "?state=disabled"),
    sample("unit_users", "court", status=403),
    sample("unit_user_new", "court admin"),
    sample("unit_user_join", "court admin"),
    sample("unit_user", "court admin", pk="person"),
    sample("unit_user_password", "court admin", pk="person"),
    sample("applications", "court admin"),
    sample("applications", "bureau admin"),
    sample("application_new", "court admin"),
    sample("application_secret", "court admin", pk="token"),
    sample("calendar", "town"),
    sample("calendar", "office", "?year=2028"),
    sample("calendar_notice_new", "office"),
    sample("calendar_notice", "office", pk="days"),
    sample("calendar_rules", "office"),
    sample("office_hours", "office"),
    sample("system_state", "office admin"),
    sample("calendar_rule_new", "office", code="suggestion.receive"),
    sample("suggestions:list", "court"),
    sample("suggestions:list", "office", "?lamp=overdue"),
    sample("suggestions:list", "town"),
    sample("suggestions:list", "court", "?q=%E6%97%A0&year=2026"),
    sample("suggestions:new", "court"),
    sample("suggestions:new", "town", status=403),
    sample("suggestions:register", "court"),
    sample("suggestions:export_page", "court", key="export"),
    *details("court", "draft", "issued", "late", "replied", "closed", "withdrawn"),
    *details("court leader", "signing"),
    *details("bureau", "handling", "answering", "supplement"),
    *details("bureau leader", "late"),
    *details("office", "late", "following"),
    sample("suggestions:detail", "town", status=404, pk="handling"),
    sample("suggestions:letter", "court", pk="letter"),
    sample("suggestions:write", "court", pk="draft", code="suggestion"),
    sample("suggestions:write", "bureau", pk="handling", code="reply"),
    sample("suggestions:write", "bureau", pk="answering", code="reply"),
    sample("suggestions:write", "office", pk="late", code="urging"),
    sample("suggestions:receipt", "court", pk="issued"),
    sample("suggestions:intake", "bureau", pk="handling"),
    sample("suggestions:sheet", "court", pk="draft", paper="draft paper"),
    sample("suggestions:paper", "bureau", pk="replied", paper="issued paper"),
    sample("suggestions:paper", "court leader", pk="signing", paper="signing paper"),
    sample("suggestions:paper", "bureau", pk="withdrawn", paper="old paper"),
    step("register", "court", "letter"),
    step("serve", "court", "issued"),
    step("receive", "bureau", "handling"),
    step("enter", "court", "offline"),
    step("close", "court", "replied"),
    step("follow", "court", "replied"),
    step("supplement", "court", "replied"),
    step("remind", "office", "handling"),
    step("call", "office", "late"),
    step("stamp", "court", "handling"),
    step("withdraw", "court leader", "handling"),
    step("suggestion-return", "court leader", "signing"),
    step("suggestion-record", "court", "draft"),
    step("reply-return", "bureau leader", "late"),
    step("reply-record", "bureau", "late"),
    step("urging-return", "office leader", "late"),
    step("urging-record", "office", "late"),
    sample("suggestions:step", "bureau", status=403, pk="replied", verb="close"),
    sample("infoshare:list", "office"),
    sample("infoshare:list", "town", "?q=%E6%97%A0"),
    sample("infoshare:new", "office"),
    sample("infoshare:detail", "office", pk="notice draft"),
    sample("infoshare:detail", "town", pk="notice"),
    sample("infoshare:detail", "office", pk="old notice"),
    sample("infoshare:write", "court", pk="notice draft"),
    sample("infoshare:paper", "town", pk="notice", paper="notice paper"),
    sample("infoshare:step", "office", pk="notice draft", verb="publish"),
    sample("infoshare:step", "office", pk="notice", verb="stamp"),
    sample("infoshare:step", "office leader", pk="notice", verb="withdraw"),
    sample("cases:list", "court"),
    sample("cases:list", "town"),
    sample("cases:new", "bureau"),
    sample("cases:edit", "court", pk="case draft"),
    sample("cases:detail", "court", pk="case open"),
    sample("cases:detail", "bureau", pk="case judged"),
    sample("cases:detail", "office", pk="case effective"),
    sample("cases:detail", "town", status=404, pk="case open"),
    *[sample("cases:step", "court", pk="case open", verb=verb) for verb in COURT_OPEN],
    *[sample("cases:step", "court", pk="case judged", verb=verb) for verb in COURT_JUDGED],
    sample("cases:step", "court leader", pk="case open", verb="annul"),
    sample("cases:step", "bureau", pk="case open", verb="defend"),
    sample("cases:step", "bureau", pk="case judged", verb="decide"),
    sample("cases:step", "bureau", pk="case effective", verb="perform"),
    sample("cases:step", "court", pk="case effective", verb="enforce"),
    sample("cases:step", "court", pk="case performed", verb="verify"),
    sample("cases:step", "court", pk="case performed", verb="unperformed"),
    sample("appearances:list", "court"),
    sample("appearances:list", "town"),
    sample("appearances:detail", "court", pk="notifying"),
    sample("appearances:detail", "bureau", pk="naming"),
    sample("appearances:detail", "office", pk="named"),
    sample("appearances:detail", "court", pk="heard"),
    sample("appearances:detail", "bureau", pk="confirmed"),
    sample("appearances:write", "office", pk="naming", code="urging"),
    sample("appearances:paper", "bureau", pk="naming", paper="summons"),
    sample("appearances:sheet", "court", pk="notifying", paper="summons draft"),
    sample("appearances:form", "bureau", pk="named", form="identity-principal"),
    *[sample("appearances:step", "court", pk="notifying", verb=verb) for verb in ("enter", "unnotified")],
    *[sample("appearances:step", "court", pk="named", verb=verb) for verb in ("served", "mend")],
    *[sample("appearances:step", "bureau", pk="naming", verb=verb) for verb in ("name", "material")],
    sample("appearances:step", "bureau", pk="named", verb="swap"),
    sample("appearances:step", "court", pk="heard", verb="confirm"),
    sample("appearances:step", "court", pk="confirmed", verb="correct"),
    sample("appearances:step", "bureau", pk="confirmed", verb="summarise"),
    sample("appearances:step", "court leader", pk="notifying", verb="summons-return"),
    sample("appearances:step", "court", pk="notifying", verb="summons-record"),
    sample("", "town", status=404),
]

NO_PAGES = {
    "posts only": {"inbox_open", "suggestions:export", "suggestions:read", "infoshare:read", "system_retry", "cases:read",
                   "appearances:read", "appearances:prepare"},
    "posts, and a GET leads elsewhere": {
        "switch_unit", "unit_user_reset", "unit_user_disable", "unit_user_enable", "application_revoke",
    },
    "a part of a page": {"unit_user_account", "suggestions:progress", "infoshare:progress", "appearances:progress"},
    "a file": {
        "suggestions:export_file", "suggestions:pdf", "suggestions:file", "infoshare:pdf", "infoshare:file",
        "cases:file", "appearances:pdf", "appearances:file",
    },
    "drawn by Swagger UI, not by us": {"api-docs"},
    "for programs": {"health"},
}  # fmt: skip


def names(patterns=None, space: str = "") -> Iterator[str]:
    """The name of every address for people; those of programs begin with api."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name and (pattern.name == "api-docs" or not pattern.name.startswith("api-")):
            yield space + pattern.name


def verbs(name: str) -> set[str]:
    return {row.parts["verb"] for row in SAMPLES if row.name == name}


def asking(flow) -> set[str]:
    """The steps that ask for something on a page of their own."""
    return {verb for verb, step in flow.by_verb.items() if step.form}


FORMS = {
    "suggestions:step": asking(FLOW), "infoshare:step": asking(NOTICE_FLOW), "cases:step": asking(CASE) - {"register"},
    "appearances:step": asking(APPEARANCE) - {"urging-return", "urging-record"},  # as the notice's
}  # fmt: skip
