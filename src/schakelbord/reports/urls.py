"""Addresses of documents and files."""

from __future__ import annotations

from django.urls import path

from schakelbord.reports import views

app_name = "reports"

urlpatterns = [
    path("verhalen/<str:story_id>/verhaal.pdf", views.story_pdf, name="story_pdf"),
    path("verhalen/<str:story_id>/scene.pdf", views.scene_pdf, name="scene_pdf"),
    path("verhalen/<str:story_id>/toneel.svg", views.stage_svg, name="stage_svg"),
    path("verhalen/<str:story_id>/toneel.png", views.stage_png, name="stage_png"),
    path("verhalen/<str:story_id>/betrokkenen.csv", views.actors, name="actors"),
    path("verhalen/<str:story_id>/kanalen.csv", views.channels, name="channels"),
    path("verhalen/<str:story_id>/netwerk.graphml", views.network, name="network"),
    path("verhalen/<str:story_id>/verhaal.json", views.story_file, name="story_file"),
]
