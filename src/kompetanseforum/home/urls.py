from django.urls import path

from kompetanseforum.home.views import desk, front, log, quiet

app_name = "home"
urlpatterns = [
    path("", front.front, name="front"),
    path("skrivebord", desk.desk, name="desk"),
    path("skrivebord/logg", log.log, name="log"),
    path("skrivebord/logg.csv", log.export, name="log_export"),
    path("apne-data", quiet.open_data, name="open_data"),
    path("personvern", quiet.privacy, name="privacy"),
    path("tilgjengelighet", quiet.accessibility, name="accessibility"),
]
