"""Units, people and letters for tests: traits by name, no surprises."""

from datetime import date
from functools import cache
from itertools import count

from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile

from linkage.matters import engine, papers
from linkage.matters.models import Matter
from linkage.units.acting import Actor, for_unit
from linkage.units.models import Area, Post, Unit, User
from suggestions import drafts
from suggestions.kind import KIND
from suggestions.models import SuggestionType

serial = count(1)
PASSWORD = "Cenxi-2026-linkage"


@cache
def hashed() -> str:
    """PASSWORD hashed once: Argon2 is slow on purpose."""
    return make_password(PASSWORD)


def area() -> Area:
    return Area.objects.get(pk="450481")


def unit(kind: str, short: str, **fields) -> Unit:
    fields = {"name": f"岑溪{short}", "prefix": f"岑{short[1:3]}", **fields}
    return Unit.objects.create(kind=kind, short=short, area=area(), **fields)


def person(unit: Unit, *roles: str, **fields) -> Actor:
    """A person with posts in a unit, as an actor."""
    number = next(serial)
    fields = {"username": f"p{number}", "name": f"某{number}", "must_change_password": False, **fields}
    user = User.objects.create(password=hashed(), **fields)
    for role in roles:
        Post.objects.create(user=user, unit=unit, role=role)
    return for_unit(user, unit)


CONSENT = date(2020, 1, 1)


class World:
    """The three lead units and some agencies, each with a handler and a leader."""

    def __init__(self):
        self.court = unit("court", "市人民法院", prefix="岑法", online_service_since=CONSENT)
        self.office = unit("legal_office", "市司法局", prefix="岑司", online_service_since=CONSENT)
        self.procuratorate = unit("procuratorate", "市人民检察院", prefix="岑检")
        self.bureau = unit("department", "市自然资源局", prefix="岑自然资", online_service_since=CONSENT)
        self.town = unit("town", "南渡镇人民政府", prefix="南政")
        self.firm = unit("enterprise", "某石材有限公司", offline=True)
        for name in ("court", "office", "procuratorate", "bureau", "town"):
            setattr(self, f"{name}_handler", person(getattr(self, name), "handler"))
            setattr(self, f"{name}_leader", person(getattr(self, name), "leader"))

    def outsider(self) -> Actor:
        return self.town_handler


ADVICE = ["规范听证告知程序。", "组织执法人员培训。", "开展案卷自查。"]


def letter_data(addressee: Unit, **fields) -> dict:
    return {
        "addressee": addressee,
        "title": "规范行政处罚听证告知程序",
        "opening": "本院审理案件时发现以下问题。",
        "problems": "听证告知期限不足。",
        "advice": list(ADVICE),
        "period_amount": 2,
        "period_unit": "month",
        "contact": "梁某",
        "contact_phone": "0774-0000000",
        **fields,
    }


def draft(actor: Actor, addressee: Unit, type_code: str = "judicial.case", **fields) -> Matter:
    """A complete draft of a letter."""
    type_ = SuggestionType.objects.get(pk=type_code)
    matter = drafts.begin(actor, KIND, type_)
    drafts.write(matter, actor, letter_data(addressee, type=type_, **fields))
    return Matter.objects.get(pk=matter.pk)


def issued(world: World, addressee: Unit | None = None, **fields) -> Matter:
    """A letter of the court, signed and out."""
    matter = draft(world.court_handler, addressee or world.bureau, **fields)
    engine.take(matter.pk, "suggestion-submit", world.court_handler)
    engine.take(matter.pk, "suggestion-sign", world.court_leader)
    matter.refresh_from_db()
    return matter


def reply_draft(**fields) -> dict:
    items = {str(order): {"status": "done", "note": f"第{order}项已办。"} for order in range(1, len(ADVICE) + 1)}
    return {"stance": "full", "unlawful": "no", "correction": "", "opening": "", "items": items, **fields}


def replied(world: World, matter: Matter) -> Matter:
    papers.save_draft(matter.pk, "reply", world.bureau_handler, None, reply_draft())
    engine.take(matter.pk, "reply-submit", world.bureau_handler)
    engine.take(matter.pk, "reply-sign", world.bureau_leader)
    matter.refresh_from_db()
    return matter


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def upload(name: str = "回证.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)
