"""Addresses of sessions and their screens."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "showing"

urlpatterns: list[URLPattern] = []
