"""Addresses of the public page of a dossier."""

from __future__ import annotations

from django.urls import URLPattern, path

from schakelbord.chain import views_public

urlpatterns: list[URLPattern] = [
    path("dossiers/<int:dossier_id>/openbaar", views_public.public, name="public"),
    path("dossiers/<int:dossier_id>/openbaar.json", views_public.public_data, name="public_json"),
    path("dossiers/<int:dossier_id>/openbaar.csv", views_public.public_csv, name="public_csv"),
    path("dossiers/<int:dossier_id>/openbaar.atom", views_public.public_feed, name="public_feed"),
    path("dossiers/<int:dossier_id>/openbaar.jsonld", views_public.public_dcat, name="public_dcat"),
]
