from django.urls import path, re_path

from kompetanseforum.needs.views import answering, joining, letters, merging, mine, reading, voicing

app_name = "needs"
urlpatterns = [
    path("", reading.needs, name="needs"),
    re_path(r"^alle\.(?P<extension>csv|json)$", reading.export, name="export"),
    path("meld", voicing.voice, name="voice"),
    path("meld/hort", voicing.heard, name="heard"),
    path("venter", reading.owed, name="owed"),
    path("holdt", answering.held_for_look, name="held_for_look"),
    path("mine", mine.held, name="held"),
    path("mine/glem", mine.forget, name="forget"),
    path("mine/overlever", mine.hand_over, name="hand_over"),
    path("lenke/<str:secret>", mine.link, name="link"),
    path("brev/<str:secret>/hjalp", letters.helped, name="helped"),
    path("brev/<str:secret>/stopp", letters.stop, name="stop_letters"),
    path("takk/<slug:public_id>", mine.thanks, name="thanks"),
    path("mitt/<slug:public_id>", mine.mine, name="mine"),
    path("mitt/<slug:public_id>/endre", mine.change, name="change"),
    path("mitt/<slug:public_id>/trekk", mine.withdraw, name="withdraw"),
    path("innspill/<slug:public_id>/bekreft", answering.confirm, name="confirm"),
    path("<slug:public_id>", reading.need, name="need"),
    path("innspill/<slug:public_id>/flytt", merging.move, name="move"),
    path("innspill/<slug:public_id>/flytt/<slug:into>", merging.move_to, name="move_to"),
    path("innspill/<slug:public_id>/eget-behov", merging.move_out, name="move_out"),
    path("sammen/<slug:public_id>/angre", merging.part, name="part"),
    path("<slug:public_id>/sla-sammen", merging.merge, name="merge"),
    path("<slug:public_id>/sla-sammen/<slug:into>", merging.merge_into, name="merge_into"),
    path("<slug:public_id>/ikke-det-samme/<slug:into>", merging.apart, name="apart"),
    path("<slug:public_id>/bli-med", joining.join, name="join"),
    path("<slug:public_id>/folg", mine.follow, name="follow"),
    path("<slug:public_id>/slutt-a-folge", mine.unfollow, name="unfollow"),
    path("<slug:public_id>/svar", answering.answer, name="answer"),
    path("<slug:public_id>/ta", answering.take, name="take"),
    path("<slug:public_id>/slipp-fram", answering.release, name="release"),
    path("<slug:public_id>/fjern", answering.remove, name="remove"),
]
