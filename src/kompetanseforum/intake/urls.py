from django.urls import path

from kompetanseforum.intake import jobs
from kompetanseforum.intake.views import choosing, feeding, following

app_name = "intake"
urlpatterns = [
    path("", choosing.imports, name="imports"),
    path("ny/<slug:key>", choosing.choose, {"job": jobs.check_batch}, name="choose"),
    path("adresse/<slug:key>", feeding.add, {"job": jobs.read_feed}, name="add_feed"),
    path("adresse/<slug:public_id>/les", feeding.read, {"job": jobs.read_feed}, name="read_feed"),
    path("adresse/<slug:public_id>/stopp", feeding.stop, name="stop_feed"),
    path("<slug:public_id>", following.batch, {"job": jobs.bring_in_batch}, name="batch"),
    path("<slug:public_id>/kolonner", choosing.columns, {"job": jobs.check_batch}, name="columns"),
    path("<slug:public_id>/gang", following.progress, name="progress"),
    path("<slug:public_id>/angre", following.undo, name="undo"),
]
