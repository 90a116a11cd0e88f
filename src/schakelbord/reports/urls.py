"""Addresses of documents and files."""

from __future__ import annotations

from django.urls import path

from schakelbord.reports import views, views_account, views_decisions, views_meeting, views_public

app_name = "reports"

urlpatterns = [
    path("verhalen/<str:story_id>/verhaal.pdf", views.story_pdf, name="story_pdf"),
    path("verhalen/<str:story_id>/scene.pdf", views.scene_pdf, name="scene_pdf"),
    path("verhalen/<str:story_id>/toneel.svg", views.stage_svg, name="stage_svg"),
    path("verhalen/<str:story_id>/toneel.png", views.stage_png, name="stage_png"),
    path("verhalen/<str:story_id>/betrokkenen.csv", views.actors, name="actors"),
    path("verhalen/<str:story_id>/kanalen.csv", views.channels, name="channels"),
    path("verhalen/<str:story_id>/netwerk.graphml", views.network, name="network"),
    path("verhalen/<str:story_id>/verhaal.json", views.story_file, name="story_file"),
    path("bijeenkomsten/<int:meeting_id>/papier", views_meeting.papers, name="papers"),
    path("bijeenkomsten/<int:meeting_id>/papier/<slug:what>.pdf", views_meeting.paper_pdf, name="paper_pdf"),
    path("bijeenkomsten/<int:meeting_id>/papier/<slug:what>.xlsx", views_meeting.paper_xlsx, name="paper_xlsx"),
    path("bijeenkomsten/<int:meeting_id>/notulen", views_meeting.minutes, name="minutes"),
    path("bijeenkomsten/<int:meeting_id>/notulen.pdf", views_meeting.minutes_file, {"kind": "pdf"}, name="minutes_pdf"),
    path(
        "bijeenkomsten/<int:meeting_id>/notulen.docx", views_meeting.minutes_file, {"kind": "docx"}, name="minutes_docx"
    ),
    path("bijeenkomsten/<int:meeting_id>/notulen.json", views_meeting.minutes_json, name="minutes_json"),
    path("bijeenkomsten/<int:meeting_id>/notulen/vaststellen", views_meeting.adopt, name="adopt_minutes"),
    path("besluiten/lijst/<str:code>.docx", views_decisions.decisions_file, {"kind": "docx"}, name="decisions_docx"),
    path("besluiten/lijst/<str:code>.txt", views_decisions.decisions_file, {"kind": "txt"}, name="decisions_txt"),
    path("besluiten/lijst/<str:code>", views_decisions.decisions_list, name="decisions_list"),
    path("dossiers/<int:dossier_id>/openbaar.png", views_public.picture, name="share_picture"),
    path("verantwoording/<int:year>", views_account.account, name="account"),
    path("verantwoording/<int:year>/verantwoording.<slug:kind>", views_account.account_file, name="account_file"),
    path("verantwoording/<int:year>/<slug:step>", views_account.account_step, name="account_step"),
    path(
        "actieprogramma/<int:year>/actieprogramma.xlsx",
        views_account.programme_file,
        {"kind": "xlsx"},
        name="programme_xlsx",
    ),
    path(
        "actieprogramma/<int:year>/actieprogramma.csv",
        views_account.programme_file,
        {"kind": "csv"},
        name="programme_csv",
    ),
]
