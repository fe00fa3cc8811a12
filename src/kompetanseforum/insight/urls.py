from django.urls import path

from kompetanseforum.insight.views import report, threads

app_name = "insight"
urlpatterns = [
    path("trader", threads.threads, name="threads"),
    path("rapport", report.report, name="report"),
    path("rapport.json", report.as_data, name="report_data"),
    path("rapport.pdf", report.as_paper, name="report_paper"),
]
