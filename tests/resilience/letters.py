"""Many letters of the court that wait for a signature, made without writing each of them."""

from django.db.models import Model

from linkage.matters import engine
from linkage.matters.models import Matter, Paper, Party, Signature
from suggestions.models import Advice, Suggestion
from tests import factories


def copied(row: Model, **changed: object) -> Model:
    """The same row under another number."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    primary_key = row._meta.pk.attname
    return type(row)(**fields | {primary_key: None} | changed)


def submitted(world: factories.World, many: int) -> list[Matter]:
    """Letters to the bureau with the leader of the court; the first is written and submitted, the others are its like."""
    first = factories.draft(world.court_handler, world.bureau)
    engine.take(first.pk, "suggestion-submit", world.court_handler)
    others = Matter.objects.bulk_create(copied(Matter.objects.get(pk=first.pk)) for _ in range(many - 1))
    for model, link in (
        (Suggestion, "matter_id"),
        (Advice, "suggestion_id"),
        (Party, "matter_id"),
        (Paper, "matter_id"),
    ):
        rows = model.objects.filter(**{link: first.pk})
        model.objects.bulk_create(copied(row, **{link: other.pk}) for other in others for row in rows)
    (place,) = Signature.objects.filter(paper__matter=first)
    papers = Paper.objects.filter(matter__in=others)
    Signature.objects.bulk_create(copied(place, paper_id=paper.pk) for paper in papers)
    return [first, *others]
