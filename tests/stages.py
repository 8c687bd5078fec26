"""Suggestions in every state, put there by the engine: built once for a module of tests and rolled back after it."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.test import Client, override_settings
from django.utils.timezone import localdate

from linkage.matters import engine, files, papers
from linkage.matters.models import Attachment, Matter, Paper
from linkage.units.acting import Actor
from linkage.units.models import Post, Unit
from suggestions import drafts
from suggestions.kind import KIND
from suggestions.models import SuggestionType
from tests import factories

QUICK_PASSWORDS = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
FAR = 2_000_000_000  # a session that began then is never idle
LONG_AGO = timedelta(days=100)  # two months and all holidays are over


def storage_in(folder: Path) -> dict:
    """Settings that keep the files of a module in a folder of its own."""
    options = {"location": str(folder)}
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    pages = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    return {"MEDIA_ROOT": folder, "STORAGES": {"default": files, "staticfiles": pages}}


@contextlib.contextmanager
def kept_for_a_module(blocker, folder: Path) -> Iterator[None]:
    """The database opened for a whole module, in one transaction that is rolled back at its end."""
    with blocker.unblock(), override_settings(**storage_in(folder), **QUICK_PASSWORDS), transaction.atomic():
        yield
        transaction.set_rollback(True)


def people_of(unit: Unit) -> dict[str, Actor]:
    """One person for each post."""
    return {role: factories.person(unit, role) for role in Post.Role.values}


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    session = client.session
    session["started"] = FAR
    if actor.unit:
        session["unit"] = actor.unit.pk
    session.save()
    return client


class Stages:
    """The court writes to the bureau, the legal office has its copy, the town has nothing to do with it.

    Nobody has filed consent to online service, so that every state is entered by a step of its own.
    """

    def __init__(self):
        self.today = localdate()
        self.court = factories.unit("court", "市人民法院", prefix="岑法")
        self.office = factories.unit("legal_office", "市司法局", prefix="岑司")
        self.bureau = factories.unit("department", "市自然资源局", prefix="岑自然资")
        self.town = factories.unit("town", "南渡镇人民政府", prefix="南政")
        self.firm = factories.unit("enterprise", "某石材有限公司", offline=True)
        self.people = {
            unit.pk: people_of(unit) for unit in (self.court, self.office, self.bureau, self.town, self.firm)
        }

    def handler(self, unit: Unit) -> Actor:
        return self.people[unit.pk]["handler"]

    def take(self, matter: Matter, verb: str, unit: Unit, role: str = "handler", **data) -> None:
        engine.take(matter.pk, verb, self.people[unit.pk][role], data=data)
        matter.refresh_from_db()

    # --- states, each from the one before it ------------------------------------------------------------------------------
    def draft(self, addressee: Unit | None = None, **fields) -> Matter:
        return factories.draft(self.handler(self.court), addressee or self.bureau, **fields)

    def registered(self) -> Matter:
        """A draft whose letter was made elsewhere: its PDF is there, its confirmation is not."""
        clerk = self.handler(self.court)
        type_ = SuggestionType.objects.get(pk="judicial.case")
        matter = drafts.begin(clerk, KIND, type_, origin=Paper.Origin.REGISTERED)
        drafts.write(matter, clerk, factories.letter_data(self.bureau, type=type_))
        paper = papers.open_paper(matter, "suggestion", clerk)
        paper.file = files.store(
            factories.upload("建议书.pdf"), matter, Attachment.Purpose.LETTER, clerk, paper=paper, open_to_all=False
        )
        paper.save()
        matter.refresh_from_db()
        return matter

    def signing(self, matter: Matter) -> Matter:
        self.take(matter, "suggestion-submit", self.court)
        return matter

    def issued(self, addressee: Unit | None = None, **fields) -> Matter:
        matter = self.signing(self.draft(addressee, **fields))
        self.take(matter, "suggestion-sign", self.court, "leader")
        return matter

    def handling(self, addressee: Unit | None = None, *, late: bool = False, **fields) -> Matter:
        matter = self.issued(addressee, **fields)
        day = self.today - LONG_AGO if late else self.today
        self.take(matter, "serve", self.court, method="direct", happened_on=day)
        return matter

    def replied(self) -> Matter:
        matter = self.handling()
        self.write(matter, "reply", self.bureau)
        self.take(matter, "reply-submit", self.bureau)
        self.take(matter, "reply-sign", self.bureau, "leader")
        return matter

    def supplement(self) -> Matter:
        matter = self.replied()
        self.take(matter, "supplement", self.court, agreed_on=self.today + timedelta(days=10), note="请补充第二项。")
        return matter

    def following(self) -> Matter:
        matter = self.replied()
        self.take(matter, "follow", self.court, result="partly", opinion="第三项待落实。")
        return matter

    def closed(self) -> Matter:
        matter = self.following()
        self.take(matter, "close", self.court, result="done", opinion="落实到位。")
        return matter

    def withdrawn(self) -> Matter:
        matter = self.handling()
        self.take(matter, "withdraw", self.court, "leader", note="文书有误。")
        return matter

    # --- papers in them ---------------------------------------------------------------------------------------------------
    def write(self, matter: Matter, code: str, unit: Unit) -> Paper:
        draft = factories.reply_draft() if code == "reply" else {"text": "请尽快回复。", "number": ""}
        return papers.save_draft(matter.pk, code, self.handler(unit), None, draft)

    def written(self, matter: Matter, *, submit: bool = False) -> Matter:
        """A reply of the bureau and a 催办函 of each of the two others, as drafts or sent for signature."""
        for code, unit in (("reply", self.bureau), ("urging", self.office), ("urging", self.court)):
            self.write(matter, code, unit)
            if submit:
                self.take(matter, f"{code}-submit", unit)
        return matter
