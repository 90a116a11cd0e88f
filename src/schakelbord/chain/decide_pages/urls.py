"""Addresses of proposals and decisions."""

from __future__ import annotations

from django.urls import URLPattern, path

from schakelbord.chain.decide_pages import views, views_consent, views_propose

urlpatterns: list[URLPattern] = [
    path("besluiten", views.decisions, name="decisions"),
    path("besluiten/<str:code>", views.decision, name="decision"),
    path("besluiten/<str:code>/stap/<slug:verb>", views.decide, name="decide"),
    path("voorstellen/nieuw", views_propose.new, name="new_proposal"),
    path("voorstellen/<str:code>", views_propose.proposal, name="proposal"),
    path("voorstellen/<str:code>/stap/<slug:verb>", views_propose.change, name="change_proposal"),
    path("instemmen/<str:secret>", views_consent.consent, name="consent"),
]
