"""What people type about a suggestion; pages and API share these forms. FORMS finds the form a step names."""

from linkage.web.forms import Confirmation, RecordForm, ReturnForm

from .fields import NumberField, advice_lines, types_for
from .letters import DraftForm, LetterForm, LetterUploadForm, RegisterForm, RegistrationForm
from .replies import OfflineReplyForm, ReplyForm, UrgingForm
from .steps import (
    AgreedDateForm,
    CallForm,
    CloseForm,
    FollowForm,
    NoteForm,
    ReasonForm,
    ServiceForm,
    StampForm,
)

FORMS = {
    form.__name__: form
    for form in (
        ServiceForm,
        RegisterForm,
        ReturnForm,
        RecordForm,
        ReasonForm,
        NoteForm,
        CallForm,
        StampForm,
        CloseForm,
        FollowForm,
        AgreedDateForm,
        OfflineReplyForm,
        Confirmation,
    )
}

__all__ = [
    "FORMS",
    "DraftForm",
    "LetterForm",
    "LetterUploadForm",
    "NumberField",
    "RegisterForm",
    "RegistrationForm",
    "ReplyForm",
    "UrgingForm",
    "advice_lines",
    "types_for",
]
