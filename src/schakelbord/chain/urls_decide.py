"""Addresses of proposals and decisions."""

from __future__ import annotations

from django.urls import URLPattern, path

from schakelbord.chain import views_consent, views_decide, views_propose

urlpatterns: list[URLPattern] = [
    path("besluiten", views_decide.decisions, name="decisions"),
    path("besluiten/<str:code>", views_decide.decision, name="decision"),
    path("besluiten/<str:code>/stap/<slug:verb>", views_decide.decide, name="decide"),
    path("voorstellen/nieuw", views_propose.new, name="new_proposal"),
    path("voorstellen/<str:code>", views_propose.proposal, name="proposal"),
    path("voorstellen/<str:code>/stap/<slug:verb>", views_propose.change, name="change_proposal"),
    path("instemmen/<str:secret>", views_consent.consent, name="consent"),
]
