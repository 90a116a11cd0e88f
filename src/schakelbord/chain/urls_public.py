"""Addresses of the public page of a dossier."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
