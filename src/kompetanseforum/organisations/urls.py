from django.urls import path

from kompetanseforum.organisations import jobs
from kompetanseforum.organisations.views import joining, pages, people, register, taking_part

app_name = "organisations"
urlpatterns = [
    path("alle", pages.everybody, name="everybody"),
    path("mine", people.mine, name="mine"),
    path("forslag", register.suggest, name="suggest"),
    path("register", register.register, {"job": jobs.import_file}, name="register"),
    path("register/hent", register.fetch, {"job": jobs.fetch_all}, name="fetch"),
    path("register/<slug:public_id>", register.progress, name="import"),
    path("talsperson/<slug:public_id>/bekreft", people.confirm, name="confirm"),
    path("talsperson/<slug:public_id>/avslutt", people.end, name="end"),
    path("periode/<slug:public_id>", taking_part.in_cycle, name="in_cycle"),
    path("periode/med/<slug:public_id>/ta-ut", taking_part.out_of_cycle, name="out_of_cycle"),
    path("<slug:public_id>", pages.organisation, name="organisation"),
    path("<slug:public_id>/endre", pages.change, name="change"),
    path("<slug:public_id>/samtale", pages.contact, name="contact"),
    path("<slug:public_id>/samme-som", joining.same_as, name="same_as"),
    path("<slug:public_id>/samme-som/<slug:into>", joining.join, name="join"),
    path("sammen/<slug:public_id>/skill", joining.part, name="part"),
    path("<slug:public_id>/jeg-er-her", people.represent, name="represent"),
]
