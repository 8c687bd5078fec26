"""Writing a suggestion while it is a draft: its parties, fields and items, saved in one transaction."""

from linkage.matters import engine, papers
from linkage.matters.copying import with_copy
from linkage.matters.models import Matter, Paper, Part, Party
from linkage.units.acting import Actor

from .models import Advice, Suggestion, SuggestionType

FIELDS = (
    "type",
    "addressee",
    "case_number",
    "opening",
    "problems",
    "period_amount",
    "period_unit",
    "committee_on",
    "contact",
    "contact_phone",
)


def begin(actor: Actor, kind, type_: SuggestionType, origin: str = Paper.Origin.MADE) -> Matter:
    """An empty draft of the actor's unit."""
    matter = engine.create(kind, actor, "", {})
    Suggestion.objects.create(
        matter=matter,
        type=type_,
        issuer=actor.unit,
        contact=actor.user.name if actor.user else "",
        contact_phone=actor.unit.phone,
    )
    papers.start_draft(matter, "suggestion", actor, origin=origin)
    return matter


def write(matter: Matter, actor: Actor, data: dict) -> None:
    """Write a form's data into the draft; fields the form does not have are left alone."""
    suggestion = Suggestion.objects.get(pk=matter.pk)
    for name in FIELDS:
        if name in data:
            setattr(suggestion, name, data[name])
    suggestion.save()
    matter.title = data.get("title", matter.title)
    matter.save(update_fields=["title"])
    write_advice(suggestion, data.get("advice", []))
    write_parties(matter, suggestion, actor, data.get("copies") or [])


def write_advice(suggestion: Suggestion, lines: list[str]) -> None:
    Advice.objects.filter(suggestion=suggestion).delete()
    Advice.objects.bulk_create(
        Advice(suggestion=suggestion, order=order, text=text) for order, text in enumerate(lines, start=1)
    )


def write_parties(matter: Matter, suggestion: Suggestion, actor: Actor, copies) -> None:
    """Issuer, addressee, copies, and the copy to the legal office that the rules demand, locked."""
    parties = {actor.unit: [Part.ISSUER]}
    if suggestion.addressee:
        parties[suggestion.addressee] = [Part.ADDRESSEE]
    parties |= {unit: [Part.COPIED] for unit in copies if unit not in parties}
    wanted = with_copy(parties, actor.unit)
    engine.set_parties(matter, wanted)
    compulsory = [unit.pk for unit in wanted if unit not in parties]
    Party.objects.filter(matter=matter).update(locked=False)
    Party.objects.filter(matter=matter, holder__in=compulsory).update(locked=True)


def follow(actor: Actor, kind, facts: dict) -> Matter:
    """A draft that another mechanism opens: `facts` has a type's code and any fields of the letter."""
    type_ = SuggestionType.objects.get(pk=facts["type"])
    matter = begin(actor, kind, type_)
    write(matter, actor, {**facts, "type": type_})
    return matter


def initial(matter: Matter, paper: Paper) -> dict:
    """The draft as form values."""
    suggestion = Suggestion.objects.get(pk=matter.pk)
    values = {name: getattr(suggestion, name) for name in FIELDS}
    copies = Party.objects.filter(matter=matter, copied=True, locked=False).values_list("holder", flat=True)
    advice = Advice.objects.filter(suggestion=suggestion).values_list("text", flat=True)
    lines = [f"{order}. {text}" for order, text in enumerate(advice, start=1)]
    return {
        **values,
        "title": matter.title,
        "copies": list(copies),
        "advice": "\n".join(lines),
        "number": paper.draft.get("number", "") or paper.number,
        "issued_on": paper.issued_on or paper.draft.get("issued_on", ""),
        "signed_by": paper.draft.get("signed_by", ""),
    }
