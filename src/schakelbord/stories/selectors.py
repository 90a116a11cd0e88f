"""What the page of a story shows: one address in, one page out. The reading itself comes from the shelf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from schakelbord.drawing.additions import AddedGap, Additions, told_in
from schakelbord.drawing.words import kind_word, told_label
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.reading import Finding, Reading
from schakelbord.engine.story import Story
from schakelbord.errors import Language
from schakelbord.stories.address import Address, hidden_fields
from schakelbord.stories.cards import Card, Sight, card_of
from schakelbord.stories.findings import (
    FindingWords,
    GapRow,
    WhatIf,
    compare,
    finding_words,
    gap_row,
    values_elsewhere,
)
from schakelbord.stories.names import Names
from schakelbord.stories.pieces import holdings_of
from schakelbord.stories.strip import DayRow, Mark, day_rows, marks_of
from schakelbord.stories.timeline import Step, beat_at, days_of_scene, neighbour, steps_of
from schakelbord.stories.words import KIND_ICONS

GAPS_IN_VIEW = 4


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A sentence of the story; `now` is the one of this step."""

    text: str
    now: bool


@dataclass(frozen=True, slots=True)
class SceneLink:
    """One bead of the scene bar."""

    number: int
    title: str
    url: str
    past: bool
    now: bool


@dataclass(frozen=True, slots=True)
class GapLink:
    """A gap in the column beside the stage. `says` is the sentence that the drawing has for it as well."""

    row: GapRow
    url: str
    current: bool
    says: str = ""


@dataclass(frozen=True, slots=True)
class GapCard:
    """The card of a gap is its finding."""

    finding: FindingWords
    template: str = "stories/_card_gap.html"


@dataclass(frozen=True, slots=True)
class Steps:
    """Where the buttons lead; None at the ends."""

    before: str | None
    after: str | None
    first: str
    last: str
    restart: str


@dataclass(frozen=True, slots=True)
class SceneWords:
    """The scene at hand. `begins` is the first day of the story, for the days before anything is told."""

    number: int
    count: int
    title: str
    first_day: int
    last_day: int
    told: tuple[ToldLine, ...]
    question: str
    begins: int


@dataclass(frozen=True, slots=True)
class Strip:
    """The strip of days. `fields` are what the slider's form carries along."""

    text: str
    horizon: int
    marks: tuple[Mark, ...]
    rows: tuple[DayRow, ...]
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Gaps:
    """Gaps up to this day: the latest in view, earlier ones folded; `total` counts those still to come as well."""

    first: tuple[GapLink, ...]
    rest: tuple[GapLink, ...]
    total: int

    @property
    def all(self) -> tuple[GapLink, ...]:
        """All gaps that show on this day, in order of number; told ones after the computed ones."""
        return tuple(sorted((*self.first, *self.rest), key=_in_order))

    @property
    def open(self) -> int:
        """How many of them no repair has closed."""
        return sum(not gap.row.mended for gap in (*self.first, *self.rest))


@dataclass(frozen=True, slots=True)
class Files:
    """Where the page can be had on paper and as a file: `story_*` is the story, `reading` what came out."""

    paper: str
    story_pdf: str
    scene_pdf: str
    svg: str
    png: str
    png_large: str
    gaps: str
    actors: str
    channels: str
    network: str
    reading: str
    story_yaml: str
    story_json: str


@dataclass(frozen=True, slots=True)
class Moment:
    """Everything a page is made of: the story as it is and as it would be with repairs, at one address.

    `added` is what a room added; without it that is what the story keeps of earlier rooms. `spotlight` is the one thing
    that stands out; `large` asks for large letters.
    """

    story: Story
    catalogue: Catalogue
    before: Reading
    after: Reading
    address: Address
    language: Language
    added: Additions | None = None
    spotlight: str | None = None
    large: bool = False

    @property
    def additions(self) -> Additions:
        """What rooms added up to this moment."""
        step = self.address.step
        return told_in(self.story, step.scene, step.beat) if self.added is None else self.added

    @property
    def names(self) -> Names:
        """The names of this story in the language of the page."""
        return Names(self.story, self.catalogue, self.language)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All gaps: those of the story as it is, and those that only open with the repairs on."""
        known = {row.key for row in self.before.findings}
        return (*self.before.findings, *(row for row in self.after.findings if row.key not in known))

    @property
    def whatif(self) -> WhatIf:
        """What the repairs that are on change."""
        return compare(self.before, self.after, self.address.repairs)


def scene_words(moment: Moment) -> SceneWords:
    """The scene at hand, told up to this step."""
    story, step = moment.story, moment.address.step
    scene = story.scenes[step.scene]
    first, last = days_of_scene(story, step.scene)
    heard = [
        (number, beat) for number, beat in enumerate(scene.beats[: step.beat + 1]) if beat.day <= moment.address.day
    ]
    told = tuple(ToldLine(beat.say.get(moment.language), number == step.beat) for number, beat in heard if beat.say)
    asked = [beat.ask.get(moment.language) for __, beat in heard if beat.ask]
    return SceneWords(
        number=step.scene + 1,
        count=len(story.scenes),
        title=scene.title.get(moment.language),
        first_day=first,
        last_day=last,
        told=told,
        question=asked[-1] if asked else "",
        begins=steps_of(story)[0].day,
    )


def scene_links(moment: Moment) -> tuple[SceneLink, ...]:
    """The scene bar."""
    here = moment.address.step.scene
    return tuple(
        SceneLink(
            number=number + 1,
            title=scene.title.get(moment.language),
            url=moment.address.at(Step(number, 0, scene.beats[0].day)).url,
            past=number < here,
            now=number == here,
        )
        for number, scene in enumerate(moment.story.scenes)
    )


def steps_around(moment: Moment) -> Steps:
    """Where the buttons lead. From a day between two steps, back goes to the step itself."""
    steps, address = steps_of(moment.story), moment.address
    between = address.day > address.step.day
    before = address.step if between else neighbour(steps, address.step, -1)
    after = address.step if address.day < address.step.day else neighbour(steps, address.step, 1)
    in_scene = [step for step in steps if step.scene == address.step.scene]
    return Steps(
        before=address.at(before).url if before else None,
        after=address.at(after).url if after else None,
        first=address.at(in_scene[0]).url,
        last=address.at(in_scene[-1]).url,
        restart=address.at(steps[0]).url,
    )


def strip_of(moment: Moment) -> Strip:
    """The strip of days with its marks."""
    marks = marks_of(moment.story, moment.catalogue, moment.after, language=moment.language)
    address = moment.address
    return Strip(
        text=day_text(moment),
        horizon=moment.story.horizon,
        marks=marks,
        rows=day_rows(
            moment.story, marks, address.step, language=moment.language, url=lambda step: address.at(step).url
        ),
        fields=tuple(hidden_fields(address, without={"scene", "stap", "dag", "kaart"})),
    )


def day_text(moment: Moment) -> str:
    """One sentence on what happens on this day: what is told, else what arrives, else what was told last."""
    step, day = moment.address.step, moment.address.day
    beat = beat_at(moment.story, step)
    text = beat.say or beat.ask
    arrived = [row for row in moment.after.timeline if row.day == day and row.from_ is not None]
    if day != step.day and arrived:
        names = moment.names
        row = arrived[0]
        words = {
            "to": names.instance(row.organisation),
            "from": names.instance(row.from_ or ""),
            "signal": names.signal(row.signal),
        }
        return _("%(to)s hears from %(from)s: %(signal)s.") % words
    if day < step.day or text is None:
        return ""
    return text.get(moment.language)


def gaps_of(moment: Moment, says: Mapping[str, str] | None = None) -> Gaps:
    """The gaps that show on this day, each as a link to its card, and those that a room told.

    Args:
        moment: the moment of the page.
        says: the sentence of each gap, by key, as the drawing has it.
    """
    shown = [gap_link(finding, moment) for finding in moment.findings if finding.day <= moment.address.day]
    shown += [told_link(gap, moment) for gap in moment.additions.gaps]
    if says:
        shown = [replace(gap, says=says.get(gap.row.key, "")) for gap in shown]
    shown.sort(key=lambda gap: (not gap.current, not gap.row.told, -gap.row.day, gap.row.number))
    first = sorted(shown[:GAPS_IN_VIEW], key=_in_order)
    rest = sorted(shown[GAPS_IN_VIEW:], key=_in_order)
    return Gaps(tuple(first), tuple(rest), len(moment.findings) + len(moment.additions.gaps))


def _in_order(gap: GapLink) -> tuple[bool, int]:
    """Computed gaps by number, then told ones by theirs."""
    return gap.row.told, gap.row.number


def gap_link(finding: Finding, moment: Moment) -> GapLink:
    """A gap with the address of its card."""
    mended = finding.key in moment.whatif.closed
    row = gap_row(finding, moment.after, moment.names, mended=mended)
    life = moment.additions.lives.get(finding.key)
    if life is not None:
        row = replace(row, count=life.count, status=life.status.get(moment.language))
    address = moment.address.with_gap(finding.key).with_card(finding.key)
    return GapLink(row, address.url, finding.key == moment.address.gap)


def told_link(gap: AddedGap, moment: Moment) -> GapLink:
    """A told gap; it has no card, its address is its place in the list."""
    label = told_label(gap.number, moment.language)
    row = GapRow(
        key=gap.key,
        number=gap.number,
        label=label,
        title=gap.title.get(moment.language),
        sentence=gap.sentence.get(moment.language),
        between=_told_between(gap, moment),
        about="",
        day=moment.address.day,
        by=None,
        kind=kind_word(gap.kind, moment.language),
        icon=KIND_ICONS.get(gap.kind, "hiaat"),
        mended=gap.mended,
        then=gap.status.get(moment.language) if gap.mended else "",
        told=True,
        count=gap.count,
        status=gap.status.get(moment.language),
    )
    return GapLink(row, f"#hiaat-{label}", gap.key == moment.address.gap)


def _told_between(gap: AddedGap, moment: Moment) -> str:
    """Between whom a told gap gapes; nobody and somebody whom the room added are somebody too."""
    added = {row.id: row.name.get(moment.language) for row in moment.additions.actors}
    added |= {doll.id: doll.name for doll in moment.additions.dolls}
    first, second = (added.get(end) or moment.names.instance(end) if end else _("nobody") for end in gap.between)
    return _("%(first)s and %(second)s") % {"first": first, "second": second}


def finding_in_light(moment: Moment) -> Finding | None:
    """The gap that is asked for, else the last one that opened by this day."""
    shown = [row for row in moment.findings if row.day <= moment.address.day or row.key == moment.address.gap]
    asked = [row for row in shown if row.key == moment.address.gap]
    if asked:
        return asked[0]
    return max(shown, key=lambda row: (row.day, -row.number)) if shown else None


def words_of(finding: Finding, moment: Moment) -> FindingWords:
    """A gap in words, with the choices of its repairs as they are on now."""
    mended = finding.key in moment.whatif.closed
    return finding_words(finding, moment.after, moment.names, mended=mended, on=moment.address.repairs)


def repair_fields(finding: FindingWords, moment: Moment) -> tuple[tuple[str, str], ...]:
    """What the form of the repairs carries along: the moment, and repairs that belong to other gaps."""
    address = moment.address.with_gap(finding.row.key).with_repairs(
        values_elsewhere(finding.repairs, moment.address.repairs)
    )
    return tuple(hidden_fields(address, without={"kaart"}))


def open_card(moment: Moment) -> Card | GapCard | None:
    """The card that the address asks for."""
    wanted = moment.address.card
    if wanted is None:
        return None
    finding = next((row for row in moment.findings if row.key == wanted), None)
    return GapCard(words_of(finding, moment)) if finding else card_of(wanted, sight_of(moment))


def sight_of(moment: Moment) -> Sight:
    """What cards look at: the reading with the repairs that are on, on this day."""
    return Sight(moment.names, moment.after, holdings_of(moment.after), moment.address.day)


def files_of(moment: Moment) -> Files:
    """Addresses of the files of this moment."""
    query, story = moment.address.with_card(None).query(), [moment.story.id]

    def here(name: str) -> str:
        return f"{reverse(name, args=story)}?{query}"

    return Files(
        paper=here("stories:paper"),
        story_pdf=here("reports:story_pdf"),
        scene_pdf=here("reports:scene_pdf"),
        svg=here("reports:stage_svg"),
        png=f"{here('reports:stage_png')}&breed=1920",
        png_large=f"{here('reports:stage_png')}&breed=3840",
        gaps=here("stories:findings_file"),
        actors=here("reports:actors"),
        channels=here("reports:channels"),
        network=here("reports:network"),
        reading=here("stories:reading_file"),
        story_yaml=reverse("stories:story_file", args=story),
        story_json=reverse("reports:story_file", args=story),
    )
