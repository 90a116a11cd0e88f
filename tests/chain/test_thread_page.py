"""The thread of every code: upstream, here, downstream; branches; broken and direct; who may read it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meeting_world import World, make_world
from schakelbord.chain import proposals
from schakelbord.chain.models import Notice, Proposal
from schakelbord.chain.threads.thread import thread_of
from schakelbord.dossiers.models import Dossier
from thread_world import ASSIGNMENT, Thread, confirmed_harvest, key, make_thread, new_action

MOST_QUERIES = 20
ClientInRole = Callable[[str], Client]


@pytest.fixture
def whole(world: World) -> Thread:
    """A thread with a report."""
    return make_thread("report", world=world)


def text_of(client: Client, code: str) -> str:
    answer = client.get(f"/draad/{code}")
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


@pytest.mark.parametrize("code", ["D-01", "O-01", "P-01", "A-01", "V-01", "decision"])
def test_every_code_has_a_page_with_the_whole_thread(whole: Thread, as_role: ClientInRole, code: str) -> None:
    shown = whole.decision.code if code == "decision" else code
    text = text_of(as_role("secretary"), shown)
    for other in ("D-01", "O-01", "P-01", whole.decision.code, "A-01", "V-01"):
        assert other in text, f"{other} is not on the page of {shown}"
    assert "Hier bent u" in text
    assert text.index("Hier bent u") < text.index("Wat komt ervan?")


@pytest.mark.parametrize("code", ["D-01", "O-01", "P-01", "A-01", "V-01"])
def test_a_thread_takes_a_fixed_number_of_queries(whole: Thread, code: str) -> None:
    with CaptureQueriesContext(connection) as few:
        thread_of(code)
    for number in range(5):
        new_action(whole, f"Nog een actie {number}")
    with CaptureQueriesContext(connection) as many:
        thread_of(code)
    assert len(many) <= MOST_QUERIES
    assert len(many) - len(few) <= 1, "a branch costs a query"


def test_the_page_of_an_action_says_what_was_said_decided_and_done(whole: Thread, as_role: ClientInRole) -> None:
    text = text_of(as_role("secretary"), "A-01")
    for words in (
        "Waarom doen we dit?",
        "Ik wist niet dat ik eerst advies kon vragen.",
        "3 bijdragen, waarvan 2 gebruikt",
        ASSIGNMENT,
        "voorgelezen en bevestigd",
        "Twee gremia, één besluit.",
        "door H. Grutto",
        "S. Zwaluw, beleid onderwijs",
        "Past bij ons protocol.",
        "Regionaal Bestuur Leerplicht (niet passend, “gaat over verzuim”)",
        "In 7 van de 26 regio’s staat het nummer open.",
        "nog geen oordeel",
        "Nu aan zet: S. Zwaluw",
    ):
        assert words in text, words
    assert "Vogel 0-2" not in text, "who said something without a name is not named"


def test_branches_are_shown_as_branches(whole: Thread, as_role: ClientInRole) -> None:
    new_action(whole, "De lijst met nummers staat online")
    second = proposals.make_proposal(
        whole.secretary, whole.world.dossier, text="Oefen het gesprek elk jaar.", harvests=[whole.harvest], key=key()
    )["node"]
    client = as_role("secretary")
    on_action = text_of(client, "A-01")
    assert "Hetzelfde besluit gaf nog 1 actie." in on_action
    assert "De lijst met nummers staat online" in on_action
    assert "Dezelfde oogst gaf nog 1 voorstel." in on_action
    assert "Oefen het gesprek elk jaar." in on_action
    on_issue = text_of(client, "D-01")
    assert "De draad splitst zich: 2 voorstellen." in on_issue
    assert "Er komen 2 acties van." in on_issue
    assert str(second) in on_issue


def test_an_issue_at_two_tables_shows_both(world: World, as_role: ClientInRole) -> None:
    world.tables[1].table_issues.create(issue=world.issues[0], order=1)
    confirmed_harvest(world, 0)
    confirmed_harvest(world, 1)
    text = text_of(as_role("secretary"), "D-01")
    assert "aan tafel 1" in text
    assert "aan tafel 2" in text
    assert "O-01" in text
    assert "O-02" in text


def test_a_direct_proposal_says_so_in_words(world: World, as_role: ClientInRole) -> None:
    code = proposals.make_proposal(
        world.secretary, world.dossier, text="Koop een telefoon.", direct_reason="Het is te klein voor een tafel.",
        key=key(),
    )["node"]  # fmt: skip
    text = text_of(as_role("secretary"), str(code))
    assert "Dit voorstel kwam rechtstreeks, zonder gesprek aan tafel." in text
    assert "Het is te klein voor een tafel." in text


def test_a_broken_thread_says_so_in_words(world: World, as_role: ClientInRole) -> None:
    user = world.secretary.user_id
    broken = Proposal.objects.create(
        code="P-99", dossier=world.dossier, made_by_id=user, made_at=world.meeting.starts_at
    )
    broken.versions.create(number=1, text="Zomaar iets.", made_by_id=user, made_at=world.meeting.starts_at)
    text = text_of(as_role("secretary"), "P-99")
    assert "de draad is gebroken" in text
    assert "Onder dit voorstel ligt geen oogst, en niemand zei waarom niet." in text


def test_a_judged_result_ends_the_thread(world: World, as_role: ClientInRole) -> None:
    make_thread("verdict", world=world)
    text = text_of(as_role("auditor"), "A-01")
    assert "d-dicht" in text
    assert "Geteld in het register." in text
    assert "H. Grutto namens Strategisch Beraad" in text
    assert "Hier wacht niets meer." in text


def test_other_ways_of_writing_a_code_lead_to_the_page(whole: Thread, as_role: ClientInRole) -> None:
    client = as_role("secretary")
    assert client.get("/draad/a-01").url == "/draad/A-01"
    assert client.get(f"/draad/{whole.world.meeting.code}").url == f"/bijeenkomsten/{whole.world.meeting.pk}"
    assert client.get("/draad/J-2027").url == "/verantwoording/2027"
    assert client.get("/draad/A-999").status_code == 404
    assert client.get("/draad/M-999").status_code == 404
    assert client.get("/draad/onzin").status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [("secretary", 200), ("chair", 200), ("auditor", 200), ("action_owner", 200), ("body_secretary", 200),
     ("participant", 403), ("technical_admin", 403), ("presenter", 403)],
)  # fmt: skip
def test_who_reads_a_thread_of_the_bodies(whole: Thread, as_role: ClientInRole, role: str, status: int) -> None:
    answer = as_role(role).get("/draad/A-01")
    assert answer.status_code == status
    if status == 403:
        assert "Dit kunt u niet zien." in answer.content.decode()


def test_a_thread_for_this_meeting_is_closed_to_members_of_the_bodies(whole: Thread, as_role: ClientInRole) -> None:
    Dossier.objects.update(confidentiality="meeting")
    new_action(whole, "Van een ander")
    assert as_role("body_secretary").get("/draad/D-01").status_code == 200, "serves the body where the action lies"
    assert as_role("participant").get("/draad/D-01").status_code == 403


def test_outsiders_read_a_public_thread_without_names_and_talk(whole: Thread, reader: Client) -> None:
    assert reader.get("/draad/A-01").status_code == 403
    Dossier.objects.update(confidentiality="public")
    text = text_of(reader, "A-01")
    for name in ("S. Zwaluw", "H. Grutto", "Vogel", "Ik wist niet dat ik"):
        assert name not in text
    assert "beleid onderwijs" in text
    assert "S. Zwaluw" not in reader.get("/draad/A-01.json").content.decode()
    assert "S. Zwaluw" not in reader.get("/draad/A-01.csv").content.decode()


def test_the_row_for_a_spreadsheet(whole: Thread, as_role: ClientInRole) -> None:
    new_action(whole, "=2+2")
    answer = as_role("secretary").get("/draad/D-01.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["Code", "Actie", "Hiaat of dilemma"]
    assert [row[0] for row in rows[1:]] == ["A-01", "A-02"]
    assert rows[1][8] == "S. Zwaluw"
    assert not rows[2][1].startswith("="), "a spreadsheet would compute this"


def test_the_thread_as_json(whole: Thread, as_role: ClientInRole) -> None:
    found = json.loads(as_role("secretary").get("/draad/V-01.json").content)
    assert found["whole"] is True
    assert [row["code"] for row in found["actions"]] == ["A-01"]
    assert found["actions"][0]["reports"][0]["value"] == "7"
    assert found["tables"][0]["counts"] == {
        "said": 3, "used": 2, "facts": 1, "experiences": 1, "assumptions": 0, "wishes": 0,
    }  # fmt: skip


def test_a_reminder_goes_once_a_day(whole: Thread, as_role: ClientInRole) -> None:
    client = as_role("secretary")
    form = {"node": "A-01", "row": str(whole.action.pk), "key": "k1"}
    told = client.post("/draad/A-01/herinner", form, follow=True).content.decode()
    assert "Er gaat een herinnering naar 1 persoon." in told
    notice = Notice.objects.get()
    assert (notice.kind, notice.person, notice.node, notice.row) == (
        "progress", whole.owner.person, "A-01", whole.action.pk,
    )  # fmt: skip
    again = client.post("/draad/A-01/herinner", form | {"key": "k2"}, follow=True).content.decode()
    assert "vandaag al een herinnering" in again
    assert Notice.objects.count() == 1
    assert as_role("auditor").post("/draad/A-01/herinner", form).status_code == 403


def test_the_page_in_english(whole: Thread, as_role: ClientInRole) -> None:
    client = as_role("secretary")
    client.cookies["schakelbord_language"] = "en"
    text = text_of(client, "A-01")
    assert "Why are we doing this?" in text
    assert "Two bodies, one decision." in text


def test_a_thread_that_only_began(commands_inline: None, db: None, as_role: ClientInRole) -> None:
    make_world(opened=False, started=False)
    text = text_of(as_role("secretary"), "D-02")
    assert "Er is nog niets van gekomen." in text or "aan tafel 2" in text
