"""Addresses of the editor of stories."""

from __future__ import annotations

from django.urls import URLPattern, path

from schakelbord.editor import views, views_start, views_versions

app_name = "editor"

urlpatterns: list[URLPattern] = [
    path("bewerken", views_versions.stories, name="stories"),
    path("bewerken/nieuw", views_start.begin, name="begin"),
    path("bewerken/leeg", views_versions.empty, name="empty"),
    path("bewerken/importeer", views_versions.take_in, name="import"),
    path("bewerken/verhaal/<str:story_id>/<str:verb>", views_versions.from_story, name="from_story"),
    path("bewerken/versie/<int:pk>", views_versions.version, name="version"),
    path("bewerken/versie/<int:pk>/verhaal.yaml", views_versions.version_file, name="version_file"),
    path("bewerken/versie/<int:pk>/<str:verb>", views_versions.decide, name="decide"),
    path("bewerken/<int:pk>", views.draft, name="draft"),
    path("bewerken/<int:pk>/start/<int:step>", views_start.step, name="start"),
    path("bewerken/<int:pk>/doe/wijzig", views.change_fields, name="change"),
    path("bewerken/<int:pk>/hier", views.here, name="here"),
    path("bewerken/<int:pk>/herstel", views.repairs, name="repairs"),
    path("bewerken/<int:pk>/verhaal.yaml", views.file, name="file"),
    path("bewerken/<int:pk>/versie", views_versions.keep, name="keep"),
    path("bewerken/<int:pk>/opbergen", views_versions.away, name="away"),
    path("verhalen/versie-<int:pk>", views.play_version, name="play_version"),
    path("verhalen/concept-<int:pk>", views.play, name="play"),
]
