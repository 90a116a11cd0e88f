"""Addresses of issues and their way up and down."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
