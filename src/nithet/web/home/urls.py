"""Address of the home."""

from django.urls import path

from nithet.web.home import views

app_name = "home"
urlpatterns = [path("", views.home, name="home"), path("health/", views.health, name="health")]
