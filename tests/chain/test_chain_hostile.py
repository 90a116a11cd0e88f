"""Whatever somebody puts in an address or a form of the chain: an answer, and never an error of the server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from chain_world import Chain, key
from schakelbord.chain import deciding, placing, reporting
from schakelbord.chain.models import ProgressReport, Proposal
from schakelbord.dossiers.models import Dossier, Issue, Source
from thread_world import make_thread

pytestmark = pytest.mark.django_db
ClientInRole = Callable[[str], Client]
CODES = (
    "A-01",
    "A-999999999999999999999999",
    "%00",
    "a" * 3000,
    "..%2f..",
    "🦉",
    "H-01'--",
    "B-2026-01",
    "P-01",
    "D-01",
)
NUMBERS = ("1", "0", "2026", "99999999999999999999")
ASKED = {
    "pagina": "٣", "zoek": '\x00"*', "stand": "'", "q": '\x00 " *', "beeld": "x", "dossier": "9" * 30,
    "vraagstuk": "\x00", "actie": "\x00",
}  # fmt: skip
SENT = {
    "value": "inf", "text": "x\x00y", "reason": "<script>" * 500, "due": "0000-00-00", "published": "9999-12-31",
    "url": "javascript:1", "proof_url": "file:///etc/passwd", "programme": "٣", "seat": "1e400", "owner": "-1",
    "decision": "nan", "kind": "zz", "status": "done", "to": "1", "title": "=cmd()", "harvests": ["1", "x"],
    "bodies": ["1", "x"], "themes": ["x", "٣"], "node": "A-01", "key": "a" * 16,
}  # fmt: skip
MOST_EACH = 20


def addresses(rows: list[Any], begin: str = "", app: str = "") -> Iterator[str]:
    """Every address of the chain, its reports left out that take seconds to make, with odd codes and numbers in it."""
    for row in rows:
        if hasattr(row, "url_patterns"):
            yield from addresses(row.url_patterns, begin + str(row.pattern), row.namespace or app)
        elif app == "chain":
            found = ["/" + begin + str(row.pattern)]
            for hole in re.findall(r"<[^>]+>", found[0]):
                fills = NUMBERS if hole.startswith("<int") else CODES
                found = [one.replace(hole, fill, 1) for one in found for fill in fills]
            yield from found[:MOST_EACH]


@pytest.mark.slow
@pytest.mark.parametrize("role", [None, "secretary", "action_owner"])
def test_odd_addresses_and_forms_get_an_answer(
    as_role: ClientInRole, reader: Client, commands_inline: None, role: str | None
) -> None:
    make_thread()
    client = as_role(role) if role else reader
    client.raise_request_exception = False
    broken, seen = [], 0
    for address in addresses(get_resolver().url_patterns):
        for answer in (client.get(address, ASKED), client.post(address, SENT)):
            seen += 1
            if answer.status_code >= 500:
                broken.append((address[:80], answer.status_code))
    assert broken == []
    assert seen > 500


def test_a_dossier_for_one_table_is_read_in_the_chain_by_nobody_else(chain: Chain, as_role: ClientInRole) -> None:
    action = chain.action()
    decision = action.decision
    proposal = Proposal.objects.get(pk=decision.proposal_id)
    Dossier.objects.update(confidentiality="table")
    addresses = [
        f"/voorstellen/{proposal.code}", f"/besluiten/{decision.code}", f"/acties/{action.code}",
        f"/acties/{action.code}/belegging", "/actieprogramma/2026", "/actieprogramma/2026/versies",
        "/verantwoording/2026", f"/besluiten/lijst/ronde-{chain.world.dossier.pk}-{proposal.deadline}",
    ]  # fmt: skip
    stranger, owner = as_role("table_host"), as_role("action_owner")
    for address in addresses:
        assert stranger.get(address).status_code in {403, 404}, address
    assert f"/besluiten/{decision.code}" not in stranger.get("/besluiten").text
    assert chain.world.dossier.title not in stranger.get("/actieprogramma").text
    # Their own action stays theirs, with why it is there.
    for address in addresses[:4]:
        assert owner.get(address).status_code == 200, address
    assert f"/besluiten/{decision.code}" in owner.get("/besluiten").text


def test_a_source_for_the_bodies_stays_inside_a_public_dossier(
    chain: Chain, as_role: ClientInRole, reader: Client
) -> None:
    base, client = f"/dossiers/{chain.world.dossier.pk}/bronnen", as_role("secretary")

    def send(title: str, level: str) -> HttpResponse:
        file = SimpleUploadedFile("stuk.pdf", b"%PDF-1.7 verzonnen")
        return client.post(f"{base}/nieuw", {"title": title, "confidentiality": level, "file": file})

    assert send("Een stuk voor de gremia", "bodies").status_code == 302
    source = Source.objects.get()
    Dossier.objects.update(confidentiality="public")
    assert source.title not in reader.get(base).text
    assert reader.get(f"{base}/{source.pk}").status_code == 404
    assert as_role("action_owner").get(f"{base}/{source.pk}").status_code == 200
    # The same file once more opens nothing: it says so, and what was typed stays.
    again = send("Een ander opschrift", "public")
    assert again.status_code == 400
    assert "Een ander opschrift" in again.text
    source.refresh_from_db()
    assert (source.title, source.confidentiality) == ("Een stuk voor de gremia", "bodies")


@pytest.mark.parametrize("year", ["0", "99999", "999999999999"])
def test_a_year_that_no_calendar_has_narrows_to_nothing(chain: Chain, as_role: ClientInRole, year: str) -> None:
    chain.proposal()
    assert as_role("secretary").get("/besluiten", {"jaar": year}).status_code == 200


def seen_by(client: Client, *addresses: str) -> str:
    """What these pages say, one after the other, without the marks in what was found."""
    return re.sub(r"</?mark>", "", "\n".join(client.get(address).text for address in addresses))


def test_an_outsider_reads_what_was_agreed_and_not_what_is_written_or_was_refused(
    chain: Chain, as_role: ClientInRole, reader: Client
) -> None:
    Dossier.objects.update(confidentiality="public")
    proposal = chain.proposal(text="Kraanvogels tellen bij de school")
    harvest = proposal.harvests.get()
    around = [f"/draad/{proposal.code}", f"/draad/{harvest.code}", f"/draad/{harvest.code}.json", "/draad/D-01"]
    around += ["/zoek?q=kraanvogels", f"/zoek?q={proposal.code}"]
    assert "Kraanvogels" in seen_by(as_role("secretary"), *around[:1])
    assert "Kraanvogels tellen" not in seen_by(reader, *around)
    decision = chain.tabled(proposal)
    chain.says(decision, chain.board_chair, "objection")
    deciding.turn_down(chain.secretary, decision, outcome="rejected", reason="Ooievaars zijn er genoeg", key=key())
    around += [f"/draad/{decision.code}", f"/draad/{decision.code}.json", "/zoek?q=ooievaars"]
    text = seen_by(reader, *around)
    for words in ("Kraanvogels tellen", "Ooievaars zijn", "Daar zijn wij tegen"):
        assert words not in text, words
    issue = Issue.objects.get(code="D-01")
    issue.happened = "Een juf zag de kraanvogels vertrekken"
    issue.save()
    assert "juf zag de kraanvogels" in seen_by(as_role("secretary"), "/zoek?q=kraanvogels")
    assert "juf zag de kraanvogels" not in seen_by(reader, "/zoek?q=kraanvogels", "/draad/D-01")
    # That nothing is found tells as little: an outsider finds the issue by its title, and one time.
    assert issue.code not in seen_by(reader, "/zoek?q=kraanvogels")
    by_title = "/zoek?q=" + quote(issue.statement)
    for client in (reader, as_role("secretary")):
        assert client.get(by_title).text.count('<li class="stack-s">') == 1
    agreed = chain.decided()
    waits = chain.action(agreed, title="Reigers bellen terug", adopted=False)
    action = chain.action(agreed, title="Lepelaars bellen terug")
    placing.answer_offer(
        chain.body_secretary, chain.placement(action), takes_on=False, reason="Te druk met broeden", key=key()
    )
    around = [f"/draad/{row.code}{end}" for row in (agreed, waits, action) for end in ("", ".json", ".csv")]
    text = seen_by(reader, *around, "/zoek?q=reigers", "/zoek?q=lepelaars")
    assert "Lepelaars bellen terug" in text
    for words in ("Reigers bellen", "Te druk met broeden"):
        assert words not in text, words


def test_signs_that_nobody_sees_break_no_feed_and_deceive_nobody(
    chain: Chain, as_role: ClientInRole, reader: Client
) -> None:
    Dossier.objects.update(confidentiality="public", title="Zien\x08 en weten")
    action = chain.action()
    client = as_role("action_owner")
    sent = {"status": "on_track", "text": "<b>Het gaat\x01 goed\x00, \u202egoed\u202c\nen \ufffever"}
    assert client.post(f"/acties/{action.code}/bericht", sent).status_code == 302
    report = ProgressReport.objects.get()
    assert report.text == "<b>Het gaat goed, goed\nen ver"
    feed = reader.get(f"/dossiers/{chain.world.dossier.pk}/openbaar.atom")
    told = [row.text or "" for row in ElementTree.fromstring(feed.content).findall(".//{*}entry/{*}summary")]  # noqa: S314
    assert "&lt;b&gt;Het gaat goed, goed\nen ver" in told, "a feed says that this is HTML, so that markup stays text"
    for address in ("/acties/%00", "/besluiten/B%00", "/draad/A-01%00.json"):
        assert client.get(address).status_code == 404, address
    sent = {
        "title": "Een\x00 stuk",
        "url": "https://voorbeeld.example/",
        "confidentiality": "bodies",
        "licence": "C\x00C",
    }
    as_role("secretary").post(f"/dossiers/{chain.world.dossier.pk}/bronnen/nieuw", sent)
    assert (Source.objects.get().title, Source.objects.get().licence) == ("Een stuk", "CC")


def test_nothing_that_was_typed_is_cut_off_unseen(chain: Chain, as_role: ClientInRole) -> None:
    proposal = chain.proposal()
    sent = {"text": "Een andere tekst", "note": "omdat " * 60, "version": "1"}
    answer = as_role("secretary").post(f"/voorstellen/{proposal.code}/stap/wijzigen", sent)
    assert answer.status_code == 400
    assert "Dit is te lang: hooguit 300 tekens." in answer.text
    assert "omdat " * 59 in answer.text
    decision = chain.decided()
    sent = {"title": "Bellen", "told": "Wij bellen terug. " * 70}
    answer = as_role("secretary").post(f"/besluiten/{decision.code}/stap/actie", sent)
    assert answer.status_code == 400
    assert "Dit is te lang: hooguit 1000 tekens." in answer.text
    assert "Wij bellen terug. " * 69 in answer.text


def test_a_form_that_went_back_and_was_changed_is_not_taken_for_the_first(chain: Chain, as_role: ClientInRole) -> None:
    client, dossier = as_role("secretary"), chain.world.dossier
    decision = chain.decided()

    def twice(address: str, first: dict[str, str], changed: dict[str, str]) -> None:
        sent = first | {"key": key()}
        assert client.post(address, sent).status_code == 302, address
        assert client.post(address, sent).status_code == 302, address
        again = client.post(address, sent | changed)
        assert again.status_code in {400, 409}, address
        for words in changed.values():
            assert words in again.text, address

    direct = {"text": "Bel terug", "direct_reason": "Het haast", "dossier": str(dossier.pk)}
    twice("/voorstellen/nieuw", direct, {"direct_reason": "Een heel andere reden"})
    twice(f"/besluiten/{decision.code}/stap/actie", {"title": "Bellen"}, {"told": "Wie belt, noemt zijn naam niet"})
    made = Proposal.objects.get(direct_reason="Het haast")
    amended = {"text": "Bel vandaag terug", "note": "korter", "version": "1"}
    twice(f"/voorstellen/{made.code}/stap/wijzigen", amended, {"note": "de voorzitter vroeg dit"})


def test_a_report_names_no_source_that_its_writer_may_not_read(chain: Chain, as_role: ClientInRole) -> None:
    action = chain.action()
    closed = Source.objects.create(
        dossier=chain.world.dossier, title="Alleen voor de tafel", url="https://voorbeeld.example/",
        confidentiality="table", made_at=chain.world.meeting.starts_at,
    )  # fmt: skip
    client = as_role("action_owner")
    sent = {"status": "on_track", "text": "Het gaat goed", "evidence": str(closed.pk)}
    assert client.post(f"/acties/{action.code}/bericht", sent).status_code == 302
    # The owner may not choose it. What the secretary chose, they do not read either, on no page.
    assert ProgressReport.objects.get().evidence is None
    secretary, told = as_role("secretary"), "Nog steeds goed"
    reporting.report(
        chain.owner_actor, action, seat=chain.owner, status="on_track", text=told, evidence=closed, key=key()
    )
    newest = ProgressReport.objects.latest("pk").code
    for address in (f"/acties/{action.code}", f"/draad/{action.code}", f"/draad/{newest}"):
        assert closed.title in secretary.get(address).text
        assert closed.title not in client.get(address).text


def test_a_row_to_paste_holds_no_formula(chain: Chain, as_role: ClientInRole) -> None:
    decision = chain.decided()
    action = chain.action(decision)
    reporting.report(
        chain.owner_actor, action, seat=chain.owner, status="on_track", text='=HYPERLINK("https://x")', key=key()
    )
    text = as_role("secretary").get(f"/draad/{action.code}").text
    row = re.search(r'<textarea[^>]*id="regel"[^>]*>(.*?)</textarea>', text, re.DOTALL)
    assert row is not None
    assert "\t&#x27;=HYPERLINK" in row[1]
