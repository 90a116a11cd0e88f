"""The address of search."""

from __future__ import annotations

from django.urls import URLPattern, path

from schakelbord.chain.searching import views

urlpatterns: list[URLPattern] = [path("zoek", views.look, name="search")]
