"""The API of a mechanism: list, one matter, its files, and a POST for every step of the flow a handler takes himself."""

from collections.abc import Sequence

from django.core.exceptions import NON_FIELD_ERRORS, SuspiciousOperation
from django.db.models import F
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from rest_framework import exceptions
from rest_framework.decorators import action
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSet

from linkage.matters import engine
from linkage.matters.flow import Flow, Step
from linkage.matters.models import Attachment, Deadline, Event, Matter, Paper
from linkage.matters.refusals import NotVisible
from linkage.units.models import Post

from . import schema
from .details import MatterStep, MatterView
from .downloads import give
from .forms import Confirmation
from .lists import LAMPS, Cursor, attach_deadlines, in_one_box, in_tab, page_of, with_lamp
from .models import ApiToken
from .posting import BadQuery, BadRequest, Invalid, faults, posted, require
from .refusals import api_exception
from .serializers import TakenSerializer

Scope = ApiToken.Scope
TABS = ("todo", "done")
WORDS = {
    exceptions.ParseError: "请求内容不完整，或者不是有效的 JSON。",
    exceptions.NotAuthenticated: "请求头缺少令牌：“Authorization: Token 前缀.密钥”。",
    exceptions.MethodNotAllowed: "这个地址不支持这种请求方法。",
    exceptions.UnsupportedMediaType: "请求内容的类型不支持，请用 application/json，带文件的用 multipart/form-data。",
    exceptions.Throttled: "请求过于频繁，请稍后再试。",
    Http404: "没有找到这个地址。",
}


def api_error(error, context) -> Response | None:
    """Every refusal in one shape: {"detail": sentence, "fields": {field: [sentence]}}."""
    if isinstance(error, SuspiciousOperation):
        error = BadRequest("请求内容太大，或者字段太多。")
    response = api_exception(error, context)
    if response is not None:
        told = WORDS.get(type(error)) or response.data["detail"]
        problems = getattr(error, "problems", [])
        fields = getattr(error, "fields", {NON_FIELD_ERRORS: problems} if problems else {})
        response.data = {"detail": str(told), "fields": fields}
    return response


class OnlyJson(BaseContentNegotiation):
    """Answers are JSON whatever is accepted, so that a client may ask for a PDF by its own type."""

    def select_parser(self, request, parsers):
        media_type = request.content_type.split(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == media_type), None)

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class ApiView(APIView):
    """Any address of the API: JSON in and out, never kept by a cache."""

    content_negotiation_class = OnlyJson
    metadata_class = None
    parser_classes = [JSONParser, MultiPartParser]

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        add_never_cache_headers(response)
        return response


@schema.hidden
class Nowhere(ApiView):
    """Addresses that do not exist say so in the shape of the API, to those who have a token."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        raise Http404


def takeable(flow: Flow) -> list[Step]:
    """The steps an application can take: those of handlers that need no signature."""
    return [row for row in flow.rows if flow.takeable(row) and row.post == Post.Role.HANDLER]


def action_of(step: Step, form_class: type):
    """The action `POST …/<verb>/` of a step."""

    def take(self, request, pk):
        return self.take(step)

    take.__name__ = f"take_{step.verb.replace('-', '_')}"
    route = action(detail=True, methods=["post"], url_path=step.verb, url_name=step.verb)
    return schema.step(step, form_class)(route(take))


class MatterViewSet(MatterView, ApiView, ViewSet):
    """Subclasses name kind, filters, forms and the serializers' data; the verbs are read off the flow.

    `apart` names steps that the API offers in another way or not at all; `scopes` the scope of each action that is no
    step. Sight, validation and refusals are those of the pages.
    """

    filterset_class: type
    forms_by_name: dict[str, type] = {}
    apart: tuple[str, ...] = ()
    scopes = {"list": Scope.READ, "retrieve": Scope.READ, "pdf": Scope.READ, "file": Scope.READ}
    lookup_value_converter = "int"
    step_of, own_step = MatterStep.step_of, MatterStep.own_step

    def __init_subclass__(cls, **more):
        super().__init_subclass__(**more)
        for step in takeable(cls.kind.flow):
            if step.verb not in cls.apart:
                made = action_of(step, cls.forms_by_name.get(step.form, Confirmation))
                setattr(cls, made.__name__, made)

    def scope(self) -> str | None:
        """The scope of the action; a method that is none (or OPTIONS, which DRF calls metadata) asks for none."""
        return None if self.action in (None, "metadata") else self.scopes.get(self.action, Scope.HANDLE)

    def address(self, pk: int, *parts) -> str:
        """Without the host, which differs by the network an application comes from."""
        return reverse(f"{self.basename}-detail", args=[pk]) + "".join(f"{part}/" for part in parts)

    def url(self, *parts) -> str:
        return self.address(self.matter.pk, *parts)

    # --- many -------------------------------------------------------------------------------------------------------------
    def list(self, request):
        query = request.query_params
        tab = one_of(query, "tab", TABS)
        lamp = one_of(query, "lamp", [name for name, _, _ in LAMPS])
        rows = with_lamp(in_tab(self.filtered(request), tab, self.actor), lamp)
        alone, newest = in_one_box(tab, lamp), tab == "done"
        page = page_of(self.rows(rows), cursor_of(query), one_box=alone, newest_first=newest)
        attach_deadlines(page.rows)
        return Response({
            "results": [self.row(row) for row in page.rows],
            "previous": neighbour(request, before=page.previous),
            "next": neighbour(request, after=page.next),
        })  # fmt: skip

    def filtered(self, request):
        filters = self.filterset_class(request.query_params, queryset=self.seen(), request=request)
        if not filters.form.is_valid():
            raise BadQuery(faults(filters.form))
        return filters.qs

    def seen(self):
        """The inbox rows of the unit, of this kind."""
        rows = self.kind.scope().visible_to(self.actor).filter(p_kind=self.kind.code)
        return rows.annotate(p_matter=F("p__matter"))

    def rows(self, queryset):
        return queryset.select_related("matter")

    def row(self, row) -> dict:
        """What the list says of a row."""
        raise NotImplementedError

    # --- one --------------------------------------------------------------------------------------------------------------
    def retrieve(self, request, pk):
        return Response(self.shown())

    def shown(self) -> dict:
        """What the API says of the matter."""
        raise NotImplementedError

    @cached_property
    def deadlines(self) -> Sequence[Deadline]:
        return list(Deadline.objects.filter(matter=self.matter).select_related("unit"))

    @cached_property
    def events(self) -> Sequence[Event]:
        rows = Event.objects.visible_to(self.actor).filter(matter=self.matter).exclude(verb="download")
        return list(rows.select_related("actor", "unit"))

    @cached_property
    def attachments(self) -> dict[int, dict]:
        """The files of the matter by their key, each with its address."""
        rows = Attachment.objects.visible_to(self.actor).kept().filter(matter=self.matter).select_related("unit")
        return {row.pk: {"row": row, "url": self.url("files", row.pk)} for row in rows}

    @cached_property
    def issued(self) -> Sequence[dict]:
        """The papers that are out, each with its PDF: the one made here, else the original if it is one."""
        return [self.paper_shown(row) for row in self.papers if not row.open]

    def paper_shown(self, row: Paper) -> dict:
        own = self.attachments.get(row.file_id)
        is_pdf = bool(own and own["row"].suffix == "pdf")
        sha256 = row.pdf_sha256 or (own["row"].sha256 if is_pdf else None)
        return {
            "row": row, "label": self.kind.papers[row.kind].label, "stamped": self.attachments.get(row.stamped_id),
            "pdf_url": self.url("papers", row.pk, "pdf") if sha256 else None, "pdf_sha256": sha256,
        }  # fmt: skip

    @cached_property
    def offered(self) -> Sequence[dict]:
        """The steps this application may take now."""
        own = {step.verb for step in takeable(self.kind.flow)} - set(self.apart)
        own = own if Scope.HANDLE in self.request.auth.scopes else set()
        return [
            {"verb": step.verb, "label": step.label, "url": self.url(step.verb)}
            for step in self.steps
            if step.verb in own
        ]

    # --- files ------------------------------------------------------------------------------------------------------------
    @schema.download("下载文书的版式文件", paper="文书编号", media_type="application/pdf")
    @action(detail=True, url_path="papers/<int:paper>/pdf", url_name="pdf")
    def pdf(self, request, pk, paper):
        row = next((row for row in self.papers if row.pk == paper and not row.open), None)
        if row is None:
            raise NotVisible
        own = self.attachments.get(row.file_id)
        key = row.pdf_key or (own["row"].key if own and own["row"].suffix == "pdf" else "")
        if not key:
            raise exceptions.NotFound("版式文件正在生成，或者这份文书的原件不是 PDF。")
        return give(self, key, f"{row.number or row.title}.pdf", {"paper": row.pk})

    @schema.download("下载附件", attachment="附件编号", media_type="application/octet-stream")
    @action(detail=True, url_path="files/<int:attachment>", url_name="file")
    def file(self, request, pk, attachment):
        found = self.attachments.get(attachment)
        if found is None:
            raise NotVisible
        return give(self, found["row"].key, found["row"].name, {"attachment": attachment})

    # --- steps ------------------------------------------------------------------------------------------------------------
    def take(self, step: Step) -> Response:
        """Validate by the form of the page and take the step; `version`, if sent, must be that of the matter read."""
        self.step_of(step.verb)
        data, files = posted(self.request)
        form_class = self.forms_by_name.get(step.form, Confirmation)
        form = form_class(data, files, matter=self.matter, actor=self.actor)
        require(form)
        event = engine.take(self.matter.pk, step.verb, self.actor, version=version_in(data), data=form.cleaned_data)
        event.matter = Matter.objects.get(pk=self.matter.pk)
        return Response(TakenSerializer(event).data)


def version_in(data: QueryDict) -> int | None:
    """The version of the matter that the application has read, if it says so."""
    value = data.get("version", "")
    if value and not value.isdecimal():
        raise Invalid({"version": ["版本号应为整数，取自读取时的 version。"]})
    return int(value) if value else None


def one_of(query: QueryDict, name: str, values) -> str:
    value = query.get(name, "")
    if value and value not in values:
        raise BadQuery({name: [f"应为 {'、'.join(values)} 之一。"]})
    return value


def cursor_of(query: QueryDict) -> Cursor | None:
    """The cursor of a page; unlike on a page of the portal, a broken one is an error, or a client would read in circles."""
    name = "before" if query.get("before") else "after"
    cursor = Cursor.of(query)
    if query.get(name) and cursor is None:
        raise BadQuery({name: ["翻页标记不对，请使用上一次返回的 next 或者 previous。"]})
    return cursor


def neighbour(request, **cursor) -> str | None:
    """The address of the next or previous page, with the same conditions."""
    if not any(cursor.values()):
        return None
    query = request.query_params.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    query.update(cursor)
    return f"{request.path}?{query.urlencode()}"
