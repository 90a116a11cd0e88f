"""Addresses of the system model."""

from __future__ import annotations

from django.urls import path

from schakelbord.system_model import views, views_effects, views_versions

app_name = "system_model"

urlpatterns = [
    path("stelsel", views.overview, name="overview"),
    path("stelsel/ongedaan", views.undo, name="undo"),
    path("stelsel/concept", views_versions.draft, name="draft"),
    path("stelsel/invoer", views_versions.bring_in, name="import"),
    path("stelsel/bestand/<str:name>", views_versions.file, name="file"),
    path("stelsel/versie/<int:number>", views_versions.version, name="version"),
    path("stelsel/versie/<int:number>/gebruik", views_versions.use, name="use"),
    path("stelsel/gevolgen/<str:which>", views_effects.effects, name="effects"),
    path("stelsel/gevolgen/<str:which>/reken", views_effects.begin, name="effects-begin"),
    path("stelsel/gevolgen/<str:which>/stop", views_effects.stop, name="effects-stop"),
    path("stelsel/<str:section>", views.section, name="section"),
    path("stelsel/<str:section>/nieuw", views.add, name="add"),
    path("stelsel/<str:section>/samen", views.together, name="together"),
    path("stelsel/<str:section>/regel/<str:row_id>", views.row, name="row"),
    path("stelsel/<str:section>/regel/<str:row_id>/weg", views.remove, name="remove"),
]
