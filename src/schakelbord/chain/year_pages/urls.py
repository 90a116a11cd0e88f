"""Addresses of the programme of a year, its actions, and reports by mail."""

from __future__ import annotations

from django.urls import URLPattern, path

from schakelbord.chain.year_pages import views, views_action

urlpatterns: list[URLPattern] = [
    path("actieprogramma", views.newest, name="programmes"),
    path("actieprogramma/nieuw", views.make, name="make_programme"),
    path("actieprogramma/<int:year>", views.programme, name="programme"),
    path("actieprogramma/<int:year>/vergelijk", views.comparison, name="programme_comparison"),
    path("actieprogramma/<int:year>/versies", views.versions, name="programme_versions"),
    path("actieprogramma/<int:year>/publiceer", views.publish_version, name="publish_programme"),
    path("actieprogramma/<int:year>/teken", views.sign_version, name="sign_programme"),
    path("acties/<str:code>", views_action.action, name="action"),
    path("acties/<str:code>/bericht", views_action.report_progress, name="report_progress"),
    path("acties/<str:code>/oordeel", views_action.judge_result, name="judge_result"),
    path("acties/<str:code>/overdragen", views_action.hand_over_action, name="hand_over"),
    path("acties/<str:code>/stoppen", views_action.stop_action, name="stop_action"),
    path("acties/<str:code>/jaar", views_action.move_to_year, name="move_to_year"),
    path("bericht/<str:secret>", views_action.report_by_link, name="report_by_link"),
]
