"""The job that makes a paper's PDF once."""

import hashlib

from django.utils import timezone

from linkage.jobs.outbox import job
from linkage.matters import files
from linkage.matters.models import Paper

from . import render


@job("render")
def make_pdf(paper: int) -> None:
    """Lay out the frozen text and store the PDF; a paper that has one is left alone (write-once columns)."""
    row = Paper.objects.get(pk=paper)
    if row.pdf_key:
        return
    made = render.pdf(row.content)
    Paper.objects.filter(pk=row.pk, pdf_key="").update(
        pdf_key=files.write(made.data),
        pdf_sha256=hashlib.sha256(made.data).hexdigest(),
        pdf_pages=made.pages,
        pdf_size=len(made.data),
        pdf_at=timezone.now(),
    )
