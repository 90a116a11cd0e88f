"""Addresses of sessions and their screens."""

from __future__ import annotations

from django.urls import path

from schakelbord.showing import views_phone, views_presenter, views_wall

app_name = "showing"

urlpatterns = [
    path("mee", views_phone.join, name="join"),
    path("mee/<str:code>", views_phone.join, name="join_with"),
    path("zaal", views_presenter.sessions, name="sessions"),
    path("zaal/nieuw", views_presenter.make, name="make"),
    path("zaal/<int:session_id>", views_phone.phone, name="phone"),
    path("zaal/<int:session_id>/van-mij", views_phone.fates, name="fates"),
    path("zaal/<int:session_id>/zeg", views_phone.say_form, name="say_form"),
    path("zaal/<int:session_id>/zeg/<str:verb>", views_phone.say, name="say"),
    path("zaal/<int:session_id>/scherm", views_wall.wall, name="wall"),
    path("zaal/<int:session_id>/verteller", views_presenter.desk, name="desk"),
    path("zaal/<int:session_id>/na", views_presenter.after, name="after"),
    path("zaal/<int:session_id>/bewaar", views_presenter.keep, name="keep"),
    path("zaal/<int:session_id>/doe/<str:verb>", views_presenter.do, name="do"),
]
