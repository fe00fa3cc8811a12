from django.urls import path

from kompetanseforum.forum import views

app_name = "forum"
urlpatterns = [path("start/<str:secret>", views.start, name="start")]
