"""Addresses of where actions land."""

from __future__ import annotations

from django.urls import URLPattern, path

from schakelbord.chain.place_pages import views, views_offers

urlpatterns: list[URLPattern] = [
    path("acties/<str:code>/belegging", views.placement, name="placement"),
    path("aanbod", views_offers.offers, name="offers"),
    path("aanbod/antwoord", views_offers.answer, name="answer_offer"),
    path("aanbod/<str:secret>", views_offers.offer, name="offer"),
    path("agenda/<str:secret>.ics", views_offers.agenda, name="agenda"),
]
