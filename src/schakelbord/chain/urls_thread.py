"""Addresses of the thread of a code, of what hangs loose, and of search."""

from __future__ import annotations

from django.urls import URLPattern, path

from schakelbord.chain import views_loose, views_search, views_thread

urlpatterns: list[URLPattern] = [
    path("draad/<str:code>.json", views_thread.thread_json, name="thread_json"),
    path("draad/<str:code>.csv", views_thread.thread_csv, name="thread_csv"),
    path("draad/<str:code>", views_thread.thread, name="thread"),
    path("draad/<str:code>/herinner", views_thread.thread_remind, name="thread_remind"),
    path("losse-eindjes", views_loose.loose, name="loose_ends"),
    path("zoek", views_search.look, name="search"),
]
