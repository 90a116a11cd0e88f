"""Addresses of the editor of stories."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "editor"

urlpatterns: list[URLPattern] = []
