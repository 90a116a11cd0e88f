"""Search: Dutch words, rights, misspellings, and an index that follows what is saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from meeting_world import World
from schakelbord.accounts.actors import READER, Actor, Role
from schakelbord.accounts.context import CHAIN_READERS
from schakelbord.chain import proposals
from schakelbord.chain.models import Proposal
from schakelbord.chain.rights import may_read_chain
from schakelbord.chain.searching.search import fill_when_empty, reindex_all, search, terms_of
from schakelbord.chain.searching.store import Allowed, count
from schakelbord.chain.searching.words import Vocabulary, snippet, stem, stems_of
from schakelbord.dossiers.models import Dossier, Issue, Source
from schakelbord.meetings.models import Meeting
from schakelbord.tables.models import Contribution
from thread_world import Thread, confirmed_harvest, key, make_thread, new_action

TODAY = dt.date(2026, 12, 1)
ClientInRole = Callable[[str], Client]


@pytest.fixture
def whole(world: World) -> Thread:
    """A thread with a report."""
    return make_thread("report", world=world)


def codes(actor: Actor, asked: str, **more: object) -> list[str]:
    found = search(actor, asked, today=TODAY, **more)  # type: ignore[arg-type]
    first = [found.exact.entry] if found.exact else []
    return [entry.code or entry.kind for entry in [*first, *(hit.entry for hit in found.hits)]]


def test_dutch_words_are_compared_by_their_stem() -> None:
    assert stems_of("vergaderingen") == stems_of("vergadering")
    assert stems_of("Scholen") == stems_of("school")
    assert stems_of("één Café") == "een cafe"
    assert stems_of("over A-27 en B-2026-04") == "over a27 en b202604"


def test_a_snippet_shows_the_words_in_their_place() -> None:
    text = "Eerst staat hier heel veel anders. " * 12 + "Dan geeft de school advies aan een gezin. " + "Slot. " * 60
    pieces = snippet(text, [stem("school"), stem("advies")], "")
    shown = "".join(piece.text for piece in pieces)
    assert [piece.text for piece in pieces if piece.marked] == ["school", "advies"]
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 300
    assert "".join(piece.text for piece in snippet("kort", ["niets"], "")) == "kort"


def test_near_words_share_most_letters() -> None:
    words = Vocabulary()
    words.add(["uithuwelijking", "vergadering", "advies"])
    assert words.near("uithuwlijking") == ["uithuwelijking"]
    assert words.near("advis") == ["advies"]
    assert words.near("xylofoon") == []


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("school advies", "P-01"),
        ("scholen", "A-01"),
        ("uithuwelijk", "P-01"),
        ("UITHUWELIJKING", "P-01"),
        ("nummer regio", "V-01"),
        ("regel ouders", "O-01"),
        ("dilemma", ""),
        ("register adviezen", "A-01"),
        ("a-01", "A-01"),
        ("voor het", "O-01"),
        ("gesprek oud", "O-01"),
    ],
)
def test_what_is_found(whole: Thread, asked: str, code: str) -> None:
    found = codes(whole.secretary, asked)
    assert code in found if code else not found


def test_a_whole_word_behind_which_a_space_stands_does_not_go_on(whole: Thread) -> None:
    assert codes(whole.secretary, "uithuwelijki")
    assert not codes(whole.secretary, "uithuwelijki ")


def test_the_index_follows_what_is_saved(whole: Thread) -> None:
    new_action(whole, "Een wegwijzer voor bibliotheken")
    assert codes(whole.secretary, "bibliotheek wegwijzer") == ["A-02"]
    proposal = str(
        proposals.make_proposal(
            whole.secretary, whole.world.dossier, text="Koop fietsen.", direct_reason="Klein.", key=key()
        )["node"]
    )
    assert codes(whole.secretary, "fietsen") == [proposal]
    proposals.amend(
        whole.secretary, Proposal.objects.get(code=proposal), text="Koop bakfietsjes.", note="", version=1, key=key()
    )
    assert codes(whole.secretary, "fietsen") == []
    assert codes(whole.secretary, "bakfietsjes") == [proposal]


def test_a_hidden_contribution_is_found_no_more(whole: Thread) -> None:
    world = whole.world
    said = world.by(2, "say", table=world.tables[0].pk, text="Pannenkoeken helpen.", kind="wish")
    assert codes(whole.secretary, "pannenkoek") == ["contribution"]
    world.by(0, "hide", table=world.tables[0].pk, contribution=said["contribution"], reason="past niet")
    assert Contribution.objects.get(key=said["contribution"]).state == "hidden"
    assert codes(whole.secretary, "pannenkoek") == []


def test_a_harvest_is_found_from_when_it_is_read_out(world: World) -> None:
    table = world.tables[0].pk
    world.by(0, "save-harvest", table=table, version=0, assignment="Regel een luchtballon.")
    assert codes(world.secretary, "luchtballon") == [], "a draft is for its table alone"
    confirmed_harvest(world, 1)
    assert "O-02" in codes(world.secretary, "ouders")


def test_rights_are_applied_in_the_query(whole: Thread) -> None:
    participant = Actor(999, "Iemand", frozenset({Role.PARTICIPANT}))
    admin = Actor(998, "Beheer", frozenset({Role.TECHNICAL_ADMIN}))
    owner = Actor(whole.owner.person.user_id, "Z", frozenset({Role.ACTION_OWNER}))
    serves = Actor(whole.existing.secretary.user_id, "K", frozenset({Role.BODY_SECRETARY}))
    for nobody in (participant, admin, READER):
        assert codes(nobody, "advies") == []
    assert "P-01" in codes(owner, "advies"), "sits in a body of the dossier"
    assert set(codes(serves, "advies")) == {"A-01"}, "serves only the body where the action lies"
    assert "contribution" not in codes(owner, "advies")
    assert "contribution" in codes(whole.secretary, "eerst advies vragen")


def test_a_change_of_confidentiality_counts_at_once(whole: Thread) -> None:
    Source.objects.create(
        dossier=whole.world.dossier, title="Advies van de raad", url="https://voorbeeld.example/1",
        confidentiality="bodies", made_at=whole.world.meeting.starts_at,
    )  # fmt: skip
    Dossier.objects.update(confidentiality="public")
    outside = codes(READER, "advies")
    assert "P-01" in outside
    assert "contribution" not in outside
    assert "source" not in outside
    assert "source" in codes(whole.secretary, "advies raad")
    Dossier.objects.update(confidentiality="meeting")
    assert codes(READER, "advies") == []


def test_a_misspelling_is_put_right_by_words_that_are_there(whole: Thread) -> None:
    found = search(whole.secretary, "uithuwlijking", today=TODAY)
    assert (found.total, found.nearest) == (0, ("uithuwelijking",))
    assert search(READER, "uithuwlijking", today=TODAY).nearest == (), "tells no word that one may not read"


def test_only_of_a_kind(whole: Thread) -> None:
    assert set(codes(whole.secretary, "advies", kind="action")) == {"A-01"}
    kinds = {name for name, _words, _number in search(whole.secretary, "advies", kind="action", today=TODAY).counts}
    assert {"action", "proposal", "harvest"} <= kinds


def test_reindexing_gives_the_same_index(whole: Thread) -> None:
    asked = ["advies", "regio", "niemand", "meld", "samen schakelen"]
    before = {text: sorted(codes(whole.secretary, text)) for text in asked}
    assert before["samen schakelen"] == [Meeting.objects.get().code]
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, title, body, level FROM chain_searchrow ORDER BY key")
        rows = cursor.fetchall()
    assert reindex_all() == len(rows)
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, title, body, level FROM chain_searchrow ORDER BY key")
        assert cursor.fetchall() == rows
    assert {text: sorted(codes(whole.secretary, text)) for text in asked} == before


def test_an_older_database_gets_its_index_once(whole: Thread) -> None:
    assert fill_when_empty() == 0, "there is one already"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM chain_searchrow")
    assert codes(whole.secretary, "advies") == []
    assert fill_when_empty() > 5
    assert "P-01" in codes(whole.secretary, "advies")


@pytest.mark.parametrize(
    "asked", ['"', "'; DROP TABLE", "a AND", "NEAR(", "*", "&|!:", "title:x", "%", "é" * 300, "\x00"]
)
def test_any_input_is_harmless(whole: Thread, as_role: ClientInRole, asked: str) -> None:
    assert as_role("secretary").get("/zoek", {"q": asked}).status_code == 200


def test_whoever_may_read_nothing_finds_nothing(whole: Thread) -> None:
    assert count(terms_of("advies"), Allowed((), ())) == {}


def test_the_pages_of_search(whole: Thread, as_role: ClientInRole) -> None:
    client = as_role("secretary")
    assert "Wat zoekt u?" in client.get("/zoek").content.decode()
    assert "Eén letter is te weinig" in client.get("/zoek?q=a").content.decode()
    assert "Niets met “zebra”" in client.get("/zoek?q=zebra").content.decode()
    near = client.get("/zoek?q=uithuwlijking").content.decode()
    assert 'href="/zoek?q=uithuwelijking"' in near
    text = client.get("/zoek?q=scholen").content.decode()
    assert "<mark>school</mark>" in text
    exact = client.get("/zoek?q=A-01").content.decode()
    assert "Dit heeft die code" in exact
    assert client.get("/zoek?q=school&blad=999&soort=onzin").status_code == 200


def test_many_hits_come_in_pages(world: World, as_role: ClientInRole) -> None:
    user = world.secretary.user_id
    for number in range(45):
        Issue.objects.create(
            code=f"D-{100 + number}", dossier=world.dossier, kind="dilemma", origin="brought", made_by_id=user,
            statement=f"Tuinkabouter {number}", made_at=world.meeting.starts_at, changed_at=world.meeting.starts_at,
        )  # fmt: skip
    client = as_role("secretary")
    pages = [client.get(f"/zoek?q=tuinkabouter&blad={page}").content.decode() for page in (1, 2, 3)]
    shown = [text.count('<h3><a href="/draad/D-1') for text in pages]
    assert shown == [20, 20, 5]
    assert "45 keer “tuinkabouter”" in pages[0]
    assert 'rel="next"' in pages[0]
    assert 'rel="next"' not in pages[2]


def test_a_story_is_found_by_its_title(whole: Thread, as_role: ClientInRole) -> None:
    text = as_role("secretary").get("/zoek?q=wilg").content.decode()
    assert 'href="/verhalen/wilg"' in text


@pytest.mark.parametrize("role", list(Role))
def test_the_bar_has_a_field_for_who_reads_the_chain(role: Role) -> None:
    assert may_read_chain(Actor(1, "Iemand", frozenset({role}))) == (role in CHAIN_READERS)


def test_the_field_stands_in_the_bar(whole: Thread, as_role: ClientInRole, reader: Client) -> None:
    assert "data-search-field" in as_role("secretary").get("/over").content.decode()
    assert "data-search-field" not in reader.get("/over").content.decode()
