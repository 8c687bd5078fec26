"""What an application posts, as the forms of the pages read it; and what is wrong with it, in the words of the pages."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from rest_framework.exceptions import APIException

from .rendering import sentences


class BadRequest(APIException):
    """A request that is not even input; its sentence says how it should look."""

    status_code = 400


class Invalid(APIException):
    """Input that the form refuses; `fields` are the sentences the page would show."""

    status_code = 422

    def __init__(self, fields: dict[str, list[str]]):
        self.fields = fields
        super().__init__(f"有 {sum(map(len, fields.values()))} 处需要修改")


class BadQuery(Invalid):
    """Conditions of a list that mean nothing."""

    status_code = 400


def posted(request) -> tuple[QueryDict, MultiValueDict]:
    """The fields and files of a request, whether they came as JSON or as multipart."""
    try:
        data = request.data
    except RecursionError as error:
        raise BadRequest("请求内容嵌套太深。") from error
    if isinstance(data, QueryDict):
        return request.POST, request.FILES
    if not isinstance(data, dict):
        raise BadRequest("请求内容应为一个 JSON 对象。")
    fields = QueryDict(mutable=True)
    for name, value in data.items():
        fields.setlist(name, texts(name, value))
    return fields, MultiValueDict()


def texts(name: str, value) -> list[str]:
    """A JSON value as a form would post it; null is a field left empty."""
    if isinstance(value, list):
        return [text(name, each) for each in value]
    return [] if value is None else [text(name, value)]


def text(name: str, value) -> str:
    if isinstance(value, dict | list) or value is None:
        raise BadRequest(f"字段“{name}”应为文字、数字或者它们的列表。")
    written = str(value).lower() if isinstance(value, bool) else str(value)
    if any("\ud800" <= char <= "\udfff" for char in written):
        raise BadRequest(f"字段“{name}”中有不能识别的字符。")
    return written


def require(*forms: BaseForm) -> None:
    """Raise Invalid with the faults of all the forms; each form is asked, so that each logs what it must."""
    valid = [form.is_valid() for form in forms]
    if not all(valid):
        raise Invalid({name: words for form in forms for name, words in faults(form).items()})


def faults(form: BaseForm) -> dict[str, list[str]]:
    """The sentences of the page by field, in the order of the fields; those of no field last."""
    fields = {field.name: sentences(field) for field in form if field.errors}
    others = form.errors.get(NON_FIELD_ERRORS, [])
    return fields | ({NON_FIELD_ERRORS: list(others)} if others else {})
