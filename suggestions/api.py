"""Suggestions at the API: reading, registering an issued letter, the steps of a handler."""

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.response import Response

from linkage.matters import engine, files, papers
from linkage.matters.models import Attachment, Box, Matter, Paper
from linkage.units.acting import Actor
from linkage.web import schema
from linkage.web.idempotency import once
from linkage.web.models import ApiToken
from linkage.web.posting import posted, require
from linkage.web.viewsets import MatterViewSet

from . import drafts
from .filters import SuggestionFilter
from .forms import FORMS, LetterUploadForm, RegisterForm
from .kind import KIND
from .models import Advice, Reply
from .serializers import ChoicesSerializer, PageSerializer, RowSerializer, SuggestionSerializer
from .views.editors import issuing

Scope = ApiToken.Scope
NEEDED = ("addressee", "title", "number", "issued_on", "advice")  # what RegisterForm asks for beyond the draft's fields
OTHERWISE = {  # where the hint of the page does not fit a program
    "copies": {
        "type": "array",
        "items": {"type": "integer"},
        "title": "其他抄送单位",
        "description": "司法局自动抄送，不用填",
    },
    "letter": {"type": "string", "format": "binary", "title": "已制发的文书", "description": "PDF，不超过 50 MB"},
}


@extend_schema_view(
    list=schema.listing("建议列表", SuggestionFilter, PageSerializer),
    retrieve=extend_schema(
        summary="一件建议",
        description="本单位能看到的全部内容，不含其他单位的草稿和内部意见。需要“读取”权限。",
        responses=SuggestionSerializer,
    ),
)
class SuggestionViewSet(MatterViewSet):
    kind = KIND
    filterset_class = SuggestionFilter
    forms_by_name = FORMS
    apart = ("register",)  # takes a letter along: `create`
    scopes = {**MatterViewSet.scopes, "create": Scope.REGISTER, "choices": Scope.REGISTER}

    def rows(self, queryset):
        return queryset.select_related("matter", "type", "addressee", "issuer")

    def row(self, row) -> dict:
        box = Box(row.p_box).name.lower()
        return RowSerializer({**head(row), "url": self.address(row.pk), "box": box}).data

    def details(self):
        return super().details().select_related("matter", "type", "issuer", "addressee")

    def shown(self) -> dict:
        row = self.object
        row.matter.received = all(due.code != "receive" or due.closed_on for due in self.deadlines)
        more = {
            "url": self.url(), "period": row if row.period_amount else None, "parts": self.party.parts,
            "parties": self.parties, "advice": self.advice(), "deadlines": self.deadlines, "papers": self.issued,
            "replies": Reply.objects.filter(suggestion=row.pk), "files": self.attachments.values(),
            "events": self.events, "steps": self.offered,
        }  # fmt: skip
        return SuggestionSerializer({**head(row), **more}).data

    def advice(self) -> list[dict]:
        """The items with their answers, oldest first, in one query."""
        columns = (
            "order",
            "text",
            "answers__reply",
            "answers__reply__paper__number",
            "answers__status",
            "answers__note",
        )
        rows = Advice.objects.filter(suggestion=self.object.pk).order_by("order", "answers__pk").values_list(*columns)
        items: dict[int, dict] = {}
        for order, text, *answer in rows:
            item = items.setdefault(order, {"order": order, "text": text, "answers": []})
            if answer[0]:
                item["answers"].append(dict(zip(("reply", "number", "status", "note"), answer, strict=True)))
        return list(items.values())

    # --- registering --------------------------------------------------------------------------------------------------------
    @extend_schema(
        summary="登记已制发文书时可以选的值",
        description="类型、被建议单位、抄送单位等字段接受的值。需要“登记已制发文书”权限。",
        responses=ChoicesSerializer,
    )
    @action(detail=False)
    def choices(self, request):
        issuing(self.actor, made_here=False)
        fields = RegisterForm(matter=None, actor=self.actor).fields
        return Response({name: options(fields[name]) for name in ChoicesSerializer().fields})

    @extend_schema(
        summary="登记已制发文书",
        description=(
            "登记本单位已经制发的建议书，随文上传 PDF；被建议单位和抄送单位即时收到。字段的写法和页面相同。"
            "已经送达的同时填送达日期、送达方式并上传送达回证。需要“登记已制发文书”权限。"
        ),
        request=schema.request_of(RegisterForm, LetterUploadForm, required=NEEDED, extra=OTHERWISE),
        parameters=[schema.IDEMPOTENCY_KEY],
        responses={201: SuggestionSerializer},
    )
    def create(self, request):
        issuing(self.actor, made_here=False)
        return once(request, self.validated, self.registered)

    def validated(self) -> dict:
        """The input of the two pages 登记已制发文书, together."""
        data, uploads = posted(self.request)
        forms = [form(data, uploads, matter=None, actor=self.actor) for form in (RegisterForm, LetterUploadForm)]
        require(*forms)
        return {name: value for form in forms for name, value in form.cleaned_data.items()}

    def registered(self, data: dict) -> dict:
        self.kwargs["pk"] = register(self.actor, data).pk
        return self.shown()


def head(row) -> dict:
    """What list and detail say alike; the matter knows whether it was received."""
    return {"row": row, "matter": row.matter, "stage": KIND.stage(row.matter, None)}


def options(field) -> list[dict]:
    """The choices of a form field; the empty one is what is left out."""
    pairs = [(str(value), str(label)) for value, label in field.choices]
    return [{"value": value, "label": label} for value, label in pairs if value]


def register(actor: Actor, data: dict) -> Matter:
    """A matter from an issued letter, out at once under its own number; in the caller's transaction."""
    matter = drafts.begin(actor, KIND, data["type"], origin=Paper.Origin.REGISTERED)
    paper = papers.open_paper(matter, "suggestion", actor)
    paper.file = files.store(data["letter"], matter, Attachment.Purpose.LETTER, actor, paper=paper, open_to_all=False)
    paper.draft = {name: str(data.get(name) or "") for name in ("number", "issued_on", "signed_by")}
    paper.save()
    drafts.write(matter, actor, data)
    engine.take(matter.pk, "register", actor, data=data)
    return matter
