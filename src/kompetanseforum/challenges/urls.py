from django.urls import path

from kompetanseforum.challenges.views import changing, notes, reading, team

app_name = "challenges"
urlpatterns = [
    path("", reading.challenges, name="challenges"),
    path("ny", changing.open_, name="open"),
    path("ny/av-lapper/<slug:public_id>", notes.from_notes, name="from_notes"),
    path("ny/ide-av-lapper/<slug:public_id>", notes.idea_from_notes, name="idea_from_notes"),
    path("lag/<slug:public_id>/ja", team.said_yes, name="said_yes"),
    path("lag/<slug:public_id>/ut", team.leave, name="leave"),
    path("<slug:public_id>", reading.challenge, name="challenge"),
    path("<slug:public_id>/endre", changing.change, name="change"),
    path("<slug:public_id>/avslutt", changing.close, name="close"),
    path("<slug:public_id>/behov", changing.needs, name="needs"),
    path("<slug:public_id>/behov/<slug:into>", changing.gather_need, name="gather"),
    path("<slug:public_id>/ideer", changing.ideas, name="ideas"),
    path("<slug:public_id>/ideer/<slug:into>", changing.gather_idea, name="gather_idea"),
    path("<slug:public_id>/inviter", team.invite, name="invite"),
    path("<slug:public_id>/laget", team.add, name="add"),
    path("<slug:public_id>/bli-med", team.join, name="join"),
    path("<slug:public_id>/folg", team.follow, name="follow"),
    path("<slug:public_id>/slutt-a-folge", team.unfollow, name="unfollow"),
]
