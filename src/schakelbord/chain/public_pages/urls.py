"""Addresses of the public page of a dossier."""

from __future__ import annotations

from django.urls import URLPattern, path

from schakelbord.chain.public_pages import views, views_sources

urlpatterns: list[URLPattern] = [
    path("dossiers/<int:dossier_id>/bronnen", views_sources.sources, name="sources"),
    path("dossiers/<int:dossier_id>/bronnen/nieuw", views_sources.new_source, name="new_source"),
    path("dossiers/<int:dossier_id>/bronnen/<int:source_id>", views_sources.source_file, name="source_file"),
    path("dossiers/<int:dossier_id>/bronnen/<int:source_id>/haal-aan", views_sources.cite_source, name="cite_source"),
    path("dossiers/<int:dossier_id>/openbaar", views.public, name="public"),
    path("dossiers/<int:dossier_id>/openbaar/maak", views.make_public, name="make_public"),
    path("dossiers/<int:dossier_id>/openbaar/sluit", views.make_closed, name="make_closed"),
    path("dossiers/<int:dossier_id>/openbaar.json", views.public_data, name="public_json"),
    path("dossiers/<int:dossier_id>/openbaar.csv", views.public_csv, name="public_csv"),
    path("dossiers/<int:dossier_id>/openbaar.atom", views.public_feed, name="public_feed"),
    path("dossiers/<int:dossier_id>/openbaar.jsonld", views.public_dcat, name="public_dcat"),
]
