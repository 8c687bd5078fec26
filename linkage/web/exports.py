"""Exports: asked for by a POST, made by the worker, fetched by the person who asked and no one else."""

import uuid
from io import BytesIO
from urllib.parse import quote

from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views import View

from linkage.jobs import outbox
from linkage.jobs.models import Job
from linkage.matters import files

MOST_ROWS = 50_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(title: str, headers: list[str], rows) -> bytes:
    """An .xlsx of plain text, numbers and dates; text that looks like a formula stays text."""
    from openpyxl import Workbook  # noqa: PLC0415  heavy; only the worker calls this
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  the same

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:30])

    def cell(value):
        made = WriteOnlyCell(sheet, value=value)
        if isinstance(value, str):
            made.data_type = "s"
        return made

    sheet.append([cell(text) for text in headers])
    for row in rows:
        sheet.append([cell(value) for value in row])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


class StartExport(View):
    """Writes the job with the filter in force; `job_name` is its handler."""

    job_name = ""
    namespace = ""

    def post(self, request):
        key = uuid.uuid4()
        outbox.ask(
            self.job_name,
            f"export:{key}",
            user=request.user.pk,
            unit=request.actor.unit.pk,
            query=request.GET.urlencode(),
        )
        return redirect(reverse(f"{self.namespace}:export_page", args=[key]))


class ExportView(View):
    """Finds the job of the person who asked."""

    namespace = ""

    def job(self, request, key) -> Job:
        row = Job.objects.filter(key=f"export:{key}").first()
        if row is None or row.args.get("user") != request.user.pk or row.args.get("unit") != request.actor.unit.pk:
            raise Http404
        return row


class ExportPage(ExportView):
    """Progress, then the download; htmx asks again every two seconds, without it the page has a link to itself."""

    def get(self, request, key):
        row = self.job(request, key)
        context = {
            "job": row,
            "file_url": reverse(f"{self.namespace}:export_file", args=[key]),
            "back": reverse(f"{self.namespace}:list"),
        }
        return render(request, "web/export.html", context)


class ExportFile(ExportView):
    name = "台账"

    def get(self, request, key):
        row = self.job(request, key)
        if not row.result:
            raise Http404
        response = FileResponse(files.read(row.result), content_type=XLSX)
        name = f"{self.name}{localdate(row.created_at):%Y%m%d}.xlsx"
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
        return response
