"""The page of a story, put together: what the template shows, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from schakelbord.drawing.additions import Additions, told_in
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.story import Story
from schakelbord.errors import Language
from schakelbord.stories.address import MAX_REPAIRS, Address, Choices, settle
from schakelbord.stories.cards import Card, card_ids
from schakelbord.stories.findings import FindingWords, GapRow, WhatIf, gap_row, repair_keys
from schakelbord.stories.library import OwnModel, can_be_read, model_of, own_model, reading_of, the_catalogue
from schakelbord.stories.selectors import (
    Files,
    GapCard,
    Gaps,
    Moment,
    SceneLink,
    SceneWords,
    Steps,
    Strip,
    files_of,
    finding_in_light,
    gaps_of,
    open_card,
    repair_fields,
    scene_links,
    scene_words,
    steps_around,
    strip_of,
    words_of,
)
from schakelbord.stories.sources import sources_of
from schakelbord.stories.stage import ChannelRow, Ring, Stage, channel_rows, rings_of, stage_of


@dataclass(frozen=True, slots=True)
class ReadWith:
    """The system model with which a published version was approved.

    `other_url` reads it with the other model, if there is one; `in_use`: this page is that comparison.
    """

    name: str
    other_url: str
    in_use: bool


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One moment of a story, ready for list, drawing and paper."""

    title: str
    moment: Moment
    notes: tuple[str, ...]
    scene: SceneWords
    scenes: tuple[SceneLink, ...]
    steps: Steps
    strip: Strip
    gaps: Gaps
    whatif: WhatIf
    finding: FindingWords | None
    repair_fields: tuple[tuple[str, str], ...]
    card: Card | GapCard | None
    stage: Stage
    rings: tuple[Ring, ...]
    channels: tuple[ChannelRow, ...]
    files: Files
    people: str
    read_with: ReadWith | None
    sources: tuple[str, ...]

    @property
    def address(self) -> Address:
        """The state of the page."""
        return self.moment.address

    @property
    def card_icon(self) -> str:
        """The picture of the organisation or body whose card is open."""
        return self.stage.icon_of(self.address.card or "")

    @property
    def path(self) -> str:
        """Where the forms of the page lead, without a query."""
        return reverse("stories:story", args=[self.moment.story.id])

    @property
    def close_url(self) -> str:
        """The same page without a card."""
        return self.address.with_card(None).url

    @property
    def reset_url(self) -> str:
        """The same page with all repairs off."""
        return self.address.with_repairs(()).with_card(None).url

    @property
    def list_url(self) -> str:
        """The same page as a list on a small screen."""
        return self.address.as_drawing(drawing=False).url

    @property
    def drawing_url(self) -> str:
        """The same page as a drawing on a small screen."""
        return self.address.as_drawing(drawing=True).url

    @property
    def gap_rows(self) -> tuple[GapRow, ...]:
        """All gaps of the story, those of later days as well."""
        closed = self.whatif.closed
        rows = (
            gap_row(row, self.moment.after, self.moment.names, mended=row.key in closed) for row in self.moment.findings
        )
        return tuple(sorted(rows, key=lambda row: row.number))

    @property
    def say(self) -> str:
        """What the live region says when somebody comes to this moment."""
        place = _("Scene %(scene)s, day %(day)s.") % {"scene": self.scene.number, "day": self.address.day}
        parts = [place, self.strip.text]
        if self.whatif.on:
            parts.append(f"{self.whatif.summary}.")
        return " ".join(part for part in parts if part)

    @property
    def version(self) -> str:
        """Which computation this is, for paper."""
        return _("Computed by engine %(engine)s with catalogue %(catalogue)s.") % {
            "engine": self.moment.after.engine,
            "catalogue": self.moment.after.catalogue[:15],
        }


def story_page(
    story: Story,
    address: Address,
    *,
    notes: list[str],
    language: Language,
    catalogue: Catalogue | None = None,
    additions: Additions | None = None,
    spotlight: str | None = None,
    large: bool = False,
) -> StoryPage:
    """The page of a story at an address.

    Args:
        story: the story.
        address: the moment, and what is chosen.
        notes: sentences about what could not be used of the address.
        language: of all texts.
        catalogue: the system model to read it with; the one in use without it.
        additions: what a room added up to this moment; what the story keeps of earlier rooms without it.
        spotlight: the one id or key that stands out.
        large: large letters on the stage, passive ones counted only.
    """
    own = None if catalogue else own_model(story)
    if own is not None and address.in_use and not can_be_read(story, the_catalogue()):
        address = replace(address, in_use=False)
        notes = [*notes, _("The system model in use cannot read this version.")]
    model = catalogue or (the_catalogue() if address.in_use else model_of(story))
    before = reading_of(story, catalogue=model)
    known = repair_keys(before)
    repairs = tuple(key for key in address.repairs if key in known)[:MAX_REPAIRS]
    after = reading_of(story, repairs, model) if repairs else before
    keys = {finding.key for finding in (*before.findings, *after.findings)}
    step = address.step
    shown = told_in(story, step.scene, step.beat) if additions is None else additions
    told = {gap.key for gap in shown.gaps}
    address, more = settle(address, Choices(keys | told, known, card_ids(story, before) | keys))
    moment = Moment(story, model, before, after, address, language, additions, spotlight=spotlight or None, large=large)
    return _put_together(moment, (*notes, *more), _read_with(own, address))


def _read_with(own: OwnModel | None, address: Address) -> ReadWith | None:
    """With which system model a published story is read, and where it is read with the other."""
    if own is None:
        return None
    words = {"number": own.number, "name": own.name}
    name = _("version %(number)s, “%(name)s”") % words if own.number else _("the one that comes with Schakelbord")
    is_other = own.catalogue.digest != the_catalogue().digest
    return ReadWith(name, address.with_model_in_use(on=not address.in_use).url if is_other else "", address.in_use)


def _put_together(moment: Moment, notes: tuple[str, ...], read_with: ReadWith | None) -> StoryPage:
    """All parts of the page of one moment."""
    found = finding_in_light(moment)
    finding = words_of(found, moment) if found else None
    card = open_card(moment)
    offered = card.finding if isinstance(card, GapCard) else finding
    stage = stage_of(moment)
    return StoryPage(
        title=moment.story.title.get(moment.language),
        moment=moment,
        notes=notes,
        read_with=read_with,
        scene=scene_words(moment),
        scenes=scene_links(moment),
        steps=steps_around(moment),
        strip=strip_of(moment),
        gaps=gaps_of(moment, {gap.row.key: gap.says for gap in stage.gaps}),
        whatif=moment.whatif,
        finding=finding,
        repair_fields=repair_fields(offered, moment) if offered else (),
        card=card,
        stage=stage,
        rings=rings_of(stage, moment),
        channels=channel_rows(stage, moment),
        files=files_of(moment),
        people=get_text_list([doll.name for doll in moment.story.dolls], _("and")),
        sources=sources_of(moment.after, moment.catalogue),
    )
