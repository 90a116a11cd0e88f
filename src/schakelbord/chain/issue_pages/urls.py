"""Addresses of issues and their way up and down."""

from __future__ import annotations

from django.urls import URLPattern, path

from schakelbord.chain.issue_pages import views, views_forms, views_page, views_queues

urlpatterns: list[URLPattern] = [
    path("vraagstukken", views.issues, name="issues"),
    path("vraagstukken.csv", views.issues_file, name="issues_file"),
    path("vraagstukken/weergaven", views.saved_views, name="saved_views"),
    path("vraagstukken/nieuw", views_forms.new_issue, name="new_issue"),
    path("vraagstukken/hiaat", views_forms.new_gap, name="new_gap"),
    path("vraagstukken/<str:code>", views_page.issue, name="issue"),
    path("vraagstukken/<str:code>/doe/<str:verb>", views_page.step, name="issue_step"),
    path("werkgroepen/nieuw", views_forms.new_group, name="new_group"),
    path("gremia/<int:body_id>/werkvoorraad", views_queues.queue_of_body, name="queue_of_body"),
    path("werkvoorraad", views_queues.queue, name="queue"),
]
