from django.urls import path

from kompetanseforum.forum.views import cycles, invited, members, settings, starting

app_name = "forum"
urlpatterns = [
    path("start/<str:secret>", starting.start, name="start"),
    path("prov-som", starting.try_as, name="try_as"),
    path("invitasjon/<str:secret>", invited.invitation, name="invitation"),
    path("innstillinger", settings.settings, name="settings"),
    path("medlemmer", members.all_members, name="members"),
    path("medlemmer/inviter", members.invite, name="invite"),
    path("medlemmer/inviter/<slug:public_id>", members.invited, name="invited"),
    path("medlemmer/inviter/<slug:public_id>/ta-tilbake", members.revoke, name="revoke"),
    path("medlemmer/<slug:public_id>", members.member, name="member"),
    path("medlemmer/<slug:public_id>/vakt", members.put_on_duty, name="put_on_duty"),
    path("medlemmer/<slug:public_id>/logg-ut", members.put_out, name="put_out"),
    path("perioder", cycles.all_cycles, name="cycles"),
    path("perioder/ny", cycles.start, name="start_cycle"),
    path("perioder/<slug:public_id>", cycles.cycle, name="cycle"),
    path("perioder/<slug:public_id>/endre", cycles.change, name="change_cycle"),
    path("perioder/<slug:public_id>/avslutt", cycles.end, name="end_cycle"),
    path("overlevering", members.hand_over, name="handover"),
]
