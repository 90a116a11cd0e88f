"""The pages of proposals and decisions, as the people who use them meet them."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chain_world import Chain, key
from meeting_world import NOW
from schakelbord.bodies.models import Body, Membership, Person
from schakelbord.chain import deciding, proposals
from schakelbord.chain.actions import propose_action
from schakelbord.chain.consent_links import consent_path
from schakelbord.chain.models import Action, Decision, Endorsement, Proposal
from schakelbord.dossiers.services import issue_of_finding
from schakelbord.stories.library import all_stories, reading_of
from schakelbord.tables.models import Statement, Vote

ClientInRole = Callable[[str], Client]
MOST_QUERIES = 25


def words(answer: object) -> str:
    """What a page says, without its mark-up and with single spaces."""
    text = answer.content.decode()  # type: ignore[attr-defined]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def post(client: Client, path: str, **fields: object) -> object:
    """A form that was sent, with a key of its own."""
    return client.post(path, {"key": key(), **fields})


def test_the_list_says_from_whom_something_is_missing(chain: Chain, as_role: ClientInRole) -> None:
    decision = chain.tabled(chain.proposal())
    chain.says(decision, chain.platform_chair)
    said = words(as_role("secretary").get("/besluiten"))
    assert "B-2026-01" in said
    assert "Beleidsplatform stemt in" in said
    assert "Strategisch Beraad gevraagd, nog geen antwoord" in said


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", {"B-2026-01", "B-2026-02", "P-03"}),
        ("?stand=ligt-voor", {"B-2026-02"}),
        ("?stand=vastgesteld&jaar=2026", {"B-2026-01"}),
        ("?stand=concept", {"P-03"}),
        ("?jaar=2025", set()),
        ("?bijeenkomst=M-01", set()),
        ("?stand=onzin&jaar=1e9&pagina=-3", {"B-2026-01", "B-2026-02", "P-03"}),
    ],
)
def test_the_list_is_narrowed(chain: Chain, as_role: ClientInRole, query: str, codes: set[str]) -> None:
    chain.decided()
    chain.tabled(chain.proposal(direct=True))
    chain.proposal(direct=True)
    page = as_role("auditor").get(f"/besluiten{query}").content.decode()
    assert set(re.findall(r'class="code" href="/\w+/([BP]-[\d-]+)"', page)) == codes


@pytest.mark.parametrize("path", ["/besluiten", "/besluiten/B-2026-01", "/voorstellen/P-01", "/besluiten/lijst/M-01"])
def test_readers_and_technical_administrators_do_not_see_it(chain: Chain, as_role: ClientInRole, path: str) -> None:
    chain.tabled(chain.proposal(direct=True))
    for role in ("reader", "technical_admin"):
        assert as_role(role).get(path).status_code == 403
    assert Client().get(path).status_code == 403
    assert as_role("participant").get(path).status_code == 200


def test_a_proposal_is_made_of_two_harvests_that_the_address_names(chain: Chain, as_role: ClientInRole) -> None:
    harvest = chain.confirm_harvest()
    client = as_role("secretary")
    page = client.get("/voorstellen/nieuw?oogst=o-01").content.decode()
    assert re.search(r'value="O-01" checked', page)
    assert harvest.assignment in page
    answer = post(client, "/voorstellen/nieuw", text="Elke melder hoort iets", oogst="O-01")
    assert answer.url == "/voorstellen/P-01"  # type: ignore[attr-defined]
    assert list(Proposal.objects.get().harvests.all()) == [harvest]
    assert "O-01" in words(client.get("/voorstellen/P-01"))


def test_a_proposal_that_rests_on_nothing_comes_back_filled_in(chain: Chain, as_role: ClientInRole) -> None:
    fields = {"text": "Iets met é en <b>", "dossier": chain.world.dossier.pk}
    answer = post(as_role("secretary"), "/voorstellen/nieuw", **fields)
    assert answer.status_code == 400  # type: ignore[attr-defined]
    assert "Kies een bevestigde oogst, of zeg waarom dit voorstel er direct komt." in words(answer)
    assert "Iets met é en &lt;b&gt;</textarea>" in answer.content.decode()  # type: ignore[attr-defined]
    assert not Proposal.objects.exists()


def test_a_repair_of_a_story_becomes_a_proposal_with_the_gaps_it_closes(chain: Chain, as_role: ClientInRole) -> None:
    story = all_stories()["wilg"]
    finding = next(row for row in reading_of(story).findings if row.repairs)
    repair = finding.repairs[0]
    keys = ",".join(item.key for item in repair.items)
    issue = issue_of_finding(
        chain.secretary,
        chain.world.dossier,
        story="wilg",
        finding=finding,
        sentence=finding.sentence.nl[:300],
        themes=chain.world.themes[:1],
        now=NOW,
    )
    client = as_role("secretary")
    page = client.get("/voorstellen/nieuw", {"verhaal": "wilg", "reparatie": keys})
    said = words(page)
    assert repair.items[0].says.nl in page.context["text"]
    assert page.context["repair"].cost == repair.cost
    assert finding.sentence.nl in said
    assert issue.code in said
    post(
        client,
        "/voorstellen/nieuw",
        text=page.context["text"],
        verhaal="wilg",
        reparatie=keys,
        direct_reason=page.context["direct_reason"],
        dossier=chain.world.dossier.pk,
    )
    made = Proposal.objects.get()
    assert (made.story, made.repair, list(made.issues.all())) == ("wilg", keys, [issue])
    assert finding.sentence.nl in words(client.get("/voorstellen/P-01"))


@pytest.mark.parametrize("query", ["verhaal=wilg&reparatie=onzin", "verhaal=nergens&reparatie=ask:x", "reparatie=a"])
def test_a_repair_that_is_not_there_is_said(chain: Chain, as_role: ClientInRole, query: str) -> None:
    answer = as_role("secretary").get(f"/voorstellen/nieuw?{query}")
    assert "Deze reparatie staat niet meer in het verhaal." in words(answer)


def test_who_may_not_make_proposals_hears_who_may(chain: Chain, as_role: ClientInRole) -> None:
    answer = as_role("participant").get("/voorstellen/nieuw")
    assert answer.status_code == 403
    assert "Dit doet de secretaris of de voorzitter." in words(answer)


def test_a_change_shows_what_went_and_what_came(chain: Chain, as_role: ClientInRole) -> None:
    proposal = chain.proposal(direct=True)
    client = as_role("secretary")
    post(
        client,
        f"/voorstellen/{proposal.code}/stap/wijzigen",
        text="Elke melder hoort binnen twee weken iets",
        version=1,
        note="De tafel vroeg erom",
    )
    page = client.get(f"/voorstellen/{proposal.code}").content.decode()
    assert re.search(r"<del>.*?drie.*?</del>", page)
    assert re.search(r"<ins>.*?twee.*?</ins>", page)
    assert "De tafel vroeg erom" in page


def test_two_people_change_one_text_and_nothing_is_lost(chain: Chain, as_role: ClientInRole) -> None:
    proposal = chain.proposal(direct=True)
    path = f"/voorstellen/{proposal.code}/stap/wijzigen"
    post(as_role("secretary"), path, text="Van de secretaris", version=1)
    chair = as_role("chair")
    answer = post(chair, path, text="Van de voorzitter", version=1, note="Met een reden")
    said, page = words(answer), answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status_code == 400  # type: ignore[attr-defined]
    assert "Iemand anders heeft dit intussen veranderd." in said
    assert "Wat er nu staat (versie 2) Van de secretaris" in said
    assert "Wat u schreef Van de voorzitter" in said
    assert re.search(r"<textarea[^>]*>Van de voorzitter</textarea>", page)
    assert 'value="Met een reden"' in page
    assert re.search(r'name="version" value="2"', page)
    post(chair, path, text="Van beiden", version=2)
    assert [row.text for row in proposal.versions.all()][1:] == ["Van de secretaris", "Van beiden"]


def test_a_proposal_is_tabled_in_writing_from_its_page(chain: Chain, as_role: ClientInRole) -> None:
    proposal, client = chain.proposal(direct=True), as_role("secretary")
    path = f"/voorstellen/{proposal.code}/stap/voorleggen"
    for fields, sentence in (
        ({}, "Kies: in een bijeenkomst, of schriftelijk."),
        ({"how": "meeting"}, "Kies een bijeenkomst."),
        ({"how": "round", "bodies": [chain.board.pk]}, "Kies een dag."),
        ({"how": "round", "deadline": "2027-01-10"}, "Kies wie dit besluit neemt."),
    ):
        answer = post(client, path, **fields)
        assert answer.status_code == 400  # type: ignore[attr-defined]
        assert sentence in words(answer)
    answer = post(client, path, how="round", deadline="2027-01-10", bodies=[chain.board.pk, chain.platform.pk])
    assert answer.url == "/besluiten/B-2026-01"  # type: ignore[attr-defined]
    assert Decision.objects.get().deciding.count() == 2


def test_a_proposal_is_tabled_for_a_meeting_and_another_is_withdrawn(chain: Chain, as_role: ClientInRole) -> None:
    first, second, client = chain.proposal(direct=True), chain.proposal(direct=True), as_role("chair")
    post(client, f"/voorstellen/{first.code}/stap/voorleggen", how="meeting", meeting=chain.world.meeting.pk)
    assert Proposal.objects.get(pk=first.pk).meeting == chain.world.meeting
    answer = post(client, f"/voorstellen/{second.code}/stap/intrekken", reason="")
    assert "Zeg waarom, in één zin." in words(answer)
    post(client, f"/voorstellen/{second.code}/stap/intrekken", reason="Er is al iets")
    assert "Er is al iets" in words(client.get(f"/voorstellen/{second.code}"))


def test_the_page_counts_what_is_missing_and_says_who_may_give_it(chain: Chain, as_role: ClientInRole) -> None:
    decision, client = chain.tabled(chain.proposal()), as_role("secretary")
    said = words(client.get(f"/besluiten/{decision.code}"))
    assert "Nog twee dingen, dan kan dit besluit worden vastgesteld" in said
    assert "Voorzitter van het platform (voorzitter) mag dit geven." in said
    assert "Dit kan zodra de 2 punten hierboven klaar zijn." in said
    chain.says(decision, chain.platform_chair)
    page = client.get(f"/besluiten/{decision.code}")
    assert "Nog één ding, dan kan dit besluit worden vastgesteld" in words(page)
    assert (
        "Twee draden naar het besluit. Beleidsplatform: stemt in. Strategisch Beraad: gevraagd" in page.content.decode()
    )
    chain.says(decision, chain.board_chair)
    assert "Alles is er: dit besluit kan worden vastgesteld" in words(client.get(f"/besluiten/{decision.code}"))


def test_from_consent_to_an_adopted_decision_on_the_page(chain: Chain, as_role: ClientInRole) -> None:
    decision, chair = chain.tabled(chain.proposal()), as_role("chair")
    chain.says(decision, chain.platform_chair)
    path = f"/besluiten/{decision.code}"
    assert "U spreekt als Rol chair namens Strategisch Beraad." in words(chair.get(path))
    fields = {"seat": chain.board_chair.pk, "version": 1, "stance": "objection", "present": "2", "basis": "Ons mandaat"}
    answer = post(chair, f"{path}/stap/instemmen", **fields)
    assert "Zeg wat het bezwaar is." in words(answer)
    assert 'value="Ons mandaat"' in answer.content.decode()  # type: ignore[attr-defined]
    post(chair, f"{path}/stap/instemmen", **{**fields, "stance": "consent"})
    assert Endorsement.objects.get(body=chain.board).given_by == chain.board_chair
    assert post(chair, f"{path}/stap/vaststellen").status_code == 302  # type: ignore[attr-defined]
    said = words(chair.get(path))
    now = chain.fresh(decision)
    assert "Dit besluit is vastgesteld" in said
    assert now.hash in said
    assert f"{now.hash[:12]}…" in said
    assert "Maak een voorstel dat dit besluit vervangt" in said


def test_somebody_without_a_seat_there_does_not_consent(chain: Chain, as_role: ClientInRole) -> None:
    decision, secretary = chain.tabled(chain.proposal()), as_role("secretary")
    assert "Zeg wat uw gremium vindt" not in words(secretary.get(f"/besluiten/{decision.code}"))
    answer = post(
        secretary,
        f"/besluiten/{decision.code}/stap/instemmen",
        seat=chain.board_chair.pk,
        version=1,
        stance="consent",
        present=2,
    )
    assert answer.status_code == 403  # type: ignore[attr-defined]
    assert not Endorsement.objects.exists()


def test_the_buttons_of_what_is_missing(chain: Chain, as_role: ClientInRole) -> None:
    decision, client = chain.tabled(chain.proposal()), as_role("secretary")
    path = f"/besluiten/{decision.code}/stap"
    post(client, f"{path}/vragen", body=chain.board.pk)
    answer = post(client, f"{path}/vragen", body=chain.board.pk)
    assert "is vandaag al gevraagd" in words(answer)
    answer = post(client, f"{path}/vaststellen")
    assert answer.status_code == 400  # type: ignore[attr-defined]
    assert "Dit kan nog niet: er ontbreekt iets van Beleidsplatform, Strategisch Beraad." in words(answer)
    answer = post(client, f"{path}/anders", outcome="rejected", reason="")
    assert "Zeg waarom, in één zin." in words(answer)
    post(client, f"{path}/anders", outcome="deferred", reason="Eerst cijfers")
    said = words(client.get(f"/besluiten/{decision.code}"))
    assert "Dit voorstel is aangehouden" in said
    assert "Eerst cijfers" in said
    assert "gaf geen antwoord" in said
    assert client.post(f"{path}/onzin", {}).status_code == 404


def test_how_the_room_felt_is_shown_only_when_every_layer_has_five_voters(chain: Chain, as_role: ClientInRole) -> None:
    decision, client = chain.tabled(chain.proposal()), as_role("secretary")
    table = chain.world.tables[0]
    for name, against in (("Vier bestuurders", 0), ("Vijf bestuurders", 1)):
        statement = Statement.objects.create(
            meeting=chain.world.meeting, table=table, key=name, text=name, state="open", opened_at=NOW, made_at=NOW
        )
        for layer, value, count in (("official", 1, 5), ("administrative", 1, 4), ("administrative", -1, against)):
            for _ in range(count):
                Vote.objects.create(statement=statement, token=key(), layer=layer, value=value, at=NOW)
    assert "De tafels bij dit besluit hielden geen peiling." in words(client.get(f"/besluiten/{decision.code}"))
    Statement.objects.update(state="closed", closed_at=NOW)
    page = client.get(f"/besluiten/{decision.code}")
    small, enough = page.context["page"].readings
    assert (small.outcome.layers, [tally.voted for tally in enough.outcome.layers]) == ((), [5, 5])
    assert "Vier bestuurders” tafel 1 Lagen staan er pas als elke laag vijf stemmen heeft." in words(page)
    assert "4 van 5 eens" in words(page)
    assert "bestuurlijk: 4 eens, 0 weet niet, 1 oneens" in page.content.decode()


def test_an_action_is_proposed_filled_in_and_adopted(chain: Chain, as_role: ClientInRole) -> None:
    decision, client = chain.decided(), as_role("secretary")
    path = f"/besluiten/{decision.code}/stap"
    answer = post(client, f"{path}/actie", title="", told="Uitleg", due="2027-05-01")
    assert answer.status_code == 400  # type: ignore[attr-defined]
    assert "Vul dit in." in words(answer)
    assert "Uitleg</textarea>" in answer.content.decode()  # type: ignore[attr-defined]
    harvest = decision.proposal.harvests.get()
    post(client, f"{path}/actie", title="Melders horen het", results=[row.pk for row in harvest.results.all()])
    row = Action.objects.get()
    said = words(client.get(f"/besluiten/{decision.code}"))
    assert "De actie heeft nog geen actiehouder." in said
    fields = {"action": row.code, "owner": chain.owner.pk, "body": chain.platform.pk, "due": "2027-05-01"}
    answer = post(client, f"{path}/actie-aanvullen", **fields, result="Meer", unit="procent", target="veel")
    assert "Vul een getal in" in words(answer)
    assert f'value="{chain.owner.pk}" selected' in answer.content.decode()  # type: ignore[attr-defined]
    post(client, f"{path}/actie-aanvullen", **fields)
    assert "Alles is er: deze actie kan worden vastgesteld." in words(client.get(f"/besluiten/{decision.code}"))
    post(client, f"{path}/actie-vaststellen", action=row.code)
    row.refresh_from_db()
    assert (row.state, row.results.count()) == ("adopted", 1)
    assert f'href="/acties/{row.code}"' in client.get(f"/besluiten/{decision.code}").content.decode()


def test_a_new_proposal_replaces_a_decision(chain: Chain, as_role: ClientInRole) -> None:
    decision, client = chain.decided(), as_role("secretary")
    page = client.get(f"/voorstellen/nieuw?vervangt={decision.code}")
    assert page.context["text"] == decision.final_text
    assert page.context["chosen"] == ["O-01"]
    post(client, "/voorstellen/nieuw", text="Binnen een week", oogst="O-01", vervangt=decision.code)
    made = Proposal.objects.get(supersedes=decision.proposal)
    later = chain.tabled(made)
    assert f"{later.code} ligt voor om dit besluit te vervangen." in words(client.get(f"/besluiten/{decision.code}"))
    for seat in (chain.platform_chair, chain.board_chair):
        chain.says(later, seat)
    deciding.adopt(chain.secretary, later, key=key())
    assert f"Dit besluit is vervangen door {later.code}." in words(client.get(f"/besluiten/{decision.code}"))


def test_consenting_by_a_link_without_an_account(chain: Chain) -> None:
    decision, visitor = chain.tabled(chain.proposal()), Client()
    path = consent_path(decision, chain.board_chair)
    for _ in range(2):
        said = words(visitor.get(path))
    visitor.head(path)
    assert "U bent Rol chair en u spreekt namens Strategisch Beraad." in said
    assert "Elke melder hoort binnen drie weken iets" in said
    assert not Endorsement.objects.exists()
    answer = post(visitor, path, version=1, stance="consent", present="veel")
    assert answer.status_code == 400  # type: ignore[attr-defined]
    assert post(visitor, path, version=1, stance="consent", present=2).status_code == 302  # type: ignore[attr-defined]
    row = Endorsement.objects.get()
    assert (row.stance, row.given_by, row.present) == ("consent", chain.board_chair, 2)
    assert "Vastgelegd: Strategisch Beraad stemt in, door Rol chair op 5 oktober 2026." in words(visitor.get(path))


def test_who_consents_by_a_link_reads_that_too_few_members_took_part(chain: Chain) -> None:
    Body.objects.filter(pk=chain.board.pk).update(presence=2)
    chain.board.refresh_from_db()
    decision, visitor = chain.tabled(chain.proposal()), Client()
    path = consent_path(decision, chain.board_chair)
    post(visitor, path, version=1, stance="consent", present=1)
    assert "Er waren er 1; nodig zijn er 2." in words(visitor.get(path))
    post(visitor, path, version=1, stance="consent", present=2)
    assert "nodig zijn er 2." not in words(visitor.get(path))


def test_a_rejected_decision_asks_for_no_action(chain: Chain, as_role: ClientInRole) -> None:
    decision, client = chain.tabled(chain.proposal()), as_role("secretary")
    assert "Zonder actie gaat niemand het doen." in words(client.get(f"/besluiten/{decision.code}"))
    deciding.turn_down(chain.secretary, decision, outcome="rejected", reason="Niet nu", key=key())
    assert "Zonder actie" not in words(client.get(f"/besluiten/{decision.code}"))


def test_the_link_is_careful_about_the_version_that_one_read(chain: Chain) -> None:
    decision, visitor = chain.tabled(chain.proposal()), Client()
    path = consent_path(decision, chain.board_chair)
    proposals.amend(chain.secretary, decision.proposal, text="Binnen twee weken", note="", version=1, key=key())
    answer = post(visitor, path, version=1, stance="consent", present=2, basis="Ons besluit")
    assert answer.status_code == 400  # type: ignore[attr-defined]
    assert "Iemand anders heeft dit intussen veranderd." in words(answer)
    assert "Binnen twee weken" in words(answer)
    assert 'value="Ons besluit"' in answer.content.decode()  # type: ignore[attr-defined]
    assert not Endorsement.objects.exists()


def test_an_old_or_broken_link_says_one_sentence(chain: Chain) -> None:
    decision, visitor = chain.tabled(chain.proposal()), Client()
    path = consent_path(decision, chain.board_chair)
    for broken in (path[:-1], path + "x", "/instemmen/1-1", "/instemmen/.", path.replace("-", "-1", 1)):
        answer = visitor.get(broken)
        assert answer.status_code == 404
        assert "Deze link kennen wij niet" in words(answer)
        assert visitor.post(broken, {"stance": "consent"}).status_code == 404
    Membership.objects.filter(pk=chain.board_chair.pk).update(to_day=dt.date(2026, 10, 4))
    assert "of u mag er vandaag niet voor beslissen" in words(visitor.get(path))
    assert post(visitor, path, version=1, stance="consent", present=2).status_code == 400  # type: ignore[attr-defined]
    deciding.turn_down(chain.secretary, decision, outcome="rejected", reason="Niet nu", key=key())
    assert "Deze link doet niets meer." in words(visitor.get(path))
    assert post(visitor, path, version=1, stance="consent", present=2).status_code == 400  # type: ignore[attr-defined]
    assert not Endorsement.objects.exists()


def test_who_was_erased_has_no_link_any_more(chain: Chain) -> None:
    path = consent_path(chain.tabled(chain.proposal()), chain.board_chair)
    Person.objects.filter(pk=chain.board_chair.person_id).update(erased_at=NOW, email="", user=None, name="verwijderd")
    assert Client().get(path).status_code == 404


def test_all_pages_speak_english(chain: Chain, as_role: ClientInRole) -> None:
    decision, client = chain.decided(), as_role("secretary")
    chain.action(decision)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    for path, sentence in (
        ("/besluiten", "What lies before the bodies, and what was decided"),
        (f"/besluiten/{decision.code}", "This decision was adopted"),
        (f"/voorstellen/{decision.proposal.code}", "This proposal was decided"),
        ("/voorstellen/nieuw", "What do you lay before the bodies?"),
        (consent_path(decision, chain.board_chair), "This link does nothing any more."),
    ):
        assert sentence in words(client.get(path))


def test_pages_ask_the_database_no_more_when_there_is_more(chain: Chain, as_role: ClientInRole) -> None:
    decision, client = chain.decided(), as_role("secretary")
    for number in range(12):
        propose_action(chain.secretary, decision, title=f"Actie {number}", key=key())
        chain.tabled(chain.proposal(direct=True))
    for path in ("/besluiten", f"/besluiten/{decision.code}", f"/voorstellen/{decision.proposal.code}"):
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(path).status_code == 200
        assert len(asked) <= MOST_QUERIES, f"{path}: {len(asked)}"


@pytest.mark.parametrize("path", ["/besluiten/B-2026-99", "/voorstellen/P-99", "/besluiten/" + "B" * 60])
def test_what_is_not_there_is_not_found(chain: Chain, as_role: ClientInRole, path: str) -> None:
    assert as_role("secretary").get(path).status_code == 404
