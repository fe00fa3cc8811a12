from django.urls import path

from kompetanseforum.organisations import jobs
from kompetanseforum.organisations.views import register

app_name = "organisations"
urlpatterns = [
    path("forslag", register.suggest, name="suggest"),
    path("register", register.register, {"job": jobs.import_file}, name="register"),
    path("register/hent", register.fetch, {"job": jobs.fetch_all}, name="fetch"),
    path("register/<slug:public_id>", register.progress, name="import"),
]
