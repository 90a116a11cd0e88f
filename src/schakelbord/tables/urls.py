"""Addresses of a meeting that goes on."""

from __future__ import annotations

from django.urls import path

from schakelbord.tables import views

app_name = "tables"

urlpatterns = [
    path("mee", views.take_part, name="take_part"),
    path("mee/<str:code>", views.take_part, name="take_part_with"),
    path("rondgang", views.tour, name="tour"),
    path("bijeenkomsten/<int:meeting_id>/mee", views.enter, name="enter"),
    path("bijeenkomsten/<int:meeting_id>/aan-tafel", views.phone, name="phone"),
    path("bijeenkomsten/<int:meeting_id>/tafel/<int:number>", views.host, name="host"),
    path("bijeenkomsten/<int:meeting_id>/regie", views.console, name="console"),
    path("bijeenkomsten/<int:meeting_id>/scherm", views.wall, name="wall"),
    path("bijeenkomsten/<int:meeting_id>/tafel/<int:number>/inleiding", views.pitch, name="pitch"),
    path("bijeenkomsten/<int:meeting_id>/verhaal/<int:item_id>", views.tell_story, name="tell_story"),
    path("bijeenkomsten/<int:meeting_id>/doe/<str:verb>", views.do, name="do"),
    path("bijeenkomsten/<int:meeting_id>/peiling", views.pulse, name="pulse"),
    path("bijeenkomsten/<int:meeting_id>/briefjes", views.notes, name="notes"),
    path("bijeenkomsten/<int:meeting_id>/mijn-tafel/<str:secret>", views.my_table, name="my_table"),
    path("bijeenkomsten/<int:meeting_id>/raad/<str:field>", views.advise, name="advise"),
]
