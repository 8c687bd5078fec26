"""How forms are drawn: label, hint, error, field, in that order and with the design's classes."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm, BaseFormSet, BoundField, CheckboxInput, Field, FileInput
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import ChoiceWidget
from django.template.loader import get_template

CLASSES = {"select.html": "select", "textarea.html": "textarea"}
PLAIN_TYPES = {"hidden", "checkbox", "radio", "file"}


class FieldRenderer(DjangoTemplates):
    """Django's widgets with the portal's classes; radios, several checkboxes and files have templates of their own."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    replaced = {
        "django/forms/widgets/radio.html": "components/picks.html",
        "django/forms/widgets/checkbox_select.html": "components/picks.html",
        "django/forms/widgets/clearable_file_input.html": "components/upload.html",
        "django/forms/widgets/file.html": "components/upload.html",
    }

    def get_template(self, template_name):
        name = self.replaced.get(template_name, template_name)
        return super().get_template(name) if name.startswith("django/") else get_template(name)

    def render(self, template_name, context, request=None):
        if "widget" in context:
            dress(context["widget"])
        return super().render(template_name, context, request)


def dress(widget: dict) -> None:
    """Put the design's class in front of the classes the form gave to the widget, and to its parts.

    What is missing is said by the server in the error summary, so `required` becomes aria-required and the browser
    sends the form; choices and files have no such attribute.
    """
    name = css_class(widget)
    required = widget["attrs"].pop("required", False)
    if name:
        widget["attrs"] |= {"aria-required": "true"} if required else {}
        widget["attrs"]["class"] = f"{name} {widget['attrs'].get('class', '')}".strip()
    for part in widget.get("subwidgets", []):
        dress(part)
    for option in options_of(widget):
        option["attrs"].pop("required", None)


def options_of(widget: dict) -> Iterator[dict]:
    return (option for _, options, _ in widget.get("optgroups", []) for option in options)


def css_class(widget: dict) -> str:
    """The class of a widget by its template: a select and a text area by name, other inputs unless drawn natively."""
    by_template = CLASSES.get(widget["template_name"].rsplit("/", 1)[-1], "")
    return by_template or ("input" if widget.get("type", "hidden") not in PLAIN_TYPES else "")


def mark_of(field: BoundField) -> str:
    """必填 or 选填 in words, whichever is the rarer in the form; a form may set the word itself in `marks`."""
    own = getattr(field.form, "marks", {})
    if field.name in own:
        return own[field.name]
    required = [bound.field.required for bound in field.form.visible_fields()]
    if 2 * sum(required) > len(required) or not any(required):
        return "" if field.field.required else "选填"
    return "必填" if field.field.required else ""


def sentences(field: BoundField) -> list[str]:
    """The errors of a field as what to do: Django's bare "required" becomes 填写题目, 选择签发人, 上传佐证材料."""
    told = field.field.error_messages.get("required") != Field.default_error_messages["required"]
    errors = field.errors.as_data()
    bare = [error.code == "required" and not told for error in errors]
    return [
        f"{verb_of(field)}{field.label}" if nameless else text
        for nameless, text in zip(bare, field.errors, strict=True)
    ]


def verb_of(field: BoundField) -> str:
    """What a person does with the field."""
    widget = field.field.widget
    if isinstance(widget, FileInput):
        return "上传"
    if isinstance(widget, CheckboxInput):
        return "勾选"
    return "选择" if isinstance(widget, ChoiceWidget) else "填写"


@dataclass(frozen=True)
class Fault:
    """One sentence of the error summary and the element it leads to, if any."""

    target: str
    text: str


def faults(form: BaseForm | BaseFormSet) -> Iterator[Fault]:
    """The errors of a form or formset in the order of its fields; those of no field first."""
    if isinstance(form, BaseFormSet):
        yield from (Fault("", text) for text in form.non_form_errors())
        for part in form.forms:
            yield from faults(part)
        return
    yield from (Fault("", text) for text in form.errors.get(NON_FIELD_ERRORS, []))
    for field in form:
        yield from (Fault(target_of(field), text) for text in sentences(field))


def target_of(field: BoundField) -> str:
    """The id that receives the focus: the first choice of a group, the field itself, nothing for a hidden field."""
    if field.is_hidden:
        return ""
    return field.id_for_label or f"{field.auto_id}_0"
