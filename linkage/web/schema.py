"""How the API describes itself: forms as request bodies, the same errors at every operation."""

from django import forms
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema

from linkage.matters.flow import Step
from linkage.matters.models import Part

from .serializers import TakenSerializer

JSON, MULTIPART = "application/json", "multipart/form-data"
FORMATS = {forms.FileField: "binary", forms.DateField: "date"}
VERSION = {
    "type": "integer",
    "title": "版本号",
    "description": "读取时的 version；此后别人办理过的，返回 409。不填则不核对",
}
ERRORS = {
    "400": "请求本身不对：不是有效的 JSON、查询条件不对、缺少必需的请求头",
    "401": "没有令牌，或者令牌不正确、已过期、已撤销",
    "403": "令牌没有这项权限，或者这一步由其他单位、其他岗位办理",
    "404": "没有这个地址，或者本单位看不到这个事项",
    "429": "请求过于频繁，Retry-After 写明等待秒数",
}
ERRORS_OF_POST = {
    "409": "别人已经办理，或者事项现在不能办理这一步",
    "415": "请求内容的类型不支持",
    "422": "填写的内容需要修改，fields 按字段列出，与页面的提示相同",
    "507": "服务器存储空间不足，没有保存",
}


class TokenScheme(OpenApiAuthenticationExtension):
    """The header in the words of the documentation page."""

    target_class = "linkage.web.tokens.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema):
        return {
            "type": "apiKey", "in": "header", "name": "Authorization",
            "description": "填写“Token 前缀.密钥”。令牌由单位管理员在“应用接入”中新建。",
        }  # fmt: skip


IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, required=True, pattern=r"^[\x21-\x7e]{1,128}$",
    description="每次登记用一个新的值；没有收到答复的，用原来的值和内容重发，得到原来的答复，不会重复登记",
)  # fmt: skip
CURSORS = [
    OpenApiParameter("after", str, description="翻页标记，取自上一次返回的 next"),
    OpenApiParameter("before", str, description="翻页标记，取自上一次返回的 previous"),
]
TAB = OpenApiParameter("tab", str, enum=["todo", "done"], description="todo 待本单位经办人办理，done 已办；不填为全部")
LAMP = OpenApiParameter(
    "lamp", str, enum=["overdue", "soon", "running", "closed"],
    description="overdue 已逾期，soon 临近期限，running 期限内，closed 已办结",
)  # fmt: skip
hidden = extend_schema(exclude=True)


ERROR = {
    "type": "object",
    "description": "各种拒绝都是这个样子",
    "properties": {
        "detail": {"type": "string", "description": "原因，可以直接显示给办理人"},
        "fields": {
            "type": "object",
            "description": "按字段列出的问题；不属于某个字段的列在 __all__ 下",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
    "required": ["detail", "fields"],
}


def with_errors(result, generator, request, public):
    """Postprocessing: every operation lists the answers it may refuse with, all of one shape."""
    result["components"]["schemas"]["Error"] = ERROR
    content = {JSON: {"schema": {"$ref": "#/components/schemas/Error"}}}
    for operations in result["paths"].values():
        for method, operation in operations.items():
            told = ERRORS | (ERRORS_OF_POST if method == "post" else {})
            answers = {status: {"description": words, "content": content} for status, words in told.items()}
            operation["responses"] = dict(sorted((operation["responses"] | answers).items()))
    return result


# --- operations ---------------------------------------------------------------------------------------------------------
def step(row: Step, form_class: type[forms.Form]):
    """A step of the flow: who takes it, what its form asks for."""
    parts = "、".join(Part(part).label for part in row.by)
    return extend_schema(
        summary=row.label,
        description=f"由{parts}单位的经办人办理。需要“办理”权限。",
        request=request_of(form_class, extra={"version": VERSION}),
        responses={200: TakenSerializer},
    )


def listing(summary: str, filterset_class: type, answer: type):
    """A list in the order of the inbox, page by page, with the filters of the page."""
    fields = filterset_class(queryset=filterset_class._meta.model.objects.none()).form.fields
    filters = [
        OpenApiParameter(name, type_of(field), description=f"{field.label}　{field.help_text}".strip("　"))
        for name, field in fields.items()
    ]
    return extend_schema(
        summary=summary,
        description="按期限先后排列，每页 20 件，用 next 翻页。需要“读取”权限。",
        parameters=[TAB, LAMP, *CURSORS, *filters],
        responses=answer,
    )


def download(summary: str, *, media_type: str, **key: str):
    """A file, given out after its download has been recorded."""
    parameters = [OpenApiParameter(name, int, OpenApiParameter.PATH, description=words) for name, words in key.items()]
    return extend_schema(
        summary=summary,
        description="每次下载都留有记录。需要“读取”权限。",
        parameters=parameters,
        responses={(200, media_type): OpenApiTypes.BINARY},
    )


# --- forms --------------------------------------------------------------------------------------------------------------
def request_of(*form_classes: type[forms.Form], required: tuple[str, ...] = (), extra: dict | None = None) -> dict:
    """The body of a request by media type; with a required file it must be multipart."""
    fields = {name: field for form_class in form_classes for name, field in form_class.base_fields.items()}
    needed = [name for name, field in fields.items() if field.required or name in required]
    properties = {name: property_of(field) for name, field in fields.items()} | (extra or {})
    body = {"type": "object", "properties": properties} | ({"required": needed} if needed else {})
    with_file = any(isinstance(fields[name], forms.FileField) for name in needed)
    return {MULTIPART: body} if with_file else {JSON: body, MULTIPART: body}


def property_of(field: forms.Field) -> dict:
    """A form field in the words of JSON Schema, with the label and the hint of the page."""
    words = {"title": str(field.label)} | ({"description": str(field.help_text)} if field.help_text else {})
    return type_of(field) | words


def type_of(field: forms.Field) -> dict:
    if isinstance(field, forms.ModelMultipleChoiceField):
        return {"type": "array", "items": key_of(field)}
    if isinstance(field, forms.ModelChoiceField):
        return key_of(field)
    if isinstance(field, forms.ChoiceField):
        return limited("string", enum=[str(value) for value, _ in field.choices if value] or None)
    if isinstance(field, forms.IntegerField):
        return limited("integer", minimum=field.min_value, maximum=field.max_value)
    format_ = next((name for kind, name in FORMATS.items() if isinstance(field, kind)), None)
    return limited("string", format=format_, maxLength=None if format_ else getattr(field, "max_length", None))


def limited(type_: str, **limits) -> dict:
    return {"type": type_} | {name: limit for name, limit in limits.items() if limit is not None}


def key_of(field: forms.ModelChoiceField) -> dict:
    text = field.queryset.model._meta.pk.get_internal_type() == "CharField"
    return {"type": "string" if text else "integer"}
