"""Addresses of preparing a meeting."""

from __future__ import annotations

from django.urls import path

from schakelbord.meetings import views, views_plan

app_name = "meetings"

urlpatterns = [
    path("bijeenkomsten", views.meetings, name="meetings"),
    path("bijeenkomsten/nieuw", views.make, name="make"),
    path("bijeenkomsten/<int:meeting_id>", views.meeting, name="meeting"),
    path("bijeenkomsten/<int:meeting_id>/stap/<str:verb>", views.step, name="step"),
    path("bijeenkomsten/<int:meeting_id>/agenda/<str:verb>", views.agenda, name="agenda"),
    path("bijeenkomsten/<int:meeting_id>/deelnemers", views.people, name="people"),
    path("bijeenkomsten/<int:meeting_id>/deelnemers/nieuw", views.add_person, name="add_person"),
    path("bijeenkomsten/<int:meeting_id>/deelnemers/leden", views.add_members, name="add_members"),
    path("bijeenkomsten/<int:meeting_id>/deelnemers/antwoord", views.set_reply, name="set_reply"),
    path("bijeenkomsten/<int:meeting_id>/deelnemers/wie/<str:attendance>", views.participant, name="participant"),
    path("bijeenkomsten/<int:meeting_id>/deelnemers/lijst", views.intake, name="intake"),
    path("bijeenkomsten/<int:meeting_id>/deelnemers/lijst/<int:intake_id>", views.preview, name="preview"),
    path("bijeenkomsten/<int:meeting_id>/uitnodiging", views.invitations, name="invitations"),
    path("bijeenkomsten/<int:meeting_id>/uitnodiging/stuur", views.post, name="post"),
    path("bijeenkomsten/<int:meeting_id>/tafels", views_plan.plan, name="plan"),
    path("bijeenkomsten/<int:meeting_id>/tafels/<str:verb>", views_plan.tables, name="tables"),
    path("bijeenkomsten/<int:meeting_id>/voorstel/<str:verb>", views_plan.proposal, name="proposal"),
    path("antwoord/<str:secret>", views.reply, name="reply"),
]
