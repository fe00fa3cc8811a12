from django.urls import path, re_path

from kompetanseforum.gapmap.views import following, shortages, skill
from kompetanseforum.gapmap.views import map as map_views

app_name = "gapmap"
urlpatterns = [
    path("", map_views.gap_map, name="map"),
    re_path(r"^alle\.(?P<extension>csv|json)$", map_views.export, name="export"),
    path("statistikk", shortages.statistics, name="statistics"),
    path("<str:slug>", skill.skill, name="skill"),
    path("<str:slug>/folg", following.follow, name="follow"),
    path("<str:slug>/slutt-a-folge", following.unfollow, name="unfollow"),
]
