"""What the file of a story says: its pictures and its words, ready for the template."""

from __future__ import annotations

from dataclasses import dataclass

from schakelbord.drawing.parts import Drawing
from schakelbord.drawing.place import place_stage
from schakelbord.drawing.scene import SceneState, scene_state
from schakelbord.drawing.shapes import Markup
from schakelbord.engine import Catalogue, Reading, Story
from schakelbord.engine.reading import Assumption, Finding, Repair
from schakelbord.engine.wording.findings import cause_words
from schakelbord.engine.wording.hops import hop_sentence
from schakelbord.engine.wording.needs import decider_words, heaviest, need_sentence, need_title
from schakelbord.errors import Language


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its day; `asked` when it is a question for the table."""

    day: str
    text: str
    asked: bool = False


@dataclass(frozen=True, slots=True)
class NeedWords:
    """What became of a need; `state` is `kept` or `late`."""

    title: str
    sentence: str
    state: str


@dataclass(frozen=True, slots=True)
class GapLink:
    """A gap with the place of its finding on the page."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class SceneWords:
    """A scene as told, with its picture."""

    number: int
    kicker: str
    title: str
    lines: tuple[Line, ...]
    picture: Markup
    caption: str
    gaps: tuple[GapLink, ...]


@dataclass(frozen=True, slots=True)
class AssumptionWords:
    """An assumption, and where it comes from."""

    text: str
    standing: str


@dataclass(frozen=True, slots=True)
class RepairWords:
    """A repair: what would be agreed, who decides, and on which day it would be in time."""

    items: tuple[str, ...]
    then: str


@dataclass(frozen=True, slots=True)
class FindingWords:
    """A gap with everything about it."""

    anchor: str
    kicker: str
    title: str
    sentence: str
    causes: str
    hops: tuple[Line, ...]
    assumptions: tuple[AssumptionWords, ...]
    repairs: tuple[RepairWords, ...]
    note: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pictures:
    """The stage of a reading, scene by scene. `before` is the reading without repairs, when some are on."""

    story: Story
    catalogue: Catalogue
    reading: Reading
    before: Reading | None
    language: Language

    def state(self, scene: int) -> SceneState:
        """The stage at the end of a scene."""
        beats = self.story.scenes[scene].beats
        return scene_state(
            self.story, self.catalogue, self.reading, scene=scene, beat=len(beats) - 1, before=self.before
        )

    def of_scene(self, scene: int) -> Drawing:
        """The drawing of the end of a scene."""
        return place_stage(self.state(scene), language=self.language)

    def most_telling(self) -> Drawing:
        """The drawing of the scene in which most gaps open; of several the last."""
        scenes = range(len(self.story.scenes))
        return self.of_scene(max(scenes, key=lambda scene: (sum(gap.current for gap in self.state(scene).gaps), scene)))


@dataclass(frozen=True, slots=True)
class GapsPage:
    """Everything on the page."""

    pictures: Pictures
    drawn: tuple[Markup, ...]
    symbols: tuple[Markup, ...]
    style: Markup

    @property
    def language(self) -> Language:
        """The language of the page."""
        return self.pictures.language

    @property
    def title(self) -> str:
        """The title of the story."""
        return self.pictures.story.title.get(self.language)

    @property
    def kicker(self) -> str:
        """What stands above the title."""
        return self._say(nl="Schakelbord · een verzonnen verhaal", en="Schakelbord · an invented story")

    @property
    def fiction(self) -> str:
        """The sentence that protects people."""
        return self._say(
            nl="Personen, gezinnen en plaatsen in dit verhaal zijn verzonnen. Het model informeert het gesprek. "
            "Het besluit niets.",
            en="Persons, families and places in this story are invented. The model informs the talk. "
            "It decides nothing.",
        )

    @property
    def repairs(self) -> str:
        """Which repairs are on."""
        keys = ", ".join(self.pictures.reading.repairs)
        return self._say(nl=f"Reparaties aan: {keys}", en=f"Repairs on: {keys}") if keys else ""

    @property
    def words(self) -> dict[str, str]:
        """Headings."""
        return {
            "needs": self._say(nl="Wist men genoeg, op tijd?", en="Was enough known, in time?"),
            "contents": self._say(nl="Inhoud", en="Contents"),
            "gaps": self._say(nl="Alle hiaten", en="All gaps"),
            "path": self._say(nl="Zo liep het bericht", en="How the message went"),
            "assumptions": self._say(nl="Dit nemen wij aan", en="What we assume"),
            "repairs": self._say(nl="Wat als", en="What if"),
        }

    @property
    def version(self) -> str:
        """Which computation this is."""
        reading = self.pictures.reading
        return self._say(
            nl=f"Berekend met rekenmodel {reading.engine} en stelsel {reading.catalogue[:15]}.",
            en=f"Computed with engine {reading.engine} and catalogue {reading.catalogue[:15]}.",
        )

    @property
    def needs(self) -> tuple[NeedWords, ...]:
        """What became of every need."""
        story, catalogue = self.pictures.story, self.pictures.catalogue
        return tuple(
            NeedWords(
                f"{need_title(need, story, catalogue).get(self.language)}.",
                need_sentence(need, story, catalogue).get(self.language),
                "kept" if need.in_time else "late",
            )
            for need in self.pictures.reading.needs
        )

    @property
    def scenes(self) -> tuple[SceneWords, ...]:
        """The story scene by scene."""
        return tuple(self._scene(at) for at in range(len(self.pictures.story.scenes)))

    @property
    def findings(self) -> tuple[FindingWords, ...]:
        """The gaps in order of number."""
        return tuple(self._finding(row) for row in self.pictures.reading.findings)

    def _say(self, *, nl: str, en: str) -> str:
        return nl if self.language == "nl" else en

    def _day(self, day: int) -> str:
        return self._say(nl=f"dag {day}", en=f"day {day}")

    def _scene(self, at: int) -> SceneWords:
        scene, state = self.pictures.story.scenes[at], self.pictures.state(at)
        count, drawing = len(self.pictures.story.scenes), self.drawn[at]
        lines = [
            Line(self._day(beat.day), text.get(self.language), asked)
            for beat in scene.beats
            for text, asked in ((beat.say, False), (beat.ask, True))
            if text is not None
        ]
        day = self._day(state.day)
        return SceneWords(
            number=at + 1,
            kicker=self._say(nl=f"Scène {at + 1} van {count}", en=f"Scene {at + 1} of {count}"),
            title=scene.title.get(self.language),
            lines=tuple(lines),
            picture=drawing,
            caption=self._say(nl=f"Het toneel op {day}.", en=f"The stage on {day}."),
            gaps=tuple(
                GapLink(f"gap-{gap.number}", self._gap_title(gap.number, gap.title.get(self.language)))
                for gap in state.gaps
                if gap.current and not gap.mended
            ),
        )

    def _gap_title(self, number: int, title: str) -> str:
        return self._say(nl=f"Hiaat {number}: {title}", en=f"Gap {number}: {title}")

    def _finding(self, row: Finding) -> FindingWords:
        story, catalogue, language = self.pictures.story, self.pictures.catalogue, self.language
        by = self._say(nl=f", uiterlijk dag {row.by}", en=f", by day {row.by}") if row.by is not None else ""
        since = self._say(nl="sinds dag", en="since day")
        return FindingWords(
            anchor=f"gap-{row.number}",
            kicker=f"{since} {row.day}{by}",
            title=self._gap_title(row.number, row.title.get(language)),
            sentence=row.sentence.get(language),
            causes=self._causes(row),
            hops=tuple(Line(self._day(hop.day), hop_sentence(hop, story, catalogue).get(language)) for hop in row.path),
            assumptions=tuple(self._assumption(one) for one in row.assumptions),
            repairs=tuple(self._repair(one) for one in row.repairs),
            note=row.repair_note.get(language) if row.repair_note else "",
            warnings=tuple(text.get(language) for text in row.warnings),
        )

    def _causes(self, row: Finding) -> str:
        plus, either = self._say(nl=" én ", en=" and "), self._say(nl="; of: ", en="; or: ")
        sets = [plus.join(cause_words(one).get(self.language) for one in causes) for causes in row.causes]
        return self._say(nl="Oorzaak: ", en="Cause: ") + either.join(sets) + "." if sets else ""

    def _assumption(self, one: Assumption) -> AssumptionWords:
        standing = (
            self._say(nl="nagekeken", en="checked")
            if one.verified
            else self._say(nl="praktijkervaring", en="experience")
            if one.source
            else self._say(nl="nog geen bron", en="no source yet")
        )
        source = f": {one.source}" if one.source else ""
        return AssumptionWords(one.what.get(self.language), f"({standing}{source})")

    def _repair(self, one: Repair) -> RepairWords:
        who = decider_words(heaviest(one.items)).get(self.language)
        then = self._say(
            nl=f"{who}; dan op dag {one.met_on}, {one.slack} dagen over",
            en=f"{who}; then on day {one.met_on}, {one.slack} days to spare",
        )
        return RepairWords(tuple(item.says.get(self.language) for item in one.items), then)
