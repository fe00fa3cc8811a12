from django.urls import path

from kompetanseforum.home import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("skrivebord", views.desk, name="desk"),
    path("apne-data", views.open_data, name="open_data"),
    path("personvern", views.privacy, name="privacy"),
    path("tilgjengelighet", views.accessibility, name="accessibility"),
]
