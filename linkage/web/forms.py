"""Bases of forms that pages and API share."""

from django import forms
from django.conf import settings
from django.utils.timezone import localdate

from linkage.matters import files, secrecy, trail
from linkage.matters.rows import only
from linkage.units.acting import Actor


class MatterForm(forms.Form):
    """A form about a matter; refuses text with a secrecy mark and logs the attempt."""

    def __init__(self, data=None, files=None, *, matter, actor: Actor, **more):
        self.matter, self.actor = matter, actor
        super().__init__(data, files, **more)

    def clean(self):
        cleaned = super().clean()
        for name, value in list(cleaned.items()):
            mark = secrecy.mark_in("\n".join(texts_of(value)))
            if mark:
                self.add_error(name, forms.ValidationError(secrecy.SENTENCE.format(mark=mark), code="secrecy"))
        return cleaned

    def full_clean(self):
        super().full_clean()
        if any(error.code == "secrecy" for errors in self.errors.as_data().values() for error in errors):
            log_secrecy(self.actor, self.matter)


def texts_of(value) -> list[str]:
    """The texts of a cleaned value: itself, or the items of a list."""
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str)]


def log_secrecy(actor: Actor, matter) -> None:
    """An Event without the text: who tried, for which unit, on which matter."""
    trail.record(
        None, "secrecy", "拒绝密级标志", actor, within=only(actor.unit), data={"matter": matter.pk if matter else None}
    )


class Confirmation(MatterForm):
    """A step without input."""


class DayField(forms.DateField):
    """A date typed or picked; future days are refused where the thing has happened already."""

    def __init__(self, *, past: bool = True, **options):
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input-s"})
        self.past = past
        super().__init__(widget=widget, **options)

    def validate(self, value):
        super().validate(value)
        if value and self.past and value > localdate():
            raise forms.ValidationError("日期不能晚于今天。")
        if value and not self.past and value < localdate():
            raise forms.ValidationError("日期不能早于今天。")


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class UploadField(forms.FileField):
    """One checked file: size, type by content, secrecy marks."""

    default_validators = [files.checked]

    def __init__(self, **options):
        super().__init__(widget=forms.FileInput(attrs={"data-max-bytes": 50 * 2**20}), **options)


class UploadsField(forms.FileField):
    """Several checked files."""

    def __init__(self, **options):
        super().__init__(widget=ManyFiles(attrs={"data-max-bytes": 50 * 2**20}), **options)

    def clean(self, data, initial=None):
        chosen = [upload for upload in (data if isinstance(data, (list, tuple)) else [data]) if upload]
        if len(chosen) > settings.ATTACHMENT_MAX_COUNT:
            raise forms.ValidationError(f"一次最多上传 {settings.ATTACHMENT_MAX_COUNT} 个文件，请打包成 ZIP 后上传。")
        cleaned = [super(UploadsField, self).clean(upload, initial) for upload in chosen]
        for upload in cleaned:
            files.checked(upload)
        if self.required and not cleaned:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return cleaned


class ReturnForm(MatterForm):
    """退回 of any paper: the reason stays within the unit."""

    note = forms.CharField(label="退回原因", widget=forms.Textarea(attrs={"rows": 4}), help_text="只有本单位能看到")


class RecordForm(MatterForm):
    """线下签发代录: who signed on paper, when, with the signed 发文稿纸."""

    signer_name = forms.CharField(label="签发人", max_length=40)
    signed_on = DayField(label="签发日期")
    sheet = UploadField(label="签发的发文稿纸", help_text="扫描件或照片，只有本单位能看到")
