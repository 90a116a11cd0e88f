"""Reasons in words, what a remit excludes, earlier answers, and when we see no clear match."""

from __future__ import annotations

import pytest

from schakelbord.matching.exclusions import without_exclusions
from schakelbord.matching.index import Index
from schakelbord.matching.model import Body, Earlier, Matches, Wanted
from schakelbord.matching.reasons import every
from schakelbord.matching.shipped_bodies import shipped_bodies
from schakelbord.matching.texts import reader_of
from schakelbord.matching.thesaurus import load_thesaurus

HOUSING = Body(
    "housing",
    "Stuurgroep wonen en schuld",
    "Wethouders beslissen over woningen en schuldhulp in de regio.",
    ("huisvesting", "schulden"),
    "administrative",
    "regio",
    ("wethouders", "woningcorporaties"),
    28,
)
SCHOOL = Body("school", "Tafel verzuim", "School en leerplicht bespreken verzuim.", ("verzuim",), "official", "regio")
SPORT = Body("sport", "Sportraad", "Verenigingen verdelen velden en zwembaden.", ("sport",), "mixed", "gemeente")


def reasons(matches: Matches, body: str, *, english: bool = False) -> list[str]:
    fit = next(fit for fit in matches.ranked if fit.body_id == body)
    return [reason.says.en if english else reason.says.nl for reason in fit.reasons]


def test_reasons_say_subject_members_layer_place_and_rhythm_in_both_languages() -> None:
    wanted = Wanted(
        "Geen ontruiming bij huurachterstand", "Corporaties en gemeente zoeken eerst een woning.", "schulden",
        "administrative", "regio",
    )  # fmt: skip
    matches = Index([HOUSING, SCHOOL, SPORT]).match(wanted)
    assert matches.ranked[0].body_id == "housing"
    assert reasons(matches, "housing") == [
        "beslist al over huisvesting en schulden",
        "aan tafel: woningcorporaties",
        "is bestuurlijk, zoals gevraagd",
        "werkt voor de regio, zoals gevraagd",
        "komt elke maand bijeen",
    ]
    assert reasons(matches, "housing", english=True) == [
        "already decides on housing and debts",
        "at the table: woningcorporaties",
        "is administrative, as asked",
        "works for the region, as asked",
        "meets every month",
    ]
    assert "is ambtelijk, dat is niet gevraagd" in reasons(matches, "school")


def test_english_action_finds_dutch_body_by_notions() -> None:
    matches = Index([HOUSING, SCHOOL, SPORT]).match(Wanted("Pupils who skip school", "Nobody is absent.", lang="en"))
    assert matches.ranked[0].body_id == "school"
    assert reasons(matches, "school", english=True)[0].startswith("already deals with ")


def test_closeness_and_plain_words_are_said_as_what_they_are() -> None:
    body = Body("a", "Overleg armoede", "Gemeente en kerken bespreken armoede en dorpsfeesten.")
    index = Index([body, SPORT])
    assert reasons(index.match(Wanted("Deurwaarders")), "a")[0] == "gaat over iets wat hier dichtbij ligt: armoede"
    assert reasons(index.match(Wanted("Dorpsfeesten voor iedereen")), "a")[0] == "noemt ook “dorpsfeesten”"
    assert reasons(index.match(Wanted("Quxelen")), "sport")[0] == "wij vonden geen onderwerp dat beide noemen"


def test_what_a_remit_excludes_counts_against_it_and_is_said() -> None:
    inside = Body("inside", "Tafel opvang", "Verdeelt asielopvang en huisvesting.", (), "official")
    outside = Body("outside", "Tafel opvang", "Verdeelt asielopvang. Gaat niet over huisvesting.", (), "official")
    index = Index([inside, outside, SPORT])
    matches = index.match(Wanted("Huisvesting van gezinnen"))
    assert matches.ranked[0].body_id == "inside"
    assert "zegt zelf niet te gaan over huisvesting" in reasons(matches, "outside")
    assert not any("zegt zelf" in said for said in reasons(matches, "inside"))
    assert matches.ranked[0].score > 2 * next(fit.score for fit in matches.ranked if fit.body_id == "outside")


@pytest.mark.parametrize(
    ("remit", "kept", "barred"),
    [
        ("Doet wonen. Gaat niet over asiel of schuld. Doet zorg.", "Doet wonen. . Doet zorg.", " asiel of schuld"),
        ("Alles behalve asiel, maar wel zorg", "Alles , maar wel zorg", " asiel"),
        ("Deals with homes, except asylum; and care", "Deals with homes, ; and care", " asylum"),
        ("Kinderen zonder ouders", "Kinderen zonder ouders", ""),
    ],
)
def test_an_exclusion_ends_with_its_clause(remit: str, kept: str, barred: str) -> None:
    assert without_exclusions(remit, load_thesaurus().excludes) == (kept, barred)


def test_earlier_answers_are_quoted_and_change_the_order() -> None:
    wanted = Wanted("Scholing over dorpsfeesten voor ambtenaren")
    twin = Body("twin", SCHOOL.name, SCHOOL.remit, SCHOOL.themes, SCHOOL.layer, SCHOOL.jurisdiction)
    plain = Index([SCHOOL, twin, SPORT]).match(wanted)
    assert place(plain, "school") < place(plain, "twin")
    text = "Scholing over dorpsfeesten voor nieuwe ambtenaren in alle gemeenten van het hele land"
    took = Index([SCHOOL, twin, SPORT], [Earlier(text, "twin", accepted=True)]).match(wanted)
    assert place(took, "twin") == 0
    quote = "“Scholing over dorpsfeesten voor nieuwe ambtenaren in alle g…”"
    assert f"nam eerder iets aan dat hierop lijkt: {quote}" in reasons(took, "twin")
    declined = Index([SCHOOL, twin, SPORT], [Earlier(text, "school", accepted=False)]).match(wanted)
    assert place(declined, "school") > place(declined, "twin")
    assert f"wees eerder iets af dat hierop lijkt: {quote}" in reasons(declined, "school")
    unlike = Index([SCHOOL, twin, SPORT], [Earlier("Een zwembad erbij", "twin", accepted=True)]).match(wanted)
    assert unlike == plain
    assert Index([SCHOOL, twin, SPORT], [Earlier(text, "gone", accepted=True)]).match(wanted) == plain


def place(matches: Matches, body: str) -> int:
    return [fit.body_id for fit in matches.ranked].index(body)


def test_doubt_is_said_and_three_are_shown_but_nothing_is_concluded() -> None:
    index = Index(shipped_bodies("nl"))
    matches = index.match(Wanted("Tandartsen schrijven rookvrije wachtkamers voor"))
    assert matches.no_clear_match
    assert len(matches.ranked) == 5
    assert matches.says.nl.startswith("Wij zien geen gremium dat duidelijk past. Bekijk deze drie.")
    assert "for you to decide" in matches.says.en
    clear = index.match(Wanted("Scholen en leerplicht spreken af wie belt bij verzuim"))
    assert not clear.no_clear_match
    assert clear.doubt < matches.doubt


def test_who_is_asked_and_sits_nowhere_raises_doubt_and_an_earlier_yes_lowers_it() -> None:
    known = [HOUSING, SCHOOL, SPORT]
    asked = Wanted("Juweliers bellen bij schulden van klanten")
    without = Wanted("Iemand belt bij schulden van klanten")
    plain = Index(known)
    assert plain.match(asked).doubt > plain.match(without).doubt + 0.2
    taken = Index(known, [Earlier("Juweliers bellen bij schulden", "housing", accepted=True)])
    assert taken.match(asked).doubt < plain.match(asked).doubt - 0.2


def test_parts_of_compounds_capitals_and_alike_stems() -> None:
    reader = reader_of(load_thesaurus())
    assert reader.split("jeugdbeschermingstafel") == ("jeugdbescherming", "tafel")
    assert reader.split("kermisweek") == ("kermis",)
    assert reader.split("vergaderen") == ()
    assert "om" in reader.read("OM en politie", "nl").concepts
    assert "om" not in reader.read("om de politie", "nl").concepts
    assert "ouderen" not in reader.read("ouders", "nl").concepts
    assert reader.language("the body of all the people") == "en"
    assert reader.language("het gremium") == "nl"


def test_every_rhythm_has_words() -> None:
    said = [every(days) for days in (1, 7, 14, 21, 28, 42, 60, 91, 121, 182, 365, 800)]
    assert len({text.nl for text in said}) == len({text.en for text in said}) == 12
    assert said[4].nl == "komt elke maand bijeen"


def test_shipped_bodies_have_remit_layer_and_rhythm_in_both_languages() -> None:
    for lang in ("nl", "en"):
        found = shipped_bodies("nl" if lang == "nl" else "en")
        assert len(found) >= 30
        assert all(body.remit and body.layer and body.members and body.meets_every_days for body in found)
