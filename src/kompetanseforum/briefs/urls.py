from django.urls import path

from kompetanseforum.briefs.views import answering, making, pledging, reading

app_name = "briefs"
urlpatterns = [
    path("", reading.briefs, name="briefs"),
    path("ny", making.new, name="new"),
    path("lenke/<str:secret>", answering.link, name="link"),
    path("til/<slug:public_id>/svar", answering.answer, name="answer"),
    path("bidrag/<slug:public_id>/trekk", pledging.withdraw, name="withdraw_pledge"),
    path("<slug:public_id>.json", reading.as_json, name="json"),
    path("<slug:public_id>.pdf", reading.pdf, name="pdf"),
    path("<slug:public_id>", reading.brief, name="brief"),
    path("<slug:public_id>/endre", making.change, name="change"),
    path("<slug:public_id>/send", making.send, name="send"),
    path("<slug:public_id>/avslutt", making.close, name="close"),
    path("<slug:public_id>/bidra", pledging.pledge, name="pledge"),
]
