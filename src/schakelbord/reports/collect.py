"""From a story and its reading to the story on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from django.utils import formats
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from schakelbord.reports import paper_words
from schakelbord.reports.clean import breakable
from schakelbord.reports.paper_scenes import (
    Edition,
    day_words,
    end_of_scene,
    everybody_of,
    paper_gap,
    paper_scene,
    step_of_gap,
)
from schakelbord.reports.story_paper import (
    PaperAssumption,
    PaperFinding,
    PaperGap,
    PaperHop,
    PaperRepair,
    PaperScene,
    PaperSheet,
    StoryPaper,
)
from schakelbord.stories.findings import FindingWords
from schakelbord.stories.readings import digest_of
from schakelbord.stories.selectors import Moment, scene_words, words_of
from schakelbord.stories.sources import sources_of

LONG_TITLE = 140


def story_paper(moment: Moment, *, site: str, made_on: dt.date, told: Sequence[PaperGap] = ()) -> StoryPaper:
    """A whole story on paper.

    Args:
        moment: the story with its readings; the repairs of its address are on.
        site: where the site stands (`https://..`), for the codes that lead to it; "" when it stands nowhere.
        made_on: the day that the pages name.
        told: gaps that a room told, to stand in the tables of the last scene and on sheets of their own.
    """
    edition = Edition(site, digest_of(moment.story))
    scenes = [paper_scene(end_of_scene(moment, at), edition) for at in range(len(moment.story.scenes))]
    scenes[-1] = replace(scenes[-1], gaps=(*scenes[-1].gaps, *told))
    rows = tuple(words_of(finding, moment) for finding in sorted(moment.findings, key=lambda row: row.number))
    sheets = [*(_sheet(row, moment) for row in rows), *(_told_sheet(gap, scenes[-1]) for gap in told)]
    return replace(
        _paper(moment, edition, made_on, scenes=tuple(scenes), has_told=bool(told)),
        lede=_lede(moment),
        how=paper_words.how_to_use(),
        sheets=tuple(sheets),
        findings=tuple(_finding(row, moment) for row in rows),
        everybody=everybody_of(end_of_scene(moment, len(scenes) - 1)),
        sources=tuple(breakable(row) for row in sources_of(moment.after, moment.catalogue)),
    )


def scene_paper(moment: Moment, *, site: str, made_on: dt.date) -> StoryPaper:
    """The two pages of one moment of a story."""
    edition = Edition(site, digest_of(moment.story))
    scene = paper_scene(moment, edition)
    paper = _paper(moment, edition, made_on, scenes=(scene,), has_told=False)
    title = _("Scene %(number)s: %(title)s") % {"number": scene.number, "title": scene.title}
    sources = tuple(breakable(row) for row in sources_of(moment.after, moment.catalogue))
    return replace(paper, title=f"{paper.title}. {title}", sources=sources, whole=False)


def _paper(
    moment: Moment, edition: Edition, made_on: dt.date, *, scenes: tuple[PaperScene, ...], has_told: bool
) -> StoryPaper:
    """What the whole story and one scene of it share."""
    title = breakable(moment.story.title.get(moment.language))
    version, day = edition.version[:8], formats.date_format(made_on, "j F Y")
    fiction = _("%(names)s are invented, and so are the places. A § is an example that a lawyer still has to check.")
    people = get_text_list([doll.name for doll in moment.story.dolls], _("and"))
    return StoryPaper(
        language=moment.language,
        title=title,
        description=_("An invented story on the stage, with the gaps in the system around it."),
        kicker=_("An invented story on paper"),
        lede="",
        fiction=breakable(fiction % {"names": people}),
        footer=_("%(title)s · version %(version)s · %(day)s · invented people")
        % {"title": _short(title), "version": version, "day": day},
        facts=_facts(moment, version, day),
        how=(),
        legend=paper_words.legend(mended=bool(moment.whatif.on), told=has_told),
        scenes=scenes,
        sheets=(),
        findings=(),
        everybody=(),
        sources=(),
        words=paper_words.labels(),
    )


def _facts(moment: Moment, version: str, day: str) -> tuple[tuple[str, str], ...]:
    """Which story, which computation, which day."""
    reading = moment.after
    rows = [
        (_("Version of the story"), version),
        (_("Made on"), day),
        (_("Computed by"), _("engine %(engine)s") % {"engine": reading.engine}),
        (_("System model"), reading.catalogue.removeprefix("sha256:")[:8]),
        (_("Time"), _("day 0 to day %(last)s") % {"last": moment.story.horizon}),
        (_("Gaps"), str(len(moment.findings))),
    ]
    if moment.whatif.on:
        items = {
            item.key: item.says.get(moment.language)
            for finding in (*moment.before.findings, *moment.after.findings)
            for repair in finding.repairs
            for item in repair.items
        }
        says = [items.get(key, key) for key in moment.whatif.on]
        rows.append(
            (_("Repairs switched on"), breakable(f"{' '.join(_ended(text) for text in says)} {moment.whatif.summary}."))
        )
    return tuple(rows)


def _ended(text: str) -> str:
    """A sentence with a full stop."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _lede(moment: Moment) -> str:
    """What the pages are about, in two sentences."""
    people = get_text_list([doll.name for doll in moment.story.dolls], _("and"))
    return breakable(
        _("What happens to %(names)s, what each organisation sees, and where the message gets lost between them.")
        % {"names": people}
    )


def _sheet(row: FindingWords, moment: Moment) -> PaperSheet:
    """The sheet of a computed gap, with the question of the scene in which it opened."""
    step = step_of_gap(moment, row.row.day)
    scene = scene_words(end_of_scene(moment, step.scene))
    return PaperSheet(
        gap=paper_gap(row.row),
        scene=breakable(_("Scene %(number)s: %(title)s") % {"number": scene.number, "title": scene.title}),
        question=breakable(scene.question) or _("Who should have seen this?"),
        prompts=paper_words.prompts(),
    )


def _told_sheet(gap: PaperGap, scene: PaperScene) -> PaperSheet:
    """The sheet of a gap that people told."""
    title = _("Scene %(number)s: %(title)s") % {"number": scene.number, "title": scene.title}
    return PaperSheet(gap, title, scene.question or _("Who should have seen this?"), paper_words.prompts())


def _finding(row: FindingWords, moment: Moment) -> PaperFinding:
    standings = paper_words.standings()
    about = " · ".join(part for part in (moment.names.doll(row.row.about), row.pattern) if part)
    return PaperFinding(
        gap=paper_gap(row.row),
        about=breakable(about),
        causes=tuple(_cause(cause.names, cause.without) for cause in row.causes),
        hops=tuple(PaperHop(day_words(hop.day), breakable(hop.text), breakable(hop.ground)) for hop in row.hops),
        stop=day_words(row.row.day),
        outcome=breakable(row.outcome),
        assumptions=tuple(
            PaperAssumption(breakable(line.text), standings[line.standing], breakable(line.source))
            for line in row.assumptions
        ),
        repairs=tuple(
            PaperRepair(tuple(breakable(item) for item in line.items), str(line.size), line.then, line.on)
            for line in row.repairs
        ),
        notes=tuple(breakable(text) for text in (*row.warnings, row.repair_note) if text),
    )


def _cause(names: Sequence[object], without: Sequence[object]) -> str:
    """One set of obstacles in a sentence or two."""
    said = get_text_list([str(name) for name in names], _("and"))
    if len(without) == 1:
        return f"{said.capitalize()}. {without[0]}"
    return f"{said.capitalize()}. " + _("Only when these are gone together would the message arrive in time.")


def _short(title: str) -> str:
    """A title that fits at the foot of a page."""
    return title if len(title) <= LONG_TITLE // 2 else f"{title[: LONG_TITLE // 2].rstrip()}…"
