"""The list of suggestions."""

from linkage.matters.models import Party
from linkage.units.acting import Actor
from linkage.web.lamps import UNSERVED
from linkage.web.lists import MatterList, row_lamp
from linkage.web.tasks import verb_of

from ..filters import SuggestionFilter
from ..forms import types_for
from ..kind import KIND
from ..models import State
from .words import stage_of


class SuggestionList(MatterList):
    kind = KIND
    filterset_class = SuggestionFilter
    template = "suggestions/list.html"

    def rows(self, queryset):
        return queryset.select_related("matter", "type", "addressee", "issuer")

    def row(self, row, actor: Actor):
        row.stage = stage_of(row.matter)
        row.lamp = UNSERVED if row.matter.state == State.ISSUED else row_lamp(row, KIND, actor.unit.pk)
        parts = {"issuer": row.p_issuer, "addressee": row.p_addressee}
        mine = Party(holder=actor.unit, box=row.p_box, turn=row.p_turn, received_at=row.p_received, **parts)
        row.verb = verb_of(mine, row.matter, actor, row.open_deadlines)
        return row

    def extra(self, request) -> dict:
        kinds = {row.made_here for row in types_for(request.actor.unit, made_here=False)}
        return {"may_draft": True in kinds, "may_register": bool(kinds)}
