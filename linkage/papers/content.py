"""The text of an official paper: one JSON dict, frozen when the paper is issued and never changed afterwards."""

import hashlib
import json
from copy import deepcopy

FORMS = ("letter", "joint", "receipt")

EMPTY = {
    "form": "letter",
    "issuers": [],
    "number": "",
    "title": "",
    "to": "",
    "body": [],
    "attachments": [],
    "signed": [],
    "date": "",
    "note": "",
    "copied": [],
    "printed_by": "",
    "printed_on": "",
    "annex": None,
    "rows": [],
}


def blank(**parts):
    """A whole content with the given parts filled in; an unknown part or form is refused, so that no typing slip is frozen."""
    if unknown := parts.keys() - EMPTY.keys():
        raise TypeError(f"no such parts of a paper: {', '.join(sorted(unknown))}")
    content = deepcopy(EMPTY) | parts
    if content["form"] not in FORMS:
        raise ValueError(f"no such form of paper: {content['form']}")
    return content


def canonical(content):
    """The one spelling of a content: keys sorted, no blanks, characters as themselves."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(content):
    """The sha256 of the canonical text, as the Event of issue records it."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
