"""Addresses of the thread of a code, and of what hangs loose."""

from __future__ import annotations

from django.urls import URLPattern, path

from schakelbord.chain.threads import views, views_loose

urlpatterns: list[URLPattern] = [
    path("draad/<str:code>.json", views.thread_json, name="thread_json"),
    path("draad/<str:code>.csv", views.thread_csv, name="thread_csv"),
    path("draad/<str:code>", views.thread, name="thread"),
    path("draad/<str:code>/herinner", views.thread_remind, name="thread_remind"),
    path("losse-eindjes", views_loose.loose, name="loose_ends"),
]
