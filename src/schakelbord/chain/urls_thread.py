"""Addresses of the thread of a code, and search."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
