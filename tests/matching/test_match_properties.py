"""What holds for any bodies and actions."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching_cases import DEVELOP, cases_of
from schakelbord.errors import InputError
from schakelbord.matching.index import Index
from schakelbord.matching.model import Body, Earlier, Jurisdiction, Layer, Matches, Wanted
from schakelbord.matching.texts import reader_of
from schakelbord.matching.thesaurus import load_thesaurus

WORDS = (
    *("huisvesting", "schulden", "politie", "meldcode", "jongeren", "school", "tolken", "opvang", "verzuim"),
    *("notarissen", "overdracht", "zorg", "budget", "veiligheid", "mantelzorgers", "kinderrechter", "wijkteam"),
    *("inkoop", "banken", "privacy", "aanpak", "dorpsfeest", "boomfeestdag", "niet", "over"),
)
texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
layers: st.SearchStrategy[Layer | None] = st.sampled_from(["official", "administrative", "mixed", None])
places: st.SearchStrategy[Jurisdiction | None] = st.sampled_from(["gemeente", "regio", "land", None])
any_text = st.text(max_size=80)
bodies = st.lists(
    st.builds(
        Body,
        id=st.uuids().map(str),
        name=texts | any_text,
        remit=texts | any_text,
        themes=st.lists(texts, max_size=2).map(tuple),
        layer=layers,
        jurisdiction=places,
        members=st.lists(texts, max_size=2).map(tuple),
        meets_every_days=st.none() | st.integers(1, 800),
    ),
    min_size=1,
    max_size=7,
    unique_by=lambda body: body.id,
)
actions = st.builds(
    Wanted,
    title=texts | any_text,
    desired_result=texts | any_text,
    theme=texts,
    layer=layers,
    jurisdiction=places,
    lang=st.sampled_from(["nl", "en"]),
)


def place_of(matches: Matches, body: str) -> int:
    return [fit.body_id for fit in matches.ranked].index(body)


@given(known=bodies, wanted=actions, seed=st.integers(0, 99))
def test_same_question_same_answer_whatever_the_order_of_the_bodies(
    known: list[Body], wanted: Wanted, seed: int
) -> None:
    first = Index(known).match(wanted, 10)
    turned = list(known)
    Random(seed).shuffle(turned)
    index = Index(turned)
    assert index.match(wanted, 10) == first
    assert index.match(wanted, 10) == first


@given(known=bodies, wanted=actions, top=st.integers(1, 9))
def test_every_body_once_best_first_with_reasons_in_two_languages(known: list[Body], wanted: Wanted, top: int) -> None:
    matches = Index(known).match(wanted, top)
    ids = [fit.body_id for fit in matches.ranked]
    scores = [fit.score for fit in matches.ranked]
    assert len(ids) == min(top, len(known))
    assert len(set(ids)) == len(ids)
    assert set(ids) <= {body.id for body in known}
    assert scores == sorted(scores, reverse=True)
    assert all(score >= 0 for score in scores)
    assert 0 <= matches.doubt <= 1
    assert all(
        fit.reasons and all(reason.says.nl and reason.says.en for reason in fit.reasons) for fit in matches.ranked
    )


@given(
    subject=st.sampled_from(["huisvesting van gezinnen", "schulden", "meldcode", "tolken", "verzuim op school"]),
    layer=st.sampled_from(["official", "administrative"]),
    place=st.sampled_from(["gemeente", "regio", "land"]),
)
def test_layer_and_place_lift_nothing_above_a_clear_match(subject: str, layer: Layer, place: Jurisdiction) -> None:
    """A body that shares nothing stays below one whose remit is the very words, however well its form fits."""
    other: Layer = "official" if layer == "administrative" else "administrative"
    elsewhere: Jurisdiction = "land" if place != "land" else "regio"
    clear = Body("clear", "Xyx", subject, layer=other, jurisdiction=elsewhere)
    formal = Body("formal", "Qqzq", "Wqqw", layer=layer, jurisdiction=place, meets_every_days=7)
    matches = Index([clear, formal]).match(Wanted(subject, layer=layer, jurisdiction=place))
    assert [fit.body_id for fit in matches.ranked] == ["clear", "formal"]
    assert matches.ranked[1].score == 0


@given(known=bodies, wanted=actions, choice=st.integers(0, 6))
def test_what_a_body_took_on_before_never_lowers_it_and_what_it_declined_never_lifts_it(
    known: list[Body], wanted: Wanted, choice: int
) -> None:
    body = known[choice % len(known)].id
    before = place_of(Index(known).match(wanted, 10), body)
    text = f"{wanted.title} {wanted.desired_result}"
    took = Index(known, [Earlier(text, body, accepted=True)]).match(wanted, 10)
    declined = Index(known, [Earlier(text, body, accepted=False)]).match(wanted, 10)
    assert place_of(took, body) <= before <= place_of(declined, body)


def test_layer_and_place_decide_between_bodies_that_say_the_same() -> None:
    base = Body("a", "Overleg schulden", "Bespreekt schulden van inwoners.", layer="official", jurisdiction="regio")
    board = replace(base, id="b", layer="administrative")
    town = replace(base, id="c", jurisdiction="gemeente")
    index = Index([base, board, town])

    def best(layer: Layer, place: Jurisdiction) -> str:
        return index.match(Wanted("Schulden aanpakken", layer=layer, jurisdiction=place)).ranked[0].body_id

    assert best("administrative", "regio") == "b"
    assert best("official", "gemeente") == "c"
    assert best("official", "regio") == "a"


def test_a_mixed_body_stands_between_the_right_layer_and_the_wrong_one() -> None:
    base = Body("right", "Overleg schulden", "Bespreekt schulden.", layer="official")
    index = Index([base, replace(base, id="both", layer="mixed"), replace(base, id="wrong", layer="administrative")])
    ranked = index.match(Wanted("Schulden", layer="official")).ranked
    assert [fit.body_id for fit in ranked] == ["right", "both", "wrong"]


def test_more_often_goes_before_less_often_when_all_else_is_the_same() -> None:
    base = Body("never-told", "Overleg schulden", "Bespreekt schulden.")
    index = Index(
        [base, replace(base, id="monthly", meets_every_days=28), replace(base, id="yearly", meets_every_days=365)]
    )
    assert index.match(Wanted("Schulden")).ranked[0].body_id == "monthly"


def test_no_bodies_and_a_body_twice_are_refused() -> None:
    with pytest.raises(InputError, match="no bodies"):
        Index([])
    with pytest.raises(InputError, match="twice"):
        Index([Body("a", "Een"), Body("a", "Twee")])


@given(text=st.text(max_size=300), lang=st.sampled_from(["nl", "en"]))
def test_any_text_can_be_read(text: str, lang: str) -> None:
    reader = reader_of(load_thesaurus())
    content = reader.read(text, "nl" if lang == "nl" else "en")
    assert all(value > 0 for part in (content.words, content.concepts, content.pieces) for value in part.values())


def test_endless_words_and_texts_do_not_take_long() -> None:
    reader = reader_of(load_thesaurus())
    content = reader.read("schuld" * 1_000 + " politie" * 10_000, "nl")
    assert content.concepts["politie"] == 1.0


@given(seed=st.integers(0, 9))
def test_an_empty_action_gets_an_answer_and_doubt(seed: int) -> None:
    cases = cases_of(DEVELOP[seed % 2])
    matches = Index(cases.bodies).match(Wanted("de het een"))
    assert matches.no_clear_match
    assert len(matches.ranked) == 5
