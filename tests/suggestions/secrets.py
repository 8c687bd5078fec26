"""Letters full of words that only some may read, and everything a person can open in the portal.

Every word in WORDS stands in exactly one place; `readers` are the units that may meet it, in any exit at all.
"""

from datetime import timedelta
from io import BytesIO
from urllib.parse import unquote

from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from linkage.jobs import outbox
from linkage.jobs.models import Job
from linkage.matters import engine, files, papers
from linkage.matters.models import Attachment, Matter, Paper
from linkage.web.lists import LAMPS, TABS
from linkage.web.models import ApiToken
from suggestions import drafts
from suggestions.kind import KIND
from suggestions.models import SuggestionType
from tests import factories
from tests.stages import Stages, browser, people_of

LIST = "/suggestions/"
DAY = timedelta(days=1)
PARTIES = {"court", "bureau", "office"}
WORDS = {
    # a draft that its leader returned
    "甲一标题": {"court"},
    "甲二问题": {"court"},
    "甲三建议": {"court"},
    "甲四退回理由": {"court"},
    # a letter that is out; its reply and a 催办函 are being written
    "乙一标题": PARTIES,
    "乙二退回理由": {"court"},
    "乙三发文稿纸": {"court"},
    "乙四签发人": PARTIES,
    "乙五回复草稿": {"bureau"},
    "乙六佐证材料": {"bureau"},
    "乙七佐证内容": {"bureau"},
    "乙八回复文书": {"bureau"},
    "乙九退回理由": {"bureau"},
    "乙十催办底稿": {"office"},
    "乙百催办退回": {"office"},
    # a letter that was answered; the answer was signed on paper
    "丙一标题": PARTIES,
    "丙二正式回复": PARTIES,
    "丙三佐证材料": PARTIES,
    "丙四发文稿纸": {"bureau"},
    "丙五退回理由": {"bureau"},
    # withdrawn, void, and a letter between others
    "丁一标题": PARTIES,
    "丁二撤回原因": PARTIES,
    "戊一标题": set(),
    "己一标题": {"procuratorate", "town", "office"},
    "己二原件": {"procuratorate", "town", "office"},
}
VISIBLE = {  # which letters a unit sees, of those in Letters.matters
    "court": {"draft", "live", "replied", "withdrawn"},
    "bureau": {"live", "replied", "withdrawn"},
    "office": {"live", "replied", "withdrawn", "other"},
    "procuratorate": {"other"},
    "town": {"other"},
    "second_court": set(),
    "school": set(),
}


def text_file(words: str) -> object:
    return factories.upload(f"{words}.txt", words.encode())


class Letters(Stages):
    """The units with their people, and the six letters."""

    def __init__(self):
        super().__init__()
        self.second_court = factories.unit("court", "市第二人民法院", prefix="岑二法")
        self.procuratorate = factories.unit("procuratorate", "市人民检察院", prefix="岑检")
        self.school = factories.unit("department", "市教育局", prefix="岑教")
        for unit in (self.second_court, self.procuratorate, self.school):
            self.people[unit.pk] = people_of(unit)
        self.matters = {
            "draft": self.returned_draft(), "live": self.live(), "replied": self.answered(),
            "withdrawn": self.taken_back(), "void": self.discarded(), "other": self.between_others(),
        }  # fmt: skip
        self.papers = {name: list(Paper.objects.filter(matter=row)) for name, row in self.matters.items()}
        self.files = {name: list(Attachment.objects.filter(matter=row)) for name, row in self.matters.items()}
        self.carry_out()
        self.browsers = {
            (name, role): browser(self.people[getattr(self, name).pk][role])
            for name in VISIBLE
            for role in ("handler", "leader", "admin")
        }
        self.tokens = {name: self.token(name) for name in VISIBLE}

    def carry_out(self) -> None:
        """Everybody is told; one PDF is made, which is enough to fetch it."""
        letter = next(row for row in self.papers["live"] if row.kind == "suggestion")
        wanted = Job.objects.filter(name="announce") | Job.objects.filter(key=f"render:{letter.pk}")
        assert all(outbox.carry_out(pk) for pk in wanted.order_by("pk").values_list("pk", flat=True))

    def token(self, name: str) -> str:
        unit = getattr(self, name)
        admin = self.people[unit.pk]["admin"].user
        _, secret = ApiToken.issue(
            unit=unit, name="办公系统", scopes=["read", "register", "handle"], expires_on=self.today, created_by=admin
        )
        return secret

    # --- the letters ------------------------------------------------------------------------------------------------------
    def returned_draft(self) -> Matter:
        matter = self.signing(self.draft(title="规范听证甲一标题", problems="甲二问题。", advice=["甲三建议。"]))
        self.take(matter, "suggestion-return", self.court, "leader", note="甲四退回理由")
        return matter

    def live(self) -> Matter:
        matter = self.signing(self.draft(title="规范听证乙一标题"))
        self.take(matter, "suggestion-return", self.court, "leader", note="乙二退回理由")
        self.sign_off_line(matter, "suggestion", self.court, "乙三发文稿纸", "乙四签发人")
        self.take(matter, "serve", self.court, method="direct", happened_on=self.today - 100 * DAY)
        self.reply(matter, "乙五回复草稿", evidence="乙六佐证材料")
        self.add_to_reply(matter)
        self.take(matter, "reply-submit", self.bureau)
        self.take(matter, "reply-return", self.bureau, "leader", note="乙九退回理由")
        papers.save_draft(matter.pk, "urging", self.handler(self.office), None, {"text": "乙十催办底稿。"})
        self.take(matter, "urging-submit", self.office)
        self.take(matter, "urging-return", self.office, "leader", note="乙百催办退回")
        return matter

    def answered(self) -> Matter:
        matter = self.handling(title="规范听证丙一标题")
        self.reply(matter, "丙二正式回复", evidence="丙三佐证材料")
        self.take(matter, "reply-submit", self.bureau)
        self.take(matter, "reply-return", self.bureau, "leader", note="丙五退回理由")
        self.sign_off_line(matter, "reply", self.bureau, "丙四发文稿纸", "陆某")
        return matter

    def taken_back(self) -> Matter:
        matter = self.handling(title="规范听证丁一标题")
        self.take(matter, "withdraw", self.court, "leader", note="丁二撤回原因")
        return matter

    def discarded(self) -> Matter:
        matter = self.draft(title="规范听证戊一标题")
        self.take(matter, "discard", self.court)
        return matter

    def between_others(self) -> Matter:
        """The procuratorate registers a letter to the town, which the legal office has in copy."""
        clerk = self.handler(self.procuratorate)
        type_ = SuggestionType.objects.get(pk="procuratorial.governance")
        matter = drafts.begin(clerk, KIND, type_, origin=Paper.Origin.REGISTERED)
        drafts.write(matter, clerk, factories.letter_data(self.town, type=type_, title="规范听证己一标题"))
        paper = papers.open_paper(matter, "suggestion", clerk)
        upload = factories.upload("己二原件.pdf")
        paper.file = files.store(upload, matter, Attachment.Purpose.LETTER, clerk, paper=paper, open_to_all=False)
        paper.save()
        engine.take(matter.pk, "register", clerk, data={"number": "岑检建〔2026〕7号", "issued_on": self.today})
        matter.refresh_from_db()
        return matter

    def sign_off_line(self, matter: Matter, code: str, unit, sheet: str, signer: str) -> None:
        signed = {"signer_name": signer, "signed_on": self.today, "sheet": text_file(sheet)}
        self.take(matter, f"{code}-record", unit, **signed)

    def reply(self, matter: Matter, words: str, evidence: str) -> None:
        clerk, draft = self.handler(self.bureau), factories.reply_draft()
        draft["items"]["1"]["note"] = f"{words}。"
        paper = papers.save_draft(matter.pk, "reply", clerk, None, draft)
        files.store(text_file(evidence), matter, "evidence", clerk, paper=paper, open_to_all=False)

    def add_to_reply(self, matter: Matter) -> None:
        """More evidence, and the reply as the bureau's own document."""
        clerk = self.handler(self.bureau)
        paper = papers.open_paper(matter, "reply", clerk)
        proof = factories.upload("照片.txt", "乙七佐证内容".encode())
        files.store(proof, matter, "evidence", clerk, paper=paper, open_to_all=False)
        own = text_file("乙八回复文书")
        paper.file = files.store(own, matter, Attachment.Purpose.OWN, clerk, paper=paper, open_to_all=False)
        paper.origin = Paper.Origin.OWN
        paper.save()

    # --- addresses --------------------------------------------------------------------------------------------------------
    def address(self, name: str, *parts) -> str:
        return reverse("suggestions:detail", args=[self.matters[name].pk]) + "".join(f"{part}/" for part in parts)

    def addresses(self, exit_: str, names=None) -> list[str]:
        """Every address of an exit for the letters named; what is nobody's own letter comes with all of them."""
        each = self.matters if names is None else names
        telling = [name for name in each if name in ("draft", "live", "replied")]
        own = [(name, row) for name in each for row in self.papers[name]]
        pages = {
            "list": [f"{LIST}?{condition}" for condition in self.conditions(each)],
            "detail": [self.address(name) for name in each],
            "paper": [self.address(name, "papers", row.pk) for name, row in own],
            "pdf": [self.address(name, "papers", row.pk, what) for name, row in own for what in ("pdf", "progress")],
            "file": [self.address(name, "files", row.pk) for name in each for row in self.files[name]],
            "sheet": [self.address(name, what) for name in telling for what in ("receipt", "intake")]
            + [self.address(name, "papers", row.pk, "sheet") for name, row in own if name in telling],
            "editor": [self.address(name, "write", code) for name in telling for code in KIND.papers]
            + [self.address(name, "letter") for name in telling],
            "step": [self.address(name, verb) for name in telling for verb in self.asked(name, "handler")],
            "signing": [self.address(name, verb) for name in telling for verb in self.asked(name, "leader")],
            "workbench": [f"{reverse('home')}?tab={tab}" for tab in ("todo", "unread", "unit")],
            "inbox": [reverse("inbox")],
        }
        return pages[exit_]

    def conditions(self, names) -> list[str]:
        """Tabs, lamps and filters; none of them can add a letter to an empty list."""
        tabs = [f"tab={tab}" for tab, _ in TABS[1:]] + [f"lamp={lamp}" for lamp, _, _ in LAMPS]
        return ["", "q=规范听证", *(tabs if names else []), f"family=judicial&addressee={self.bureau.pk}"]

    def asked(self, name: str, post: str) -> list[str]:
        """The verbs of a post that have a page of their own and fit the letter's state."""
        state = self.matters[name].state
        steps = KIND.flow.by_verb.items()
        return [verb for verb, step in steps if step.form and step.post == post and state in step.source]

    def api_addresses(self) -> list[str]:
        root = "/api/v1/suggestions/"
        conditions = ["", "?q=规范听证", "?tab=todo", "?tab=done", "?lamp=overdue", "?family=judicial"]
        below = [f"{self.matters[name].pk}/papers/{row.pk}/pdf/" for name, rows in self.papers.items() for row in rows]
        below += [f"{self.matters[name].pk}/files/{row.pk}/" for name, rows in self.files.items() for row in rows]
        return [f"{root}{rest}" for rest in [*conditions, *(f"{row.pk}/" for row in self.matters.values()), *below]]

    # --- reading ----------------------------------------------------------------------------------------------------------
    def export(self, client: Client, conditions: str = "") -> str:
        """The rows of the sheet that a person gets for his conditions."""
        page = client.post(reverse("suggestions:export") + conditions).url
        job = Job.objects.latest("pk")
        assert outbox.carry_out(job.pk)
        sheet = load_workbook(BytesIO(b"".join(client.get(f"{page}file/").streaming_content))).active
        return "\n".join(str(value) for row in sheet.iter_rows(values_only=True) for value in row)


def words_of(response) -> str:
    """All that an answer says: its body and the name of the file in it."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return unquote(response.get("Content-Disposition", "")) + body.decode("utf-8", "replace")
