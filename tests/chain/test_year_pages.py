"""The pages of a year, its versions and an action, and a report from the link in a mail."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from chain_world import Chain, key
from meeting_world import NOW
from schakelbord.bodies.services import erase_person
from schakelbord.chain import deciding, placing, programmes, proposals, reporting
from schakelbord.chain.actions import a_figure, hand_over
from schakelbord.chain.links import secret_of
from schakelbord.chain.models import Action, ActionProgramme, ActionResult, ProgressReport, Proposal
from schakelbord.chain.year_pages.action import checks_of, gauge_of
from schakelbord.chain.year_pages.quarters import quarters_of
from schakelbord.chain.year_pages.views_action import LINK
from schakelbord.chain.year_pages.year import rows_of, standing_of, tally_of
from schakelbord.dossiers.models import Source
from schakelbord.dossiers.services import issue_of_finding
from schakelbord.live.models import Event
from schakelbord.stories.library import all_stories, reading_of

ClientInRole = Callable[[str], Client]
MANY = 1000
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are looked at on the day of the meeting, as the services are."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def report(chain: Chain, action: Action, status: str = "on_track", **more: object) -> ProgressReport:
    """A report of the owner."""
    asked = {"seat": chain.owner, "status": status, "text": "Zo gaat het", "key": key(), **more}
    answer = reporting.report(chain.owner_actor, chain.again(action), **asked)  # type: ignore[arg-type]
    return ProgressReport.objects.get(code=answer["node"])


def row_on(chain: Chain, days: int) -> str:
    """What the only action of the year says of itself so many days after the meeting."""
    programme = ActionProgramme.objects.get()
    (row,) = rows_of([programme], today=(NOW + days * DAY).date())[programme.pk]
    return f"{row.standing.group}: {row.standing.words}"


def test_how_an_action_stands_in_words(chain: Chain) -> None:
    action = chain.action(chain.decided(direct=True))
    programme = chain.programme(action)
    assert row_on(chain, 1) == "running: vastgesteld"
    assert row_on(chain, 61) == "running: vastgesteld"
    assert row_on(chain, 62) == "attention: bericht 1 dag over tijd"
    assert row_on(chain, 65) == "attention: bericht 4 dagen over tijd"
    assert row_on(chain, 203) == "attention: 3 dagen over tijd"
    chain.placement(action)
    assert row_on(chain, 6) == "running: aangeboden"
    assert row_on(chain, 12) == "attention: 12 dagen geen antwoord"
    placing.answer_offer(chain.body_secretary, chain.offer(action), takes_on=True, key=key())
    assert row_on(chain, 12) == "running: belegd"
    report(chain, action)
    assert row_on(chain, 12) == "running: in uitvoering"
    report(chain, action, "behind")
    assert row_on(chain, 12) == "running: gaat langzamer"
    report(chain, action, "stuck")
    assert row_on(chain, 12) == "attention: loopt vast"
    report(chain, action, "done")
    assert row_on(chain, 300) == "done: gereedgemeld"
    result = action.results.get()
    reporting.judge(chain.chair, chain.board_chair, result, kind="reached", reason="Ja", key=key())
    assert row_on(chain, 300) == "done: aanvaard"
    (row,) = rows_of([programme], today=NOW.date())[programme.pk]
    assert [bead.look for bead in row.beads] == ["todo", "todo", "todo", "", "", "", ""]
    assert row.until == "Rode draad: tot en met resultaat"
    assert (row.lies, row.owner) == (chain.existing.name, chain.owner.person.name)


def test_an_action_without_an_owner_asks_attention(chain: Chain) -> None:
    chain.programme(chain.action())
    erase_person(chain.secretary, chain.owner.person, now=NOW)
    assert row_on(chain, 1) == "attention: heeft geen actiehouder"


def test_a_gap_is_closed_by_all_its_actions(chain: Chain) -> None:
    decision = chain.decided()
    one, two = chain.action(decision), chain.action(decision, title="Ook dit")
    programme = chain.programme(one, two)
    for action, kind in ((one, "reached"), (two, "reached")):
        counts = tally_of(rows_of([programme], today=NOW.date())[programme.pk])
        assert (counts.gaps, counts.closed) == (1, 0)
        report(chain, action, "done")
        reporting.judge(chain.chair, chain.board_chair, action.results.get(), kind=kind, reason="Ja", key=key())
    counts = tally_of(rows_of([programme], today=NOW.date())[programme.pk])
    assert (counts.actions, counts.done, counts.gaps, counts.closed, counts.reached) == (2, 2, 1, 1, 2)


def test_quarters(chain: Chain) -> None:
    action = chain.action()  # adopted in October 2026, due in April 2027
    programme = chain.programme(action)
    report(chain, action)
    rows = rows_of([programme], today=NOW.date())[programme.pk]
    found = quarters_of(rows, year=2026, today=NOW.date())
    assert found.heads == ("kwartaal 1", "kwartaal 2", "kwartaal 3", "kwartaal 4", "daarna")
    assert found.now == 3
    (line,) = found.lines
    assert [cell.look for cell in line.cells] == ["", "", "", "run", "run"]
    assert line.cells[3].words == "loopt, 1 bericht"
    assert line.cells[4].words == "loopt, uiterlijk 23 apr 2027"
    late = quarters_of(rows, year=2027, today=dt.date(2027, 11, 2))
    assert [cell.look for cell in late.lines[0].cells] == ["run", "run", "late", "late", "late"]


@pytest.mark.parametrize(
    ("figures", "way", "words"),
    [
        (("10", "90", ""), "0.0", "Er is nog geen getal gemeld."),
        (("10", "90", "50"), "50.0", "50% van de weg: nu 50, van 10 naar 90."),
        (("112", "42", "39"), "100.0", "Het doel is bereikt: 39, gewenst was 42."),
        (("10", "90", "5,5"), "0.0", "Verder weg dan in het begin: 5,5, het begon bij 10."),
        (("5", "5", "5"), "100.0", "Het doel is bereikt: 5, gewenst was 5."),
    ],
)
def test_a_figure_on_its_way(figures: tuple[str, str, str], way: str, words: str) -> None:
    baseline, target, value = (a_figure(text, field="value") for text in figures)
    result = ActionResult(pk=1, text="x", baseline=baseline, target=target)
    reports = [ProgressReport(pk=1, result=result, value=value, made_at=NOW)]
    gauge = gauge_of(result, reports, None)
    assert gauge is not None
    assert (gauge.way, gauge.words) == (way, words)


def test_the_page_of_a_year(chain: Chain, as_role: ClientInRole) -> None:
    action = chain.action()
    programme = chain.programme(action, chain.action(chain.decided(direct=True), title="Iets anders"))
    client = as_role("secretary")
    page = client.get("/actieprogramma", follow=True)
    assert page.redirect_chain == [("/actieprogramma/2026", 302)]
    text = page.content.decode()
    assert "2 acties" in text
    assert "nog niet gepubliceerd" in text
    assert f'href="/draad/{action.code}"' in text
    assert 'aria-label="Rode draad: tot en met actie"' in text
    for query, shown in (
        ("?toon=aandacht", 0),
        ("?toon=mij", 0),
        ("?per=thema", 2),
        ("?per=gremium", 2),
        (f"?thema={action.decision.proposal.harvests.get().table.theme_id}", 1),
        (f"?gremium={chain.existing.pk}", 0),
        ("?thema=9999&toon=%3Cscript%3E&beeld=x", 0),
    ):
        page = client.get(f"/actieprogramma/2026{query}")
        assert page.status_code == 200
        assert page.context["shown"] == shown, query
    mine = as_role("action_owner").get(f"/actieprogramma/2026?toon=mij&dossier={programme.dossier_id}")
    assert mine.context["shown"] == 2
    assert "kwartaal 4" in client.get("/actieprogramma/2026?beeld=tijdlijn").content.decode()
    assert client.get("/actieprogramma/2031").status_code == 404
    assert Client().get("/actieprogramma/2026").status_code == 403
    assert as_role("technical_admin").get("/actieprogramma/2026").status_code == 403


def test_the_first_action_of_next_year_does_not_hide_this_year(chain: Chain, as_role: ClientInRole) -> None:
    client = as_role("secretary")
    chain.programme(year=2027)
    assert client.get("/actieprogramma").headers["Location"] == "/actieprogramma/2027"
    chain.programme(chain.action())
    assert client.get("/actieprogramma").headers["Location"] == "/actieprogramma/2026"


def test_the_page_in_english(chain: Chain, as_role: ClientInRole) -> None:
    chain.programme(chain.action())
    client = as_role("secretary")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    text = client.get("/actieprogramma/2026").content.decode()
    assert "1 action" in text
    assert "Lies with" in text


def test_beginning_a_year(chain: Chain, as_role: ClientInRole) -> None:
    client = as_role("secretary")
    assert "Nog geen actieprogramma" in client.get("/actieprogramma").content.decode()
    bad = client.post("/actieprogramma/nieuw", {"dossier": chain.world.dossier.pk, "year": "1812"})
    assert bad.status_code == 400
    assert 'value="1812"' in bad.content.decode()
    assert client.post("/actieprogramma/nieuw", {"dossier": "x", "year": "2026"}).status_code == 400
    assert client.post("/actieprogramma/nieuw", {"dossier": chain.world.dossier.pk, "year": "2026"}).status_code == 302
    assert ActionProgramme.objects.get().bodies.count() == 2
    assert as_role("action_owner").post("/actieprogramma/nieuw", {"year": "2027"}).status_code == 400


def test_versions_on_their_page(chain: Chain, as_role: ClientInRole) -> None:
    action = chain.action()
    chain.programme(action)
    secretary, chair = as_role("secretary"), as_role("chair")
    same = key()
    assert secretary.post("/actieprogramma/2026/publiceer", {"key": same}).status_code == 302
    assert secretary.post("/actieprogramma/2026/publiceer", {"key": same}).status_code == 302
    assert ActionProgramme.objects.get().versions.count() == 1
    again = secretary.post("/actieprogramma/2026/publiceer", {"key": key()})
    assert again.status_code == 409
    assert "Er is niets veranderd sinds versie 1" in again.content.decode()
    assert "Teken deze versie" not in secretary.get("/actieprogramma/2026/versies").content.decode()
    assert "Teken deze versie" in chair.get("/actieprogramma/2026/versies").content.decode()
    assert secretary.post("/actieprogramma/2026/teken", {"number": "1"}).status_code == 403
    assert chair.post("/actieprogramma/2026/teken", {"number": "7"}).status_code == 404
    assert chair.post("/actieprogramma/2026/teken", {"number": "1", "key": key()}).status_code == 302
    report(chain, action)
    text = secretary.get("/actieprogramma/2026/versies").content.decode()
    assert "Sinds versie 1" in text
    assert "1 bericht erbij: V-01." in text


def test_two_years_side_by_side(chain: Chain, as_role: ClientInRole) -> None:
    one, two = chain.action(), chain.action(title="Nog een")
    chain.programme(one, year=2025)
    chain.programme(two, year=2026)
    client = as_role("secretary")
    page = client.get("/actieprogramma/2026/vergelijk")
    assert ("acties", 1, 1) in page.context["lines"]
    assert client.get("/actieprogramma/2025/vergelijk").status_code == 404


def test_a_thousand_actions_in_a_few_queries(chain: Chain, as_role: ClientInRole) -> None:
    first = chain.action()
    programme = chain.programme(first)
    rows = Action.objects.bulk_create(
        Action(code=f"A-{number}", decision=first.decision, title=f"Actie {number}", made_at=NOW)
        for number in range(1000, 1000 + MANY)
    )
    ActionResult.objects.bulk_create(ActionResult(action=row, text="Het is er") for row in rows)
    Action.objects.filter(pk__in=[row.pk for row in rows]).update(
        programme=programme, state="adopted", owner=chain.owner, due=NOW.date(), body=chain.platform, adopted_at=NOW
    )
    ProgressReport.objects.bulk_create(
        ProgressReport(code=f"V-{row.code}", action=row, period=NOW.date(), status="on_track", text="Goed", made_at=NOW)
        for row in rows
    )
    client = as_role("secretary")
    for address in (
        "/actieprogramma/2026?alle=1",
        "/actieprogramma/2026?beeld=tijdlijn",
        "/actieprogramma/2026/versies",
        "/actieprogramma/2026/actieprogramma.csv",
        "/verantwoording/2026",
        "/acties/A-1007",
    ):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = client.get(address)
        assert page.status_code == 200
        assert len(queries) <= 25, address
    assert client.get("/actieprogramma/2026?alle=1").context["shown"] == MANY + 1
    assert client.get("/actieprogramma/2026").context["shown"] == 60


def test_the_table_for_a_spreadsheet(chain: Chain, as_role: ClientInRole) -> None:
    action = chain.action(title="=HYPERLINK(1)")
    chain.programme(action)
    report(chain, action)
    client = as_role("secretary")
    book = load_workbook(io.BytesIO(client.get("/actieprogramma/2026/actieprogramma.xlsx").content))
    (sheet,) = book.worksheets
    heads, cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    row = dict(zip(heads, cells, strict=True))
    assert row["code"] == action.code
    assert row["actie"] == "'=HYPERLINK(1)"
    assert {cell.data_type for line in sheet.iter_rows() for cell in line if cell.value is not None} == {"s"}
    harvest = action.decision.proposal.harvests.get()
    assert row["hiaten en dilemma’s"] == chain.world.issues[0].code
    assert (row["oogst"], row["besluit"], row["berichten"]) == (harvest.code, action.decision.code, "V-01")
    text = client.get("/actieprogramma/2026/actieprogramma.csv").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text), delimiter=";"))[1] == [cell or "" for cell in cells]


def test_the_page_of_an_action(chain: Chain, as_role: ClientInRole) -> None:
    action = chain.action(chain.decided(direct=True))
    owner, chair, secretary = as_role("action_owner"), as_role("chair"), as_role("secretary")
    address = f"/acties/{action.code}"
    assert Client().get(address).status_code == 403
    assert owner.get("/acties/A-999").status_code == 404
    assert (
        owner.get(address.lower()).status_code == 404 or owner.get(f"/acties/{action.code.lower()}").status_code == 200
    )
    text = owner.get(address).content.decode()
    assert "Vertel hoe het gaat" in text
    assert "Draag over" not in text
    assert "Vertel hoe het gaat" not in chair.get(address).content.decode()
    bad = owner.post(f"{address}/bericht", {"status": "on_track", "text": "Half af", "value": "veel", "result": "0"})
    assert bad.status_code == 400
    assert "Half af" in bad.content.decode()
    result, same = action.results.get(), key()
    given = {"status": "on_track", "text": "Half af", "value": "50", "result": result.pk, "key": same}
    for _ in range(2):
        assert owner.post(f"{address}/bericht", given).status_code == 302
    assert ProgressReport.objects.count() == 1
    assert "50% van de weg" in owner.get(address).content.decode()
    assert chair.post(f"{address}/bericht", given | {"key": key()}).status_code == 403
    owner.post(f"{address}/bericht", {"status": "done", "text": "Klaar", "key": key()})
    assert "Geef dit oordeel" in chair.get(address).content.decode()
    assert "Geef dit oordeel" not in owner.get(address).content.decode()
    verdict = {"result": result.pk, "seat": chain.board_chair.pk, "kind": "reached", "reason": "", "key": key()}
    again = chair.post(f"{address}/oordeel", verdict)
    assert again.status_code == 400
    assert "<title>Fout: " in again.content.decode()
    assert 'maxlength="600" aria-invalid="true" aria-describedby="fout" autofocus' in again.content.decode()
    assert owner.post(f"{address}/oordeel", verdict | {"seat": chain.owner.pk, "reason": "Ja"}).status_code == 403
    assert secretary.post(f"{address}/oordeel", verdict | {"seat": "0", "reason": "Ja"}).status_code == 403
    assert chair.post(f"{address}/oordeel", verdict | {"reason": "Wij zagen het"}).status_code == 302
    assert chain.again(action).state == "accepted"
    assert "Wij zagen het" in secretary.get(address).content.decode()


def test_handing_over_and_stopping_on_the_page(chain: Chain, as_role: ClientInRole) -> None:
    action, other = chain.action(), chain.decided(direct=True)
    secretary, address = as_role("secretary"), f"/acties/{action.code}"
    assert "Draag over" in secretary.get(address).content.decode()
    assert secretary.post(f"{address}/overdragen", {"owner": chain.owner.pk}).status_code == 400
    assert secretary.post(f"{address}/overdragen", {"owner": "0"}).status_code == 404
    assert as_role("action_owner").post(f"{address}/overdragen", {"owner": chain.platform_chair.pk}).status_code == 403
    assert secretary.post(f"{address}/overdragen", {"owner": chain.platform_chair.pk}).status_code == 302
    assert secretary.post(f"{address}/stoppen", {"decision": action.decision_id}).status_code == 404
    assert secretary.post(f"{address}/stoppen", {"decision": other.pk}).status_code == 302
    text = secretary.get(address).content.decode()
    assert "gestopt" in text
    assert other.code in text


def test_a_report_from_a_mail(chain: Chain) -> None:
    action = chain.action(chain.decided(direct=True))
    address = f"/bericht/{secret_of(LINK, action.pk, chain.owner.pk)}"
    client = Client()
    page = client.get(address)
    assert page.status_code == 200
    assert action.title in page.content.decode()
    assert not ProgressReport.objects.exists()
    assert chain.again(action).state == "adopted"
    bad = client.post(address, {"status": "", "text": "Het gaat"})
    assert bad.status_code == 400
    assert "Kies hoe het gaat." in bad.content.decode()
    assert "Het gaat" in bad.content.decode()
    given = {"status": "on_track", "text": "Het gaat", "key": key()}
    for _ in range(2):
        assert client.post(address, given, follow=True).status_code == 200
    made = ProgressReport.objects.get()
    assert made.author == chain.owner
    assert "bewaard als V-01" in client.get(f"{address}?dank=1").content.decode()


def test_an_action_moves_to_another_year_with_a_reason(chain: Chain, as_role: ClientInRole) -> None:
    action = chain.action()
    first, second = chain.programme(action), chain.programme(year=2031)
    secretary, address = as_role("secretary"), f"/acties/{action.code}"
    assert "Verplaats deze actie" in secretary.get(address).content.decode()
    asked = {"programme": second.pk, "reason": "De wet komt later."}
    assert secretary.post(f"{address}/jaar", asked | {"reason": " "}).status_code == 400
    assert as_role("action_owner").post(f"{address}/jaar", asked).status_code == 403
    assert secretary.post(f"{address}/jaar", asked | {"programme": "0"}).status_code == 404
    assert chain.again(action).programme == first
    assert secretary.post(f"{address}/jaar", asked).status_code == 302
    assert chain.again(action).programme == second
    told = Event.objects.filter(verb="action.in_programme").order_by("-pk")[0]
    payload = json.loads(told.payload)
    assert (payload["was"], payload["year"], payload["reason"]) == (first.year, 2031, "De wet komt later.")
    report(chain, action, "done")
    assert secretary.post(f"{address}/jaar", asked | {"programme": first.pk}).status_code in {400, 409}
    assert chain.again(action).programme == second
    assert "Verplaats deze actie" not in secretary.get(address).content.decode()


@pytest.mark.parametrize("kind", ["link", "file"])
def test_a_report_from_a_mail_brings_what_shows_it(chain: Chain, as_role: ClientInRole, kind: str) -> None:
    action = chain.action(chain.decided(direct=True))
    address, client = f"/bericht/{secret_of(LINK, action.pk, chain.owner.pk)}", Client()
    given = {"status": "on_track", "text": "Het gaat", "proof_title": "Verslag van de proef"}
    for more, sentence in (
        ({}, "Vul het hele adres in"),
        ({"proof_url": "javascript:alert(1)"}, "Vul het hele adres in"),
        ({"file": SimpleUploadedFile("a.pdf", b"<script>")}, "Dit bestand kunnen wij niet gebruiken"),
    ):
        bad = client.post(address, given | more | {"key": key()})
        assert bad.status_code == 400
        page = bad.content.decode()
        assert (sentence in page, "Verslag van de proef" in page, "Het gaat" in page) == (True, True, True)
    assert not ProgressReport.objects.exists()
    assert not Source.objects.exists()
    again = key()
    for _ in range(2):
        shown = (
            {"proof_url": "https://voorbeeld.example/verslag"}
            if kind == "link"
            else {"file": SimpleUploadedFile("verslag.pdf", b"%PDF-1.7 verslag")}
        )
        assert client.post(address, given | shown | {"key": again}).status_code == 302
    made = ProgressReport.objects.get()
    assert made.evidence == Source.objects.get()
    assert made.evidence is not None
    assert (made.evidence.title, made.evidence.confidentiality) == ("Verslag van de proef", "bodies")
    assert "Verslag van de proef" in as_role("secretary").get(f"/acties/{action.code}").content.decode()
    dossier = action.decision.proposal.dossier
    assert "Verslag van de proef" in as_role("secretary").get(f"/dossiers/{dossier.pk}/bronnen").content.decode()
    dossier.confidentiality = "public"
    dossier.save()
    assert "Verslag van de proef" not in client.get(f"/dossiers/{dossier.pk}/openbaar").content.decode()


def test_a_link_that_does_not_fit(chain: Chain) -> None:
    action = chain.action()
    good = secret_of(LINK, action.pk, chain.owner.pk)
    client = Client()
    for wrong in (f"{good}x", good[:-3], secret_of("offer", action.pk, chain.owner.pk), "1-2.abc", secret_of(LINK, 1)):
        page = client.get(f"/bericht/{wrong}")
        assert page.status_code == 404, wrong
        assert "Deze link kennen wij niet" in page.content.decode()
    hand_over(chain.secretary, action, owner=chain.platform_chair, key=key())
    assert "Iemand anders is nu actiehouder" in client.get(f"/bericht/{good}").content.decode()
    assert client.post(f"/bericht/{good}", {"status": "done", "text": "Klaar"}).status_code == 403
    assert not ProgressReport.objects.exists()


def action_of_gap(chain: Chain, *, repair: str = "", story: str = "") -> Action:
    """An action of a direct proposal about the first gap of the first story that has a repair."""
    told = next(iter(all_stories().values()))
    finding = next(row for row in reading_of(told).findings if row.repairs)
    issue = issue_of_finding(
        chain.secretary,
        chain.world.dossier,
        story=told.id,
        finding=finding,
        sentence=finding.title.nl,
        themes=[],
        now=NOW,
    )
    answer = proposals.make_proposal(
        chain.secretary,
        chain.world.dossier,
        text="Doe het",
        issues=[issue],
        direct_reason="Het kan niet wachten",
        story=story,
        repair=repair or ",".join(item.key for item in finding.repairs[0].items),
        key=key(),
    )
    decision = chain.tabled(Proposal.objects.select_related("dossier").get(code=answer["node"]))
    for seat in (chain.platform_chair, chain.board_chair):
        chain.says(decision, seat)
    deciding.adopt(chain.secretary, decision, key=key())
    return chain.action(chain.fresh(decision))


def test_model_and_practice(chain: Chain, as_role: ClientInRole) -> None:
    action = action_of_gap(chain)
    assert checks_of(action) == ()
    report(chain, action, "done")
    (check,) = checks_of(chain.again(action))
    story = next(iter(all_stories().values()))
    before, after = reading_of(story), reading_of(story, tuple(action.decision.proposal.repair.split(",")))
    assert [gap.in_model for gap in check.gaps] == ["closed"]
    assert check.gaps[0].issue.finding not in {row.key for row in after.findings}
    closed = {row.key for row in before.findings} - {row.key for row in after.findings}
    assert check.summary.startswith(f"{len(closed)} van {len(before.findings)}")
    text = as_role("secretary").get(f"/acties/{action.code}").content.decode()
    assert "gaat dicht" in text
    assert "nog niet beoordeeld" in text


def test_a_repair_that_does_not_close_it_says_so(chain: Chain) -> None:
    story = next(iter(all_stories().values()))
    first = next(row for row in reading_of(story).findings if row.repairs)
    other = next(
        item.key
        for row in reading_of(story).findings
        for repair in row.repairs
        for item in repair.items
        if first.key in {left.key for left in reading_of(story, (item.key,)).findings}
    )
    action = action_of_gap(chain, repair=other)
    report(chain, action, "done")
    (check,) = checks_of(chain.again(action))
    assert [gap.in_model for gap in check.gaps] == ["open"]


def test_a_repair_that_is_not_known_says_so(chain: Chain) -> None:
    action = action_of_gap(chain, repair="practise:bestaat_niet", story="verdwenen")
    report(chain, action, "done")
    gone, known = checks_of(chain.again(action))
    assert "niet meer gepubliceerd" in gone.trouble
    assert known.trouble
    found = chain.again(action)
    found.decision.proposal.repair, found.decision.proposal.story = "", ""
    (check,) = checks_of(found)
    assert "noemt geen reparatie" in check.trouble


def test_a_published_year_shows_its_version(chain: Chain, as_role: ClientInRole) -> None:
    programme = chain.programme(chain.action())
    programmes.publish(chain.secretary, programme, key=key())
    programmes.sign_programme(chain.chair, programme.versions.get(), key=key())
    assert "versie 1" in as_role("auditor").get("/actieprogramma/2026").content.decode()


def test_standing_without_a_date(chain: Chain) -> None:
    action = chain.action(adopted=False)
    assert standing_of(action, today=NOW.date()).group == "running"
