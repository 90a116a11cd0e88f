"""Addresses of issues and their way up and down."""

from __future__ import annotations

from django.urls import URLPattern, path

from schakelbord.chain import views_issue_forms, views_issue_page, views_issues, views_queues

urlpatterns: list[URLPattern] = [
    path("vraagstukken", views_issues.issues, name="issues"),
    path("vraagstukken.csv", views_issues.issues_file, name="issues_file"),
    path("vraagstukken/weergaven", views_issues.saved_views, name="saved_views"),
    path("vraagstukken/nieuw", views_issue_forms.new_issue, name="new_issue"),
    path("vraagstukken/hiaat", views_issue_forms.new_gap, name="new_gap"),
    path("vraagstukken/<str:code>", views_issue_page.issue, name="issue"),
    path("vraagstukken/<str:code>/doe/<str:verb>", views_issue_page.step, name="issue_step"),
    path("werkgroepen/nieuw", views_issue_forms.new_group, name="new_group"),
    path("gremia/<int:body_id>/werkvoorraad", views_queues.queue_of_body, name="queue_of_body"),
    path("werkvoorraad", views_queues.queue, name="queue"),
]
