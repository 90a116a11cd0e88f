"""The pages of issues: the list, bringing one, every step of the route, working groups and what waits."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable

import pytest
from django.test import Client

from chain_world import Chain, key
from meeting_world import NOW
from schakelbord.accounts.actors import Role
from schakelbord.accounts.demo import demo_user
from schakelbord.bodies.models import Body, Membership
from schakelbord.bodies.services import person_named, seat_in_body
from schakelbord.chain import issues, placing, referrals
from schakelbord.chain.issue_pages import queues
from schakelbord.chain.issue_pages.route import route_of
from schakelbord.chain.models import Action, Referral, SavedView
from schakelbord.dossiers.models import Dossier, Issue
from schakelbord.dossiers.services import make_dossier
from schakelbord.stories.library import FIRST_STORY, all_stories, reading_of
from schakelbord.tables.models import Contribution, Harvest

ClientInRole = Callable[[str], Client]
SOON = "2027-09-01"
DAY = dt.timedelta(days=1)
TYPED = {
    "statement": "Wie is aan zet als een kind nergens staat ingeschreven?",
    "happened": "Een moeder verhuisde, en de school wist niet waarheen.",
    "stuck": "de school",
    "tried": "Bellen met de gemeente.",
    "would_help": "Eén nummer voor alle scholen.",
    "urgency": "now",
    "organisations": "School 2\nGemeente Duindorp",
}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, chain: Chain) -> None:
    """Pages look on the day of the meeting, as the commands do."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def brought(chain: Chain, statement: str = "Niemand belt terug", **more: object) -> Issue:
    """An issue that the platform brought."""
    answer = issues.bring(
        chain.secretary,
        chain.world.dossier,
        words={"statement": statement},
        urgency="year",
        submitted_by=chain.platform,
        key=key(),
        **more,  # type: ignore[arg-type]
    )
    return Issue.objects.get(code=answer["node"])


def group_of(chain: Chain, issue: Issue, name: str = "Werkgroep Overdracht") -> Body:
    """A working group that is asked this."""
    referrals.refer_to_new_group(
        chain.secretary, issue, name=name, question="Welke wegen zijn er?", ends=SOON, members="R. Roerdomp", key=key()
    )
    return Body.objects.get(name=name)


def sent(client: Client, address: str, **fields: object) -> str:
    """The page after a form was sent, which was refused."""
    answer = client.post(address, fields)
    assert answer.status_code == 400
    return answer.content.decode()


def text_of(page: str) -> str:
    """What one reads of a page, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_dilemma_is_brought_on_one_page_and_once(chain: Chain, as_role: ClientInRole) -> None:
    client, theme = as_role("participant"), chain.world.themes[0]
    fields = TYPED | {"key": key(), "dossier": chain.world.dossier.pk, "themes": [theme.pk]}
    for _again in range(2):
        answer = client.post("/vraagstukken/nieuw", fields)
        assert answer.status_code == 302
    issue = Issue.objects.get(statement=TYPED["statement"])
    assert answer["Location"] == f"/vraagstukken/{issue.code}"
    assert (issue.urgency, issue.state, issue.stuck) == ("now", "submitted", "de school")
    assert [row.title for row in issue.themes.all()] == [theme.title]
    assert sorted(row.name for row in issue.organisations.all()) == ["Gemeente Duindorp", "School 2"]
    page = client.get(f"/vraagstukken/{issue.code.lower()}", follow=True).content.decode()
    assert TYPED["happened"] in page
    assert TYPED["would_help"] in page


@pytest.mark.parametrize("field", ["statement", "happened", "stuck", "tried", "would_help"])
def test_what_looks_like_a_real_person_is_said_at_its_field_and_nothing_is_lost(
    chain: Chain, as_role: ClientInRole, field: str
) -> None:
    before = Issue.objects.count()
    fields = TYPED | {field: "Mijn nummer is 06-12345678.", "dossier": chain.world.dossier.pk, "key": key()}
    page = sent(as_role("secretary"), "/vraagstukken/nieuw", **fields)
    assert Issue.objects.count() == before
    place = page.index('class="problem"')
    assert page[:place].rindex(f'name="{field}"') == max(
        page[:place].rindex(f'name="{name}"') for name in TYPED if f'name="{name}"' in page[:place]
    )
    assert "uw tekst staat er nog" in page
    for name in set(TYPED) - {"urgency", "organisations"}:
        assert str(fields[name]) in page
    assert "Gemeente Duindorp</textarea>" in page


def test_another_dossier_shows_its_themes_and_loses_nothing(chain: Chain, as_role: ClientInRole) -> None:
    other = Dossier.objects.create(title="Ander dossier", made_by_id=chain.secretary.user_id, made_at=NOW)
    other.themes.create(title="Een ander thema", question="Wat nu?")
    answer = as_role("chair").post("/vraagstukken/nieuw", TYPED | {"dossier": other.pk, "then": "themes"})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Een ander thema" in page
    assert chain.world.themes[0].title not in page
    assert TYPED["tried"] in page
    assert Issue.objects.filter(statement=TYPED["statement"]).count() == 0


def test_who_may_not_read_the_chain_sees_none_of_it(chain: Chain, as_role: ClientInRole, reader: Client) -> None:
    code = chain.world.issues[0].code
    for client in (reader, as_role("technical_admin"), as_role("presenter")):
        for address in ("/vraagstukken", "/vraagstukken.csv", f"/vraagstukken/{code}", "/werkvoorraad"):
            assert client.get(address).status_code == 403
    for client in (reader, as_role("technical_admin"), as_role("auditor")):
        assert client.get("/vraagstukken/nieuw").status_code == 403
        assert client.post(f"/vraagstukken/{code}/doe/neem-op").status_code == 403


def test_a_dossier_for_one_meeting_stays_with_who_leads(chain: Chain, as_role: ClientInRole) -> None:
    issue = chain.world.issues[0]
    Dossier.objects.update(confidentiality="meeting")
    assert issue.code not in as_role("participant").get("/vraagstukken").content.decode()
    assert as_role("participant").get(f"/vraagstukken/{issue.code}").status_code == 403
    assert as_role("auditor").get(f"/vraagstukken/{issue.code}").status_code == 200


def test_the_list_narrows_down_by_everything_it_shows(chain: Chain, as_role: ClientInRole) -> None:
    client = as_role("secretary")
    one = brought(chain, "Alleen deze gaat over zwaluwen", themes=[chain.world.themes[1]])
    two = brought(chain, "Deze ligt bij een werkgroep")
    group = group_of(chain, two)
    theme = chain.world.themes[1].pk

    def codes(query: str) -> set[str]:
        page = client.get(f"/vraagstukken?{query}").content.decode()
        return set(re.findall(r'class="code" href="/vraagstukken/([HD]-\d+)"', page))

    everything = set(Issue.objects.values_list("code", flat=True))
    assert codes("") == everything
    assert codes("q=zwaluwen") == codes(f"q={one.code.lower()}") == {one.code}
    assert codes(f"bij={group.pk}") == {two.code}
    assert codes(f"bij={chain.platform.pk}") == {one.code}
    assert codes(f"thema={theme}") == {one.code, chain.world.issues[1].code}
    assert codes("stand=submitted") == {one.code}
    assert codes("soort=gap") == set()
    assert codes("soort=dilemma&herkomst=brought&urgentie=year&stand=open") == everything
    assert codes("urgentie=now") == set()
    for order in ("dringend", "nieuw", "code"):
        assert codes(f"volgorde={order}") == everything


def test_what_waits_longest_stands_first_and_what_is_finished_last(chain: Chain, as_role: ClientInRole) -> None:
    old, new = brought(chain, "De oudste"), brought(chain, "De nieuwste")
    done = brought(chain, "Klaar")
    issues.set_state(chain.secretary, done, "parked", reason="Na de zomer", key=key())
    Issue.objects.filter(pk=old.pk).update(made_at=NOW - 90 * DAY)
    Issue.objects.filter(pk=done.pk).update(made_at=NOW - 900 * DAY)
    page = as_role("secretary").get("/vraagstukken").content.decode()
    places = [page.index(f">{one.code}<") for one in (old, new, done)]
    assert places == sorted(places)
    assert "90 dagen" in page


@pytest.mark.parametrize("query", ["soort=iets", "bij=999999", "thema=abc", "stand=%00", "volgorde=x", "pagina=-4"])
def test_an_address_that_asks_for_nonsense_still_gives_the_list(
    chain: Chain, as_role: ClientInRole, query: str
) -> None:
    answer = as_role("secretary").get(f"/vraagstukken?{query}")
    assert answer.status_code == 200
    assert chain.world.issues[0].code in answer.content.decode()
    assert ("Dat lieten wij weg" in answer.content.decode()) is not query.startswith("pagina")


def test_a_view_is_kept_by_name_for_its_owner_alone(chain: Chain, as_role: ClientInRole) -> None:
    client, query = as_role("secretary"), "stand=open&volgorde=nieuw"
    answer = client.post("/vraagstukken/weergaven", {"query": query, "name": "Mijn open  zaken"})
    assert answer["Location"] == f"/vraagstukken?{query}"
    view = SavedView.objects.get()
    assert view.name == "Mijn open zaken"
    assert "Mijn open zaken" in client.get("/vraagstukken").content.decode()
    other = as_role("chair")
    assert "Mijn open zaken" not in other.get("/vraagstukken").content.decode()
    other.post("/vraagstukken/weergaven", {"then": "remove", "view": view.pk})
    assert SavedView.objects.count() == 1
    page = sent(client, "/vraagstukken/weergaven", query=query, name=" ")
    assert "Geef de weergave een naam" in page
    client.post("/vraagstukken/weergaven", {"then": "remove", "view": view.pk})
    assert SavedView.objects.count() == 0


def test_the_file_holds_what_the_list_shows_and_no_formula(chain: Chain, as_role: ClientInRole) -> None:
    issue = brought(chain, "=2+2 is een zin uit de praktijk")
    answer = as_role("auditor").get(f"/vraagstukken.csv?q={issue.code}")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 2
    assert rows[1][0] == issue.code
    assert rows[1][2].startswith("'=2+2")
    assert chain.platform.name in rows[1]


def test_a_question_goes_up_and_its_answer_comes_home(chain: Chain, as_role: ClientInRole) -> None:
    issue, client = brought(chain), as_role("secretary")
    address = f"/vraagstukken/{issue.code}"

    def do(verb: str, **fields: object) -> None:
        assert client.post(f"{address}/doe/{verb}", fields | {"key": key()}).status_code == 302

    group = group_of(chain, issue)
    step = issue.referrals.get()
    do("pak-op", referral=step.pk)
    do("antwoord", referral=step.pk, kind="question", answer="Twee wegen bleven over.")
    do("leg-voor", to=chain.board.pk, question="Kies welke weg.", due=SOON)
    board = issue.referrals.get(order=1)
    page = client.get(address).content.decode()
    assert "vraag op weg omhoog" in page
    assert f"nu bij {chain.board.name}" in text_of(page)
    do("antwoord", referral=board.pk, kind="direction", answer="De oude gemeente blijft aan zet.")
    do("leg-voor", to=group.pk, question="Maak er een werkwijze van.", due=SOON)
    page = text_of(client.get(address).content.decode())
    assert "antwoord op weg terug" in page
    assert f"{chain.board.name} kiest een richting" in page
    assert "Het antwoord is op weg terug." in client.get(address).content.decode()
    last = issue.referrals.get(order=2)
    assert last.direction == "down"
    do("antwoord", referral=last.pk, kind="direction", answer="De werkwijze is er.")
    do("breng-thuis", answer="U mag doorgaan tot de nieuwe gemeente ja zegt.")
    issue.refresh_from_db()
    assert issue.state == "resolved"
    assert {row.state for row in issue.referrals.all()} == {"closed"}
    page = client.get(address).content.decode()
    assert "U mag doorgaan" in page
    assert "<form" not in page[page.index('id="aanzet"') : page.index('id="eraan"')]


def test_skipping_a_step_asks_why_at_its_field(chain: Chain, as_role: ClientInRole) -> None:
    issue, client = brought(chain), as_role("chair")
    address = f"/vraagstukken/{issue.code}/doe/leg-voor"
    typed = {"to": chain.board.pk, "question": "Wie beslist hierover?", "due": SOON}
    page = sent(client, address, **typed)
    assert 'id="waarom-fout"' in page
    assert "Wie beslist hierover?" in page
    assert f'value="{SOON}"' in page
    assert client.post(address, typed | {"skip_reason": "Het kan niet wachten."}).status_code == 302
    assert "Het kan niet wachten." in client.get(f"/vraagstukken/{issue.code}").content.decode()


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"to": ""}, "naar-fout"),
        ({"question": " "}, "vraag-fout"),
        ({"question": "Bel 06-12345678"}, "vraag-fout"),
        ({"due": "2020-01-01"}, "wanneer-fout"),
        ({"due": "morgen"}, "wanneer-fout"),
    ],
)
def test_a_question_that_cannot_be_asked_says_why_where_it_stands(
    chain: Chain, as_role: ClientInRole, fields: dict[str, str], place: str
) -> None:
    issue = brought(chain)
    typed = {"to": chain.existing.pk, "question": "Wie doet dit?", "due": SOON} | fields
    page = sent(as_role("secretary"), f"/vraagstukken/{issue.code}/doe/leg-voor", **typed)
    assert f'id="{place}"' in page
    assert Referral.objects.count() == 0


def test_a_body_declines_with_a_reason_and_the_issue_lies_where_it_lay(chain: Chain, as_role: ClientInRole) -> None:
    issue = brought(chain)
    group = group_of(chain, issue)
    client, step = as_role("secretary"), issue.referrals.get()
    assert 'id="reden-fout"' in sent(client, f"/vraagstukken/{issue.code}/doe/wijs-af", referral=step.pk, reason="")
    client.post(f"/vraagstukken/{issue.code}/doe/wijs-af", {"referral": step.pk, "reason": "Dit is niet van ons."})
    page = text_of(client.get(f"/vraagstukken/{issue.code}").content.decode())
    assert "Dit is niet van ons." in page
    assert f"nu bij {chain.platform.called}" in page
    assert f"{group.called} pakte het niet op" in page
    waiting = {(row.kind, row.code) for row in queues.queue_of_lead(chain.secretary)}
    assert ("declined", issue.code) in waiting


def test_only_who_speaks_for_a_body_answers(chain: Chain, as_role: ClientInRole) -> None:
    issue = brought(chain)
    group = group_of(chain, issue)
    step, client = issue.referrals.get(), as_role("body_secretary")
    address = f"/vraagstukken/{issue.code}/doe/antwoord"
    typed = {"referral": step.pk, "kind": "direction", "answer": "Zo doen wij het."}
    answer = client.post(address, typed)
    assert answer.status_code == 403
    assert "Dit doet wie spreekt voor" in answer.content.decode()
    user = demo_user(Role.BODY_SECRETARY)
    person = person_named("G. Grutto", email="grutto@voorbeeld.example", now=NOW)
    type(person).objects.filter(user=user).exclude(pk=person.pk).update(user=None)
    person.user = user
    person.save()
    seat_in_body(person, group, from_day=NOW.date(), role="secretary")
    assert client.post(address, typed).status_code == 302
    step.refresh_from_db()
    assert step.answer == "Zo doen wij het."


def test_an_issue_that_no_body_brought_begins_somewhere(chain: Chain, as_role: ClientInRole) -> None:
    client = as_role("secretary")
    client.post("/vraagstukken/nieuw", {"statement": TYPED["statement"], "key": key(), "urgency": "year"})
    issue = Issue.objects.get(statement=TYPED["statement"])
    address = f"/vraagstukken/{issue.code}"
    chosen = f'<option value="{chain.platform.pk}" selected>{chain.platform.called}</option>'
    assert chosen in client.get(address).content.decode()
    client.post(f"{address}/doe/neem-op", {"key": key(), "begins_at": ""})
    assert "Bij welk gremium begint het?" in client.get(address).content.decode()
    client.post(f"{address}/doe/neem-op", {"key": key(), "begins_at": chain.platform.pk})
    issue.refresh_from_db()
    assert (issue.state, issue.submitted_by) == ("accepted", chain.platform)
    page = client.get(address).content.decode()
    assert "Bij welk gremium begint het?" not in page
    assert f"nu bij {chain.platform.called}" in page
    client.post(f"{address}/doe/neem-op", {"key": key(), "begins_at": chain.board.pk})
    assert Issue.objects.get(pk=issue.pk).submitted_by == chain.platform


def test_an_answer_back_where_it_began_goes_home_next(chain: Chain, as_role: ClientInRole) -> None:
    client, issue = as_role("secretary"), brought(chain)
    group = group_of(chain, issue)
    for body, kind in ((group, "direction"), (chain.platform, "direction")):
        step = issue.referrals.filter(state="offered").first()
        if step is None:
            referrals.refer(chain.secretary, issue, to=body, question="Vertel het.", due=SOON, key=key())
            step = issue.referrals.get(state="offered")
        page = client.get(f"/vraagstukken/{issue.code}")
        assert not page.context["home_is_next"]
        referrals.answer(chain.secretary, step, kind=kind, text="Bel het nummer.", key=key())
    page = client.get(f"/vraagstukken/{issue.code}")
    assert page.context["home_is_next"]
    assert page.context["next"] == 0


def test_an_issue_is_taken_in_given_back_and_kept(chain: Chain, as_role: ClientInRole) -> None:
    issue, client = brought(chain), as_role("secretary")
    address = f"/vraagstukken/{issue.code}/doe"
    client.post(f"{address}/neem-op", {"key": key()})
    assert Issue.objects.get(pk=issue.pk).state == "accepted"
    assert 'id="waaromniet-fout"' in sent(client, f"{address}/bewaar", reason="")
    client.post(f"{address}/bewaar", {"reason": "Na de zomer.", "key": key()})
    assert Issue.objects.get(pk=issue.pk).state == "parked"
    client.post(f"{address}/geef-terug", {"reason": "Dit is al geregeld.", "key": key()})
    assert Issue.objects.get(pk=issue.pk).state == "returned"
    waiting = queues.queue_of_bodies(chain.secretary, [chain.platform], today=NOW.date())
    assert [(row.kind, row.note) for row in waiting if row.code == issue.code] == [("returned", "Dit is al geregeld.")]
    group_of(chain, brought(chain, "Ligt bij een werkgroep"))
    open_one = Issue.objects.get(statement="Ligt bij een werkgroep")
    assert "ligt nog bij een gremium" in sent(
        client, f"/vraagstukken/{open_one.code}/doe/bewaar", reason="Later", key=key()
    )
    assert client.post(f"{address}/iets-anders").status_code == 404


def test_a_working_group_is_made_and_asked_in_one_form(chain: Chain, as_role: ClientInRole) -> None:
    issue, client = brought(chain), as_role("secretary")
    assert issue.statement in client.get(f"/werkgroepen/nieuw?vraagstuk={issue.code}").content.decode()
    typed = {
        "vraagstuk": issue.code,
        "name": "Werkgroep Zwaluw",
        "question": "Wie belt terug?",
        "active_to": SOON,
        "members": "R. Roerdomp, Gemeente Duindorp, r@voorbeeld.example\n\n* E. Eider, Universiteit",
        "key": key(),
    }
    for _again in range(2):
        assert client.post("/werkgroepen/nieuw", typed)["Location"] == f"/vraagstukken/{issue.code}"
    group = Body.objects.get(name="Werkgroep Zwaluw")
    roles = dict(Membership.objects.filter(body=group).values_list("person__name", "role"))
    assert roles == {"R. Roerdomp": "member", "E. Eider": "expert"}
    step = issue.referrals.get()
    assert (step.to_body, step.due.isoformat(), step.question) == (group, SOON, "Wie belt terug?")


@pytest.mark.parametrize(
    ("fields", "place", "sentence"),
    [
        ({"name": ""}, "naam-fout", "Geef het gremium een naam"),
        ({"question": ""}, "vraag-fout", "een vraag en een einddatum"),
        ({"members": " \n*"}, "leden-fout", "minstens één lid"),
        ({"members": "R. Roerdomp\nE. Eider, e@@fout"}, "leden-fout", "Regel 2"),
        ({"active_to": "2020-01-01"}, "eind-fout", "al voorbij"),
        ({"vraagstuk": ""}, "vraagstuk-fout", "Kies welk vraagstuk"),
        ({"question": "Bel 06-12345678"}, "vraag-fout", "bewaren wij het niet"),
    ],
)
def test_a_working_group_that_cannot_be_made_leaves_nothing_behind(
    chain: Chain, as_role: ClientInRole, fields: dict[str, str], place: str, sentence: str
) -> None:
    issue, before = brought(chain), Body.objects.count()
    typed = {
        "vraagstuk": issue.code,
        "name": "Werkgroep Zwaluw",
        "question": "Wie belt terug?",
        "active_to": SOON,
        "members": "R. Roerdomp",
        "key": key(),
    } | fields
    page = sent(as_role("secretary"), "/werkgroepen/nieuw", **typed)
    assert f'id="{place}"' in page
    assert sentence in page
    assert (Body.objects.count(), Referral.objects.count()) == (before, 0)
    assert as_role("participant").get("/werkgroepen/nieuw").status_code == 403


def test_a_gap_of_a_story_becomes_an_issue_and_can_go_up(chain: Chain, as_role: ClientInRole) -> None:
    client, finding = as_role("secretary"), reading_of(all_stories()[FIRST_STORY]).findings[0]
    address = "/vraagstukken/hiaat"
    story = client.get(f"/verhalen/{FIRST_STORY}?hiaat={finding.key}").content.decode()
    assert f'action="{address}"' in story
    assert address not in as_role("participant").get(f"/verhalen/{FIRST_STORY}").content.decode()
    asked = {"verhaal": FIRST_STORY, "hiaat": finding.key}
    assert finding.title.nl in client.get(address, asked).content.decode()
    assert client.get(address, {"verhaal": FIRST_STORY, "hiaat": "niets"}).status_code == 404
    for _again in range(2):
        answer = client.post(address, asked | {"dossier": chain.world.dossier.pk, "key": key()})
    issue = Issue.objects.get(story=FIRST_STORY, finding=finding.key)
    assert answer["Location"] == f"/vraagstukken/{issue.code}"
    page = client.get(f"/vraagstukken/{issue.code}").content.decode()
    assert f"/verhalen/{FIRST_STORY}?hiaat=" in page
    assert f"/draad/{issue.code}" in page
    typed = {"to": chain.board.pk, "question": "Wie beslist dit?", "due": SOON, "skip_reason": "Dringend."}
    assert 'id="vanwie-fout"' in sent(client, f"/vraagstukken/{issue.code}/doe/leg-voor", **typed)
    typed["asked_by"] = str(chain.platform.pk)
    assert client.post(f"/vraagstukken/{issue.code}/doe/leg-voor", typed).status_code == 302
    issue.refresh_from_db()
    assert issue.submitted_by == chain.platform


def test_one_press_makes_a_gap_an_issue_and_its_page_has_the_themes(chain: Chain, as_role: ClientInRole) -> None:
    client, finding = as_role("secretary"), reading_of(all_stories()[FIRST_STORY]).findings[0]
    made = client.post("/vraagstukken/hiaat", {"verhaal": FIRST_STORY, "hiaat": finding.key})
    issue = Issue.objects.get(story=FIRST_STORY, finding=finding.key)
    assert made["Location"] == f"/vraagstukken/{issue.code}"
    themes = [str(row.pk) for row in chain.world.dossier.themes.all()]
    for chosen in (themes, themes[:1]):
        client.post(f"/vraagstukken/{issue.code}/doe/thema", {"themes": [*chosen, "0", "x"], "key": key()})
        assert [str(pk) for pk in issue.themes.values_list("pk", flat=True)] == chosen
    assert f'value="{themes[0]}" checked' in client.get(f"/vraagstukken/{issue.code}").content.decode()
    refused = as_role("participant").post(f"/vraagstukken/{issue.code}/doe/thema", {"key": key()})
    assert refused.status_code == 403
    assert issue.themes.count() == 1
    other = make_dossier(chain.secretary, title="Ander dossier", now=NOW)
    asked = {"verhaal": FIRST_STORY, "hiaat": reading_of(all_stories()[FIRST_STORY]).findings[1].key}
    assert other.title in client.post("/vraagstukken/hiaat", asked).content.decode()


def test_the_picture_says_what_was_and_what_is_expected(chain: Chain) -> None:
    issue = brought(chain)
    group = group_of(chain, issue)
    steps = list(issue.referrals.select_related("from_body", "to_body"))
    issue.refresh_from_db()
    drawn = route_of(issue, steps, today=NOW.date())
    assert [stop.look for stop in drawn.stops] == ["up", "up", "now", "next", "next"]
    assert [leg.look for leg in drawn.legs] == ["up", "up", "next", "next"]
    assert group.called in [line.text for line in drawn.lanes[1].names]
    assert group.called in drawn.told
    expected = [stop.title for stop in drawn.stops if stop.look == "next"]
    assert len([title for title in expected if "1 " in title]) == 1  # one day was set, so one is shown
    late = route_of(issue, steps, today=dt.date(2028, 1, 1))
    assert [stop.look for stop in late.stops][2] == "late"
    heights = {stop.y for stop in drawn.stops}
    assert len(heights) == 3
    xs = [stop.x for stop in drawn.stops]
    assert xs == sorted(set(xs))
    assert max(xs) < drawn.width


def test_a_long_route_gets_a_wider_picture(chain: Chain) -> None:
    issue = brought(chain)
    group = group_of(chain, issue)
    now = issue.referrals.get()
    for number in range(8):
        referrals.answer(chain.secretary, now, kind="question", text=f"Ronde {number}", key=key())
        to = chain.board if number % 2 == 0 else group
        referrals.refer(chain.secretary, issue, to=to, question="En nu?", due=SOON, key=key())
        now = issue.referrals.order_by("-order").first() or now
    issue.refresh_from_db()
    drawn = route_of(issue, list(issue.referrals.select_related("from_body", "to_body")), today=NOW.date())
    assert drawn.width > 1140
    gaps = [after.x - before.x for before, after in zip(drawn.stops, drawn.stops[1:], strict=False)]
    assert min(gaps) >= 100


def test_every_open_end_waits_in_a_queue_with_its_age(chain: Chain, as_role: ClientInRole) -> None:
    issue = brought(chain)
    group = group_of(chain, issue)
    decision = chain.tabled(chain.proposal())
    chain.says(decision, chain.platform_chair, "objection")
    Harvest.objects.exclude(pk=chain.harvest.pk if chain.harvest else 0).update(
        state="contested", contested_because="Zo zeiden wij het niet", contested_at=NOW, assignment="Bel terug"
    )
    said = chain.world.by(6, "say", table=chain.world.tables[1].pk, text="Niemand belde", kind="experience")
    Contribution.objects.filter(key=said["contribution"]).update(is_held=True)
    today = (NOW + 5 * DAY).date()
    bodies = {(row.kind, row.body, row.code) for row in queues.queue_of_bodies(chain.secretary, None, today=today)}
    assert ("referral", group, issue.code) in bodies
    assert ("endorse", chain.board, decision.code) in bodies
    assert ("endorse", chain.platform, decision.code) not in bodies
    lead = queues.queue_of_lead(chain.secretary)
    kinds = {row.kind for row in lead}
    assert {"objection", "held"} <= kinds
    assert {row.age for row in queues.aged(lead, today)} == {5}
    assert queues.queue_of_lead(chain.owner_actor) == []
    page = as_role("secretary").get("/werkvoorraad").content.decode()
    assert "Niemand belde" not in page
    assert issue.code in page
    assert "Daar zijn wij tegen" in page


def test_a_late_report_waits_for_the_owner_where_it_is_written(chain: Chain) -> None:
    action = chain.action()
    late = (NOW + 400 * DAY).date()
    own = queues.queue_of_owner(chain.owner_actor, today=late)
    assert [(row.kind, row.code, row.address) for row in own] == [("report", action.code, f"/acties/{action.code}")]
    assert queues.queue_of_owner(chain.owner_actor, today=NOW.date()) == []
    assert queues.queue_of_owner(chain.secretary, today=late) == []


@pytest.mark.parametrize("is_declined", [True, False])
def test_what_a_body_declined_or_left_waits_for_who_offered_it(chain: Chain, is_declined: bool) -> None:
    action = chain.action(adopted=False)
    placement = chain.placement(action)
    offered = queues.queue_of_bodies(chain.secretary, [chain.existing], today=NOW.date())
    assert [(row.kind, row.code) for row in offered if row.kind == "offer"] == [("offer", action.code)]
    if is_declined:
        placing.answer_offer(chain.body_secretary, placement, takes_on=False, reason="Niet van ons", key=key())
    else:
        placing.take_back_unanswered(chain.world.dossier, today=(NOW + 90 * DAY).date(), key=key())
    rows = [row for row in queues.queue_of_lead(chain.secretary) if row.code == action.code]
    assert [row.kind for row in rows] == ["offer_declined" if is_declined else "offer_unanswered"]
    assert chain.existing.called in rows[0].note
    assert not queues.queue_of_bodies(chain.secretary, [chain.existing], today=NOW.date())


def test_a_late_report_and_results_to_judge_wait_for_their_bodies(chain: Chain) -> None:
    action = chain.action()
    Action.objects.filter(pk=action.pk).update(state="placed", body=chain.existing, adopted_at=NOW)
    day = (NOW + 100 * DAY).date()
    rows = queues.queue_of_bodies(chain.secretary, [chain.existing], today=day)
    found = [row for row in queues.aged(rows, day) if row.what.kind == "report"]
    assert [(row.what.code, row.late) for row in found] == [(action.code, 100 - action.report_every_days)]
    Action.objects.filter(pk=action.pk).update(state="reported_done", done_at=NOW)
    rows = queues.queue_of_bodies(chain.secretary, [chain.platform, chain.board], today=day)
    assert {row.body for row in rows if row.kind == "verdict"} == {chain.platform, chain.board}


def test_the_queue_of_a_body_is_for_who_sits_there_leads_or_checks(chain: Chain, as_role: ClientInRole) -> None:
    group_of(chain, brought(chain))
    address = f"/gremia/{Body.objects.get(name='Werkgroep Overdracht').pk}/werkvoorraad"
    for role in ("secretary", "chair", "auditor"):
        page = as_role(role).get(address)
        assert page.status_code == 200
        assert "Welke wegen zijn er?" in page.content.decode()
    assert as_role("participant").get(address).status_code == 403
    assert as_role("secretary").get("/gremia/999999/werkvoorraad").status_code == 404
    assert "Er wacht niets" in as_role("participant").get("/werkvoorraad").content.decode()


def test_a_long_queue_comes_a_page_at_a_time(chain: Chain, as_role: ClientInRole) -> None:
    client = as_role("secretary")
    Issue.objects.bulk_create(
        Issue(
            code=f"D-{number}",
            dossier=chain.world.dossier,
            kind="dilemma",
            origin="brought",
            statement=f"Vraagstuk {number}",
            submitted_by=chain.platform,
            state="submitted",
            made_at=NOW,
            changed_at=NOW,
        )
        for number in range(1000, 1150)
    )
    first = client.get("/werkvoorraad").content.decode()
    assert first.count("/vraagstukken/D-1") == 2 * 20  # each with its code and its words
    assert "/werkvoorraad?van=leiding" in first
    whole = client.get("/werkvoorraad?van=leiding").content.decode()
    assert "van=leiding&amp;pagina=2" in whole
    assert "150 dingen" in whole
    last = client.get("/werkvoorraad?van=leiding&pagina=2").content.decode()
    assert last.count("/vraagstukken/D-1") == 2 * 50


def test_the_pages_stay_within_their_queries(
    chain: Chain, as_role: ClientInRole, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = as_role("secretary")
    issue = brought(chain)
    group_of(chain, issue)
    Issue.objects.bulk_create(
        Issue(
            code=f"D-{number}",
            dossier=chain.world.dossier,
            kind="dilemma",
            origin="brought",
            statement=f"Vraagstuk {number}",
            submitted_by=chain.platform,
            state="submitted",
            made_at=NOW,
            changed_at=NOW,
        )
        for number in range(1000, 1400)
    )
    for address in (
        "/vraagstukken",
        "/vraagstukken?q=vraagstuk&stand=open&pagina=3",
        f"/vraagstukken/{issue.code}",
        "/werkvoorraad",
        f"/gremia/{chain.platform.pk}/werkvoorraad",
        "/vraagstukken/nieuw",
        "/werkgroepen/nieuw",
    ):
        with django_assert_max_num_queries(25):  # type: ignore[attr-defined]
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("role", ["secretary", "participant"])
def test_the_menu_leads_to_the_chain_for_who_may_read_it(as_role: ClientInRole, reader: Client, role: str) -> None:
    page = as_role(role).get("/over").content.decode()
    for address in ("/vraagstukken", "/besluiten", "/actieprogramma"):
        assert f'href="{address}"' in page
        assert f'href="{address}"' not in reader.get("/over").content.decode()
