from django.urls import path

from kompetanseforum.events.views import changing, following, reading, signing_up

app_name = "events"
urlpatterns = [
    path("", reading.meetings, name="meetings"),
    path("kall-inn", changing.call, name="call"),
    path("oppfolging/<slug:public_id>/gjort", following.done, name="done"),
    path("oppfolging/<slug:public_id>/ikke-gjort", following.not_done, name="not_done"),
    path("deltakelse/<slug:public_id>/fjern", changing.not_there, name="not_there"),
    path("pamelding/lenke/<str:secret>", signing_up.link, name="sign_up_link"),
    path("pamelding/<slug:public_id>", signing_up.signed_up, name="signed_up"),
    path("pamelding/<slug:public_id>/endre", signing_up.change, name="change_sign_up"),
    path("pamelding/<slug:public_id>/meld-av", signing_up.withdraw, name="withdraw_sign_up"),
    path("pamelding/<slug:public_id>/var-med", signing_up.were_there, name="were_there"),
    path("<slug:public_id>.ics", reading.calendar, name="calendar"),
    path("<slug:public_id>", reading.meeting, name="meeting"),
    path("<slug:public_id>/meld-deg-pa", signing_up.sign_up, name="sign_up"),
    path("<slug:public_id>/pameldte", signing_up.sign_ups, name="sign_ups"),
    path("<slug:public_id>/pameldte.csv", signing_up.sign_ups_csv, name="sign_ups_csv"),
    path("<slug:public_id>/endre", changing.change, name="change"),
    path("<slug:public_id>/avlys", changing.cancel, name="cancel"),
    path("<slug:public_id>/referat", changing.minutes, name="minutes"),
    path("<slug:public_id>/hvem-var-med", changing.there, name="there"),
    path("<slug:public_id>/jeg-var-med", changing.i_was_there, name="i_was_there"),
    path("<slug:public_id>/behov", following.needs, name="needs"),
    path("<slug:public_id>/behov/<slug:into>", following.raise_, name="raise"),
    path("<slug:public_id>/laerte", following.reflect, name="reflect"),
    path("<slug:public_id>/folg-opp", following.follow_up, name="follow_up"),
]
