from django.urls import path

from kompetanseforum.anchoring.views import notes, reading, recording

app_name = "anchoring"
urlpatterns = [
    path("", reading.anchorings, name="anchorings"),
    path("ny", recording.record, name="record"),
    path("ny/av-lapper/<slug:public_id>", notes.from_notes, name="from_notes"),
    path("steg/<slug:public_id>/gjort", recording.finish, name="finish"),
    path("<slug:public_id>", reading.anchoring, name="anchoring"),
    path("<slug:public_id>/endre", recording.change, name="change"),
    path("<slug:public_id>/forny", recording.renew, name="renew"),
    path("<slug:public_id>/steg", recording.add_step, name="add_step"),
    path("<slug:public_id>/til-lederen", reading.for_leader, name="for_leader"),
]
