"""Addresses of cases and appearances; each kind has a namespace of its own."""

from django.urls import include, path

from .views import appearances, cases

CASES = [
    path("", cases.CaseList.as_view(), name="list"),
    path("new/", cases.NewCase.as_view(), name="new"),
    path("<int:pk>/", cases.CasePage.as_view(), name="detail"),
    path("<int:pk>/edit/", cases.EditCase.as_view(), name="edit"),
    path("<int:pk>/read/", cases.Read.as_view(), name="read"),
    path("<int:pk>/files/<int:attachment>/", cases.File.as_view(), name="file"),
    path("<int:pk>/<slug:verb>/", cases.CaseStep.as_view(), name="step"),
]
APPEARANCES = [
    path("", appearances.AppearanceList.as_view(), name="list"),
    path("<int:pk>/", appearances.AppearancePage.as_view(), name="detail"),
    path("<int:pk>/write/<slug:code>/", appearances.write, name="write"),
    path("<int:pk>/prepare/", appearances.Prepare.as_view(), name="prepare"),
    path("<int:pk>/print/<slug:form>/", appearances.PrintForm.as_view(), name="form"),
    path("<int:pk>/papers/<int:paper>/sheet/", appearances.SigningSheet.as_view(), name="sheet"),
    path("<int:pk>/read/", appearances.Read.as_view(), name="read"),
    path("<int:pk>/papers/<int:paper>/", appearances.ReadPaper.as_view(), name="paper"),
    path("<int:pk>/papers/<int:paper>/progress/", appearances.Progress.as_view(), name="progress"),
    path("<int:pk>/papers/<int:paper>/pdf/", appearances.Pdf.as_view(), name="pdf"),
    path("<int:pk>/files/<int:attachment>/", appearances.File.as_view(), name="file"),
    path("<int:pk>/<slug:verb>/", appearances.AppearanceStep.as_view(), name="step"),
]
urlpatterns = [
    path("cases/", include((CASES, "cases"))),
    path("appearances/", include((APPEARANCES, "appearances"))),
]
