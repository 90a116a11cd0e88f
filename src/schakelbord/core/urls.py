"""Addresses of the pages that belong to no subject."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from schakelbord.core import views

app_name = "core"
urlpatterns = [
    path("taal", set_language, name="language"),
    path("weergave", views.display, name="display"),
    path("over", views.about, name="about"),
    path("toegankelijkheid", views.accessibility, name="accessibility"),
    path(".well-known/security.txt", views.security_contact, name="security_txt"),
    path("robots.txt", views.robots, name="robots"),
]
