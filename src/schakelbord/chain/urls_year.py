"""Addresses of the programme of a year, reports and the account."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
