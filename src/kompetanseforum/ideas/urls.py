from django.urls import path

from kompetanseforum.ideas import views

app_name = "ideas"
urlpatterns = [
    path("", views.ideas, name="ideas"),
    path("ny", views.say, name="say"),
    path("holdt", views.held_for_look, name="held_for_look"),
    path("<slug:public_id>", views.idea, name="idea"),
    path("<slug:public_id>/slipp-fram", views.release, name="release"),
    path("<slug:public_id>/trekk", views.withdraw, name="withdraw"),
    path("<slug:public_id>/behov", views.needs, name="needs"),
    path("<slug:public_id>/behov/<slug:into>", views.became, name="became"),
]
