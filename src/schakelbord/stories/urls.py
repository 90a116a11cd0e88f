"""Addresses of home and stories."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from schakelbord.stories import views

app_name = "stories"

urlpatterns = [
    path("", views.home, name="home"),
    path("verhalen", RedirectView.as_view(url="/#verhalen"), name="stories"),
    path("verhalen/<str:story_id>", views.story, name="story"),
    path("verhalen/<str:story_id>/afdruk", views.paper, name="paper"),
    path("verhalen/<str:story_id>/hiaten.csv", views.findings_file, name="findings_file"),
    path("verhalen/<str:story_id>/verhaal.yaml", views.story_file, name="story_file"),
    path("verhalen/<str:story_id>/doorrekening.json", views.reading_file, name="reading_file"),
]
