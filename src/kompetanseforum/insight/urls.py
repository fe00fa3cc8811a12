from django.urls import path

from kompetanseforum.insight import jobs
from kompetanseforum.insight.views import making, report, threads

app_name = "insight"
urlpatterns = [
    path("trader", threads.threads, name="threads"),
    path("rapport", report.report, name="report"),
    path("rapport.json", report.as_data, name="report_data"),
    path("rapport/lag", making.make, {"job": jobs.make_report}, name="make_report"),
    path("rapport/<slug:public_id>", making.made, name="made"),
    path("rapport/<slug:public_id>/pdf", making.paper, name="paper"),
]
