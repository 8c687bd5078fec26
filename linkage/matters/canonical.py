"""The canonical form in which a paper's text is frozen and hashed."""

import hashlib
import json


def canonical(content: dict) -> str:
    """JSON with sorted keys, no blanks and plain Han characters: the same dict always gives the same text."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """sha256 of the canonical text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()
