"""环节 words and their tones."""

from ..kind import KIND
from ..models import State

TONES = {
    State.ISSUED: "blue",
    State.REPLIED: "blue",
    State.SUPPLEMENT: "amber",
    State.CLOSED: "plain",
    State.WITHDRAWN: "plain",
}


def stage_of(matter) -> dict:
    """The 环节 word of a matter whose `received` is set, and its tone."""
    word = KIND.stage(matter, None)
    return {"word": word, "tone": "blue" if word == "待签收" else TONES.get(matter.state, "")}
