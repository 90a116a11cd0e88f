"""Pages of placing: the list of bodies, the offer by link and logged in, and the bodies themselves."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from offer_world import BEGAN, KEYS, OfferWorld, make_offer_world, somebody
from schakelbord.accounts.actors import Role
from schakelbord.accounts.demo import demo_user
from schakelbord.bodies.models import Body
from schakelbord.bodies.services import end_membership
from schakelbord.chain import placing
from schakelbord.chain.actions import Wanted
from schakelbord.chain.links import secret_of
from schakelbord.chain.models import Action, Placement
from schakelbord.chain.post.waiting import offer_path
from schakelbord.live.gateway import at

ClientInRole = Callable[[str], Client]


@pytest.fixture
def offers(commands_inline: None, db: None) -> OfferWorld:
    """A decision, and bodies that could take an action of it on."""
    return make_offer_world()


def seen(page: bytes) -> str:
    """The words of a page, each with one space between."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


def place(client: Client, action: Action, **fields: str) -> tuple[int, str]:
    """Send the form of the list of bodies."""
    answer = client.post(f"/acties/{action.code}/belegging", {"key": next(KEYS), "then": "offer"} | fields)
    return answer.status_code, seen(answer.content)


@pytest.fixture
def secretary(offers: OfferWorld, as_role: ClientInRole) -> Client:
    """The secretary, at their desk."""
    return as_role("secretary")


def test_bodies_stand_in_order_with_reasons_and_two_choices(offers: OfferWorld, secretary: Client) -> None:
    action = offers.action()
    page = secretary.get(f"/acties/{action.code}/belegging").content
    text = seen(page)
    names = [text.index(body.name) for body in offers.bodies]
    assert names[0] == min(names)
    for words in ("Past het best", "Past deels", "Neemt acties aan", "Bied aan", "Niet passend, omdat…", "nog kiezen"):
        assert words in text
    assert "0 gremia bekeken en afgewezen , 0 gekozen , 3 nog open" in text
    assert page.count(b'type="radio"') == 6
    assert b"checked" not in page


def test_offering_one_and_refusing_another_in_one_go(offers: OfferWorld, secretary: Client) -> None:
    action, (first, second, third) = offers.action(due="2030-01-01"), offers.bodies
    reason = "Gaat over verzuim."
    fields = {f"choice-{first.pk}": "offer", f"choice-{second.pk}": "unsuitable", f"reason-{second.pk}": reason}
    assert place(secretary, action, **fields)[0] == 302
    rows = {row.body: row for row in action.placements.all()}
    assert (rows[first].state, rows[second].state, rows[second].reason) == ("offered", "unsuitable", reason)
    assert rows[first].rank == 1
    assert rows[first].fit["standing"] == "best"
    assert third not in rows
    text = seen(secretary.get(f"/acties/{action.code}/belegging").content)
    assert "1 gremium bekeken en afgewezen , 1 gekozen , 1 nog open" in text
    assert f"“{reason}”" in text


def test_the_same_form_twice_does_it_once(offers: OfferWorld, secretary: Client) -> None:
    action, first = offers.action(), offers.bodies[0]
    fields = {f"choice-{first.pk}": "offer", "key": "dubbelklik"}
    assert [place(secretary, action, **fields)[0] for _ in range(2)] == [302, 302]
    assert Placement.objects.get(action=action).tries == 1


def test_a_form_that_lacks_something_comes_back_filled_in_and_sends_nothing(
    offers: OfferWorld, secretary: Client
) -> None:
    action, (first, second, _) = offers.action(), offers.bodies
    status, text = place(secretary, action)
    assert (status, "Kies bij minstens één gremium wat u doet." in text) == (400, True)
    fields = {f"choice-{first.pk}": "offer", f"choice-{second.pk}": "unsuitable", "answer_by": "2031-05-06"}
    answer = secretary.post(f"/acties/{action.code}/belegging", {"key": next(KEYS), "then": "offer"} | fields)
    assert answer.status_code == 400
    assert "Er ontbreekt nog een reden. Er is niets verstuurd." in seen(answer.content)
    assert "Zeg waarom, in één zin." in seen(answer.content)
    assert answer.content.count(b"checked") == 2
    assert b'value="2031-05-06"' in answer.content
    assert not action.placements.exists()
    status, text = place(secretary, action, **{f"choice-{first.pk}": "offer", "answer_by": "2001-01-01"})
    assert (status, "Deze dag is al voorbij." in text) == (400, True)
    assert not action.placements.exists()


def test_an_offer_to_a_body_without_a_secretary_says_so_at_that_body(offers: OfferWorld, secretary: Client) -> None:
    action, first = offers.action(), offers.bodies[0]
    Body.objects.filter(pk=first.pk).update(secretary=None)
    status, text = place(secretary, action, **{f"choice-{first.pk}": "offer"})
    assert status == 400
    assert "heeft geen secretaris om het aan te vragen" in text


def test_no_body_fits_takes_a_reason_and_a_body_that_was_looked_at(offers: OfferWorld, secretary: Client) -> None:
    with at(BEGAN):
        action = offers.proposed(body=None, due="2035-01-01")
    first = offers.bodies[0]
    status, text = place(secretary, action, then="none")
    assert (status, "Zeg waarom, in één zin." in text) == (400, True)
    status, text = place(secretary, action, then="none", no_body_reason="Niemand doet dit nu.")
    assert (status, "Zeg eerst bij minstens één gremium waarom het niet past." in text) == (400, True)
    fields = {f"choice-{first.pk}": "unsuitable", f"reason-{first.pk}": "Gaat over melden."}
    assert place(secretary, action, then="none", no_body_reason="Niemand doet dit nu.", **fields)[0] == 302
    action.refresh_from_db()
    assert action.no_body_reason == "Niemand doet dit nu."
    assert Placement.objects.get(action=action).state == "unsuitable"


def test_the_machine_never_says_that_none_fits(offers: OfferWorld, secretary: Client) -> None:
    for number in range(4):
        Body.objects.create(
            name=f"Overleg {number}", kind="existing", layer="mixed", mandate="Riool en afval.", accepts_actions=True
        )
    wanted = [Wanted("De stroom komt van het dak.")]
    action = offers.action(title="Zonnepanelen op sporthallen", due="2030-01-01", wanted=wanted)
    page = secretary.get(f"/acties/{action.code}/belegging").content
    text = seen(page)
    assert "Wij zien geen gremium dat duidelijk past. Bekijk de drie hieronder; of er echt geen past, zegt u." in text
    assert page.count(b'class="cand"') == 3
    assert "Bekijk nog 4 gremia" in text
    assert "Past het best" not in text


def test_who_reads_sees_no_form_and_who_is_nobody_sees_nothing(
    offers: OfferWorld, reader: Client, as_role: ClientInRole
) -> None:
    action = offers.action()
    offers.offered(action)
    page = as_role("auditor").get(f"/acties/{action.code}/belegging").content
    assert b'type="radio"' not in page
    assert "aangeboden, antwoord uiterlijk 26 oktober 2026" in seen(page)
    assert reader.get(f"/acties/{action.code}/belegging").status_code == 403
    assert as_role("technical_admin").get(f"/acties/{action.code}/belegging").status_code == 403
    post = as_role("auditor").post(f"/acties/{action.code}/belegging", {f"choice-{offers.bodies[1].pk}": "offer"})
    assert post.status_code in {302, 403}
    assert action.placements.count() == 1
    assert reader.get("/acties/A-999/belegging").status_code == 403
    assert as_role("secretary").get("/acties/A-999/belegging").status_code == 404


def test_an_action_that_lies_somewhere_shows_where_and_offers_nothing(offers: OfferWorld, secretary: Client) -> None:
    row = offers.offered(offers.action())
    placing.answer_by_link(row, somebody("G. Grutto"), takes_on=True, key=next(KEYS))
    page = secretary.get(f"/acties/{row.action.code}/belegging").content
    assert "Deze actie ligt bij Landelijk Overleg Advies en Melden." in seen(page)
    assert b'type="radio"' not in page
    assert place(secretary, row.action, **{f"choice-{offers.bodies[1].pk}": "offer"})[0] in {302, 409}
    assert row.action.placements.count() == 1


def test_the_page_asks_as_much_of_a_hundred_bodies_and_many_actions(offers: OfferWorld, secretary: Client) -> None:
    action = offers.action()
    for number in range(60):
        Body.objects.create(
            name=f"Overleg {number}", kind="existing", layer="mixed", mandate=f"Zaken {number}", accepts_actions=True
        )
    with CaptureQueriesContext(connection) as asked:
        page = secretary.get(f"/acties/{action.code}/belegging?alle=1").content
    assert page.count(b'class="cand"') == 63
    assert len(asked) <= 25


@pytest.fixture
def link(offers: OfferWorld) -> str:
    """The address of an offer to the first body, for its secretary."""
    return offer_path(offers.offered(offers.action()), somebody("G. Grutto"))


def test_reading_an_offer_changes_nothing_however_often(offers: OfferWorld, reader: Client, link: str) -> None:
    for _ in range(3):
        answer = reader.get(link)
        assert answer.status_code == 200
        assert reader.head(link).status_code == 200
    text = seen(answer.content)
    for words in (
        "Elke school krijgt binnen een dag advies",
        "Negen van de tien scholen hebben binnen een dag advies.",
        "1 juli 2027",
        "G. Grutto, u antwoordt als secretaris van Landelijk Overleg Advies en Melden.",
        "26 oktober 2026",
        "Scholen krijgen binnen een dag advies.",
        "M. Merel vraagt dit.",
    ):
        assert words in text
    assert b'href="/draad/A-' in answer.content
    assert Placement.objects.get().state == "offered"


def test_an_offer_is_accepted_once_without_an_account(offers: OfferWorld, reader: Client, link: str) -> None:
    fields = {"answer": "yes", "reason": "Past bij ons.", "key": "een-keer"}
    assert [reader.post(link, fields).status_code for _ in range(2)] == [302, 302]
    text = seen(reader.get(link).content)
    assert "U hebt deze actie aangenomen namens Landelijk Overleg Advies en Melden." in text
    assert "“Past bij ons.”" in text
    again = reader.post(link, {"answer": "no", "reason": "Toch niet.", "key": "nog-eens"})
    assert again.status_code == 409
    assert "heeft al geantwoord" in seen(again.content)
    assert Placement.objects.get().state == "accepted"


def test_declining_without_a_reason_comes_back_with_what_was_chosen(
    offers: OfferWorld, reader: Client, link: str
) -> None:
    answer = reader.post(link, {"answer": "no", "reason": "  ", "key": "a"})
    assert answer.status_code == 400
    assert "Zeg waarom, in één zin." in seen(answer.content)
    assert b'value="no" checked' in answer.content
    nothing = reader.post(link, {"reason": "Misschien.", "key": "b"})
    assert nothing.status_code == 400
    assert "Kies wat uw gremium doet." in seen(nothing.content)
    assert b"Misschien." in nothing.content
    assert Placement.objects.get().state == "offered"


def test_an_old_link_says_kindly_how_it_stands(offers: OfferWorld, reader: Client) -> None:
    action = offers.action()
    first, second = offers.offered(action, 0), offers.offered(action, 1)
    old, other = offer_path(first, somebody("G. Grutto")), offer_path(second, somebody("B. Tapuit"))
    placing.answer_by_link(second, somebody("B. Tapuit"), takes_on=True, key=next(KEYS))
    page = reader.get(old)
    assert page.status_code == 200
    assert "Deze actie ligt intussen bij Regionaal Bestuur Leerplicht. U hoeft niets te doen." in seen(page.content)
    assert b"<form" not in page.content.split(b"<main")[1]
    assert reader.post(old, {"answer": "yes", "key": "x"}).status_code == 409
    successor = offer_path(second, somebody("N. Nachtegaal"))
    assert "heeft deze actie al aangenomen" in seen(reader.get(successor).content)
    assert "U hebt deze actie aangenomen" in seen(reader.get(other).content)


def test_the_link_of_a_former_secretary_answers_nothing(offers: OfferWorld, reader: Client, link: str) -> None:
    Body.objects.filter(pk=offers.bodies[0].pk).update(secretary=somebody("N. Nachtegaal"))
    assert "Deze vraag ligt nu bij een andere secretaris." in seen(reader.get(link).content)
    assert reader.post(link, {"answer": "yes", "key": "x"}).status_code == 409
    assert Placement.objects.get().state == "offered"


def test_an_offer_that_came_back_says_so(offers: OfferWorld, reader: Client) -> None:
    row = offers.offered(offers.action(), answer_by="2026-10-20")
    placing.take_back_unanswered(offers.dossier, today=BEGAN.date().replace(day=21), key=next(KEYS))
    text = seen(reader.get(offer_path(row, somebody("G. Grutto"))).content)
    assert "De dag om te antwoorden, 20 oktober 2026, is voorbij." in text


def test_links_that_we_did_not_make_open_nothing(offers: OfferWorld, reader: Client, link: str) -> None:
    row = Placement.objects.get()
    wrong = secret_of("consent", row.pk, somebody("G. Grutto").pk)
    for address in (link + "x", link.replace("/aanbod/", "/aanbod/9"), f"/aanbod/{wrong}", "/aanbod/a.b"):
        assert reader.get(address).status_code == 404
        assert reader.post(address, {"answer": "yes"}).status_code == 404
    person = somebody("G. Grutto")
    person.email, person.erased_at = "", BEGAN
    person.save()
    assert reader.get(link).status_code == 404


def test_a_body_secretary_sees_and_answers_all_that_was_offered(offers: OfferWorld, as_role: ClientInRole) -> None:
    client = as_role("body_secretary")
    person = somebody("G. Grutto")
    person.user = demo_user(Role.BODY_SECRETARY)
    person.save()
    assert "Er wacht niets op u." in seen(client.get("/aanbod").content)
    mine, theirs = offers.offered(offers.action(), 0), offers.offered(offers.action(title="Iets anders"), 1)
    page = client.get("/aanbod")
    assert "1 aanbod wacht op uw antwoord." in seen(page.content)
    assert "Iets anders" not in seen(page.content)
    assert b"/agenda/" in page.content
    no_reason = client.post("/aanbod/antwoord", {"placement": mine.pk, "answer": "no", "key": "a"})
    assert (no_reason.status_code, "Zeg waarom, in één zin." in seen(no_reason.content)) == (400, True)
    assert client.post("/aanbod/antwoord", {"placement": theirs.pk, "answer": "yes", "key": "b"}).status_code == 403
    assert client.post("/aanbod/antwoord", {"placement": "9" * 30, "answer": "yes"}).status_code == 404
    fields = {"placement": mine.pk, "answer": "no", "reason": "Wij gaan daar niet over.", "key": "c"}
    assert client.post("/aanbod/antwoord", fields).status_code == 302
    text = seen(client.get("/aanbod").content)
    assert "“Wij gaan daar niet over.”" in text
    assert Placement.objects.get(pk=mine.pk).state == "declined"
    assert Placement.objects.get(pk=theirs.pk).state == "offered"


def test_offers_are_for_who_logged_in(offers: OfferWorld, reader: Client, as_role: ClientInRole) -> None:
    assert reader.get("/aanbod").status_code == 403
    assert "U bent geen secretaris van een gremium." in seen(as_role("presenter").get("/aanbod").content)


def test_pages_are_whole_in_english(offers: OfferWorld, secretary: Client, link: str) -> None:
    secretary.cookies["schakelbord_language"] = "en"
    code = Action.objects.get().code
    text = seen(secretary.get(f"/acties/{code}/belegging").content)
    for words in ("Which body can do this already?", "offered, answer by 26 October 2026", "Not suitable, because…"):
        assert words in text
    assert "We take this action on" in seen(secretary.get(link).content)
    assert "You are not the secretary of a body." in seen(secretary.get("/aanbod").content)


def test_what_a_body_is_for_can_be_filled_in(offers: OfferWorld, secretary: Client) -> None:
    body = offers.bodies[0]
    given = {
        "mandate": "Beslist over advies.",
        "themes": "advies,  melden ,advies",
        "area": "regio",
        "meets_every_days": "30",
        "secretary": str(body.secretary_id),
    }
    assert secretary.post(f"/gremia/{body.pk}/wijzig", given).status_code == 302
    body.refresh_from_db()
    assert (body.mandate, body.themes, body.area) == ("Beslist over advies.", ["advies", "melden"], "regio")
    assert (body.meets_every_days, body.secretary, body.accepts_actions) == (30, somebody("G. Grutto"), False)
    for wrong in ({"meets_every_days": "0"}, {"meets_every_days": "9" * 20}, {"area": "maan"}, {"secretary": "99999"}):
        answer = secretary.post(f"/gremia/{body.pk}/wijzig", given | wrong)
        assert answer.status_code == 400
        assert b'role="alert"' in answer.content
        assert b"Beslist over advies." in answer.content
    body.refresh_from_db()
    assert body.meets_every_days == 30


def test_only_who_prepares_changes_a_body(offers: OfferWorld, as_role: ClientInRole) -> None:
    body = offers.bodies[0]
    assert as_role("body_secretary").post(f"/gremia/{body.pk}/wijzig", {"area": "regio"}).status_code == 403
    body.refresh_from_db()
    assert body.accepts_actions


def test_a_secretary_who_leaves_is_asked_no_more(offers: OfferWorld) -> None:
    body = offers.bodies[0]
    end_membership(offers.secretary, body.memberships.get(), now=BEGAN)
    body.refresh_from_db()
    assert body.secretary is None
