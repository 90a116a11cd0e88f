"""The pages of preparing, as a secretary uses them; and that nobody else sees them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from meeting_world import World, make_world
from schakelbord.bodies.models import Body, Membership
from schakelbord.dossiers.models import Dossier, Issue
from schakelbord.meetings.codes import LetterKind
from schakelbord.meetings.models import Letter, Meeting
from schakelbord.showing.models import Session

NEW = {"title": "Najaar", "day": "2026-10-05", "begins": "13:30", "ends": "17:00", "place": "Stadhuis", "plan": "joint"}


def test_from_nothing_to_a_meeting_that_is_ready_to_open(as_role: object, commands_inline: None, db: None) -> None:
    assert callable(as_role)
    secretary: Client = as_role("secretary")
    for name, kind in (("Beleidsplatform", "platform"), ("Strategisch Beraad", "strategic_board")):
        body = {"name": name, "kind": kind, "layer": "mixed", "presence": "3"}
        assert secretary.post("/gremia/nieuw", body).status_code == 302
    board = Body.objects.get(name="Strategisch Beraad")
    member = {"name": "V. Goudvink", "organisation": "Gem. Ede", "role": "chair", "may_decide": "1"}
    secretary.post(f"/gremia/{board.pk}/leden", member)
    assert Membership.objects.get().may_decide
    assert secretary.post("/dossiers/nieuw", {"title": "Uitbuiting"}).status_code == 302
    dossier = Dossier.objects.get()
    secretary.post(f"/dossiers/{dossier.pk}/thema", {"title": "Lagen", "question": "Wie beslist?"})
    theme = dossier.themes.get()
    secretary.post(f"/dossiers/{dossier.pk}/dilemma", {"statement": "Niemand is aan zet.", "themes": [theme.pk]})
    dilemma = Issue.objects.get()
    assert (dilemma.code, dilemma.state) == ("D-01", "submitted")
    secretary.post(f"/dossiers/{dossier.pk}/vraagstuk", {"code": "D-01", "state": "accepted"})
    page = secretary.get(f"/dossiers/{dossier.pk}?verhaal=wilg").content.decode()
    key = page.partition('name="findings" value="')[2].partition('"')[0]
    for _ in range(2):
        secretary.post(f"/dossiers/{dossier.pk}/hiaten", {"story": "wilg", "findings": [key], "themes": [theme.pk]})
    gap = Issue.objects.get(kind="gap")
    assert (gap.code, gap.origin, gap.finding) == ("H-01", "computed", key)
    assert gap.statement.startswith("School A weet sinds dag 14")
    assert gap.statement in page
    made = secretary.post(
        "/bijeenkomsten/nieuw",
        {**NEW, "dossier": dossier.pk, "bodies": list(Body.objects.values_list("pk", flat=True))},
    )
    meeting = Meeting.objects.get()
    assert made.headers["Location"] == f"/bijeenkomsten/{meeting.pk}"
    assert meeting.agenda.count() == 6
    told = meeting.agenda.get(kind="story")
    for story in ("eik", "wilg"):
        secretary.post(f"/bijeenkomsten/{meeting.pk}/agenda/verhaal", {"item": told.pk, "story": story})
    told.refresh_from_db()
    assert told.story == "wilg"
    secretary.post(f"/bijeenkomsten/{meeting.pk}/deelnemers/leden")
    assert meeting.attendances.get().body == board
    for name in ("A. Lijster", "K. Winterkoning", "F. Roodborst", "O. Wielewaal"):
        secretary.post(f"/bijeenkomsten/{meeting.pk}/deelnemers/nieuw", {"name": name, "layer": "official"})
    table = {"theme": theme.pk, "issues": [gap.pk, dilemma.pk], "capacity": "8"}
    secretary.post(f"/bijeenkomsten/{meeting.pk}/tafels/nieuw", table)
    host, pitcher = meeting.attendances.order_by("pk")[1:3]
    roles = {"table": meeting.tables.get().pk, "host": host.key, "pitcher": pitcher.key, "pitch_title": "Tien weken"}
    secretary.post(f"/bijeenkomsten/{meeting.pk}/tafels/rollen", roles)
    for body in Body.objects.all():
        secretary.post(f"/bijeenkomsten/{meeting.pk}/stap/akkoord", {"body": body.pk})
    secretary.post(f"/bijeenkomsten/{meeting.pk}/stap/schrijf-uit")
    opened = secretary.post(f"/bijeenkomsten/{meeting.pk}/stap/open")
    assert opened.headers["Location"] == f"/bijeenkomsten/{meeting.pk}/regie"
    assert Issue.objects.filter(state="on_table").count() == 2
    for part in ("", "/deelnemers", "/tafels", "/uitnodiging", "/regie", "/scherm"):
        assert secretary.get(f"/bijeenkomsten/{meeting.pk}{part}").status_code == 200


@pytest.mark.parametrize(
    ("field", "value"), [("title", ""), ("day", "morgen"), ("begins", "25:00"), ("ends", "09:00"), ("dossier", "0")]
)
def test_a_form_that_lacks_something_says_so_and_keeps_what_was_typed(
    as_role: object, commands_inline: None, db: None, field: str, value: str
) -> None:
    world = make_world(opened=False)
    assert callable(as_role)
    fields = {**NEW, "dossier": world.dossier.pk, "bodies": [world.bodies[0].pk], field: value}
    answer = as_role("secretary").post("/bijeenkomsten/nieuw", fields)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    if field != "title":
        assert 'value="Najaar"' in answer.content.decode()
    assert Meeting.objects.count() == 1


def test_a_time_that_the_clock_skips_is_refused(as_role: object, commands_inline: None, db: None) -> None:
    world = make_world(opened=False)
    assert callable(as_role)
    night = {**NEW, "dossier": world.dossier.pk, "bodies": [world.bodies[0].pk], "day": "2027-03-28", "ends": "05:00"}
    answer = as_role("secretary").post("/bijeenkomsten/nieuw", {**night, "begins": "02:30"})
    assert answer.status_code == 400
    assert "klok gaat dan een uur vooruit" in answer.content.decode()
    assert as_role("secretary").post("/bijeenkomsten/nieuw", {**night, "begins": "03:30"}).status_code == 302


@pytest.mark.parametrize("role", ["reader", "participant", "presenter", "technical_admin", "body_secretary"])
def test_who_does_not_prepare_sees_nothing(as_role: object, world: World, role: str) -> None:
    assert callable(as_role)
    client: Client = as_role(role)
    pk = world.meeting.pk
    addresses = ["", "/deelnemers", "/tafels", "/uitnodiging", "/deelnemers/lijst", "/regie", "/briefjes", "/peiling"]
    for part in addresses:
        assert client.get(f"/bijeenkomsten/{pk}{part}").status_code == 403, part
    assert client.get("/bijeenkomsten").status_code == 403
    assert client.get(f"/dossiers/{world.dossier.pk}").status_code == 403
    assert client.get(f"/bijeenkomsten/{pk}/tafel/1").status_code == 403
    for verb in ("start-item", "announce", "show", "walk-in"):
        answer = client.post(
            f"/bijeenkomsten/{pk}/doe/{verb}", {"item": world.rounds[0].pk, "text": "x", "view": "clock"}
        )
        assert answer.status_code in {400, 403}


def test_a_dilemma_about_a_real_person_is_not_kept(as_role: object, world: World) -> None:
    assert callable(as_role)
    fields = {"statement": "Jan de Vries (06 12345678) belt niet terug.", "happened": "Dat was zo."}
    answer = as_role("secretary").post(f"/dossiers/{world.dossier.pk}/dilemma", fields)
    assert answer.status_code == 400
    assert "Dat was zo." in answer.content.decode()
    assert not Issue.objects.filter(statement__contains="Vries").exists()


def test_a_story_on_the_agenda_is_told_in_a_session_of_its_own(as_role: object, world: World) -> None:
    assert callable(as_role)
    item = world.rounds[1]
    item.kind, item.story = "story", "wilg"
    item.save()
    client: Client = as_role("secretary")
    first = client.post(f"/bijeenkomsten/{world.meeting.pk}/verhaal/{item.pk}")
    assert first.status_code == 302
    again = client.post(f"/bijeenkomsten/{world.meeting.pk}/verhaal/{item.pk}")
    assert again.headers["Location"] == first.headers["Location"]
    assert Session.objects.get().story == "wilg"


def test_the_page_of_a_pitch_is_a_download_for_who_sits_there(
    as_role: object, world: World, settings: object, tmp_path: object
) -> None:
    assert callable(as_role)
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    client: Client = as_role("secretary")
    table, pk = world.tables[0], world.meeting.pk
    roles = {"table": table.pk, "host": world.people[0].key, "pitcher": world.people[1].key, "pitch_title": "Eén blad"}
    wrong = SimpleUploadedFile("blad.pdf", b"<html><script>alert(1)</script>")
    client.post(f"/bijeenkomsten/{pk}/tafels/rollen", {**roles, "file": wrong})
    assert client.get(f"/bijeenkomsten/{pk}/tafel/1/inleiding").status_code == 404
    right = SimpleUploadedFile("blad.pdf", b"%PDF-1.7 blad")
    client.post(f"/bijeenkomsten/{pk}/tafels/rollen", {**roles, "file": right})
    answer = client.get(f"/bijeenkomsten/{pk}/tafel/1/inleiding")
    assert answer.content == b"%PDF-1.7 blad"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert Client().get(f"/bijeenkomsten/{pk}/tafel/1/inleiding").status_code == 404


CORRECTED = {"name": "Merel", "email": "merel@voorbeeld.nl", "organisation": "", "function": "wethouder"}


def test_what_the_list_says_about_somebody_is_put_right(as_role: object, commands_inline: None, db: None) -> None:
    world = make_world(opened=False)
    assert callable(as_role)
    client: Client = as_role("secretary")
    one, other = world.meeting.attendances.exclude(person=None).order_by("pk")[:2]
    assert one.person is not None
    assert other.person is not None
    page = f"/bijeenkomsten/{world.meeting.pk}/deelnemers/wie/{one.key}"
    assert f'href="{page}"' in client.get(f"/bijeenkomsten/{world.meeting.pk}/deelnemers").content.decode()
    layer = "both" if one.layer != "both" else "official"
    assert client.post(page, {**CORRECTED, "layer": layer}).status_code == 302
    one.refresh_from_db()
    found = (one.called, one.person.__class__.objects.get(pk=one.person_id).email, one.function, one.layer)
    assert found == ("Merel", "merel@voorbeeld.nl", "wethouder", layer)
    other.person.email = "van@iemand.nl"
    other.person.save()
    refused = client.post(page, {**CORRECTED, "layer": layer, "email": "van@iemand.nl", "function": "voorzitter"})
    assert refused.status_code == 400
    assert "iemand anders" in refused.content.decode()
    assert 'value="voorzitter"' in refused.content.decode()
    assert as_role("participant").get(page).status_code == 403
    assert client.get(f"{page}x").status_code == 404


def test_the_layer_is_fixed_once_votes_are_counted_by_it(as_role: object, world: World) -> None:
    assert callable(as_role)
    one = world.meeting.attendances.exclude(layer="experience").exclude(person=None)[0]
    page = f"/bijeenkomsten/{world.meeting.pk}/deelnemers/wie/{one.key}"
    answer = as_role("secretary").post(page, {**CORRECTED, "layer": "experience"})
    assert answer.status_code == 400
    assert "ligt vast" in answer.content.decode()
    assert as_role("secretary").post(page, {**CORRECTED, "layer": one.layer}).status_code == 302


def test_who_was_never_invited_can_be_taken_off_the_list_with_their_table_and_seat(
    as_role: object, commands_inline: None, db: None
) -> None:
    world = make_world(opened=False)
    assert callable(as_role)
    client: Client = as_role("secretary")
    host, pitcher = world.tables[0].host, world.tables[0].pitcher
    assert host is not None
    assert pitcher is not None
    people = f"/bijeenkomsten/{world.meeting.pk}/deelnemers"
    assert client.post(f"{people}/wie/{host.key}", {"remove": "1"}).status_code == 302
    world.tables[0].refresh_from_db()
    assert world.tables[0].host is None
    assert not world.meeting.attendances.filter(key=host.key).exists()
    now = dt.datetime.now(dt.UTC)
    Letter.objects.create(
        meeting=world.meeting, attendance=pitcher, kind=LetterKind.INVITATION, key="one", due_at=now, made_at=now
    )
    answer = client.post(f"{people}/wie/{pitcher.key}", {"remove": "1"}, follow=True)
    assert "blijft op de lijst" in answer.content.decode()
    assert world.meeting.attendances.filter(key=pitcher.key).exists()
