from django.urls import URLPattern

app_name = "gapmap"
urlpatterns: list[URLPattern] = []
