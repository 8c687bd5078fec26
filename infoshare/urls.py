"""Addresses of joint notices."""

from django.urls import path

from . import views

app_name = "infoshare"
urlpatterns = [
    path("", views.NoticeList.as_view(), name="list"),
    path("new/", views.NewNotice.as_view(), name="new"),
    path("<int:pk>/", views.NoticePage.as_view(), name="detail"),
    path("<int:pk>/write/", views.WriteNotice.as_view(), name="write"),
    path("<int:pk>/read/", views.Read.as_view(), name="read"),
    path("<int:pk>/papers/<int:paper>/", views.ReadPaper.as_view(), name="paper"),
    path("<int:pk>/papers/<int:paper>/progress/", views.Progress.as_view(), name="progress"),
    path("<int:pk>/papers/<int:paper>/pdf/", views.Pdf.as_view(), name="pdf"),
    path("<int:pk>/files/<int:attachment>/", views.File.as_view(), name="file"),
    path("<int:pk>/<slug:verb>/", views.NoticeStep.as_view(), name="step"),
]
