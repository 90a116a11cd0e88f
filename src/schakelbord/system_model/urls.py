"""Addresses of the system model."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "system_model"

urlpatterns: list[URLPattern] = []
