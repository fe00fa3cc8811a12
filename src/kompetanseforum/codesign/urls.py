from django.urls import path

from kompetanseforum.codesign.views import changes, deciding, notes, people, rooms, speaking

app_name = "codesign"
urlpatterns = [
    path("", rooms.rooms, name="rooms"),
    path("nytt", rooms.new, name="new"),
    path("av-lapper/<slug:public_id>", notes.from_notes, name="from_notes"),
    path("bli-med/<str:secret>", people.link, name="link"),
    path("endring/<slug:public_id>", changes.change, name="change"),
    path("endring/<slug:public_id>/skriv-om", changes.reword, name="reword"),
    path("endring/<slug:public_id>/flytt", speaking.move, name="move"),
    path("endring/<slug:public_id>/enig", speaking.agreed, name="agree"),
    path("endring/<slug:public_id>/ikke-enig", speaking.disagreed, name="disagree"),
    path("endring/<slug:public_id>/si", speaking.say, name="say"),
    path("endring/<slug:public_id>/fjern", changes.remove, name="remove_change"),
    path("kommentar/<slug:public_id>/fjern", speaking.remove, name="remove_comment"),
    path("<slug:public_id>", rooms.room, name="room"),
    path("<slug:public_id>/bli-med", people.join, name="join"),
    path("<slug:public_id>/inviter", people.invite, name="invite"),
    path("<slug:public_id>/forlat", people.leave, name="leave"),
    path("<slug:public_id>/foresla", changes.propose, name="propose"),
    path("<slug:public_id>/send", deciding.send, name="send"),
    path("<slug:public_id>/avgjor", deciding.decide, name="decide"),
]
