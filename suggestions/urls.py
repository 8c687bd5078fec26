"""Addresses of suggestions."""

from django.urls import path

from .views import editors, exports, lists, pages, sheets

app_name = "suggestions"
urlpatterns = [
    path("", lists.SuggestionList.as_view(), name="list"),
    path("new/", editors.NewLetter.as_view(), name="new"),
    path("register/", editors.UploadLetter.as_view(), name="register"),
    path("export/", exports.StartExport.as_view(), name="export"),
    path("export/<uuid:key>/", exports.ExportPage.as_view(), name="export_page"),
    path("export/<uuid:key>/file/", exports.ExportFile.as_view(), name="export_file"),
    path("<int:pk>/", pages.SuggestionPage.as_view(), name="detail"),
    path("<int:pk>/letter/", editors.ConfirmLetter.as_view(), name="letter"),
    path("<int:pk>/write/<slug:code>/", editors.write, name="write"),
    path("<int:pk>/receipt/", sheets.Receipt.as_view(), name="receipt"),
    path("<int:pk>/intake/", sheets.IntakeSheet.as_view(), name="intake"),
    path("<int:pk>/papers/<int:paper>/sheet/", sheets.SigningSheet.as_view(), name="sheet"),
    path("<int:pk>/read/", pages.Read.as_view(), name="read"),
    path("<int:pk>/papers/<int:paper>/", pages.ReadPaper.as_view(), name="paper"),
    path("<int:pk>/papers/<int:paper>/progress/", pages.Progress.as_view(), name="progress"),
    path("<int:pk>/papers/<int:paper>/pdf/", pages.Pdf.as_view(), name="pdf"),
    path("<int:pk>/files/<int:attachment>/", pages.File.as_view(), name="file"),
    path("<int:pk>/<slug:verb>/", pages.SuggestionStep.as_view(), name="step"),
]
