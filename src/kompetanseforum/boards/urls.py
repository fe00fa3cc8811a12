from django.urls import path

from kompetanseforum.boards.views import coming_in, history, leading, notes, outcomes, showing, voting

app_name = "boards"

urlpatterns = [
    path("", coming_in.boards, name="boards"),
    path("ny", leading.new, name="new"),
    path("lapp/<str:public_id>", notes.note, name="note"),
    path("lapp/<str:public_id>/endre", notes.change, name="change"),
    path("lapp/<str:public_id>/flytt", notes.move, name="move"),
    path("lapp/<str:public_id>/sla-sammen", notes.merge, name="merge"),
    path("lapp/<str:public_id>/skill", notes.part, name="part"),
    path("lapp/<str:public_id>/kommenter", notes.comment, name="comment"),
    path("lapp/<str:public_id>/slett", notes.delete, name="delete"),
    path("lapp/<str:public_id>/slett-for-godt", notes.erase, name="erase"),
    path("lapp/<str:public_id>/ta-ned", notes.hold_back, name="hold"),
    path("lapp/<str:public_id>/sett-tilbake", notes.release, name="release"),
    path("<str:public_id>", showing.wall, name="wall"),
    path("<str:public_id>/liste", showing.in_list, name="list"),
    path("<str:public_id>/tabell", showing.table, name="table"),
    path("<str:public_id>/skjerm", showing.screen, name="screen"),
    path("<str:public_id>/inn", coming_in.enter, name="enter"),
    path("<str:public_id>/lapper", showing.export, name="export"),
    path("<str:public_id>/siden", showing.since, name="since"),
    path("<str:public_id>/gjor", showing.do, name="do"),
    path("<str:public_id>/skriv", notes.add, name="add"),
    path("<str:public_id>/angre/<int:number>", notes.take_back, name="undo"),
    path("<str:public_id>/fase/<int:number>", leading.phase, name="phase"),
    path("<str:public_id>/mer-tid", leading.more_time, name="more_time"),
    path("<str:public_id>/innstillinger", leading.settings, name="settings"),
    path("<str:public_id>/avslutt", leading.end, name="end"),
    path("<str:public_id>/prikk", voting.dots, name="dots"),
    path("<str:public_id>/prikker-for-andre", voting.for_another, name="vote_for"),
    path("<str:public_id>/resultat", voting.result, name="result"),
    path("<str:public_id>/historie", history.history, name="history"),
    path("<str:public_id>/slik-det-var/<int:number>", history.restore, name="restore"),
    path("<str:public_id>/behov", outcomes.need, name="need"),
]
