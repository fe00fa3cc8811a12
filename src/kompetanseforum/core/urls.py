from django.urls import path

from kompetanseforum.core import views

app_name = "core"
urlpatterns = [
    path("sprak", views.choose_language, name="language"),
    path("frisk", views.health, name="health"),
]
