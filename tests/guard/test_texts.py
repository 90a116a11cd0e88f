"""What the check of texts finds, what it leaves alone, and what it says."""

from __future__ import annotations

import time
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakelbord.engine import load_catalogue, load_story
from schakelbord.engine.shipped import shipped_stories, story_path
from schakelbord.guard import check

FOUND = {
    "Mevrouw De Vries belde ons zelf.": ("name", "Mevrouw De Vries"),
    "Wij hoorden het van dhr. J. Jansen.": ("name", "dhr. J. Jansen"),
    "Toen kwam Fatima niet meer.": ("name", "Fatima"),
    "Dat zag A.B. van der Molen als eerste.": ("name", "A.B. van der Molen"),
    "Oom Ferdi beslist over het geld.": ("name", "Ferdi"),
    "De familie van der Kluft weet van niets.": ("name", "van der Kluft"),
    "Zij ging mee met Sjoukje Boterblom naar buiten.": ("name", "Sjoukje Boterblom"),
    "Volgens wijkagent Kluppel was het bekend.": ("name", "Kluppel"),
    "The teacher told Ms Okafor about it.": ("name", "Ms Okafor"),
    "Bel haar op 06 - 12 34 56 78.": ("contact", "06 - 12 34 56 78"),
    "Mail naar s.kluft@voorbeeld.example vandaag.": ("contact", "s.kluft@voorbeeld.example"),
    "Zij staat op instagram.com/prinses_2010 met foto's.": ("contact", "instagram.com/prinses_2010"),
    "Het nummer is 111222333 van het kind.": ("number", "111222333"),
    "Het busje TR-904-V stond er weer.": ("number", "TR-904-V"),
    "Het kenteken is gx 123 b, elke keer.": ("number", "gx 123 b"),
    "Zij woont op Burgemeester van Lierstraat 12a.": ("address", "Burgemeester van Lierstraat 12a"),
    "Ergens in 1234 AB staat zij ingeschreven.": ("address", "1234 AB"),
    "Geboren op 3 maart 2009, zegt men.": ("date", "3 maart 2009"),
    "Op 12-03-2024 is zij opgehaald.": ("date", "12-03-2024"),
    "Een Turks gezin dat niets vertelt.": ("label", "Turks"),
    "De ouders zijn niet gelovig.": ("label", "niet gelovig"),
    "Een meisje van Egyptische afkomst.": ("label", "Egyptische afkomst"),
    "Marokkanen krijgen een brief.": ("label", "Marokkanen"),
    "Zij heeft een migratieachtergrond.": ("label", "migratieachtergrond"),
    "Zulke families vertellen niets.": ("label", "Zulke families vertellen niets"),
    "In die cultuur hoort dat zo.": ("label", "die cultuur"),
    "The father is Nigerian and works nights.": ("label", "Nigerian"),
}
CLEAN = (
    "School ziet dat Wilg er niet meer is en vertelt het aan Leerplicht.",
    "In gemeente B. School weet het niet.",
    "De broer van Iep en de moeder van Beuk wonen in gemeente A.",
    "Veilig Thuis 2 krijgt de melding niet van Veilig Thuis 1.",
    "Het Openbaar Ministerie en de Raad voor de Kinderbescherming zitten aan tafel.",
    "Stichting Willem Schrik vraagt om een vast nummer.",
    "Volgens artikel 5.2.6 van de Wmo 2015 mag het.",
    "De vergadering is op 5 oktober 2026 in Utrecht.",
    "In 2026 OM en politie samen laten kijken.",
    "Mevrouw de voorzitter opent de bijeenkomst.",
    "De Turkse ambassade en het Marokkaans recht.",
    "Een tolk die Turks en Pools spreekt.",
    "Bel 112 of Veilig Thuis op 0800-2000.",
    "Mail naar info@gemeente-dertig.example.",
    "A-27 en B-2026-11 staan in het programma.",
    "Het woord allochtoon hoort niet in een formulier.",
    "Elke school moet een mentor hebben.",
    "Hij las wetten.overheid.nl/BWBR0002628 na.",
    "",
    "   \n\t ",
    "👩‍👩‍👧‍👧",
)


@pytest.mark.parametrize("text", FOUND)
def test_what_points_to_a_person_or_labels_a_group_is_flagged_in_its_place(text: str) -> None:
    kind, piece = FOUND[text]
    flags = check(text)
    assert [(flag.kind, flag.text) for flag in flags] == [(kind, piece)]
    assert text[flags[0].start : flags[0].end] == piece


@pytest.mark.parametrize("text", CLEAN)
def test_dolls_places_organisations_laws_and_public_lines_are_left_alone(text: str) -> None:
    assert check(text) == ()


def test_a_flag_says_in_both_languages_what_to_write_instead() -> None:
    (flag,) = check("Vraag het aan juf Annelies.")
    assert flag.nl == "Dit lijkt een naam: “Annelies”. Schrijf “de leraar”."
    assert flag.en == "This looks like a name: “Annelies”. Write “the teacher”."
    assert flag.sentence("nl") == flag.nl
    (label,) = check("De Bulgaarse vrouw werkt er.")
    assert "schrijf “vrouw”" in label.nl


def test_every_flag_has_words() -> None:
    for text in FOUND:
        for flag in check(text):
            assert flag.text in flag.nl
            assert flag.text in flag.en
            assert "{" not in flag.nl + flag.en


def test_names_and_roles_of_the_catalogue_are_never_flagged() -> None:
    catalogue = load_catalogue()
    rows = [*catalogue.organisations, *catalogue.bodies, *catalogue.patterns, *catalogue.signals, *catalogue.themes]
    names = [text for row in rows for text in (row.name.nl, row.name.en)]
    assert {name: check(f"Dit gaat over {name}.") for name in names if check(f"Dit gaat over {name}.")} == {}


def test_texts_of_the_shipped_stories_are_clean() -> None:
    texts = [text for name in shipped_stories() for text in _texts(msgspec.to_builtins(load_story(story_path(name))))]
    assert len(texts) > 100
    assert {text: check(text) for text in texts if check(text)} == {}


def _texts(thing: object) -> list[str]:
    if isinstance(thing, dict):
        if set(thing) == {"nl", "en"}:
            return [str(thing["nl"]), str(thing["en"])]
        return [text for value in thing.values() for text in _texts(value)]
    return [text for value in thing for text in _texts(value)] if isinstance(thing, (list, tuple)) else []


@pytest.mark.parametrize(
    "written",
    [
        "Toen kwam F\u200ba\u200bt\u00adi\u2060m\u200da niet.",
        "Toen kwam F\u0430t\u0456m\u0430 niet.",
        "Toen kwam Ｆａｔｉｍａ niet.",
        "Toen kwam \U0001d405\U0001d41a\U0001d42d\U0001d422\U0001d426\U0001d41a niet.",
        "Toen kwam 👧Fatima👧 niet.",
    ],
)
def test_invisible_and_lookalike_letters_hide_nothing(written: str) -> None:
    (flag,) = check(written)
    assert flag.kind == "name"
    assert written[flag.start : flag.end] == flag.text


def test_digits_of_other_alphabets_hide_no_number() -> None:
    (flag,) = check("Bel ０６１２３４５６７８ maar.")
    assert flag.kind == "contact"


def test_more_names_can_be_allowed() -> None:
    assert check("Toen zag Sjors het.")
    assert check("Toen zag Sjors het.", allowed=("Sjors",)) == ()


@given(st.text(max_size=400))
def test_any_text_gets_an_answer_with_spans_inside_it(text: str) -> None:
    for flag in check(text):
        assert 0 <= flag.start < flag.end <= len(text)
        assert text[flag.start : flag.end] == flag.text


@given(st.lists(st.sampled_from([*FOUND, *CLEAN, "A.", "van", "12", "@", "-", "Turks"]), max_size=12))
def test_same_kinds_never_overlap(parts: list[str]) -> None:
    text = " ".join(parts)
    rows = [flag for flag in check(text) if flag.kind != "label"]
    assert all(one.end <= other.start for one, other in pairwise(rows))


NASTY = {
    "words": "De school ziet dat het gezin van Wilg niet meer komt en belt Veilig Thuis in gemeente B. ",
    "initials": "A. ",
    "particles": "Van der ",
    "digits": "1",
    "spaced digits": "1 ",
    "groups of digits": "12-",
    "at signs": "@a",
    "one letter": "a",
    "accounts": "AB12 ",
    "streets": "Hoogstraat ",
    "dates": "12-03-2004 ",
    "marks": "e\u0301",
    "emoji": "👩‍👩‍👧‍👧",
    "lines": "\n",
}


@pytest.mark.parametrize("name", NASTY)
def test_ten_thousand_characters_take_no_more_than_a_moment(name: str) -> None:
    text = (NASTY[name] * 10_000)[:10_000]
    check(text)
    assert min(_time(text) for _ in range(5)) < 0.1  # measured: under 10 ms, most of them; the machine may be busy


def _time(text: str) -> float:
    start = time.perf_counter()
    check(text)
    return time.perf_counter() - start
