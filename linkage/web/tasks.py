"""What waits for a person: the one verb of an inbox row, read off the flow."""

from linkage.matters import inbox
from linkage.matters.kinds import kinds
from linkage.matters.models import Box, Deadline, Matter, Party
from linkage.units.acting import Actor


def verb_of(party: Party, matter: Matter, actor: Actor, deadlines: list[Deadline]) -> str:
    """The label of the step that waits for this person's role in a row, or an empty string; `deadlines`: the open ones."""
    if party.box != Box.TODO or party.turn not in actor.roles:
        return ""
    if party.turn == "leader":
        return "审签"
    duties = kinds[party.kind or matter.kind].flow.duties(matter.state)
    return next((step.label for step in duties if party.has(step.by) and inbox.waits(step, party, deadlines)), "办理")
