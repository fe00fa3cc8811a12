from django.urls import path

from kompetanseforum.accounts import views

app_name = "accounts"
urlpatterns = [
    path("logg-ut", views.sign_out_here, name="sign_out"),
]
