"""Addresses of bodies."""

from __future__ import annotations

from django.urls import path

from schakelbord.bodies import views

app_name = "bodies"

urlpatterns = [
    path("gremia", views.bodies, name="bodies"),
    path("gremia/nieuw", views.make, name="make"),
    path("gremia/<int:body_id>", views.body, name="body"),
    path("gremia/<int:body_id>/wijzig", views.change, name="change"),
    path("gremia/<int:body_id>/leden", views.member, name="member"),
]
