"""Addresses of dossiers."""

from __future__ import annotations

from django.urls import path

from schakelbord.dossiers import views

app_name = "dossiers"

urlpatterns = [
    path("dossiers", views.dossiers, name="dossiers"),
    path("dossiers/nieuw", views.make, name="make"),
    path("dossiers/<int:dossier_id>", views.dossier, name="dossier"),
    path("dossiers/<int:dossier_id>/thema", views.theme, name="theme"),
    path("dossiers/<int:dossier_id>/dilemma", views.dilemma, name="dilemma"),
    path("dossiers/<int:dossier_id>/hiaten", views.gaps, name="gaps"),
    path("dossiers/<int:dossier_id>/vraagstuk", views.issue, name="issue"),
]
