"""Stories nobody wrote: up to 150 actors, many dolls, odd names; nothing overlaps or breaks, the rest folds."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drawing.test_boxes import overlaps
from schakelbord.drawing.cast import MOST_TOKENS
from schakelbord.drawing.place import place_stage
from schakelbord.drawing.scene import scene_state
from schakelbord.engine.catalogue import (
    BodyType,
    Catalogue,
    ChannelType,
    Ground,
    Layer,
    Member,
    OrganisationType,
    Pattern,
    Rhythm,
)
from schakelbord.engine.reading import Arrival, Finding, NeedResult, Reading
from schakelbord.engine.story import Beat, Deadline, Doll, Move, Place, Scene, Story
from schakelbord.engine.text import Text

pytestmark = pytest.mark.slow

LAYERS: tuple[Layer, ...] = ("uitvoering", "beleid", "bestuur")
LETTERS = "abcdefghij WXé漢-\u202e🙂"
GROUND = Ground(law="Wet op iets", article="1 lid 2")


class Invention:
    """A story, a catalogue and a reading that is merely of the right shape, all from one number."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.places = self._places()
        self.dolls = tuple(self._doll(at) for at in range(self._up_to(9)))
        self.catalogue = self._catalogue()
        self.story = self._story()
        self.reading = self._reading()

    def _up_to(self, most: int) -> int:
        return self.random.randint(1, most)

    def _word(self) -> str:
        return "".join(self.random.choices(LETTERS, k=self._up_to(50))).strip() or "x"

    def _text(self) -> Text:
        return Text(nl=self._word(), en=self._word())

    def _places(self) -> tuple[Place, ...]:
        rows = [
            Place(f"p{at}", Text(nl=f"Gemeente {at}", en=f"Municipality {at}"), region=f"r{self.random.randint(0, at)}")
            for at in range(self._up_to(4))
        ]
        abroad = [Place("x", self._text(), kind="abroad")]
        return (*rows, *(abroad if self.random.random() < 0.5 else []))

    def _doll(self, at: int) -> Doll:
        home = self.random.choice(self.places).id
        return Doll(f"d{at}", self._word(), self.random.randint(0, 99), home, "dots", "violet")

    def _catalogue(self) -> Catalogue:
        kinds = self._up_to(60)
        rows = tuple(
            OrganisationType(f"o{at}", self._text(), self.random.choice(LAYERS), "gemeente") for at in range(kinds)
        )
        body = BodyType(
            "b", self._text(), "existing", self.random.choice(LAYERS), "regio", (Member("o0"),), ("*",), self._text(),
            Rhythm(7, 1), GROUND,
        )  # fmt: skip
        pattern = Pattern("z", self._text(), ("s0", "s1", "s2"), self._up_to(7), ())
        return Catalogue(rows, (body,), (ChannelType("c", "o0", "o0", ("*",), "any", GROUND),), (), (pattern,))

    def _story(self) -> Story:
        spots = [row.id for row in self.places]
        days = sorted(self.random.randint(0, 100) for _ in range(self._up_to(6)))
        scenes = tuple(
            Scene(
                f"s{at}",
                self._text(),
                (Beat(day, move=Move((self.random.choice(self.dolls).id,), self.random.choice(spots))),),
            )
            for at, day in enumerate(days)
        )
        return Story("any", self._text(), True, 120, self.places, self.dolls, scenes, (Deadline("z", "d0", 50),))

    def _finding(self, at: int, who: list[str], dolls: list[str]) -> Finding:
        pick = self.random.choice
        ends = pick([(pick(who), pick(who)), (pick(dolls), None), (pick(who), pick(dolls))])
        day = self.random.randint(0, 100)
        return Finding(
            f"f{at}", at + 1, "no_director", (), "z", pick(dolls), None, ends, day, self._text(), self._text()
        )

    def _reading(self) -> Reading:
        pick = self.random.choice
        who = [f"{row.id}@{place.id}" for row in self.catalogue.organisations for place in self.places if place.region][
            :150
        ]
        dolls = [doll.id for doll in self.dolls]
        timeline = tuple(
            Arrival(
                self.random.randint(0, 100), pick(who), f"s{at % 3}", pick(dolls), pick(["c", "b", "b>b"]), pick(who), 0
            )
            for at in range(self.random.randint(0, 80))
        )
        findings = tuple(self._finding(at, who, dolls) for at in range(self.random.randint(0, 14)))
        mandate = tuple(self.random.sample(who, min(3, len(who))))
        need = NeedResult("z", "d0", 50, mandate, self.catalogue.patterns[0].at_least, None, False, {})
        bodies = tuple(dict.fromkeys(f"b@{row.region}" for row in self.places if row.region))
        absent = tuple(self.random.sample(who, self.random.randint(0, min(2, len(who)))))
        left = tuple(row for row in who if row not in absent)
        return Reading(self.story, "1", "x", (need,), findings, timeline, left, bodies, absent)


@settings(max_examples=16)
@example(seed=0)
@given(seed=st.integers(0, 10**9))
def test_no_story_makes_the_stage_overlap_or_break(seed: int) -> None:
    made = Invention(seed)
    for scene in range(len(made.story.scenes)):
        day = made.random.choice([None, made.random.randint(0, 120)])
        state = scene_state(made.story, made.catalogue, made.reading, scene=scene, beat=0, day=day)
        drawing = place_stage(state, language=made.random.choice(["nl", "en"]), large=made.random.random() < 0.3)
        assert overlaps(drawing) == []
        drawn = {row.id for row in state.actors}
        folded = {row.id for fold in state.folds for row in fold.actors}
        assert drawn | folded >= set(made.reading.instances)
        assert not drawn & folded
        assert len(drawn) <= MOST_TOKENS
        assert all(token.says for token in drawing.tokens)
        assert {key for mark in drawing.gaps for key in mark.keys} == {gap.key for gap in state.gaps}


def test_a_hundred_and_fifty_actors_fold_into_numbers_that_add_up() -> None:
    made = next(found for found in map(Invention, range(1000)) if len(found.reading.instances) > 140)
    state = scene_state(made.story, made.catalogue, made.reading, scene=0, beat=0)
    drawing = place_stage(state)
    chips = [token for token in drawing.tokens if token.shape == "fold" and token.ring != "leefwereld"]
    counts = [int(token.names[0].text.removeprefix("nog ")) for token in chips]
    shown = sum(token.shape not in {"fold", "doll"} for token in drawing.tokens)
    everybody = {row.id for row in state.actors} | {row.id for fold in state.folds for row in fold.actors}
    assert sum(counts) + shown == len(everybody)
