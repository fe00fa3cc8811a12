from django.urls import path

from kompetanseforum.results.views import confirming, reading, recording

app_name = "results"
urlpatterns = [
    path("", reading.results, name="results"),
    path("nytt", recording.record, name="record"),
    path("bekreft/<str:secret>", confirming.confirm, name="confirm"),
    path("dokumentasjon/<slug:public_id>/fil", recording.evidence_file, name="evidence_file"),
    path("<slug:public_id>", reading.result, name="result"),
    path("<slug:public_id>/endre", recording.change, name="change"),
    path("<slug:public_id>/publiser", recording.publish, name="publish"),
    path("<slug:public_id>/dokumentasjon", recording.evidence, name="evidence"),
    path("<slug:public_id>/be-om-bekreftelse", confirming.ask, name="ask"),
]
