"""What a draft shows now: the stage at the step at hand, and which gaps came, went and stayed by one's last change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from schakelbord.drawing.place import Drawing
from schakelbord.editor.checking import Checked, Trouble, check
from schakelbord.editor.content import Content, DraftMove, Words, copy_of
from schakelbord.editor.operations import Clash, item_at
from schakelbord.engine import read_story
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.reading import Finding, Reading
from schakelbord.engine.story import Story
from schakelbord.errors import InputError, Language
from schakelbord.stories.address import Address
from schakelbord.stories.findings import finding_words, gap_row
from schakelbord.stories.names import Names
from schakelbord.stories.readings import ReadingShelf, digest_of
from schakelbord.stories.selectors import Moment
from schakelbord.stories.stage import stage_of
from schakelbord.stories.timeline import Step

ROUNDS = 8
IN_VIEW = 6
QUICK = ReadingShelf()
Kind = Literal["new", "gone", "stays"]
_ORDER = {"gone": 0, "new": 1, "stays": 2}


@dataclass(frozen=True, slots=True)
class Usable:
    """As much of a draft as can be computed. `left_out` counts what does not count yet."""

    story: Story
    content: Content
    left_out: int


@dataclass(frozen=True, slots=True)
class GapChange:
    """A gap, and what one's last change did with it."""

    kind: Kind
    number: int
    title: str
    text: str
    icon: str
    key: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What stands at the right of the editor. Without `drawing` there is nothing to show yet."""

    drawing: Drawing | None
    gaps: tuple[GapChange, ...] = ()
    rest: tuple[GapChange, ...] = ()
    changed: bool = False
    lost: bool = False
    open_assumptions: tuple[str, ...] = ()
    left_out: int = 0
    day: int = 0
    total: int = 0

    @property
    def summary(self) -> str:
        """One sentence for who listens."""
        rows = (*self.gaps, *self.rest)
        new, gone = (sum(row.kind == kind for row in rows) for kind in ("new", "gone"))
        if self.drawing is None:
            return ""
        return _("%(total)s gaps. By your change: %(new)s new, %(gone)s gone.") % {
            "total": self.total,
            "new": new,
            "gone": gone,
        }


def preview_of(now: Content, before: Content, part: str, *, catalogue: Catalogue, language: Language) -> Preview:
    """The preview of a draft.

    Args:
        now: the draft.
        before: the draft before one's last change; the same when there was none.
        part: the path of what is being edited.
        catalogue: the system model.
        language: of the words.
    """
    usable = usable_of(now, catalogue)
    if usable is None:
        return Preview(None)
    reading = quick_reading(usable.story, catalogue)
    earlier = _earlier(before, now, catalogue)
    step = step_at(usable.content, part)
    moment = Moment(usable.story, catalogue, reading, reading, Address(usable.story.id, step, step.day), language)
    rows = tuple(_changes(moment, earlier))
    return Preview(
        drawing=stage_of(moment).drawing,
        gaps=rows[:IN_VIEW],
        rest=rows[IN_VIEW:],
        changed=earlier is not None,
        lost=any(row.kind == "gone" for row in rows),
        open_assumptions=_open_assumptions(moment),
        left_out=usable.left_out,
        day=step.day,
        total=len(reading.findings),
    )


def quick_reading(story: Story, catalogue: Catalogue) -> Reading:
    """The gaps of a story without repairs, kept for a while."""
    key = (digest_of(story), catalogue.digest, ())
    return QUICK.get(key, lambda: read_story(story, catalogue, with_repairs=False))


def usable_of(content: Content, catalogue: Catalogue) -> Usable | None:
    """What can be computed of a draft: whatever has an error is left out; None when nothing remains."""
    found = copy_of(content)
    left_out = 0
    for _round in range(ROUNDS):
        found.scenes = [scene for scene in found.scenes if scene.beats]
        checked: Checked = check(found, catalogue)
        if not found.scenes or not found.dolls or not found.places:
            return None
        if checked.whole is not None:
            return Usable(checked.whole, found, left_out)
        for trouble in checked.errors:
            left_out += _leave_out(found, trouble)
    return None


def step_at(content: Content, part: str) -> Step:
    """The step that the preview shows for a part: the step itself, the last of a scene, else the last of all."""
    words = part.split("/")
    scenes = [place for place, scene in enumerate(content.scenes) if len(words) > 1 and scene.key == words[1]]
    scene = scenes[0] if scenes else len(content.scenes) - 1
    beats = content.scenes[scene].beats
    places = [place for place, beat in enumerate(beats) if len(words) > 3 and beat.key == words[3]]
    beat = places[0] if places else len(beats) - 1
    day = beats[beat].day
    return Step(scene, beat, day if isinstance(day, int) else 0)


def _leave_out(content: Content, trouble: Trouble) -> int:
    """Take what has an error out; how many things that were, a field that gets a stand-in not counted."""
    if trouble.path.startswith("title"):
        content.title = Words("…", "…")
        return 0
    if trouble.path == "horizon":
        content.horizon = 365
        return 0
    head, _, field = trouble.path.rpartition("/")
    try:
        if "/move/" in trouble.path:
            beat = item_at(content, trouble.path.partition("/move/")[0])[1]
            setattr(beat, "move", DraftMove())  # noqa: B010 - only beats have moves
            return 1
        if trouble.path.startswith("scenes/") and "/title" in trouble.path:
            scene = item_at(content, trouble.path.partition("/title")[0])[1]
            setattr(scene, "title", Words("…", "…"))  # noqa: B010 - only scenes and stories have titles
            return 0
        return _leave_out_item(content, head, field)
    except (Clash, InputError):
        return 0


def _leave_out_item(content: Content, path: str, field: str) -> int:
    """The nearest item around a path; a fact of a doll by itself."""
    while path:
        try:
            rows, item = item_at(content, path)
        except InputError:
            path = path.rpartition("/")[0]
            continue
        if field in {"consent", "consent_from", "acute_from", "measure_from", "measure_until", "birthday_on_day"}:
            setattr(item, field, "" if field == "consent" else None)
            if field == "consent_from":
                setattr(item, "consent", "")  # noqa: B010 - the day alone says nothing
            if field.startswith("measure"):
                setattr(item, "measure_from", None)  # noqa: B010 - a measure has both days
                setattr(item, "measure_until", None)  # noqa: B010
            return 1
        rows.remove(item)
        return 1
    return 0


def _earlier(before: Content, now: Content, catalogue: Catalogue) -> Reading | None:
    if before == now:
        return None
    usable = usable_of(before, catalogue)
    return quick_reading(usable.story, catalogue) if usable else None


def _changes(moment: Moment, earlier: Reading | None) -> Iterator[GapChange]:
    """Gone, new, and those that stay."""
    now = {row.key: row for row in moment.after.findings}
    old = {row.key: row for row in earlier.findings} if earlier else dict(now)
    rows = [*(row for key, row in old.items() if key not in now), *now.values()]
    found = [_change(row, moment, old, now, earlier) for row in rows]
    yield from sorted(found, key=lambda row: (_ORDER[row.kind], row.number))


def _change(
    row: Finding, moment: Moment, old: dict[str, Finding], now: dict[str, Finding], earlier: Reading | None
) -> GapChange:
    kind: Kind = "gone" if row.key not in now else "new" if row.key not in old else "stays"
    words = gap_row(row, earlier if kind == "gone" and earlier else moment.after, moment.names, mended=False)
    text = _reason_gone(row, moment) if kind == "gone" else words.sentence
    icon = "vink" if kind == "gone" else words.icon
    return GapChange(kind, words.number, words.title, text, icon, row.key)


def _reason_gone(row: Finding, moment: Moment) -> str:
    """Why a gap is gone: somebody knows in time now, or the deadline itself is no more."""
    needs = [need for need in moment.after.needs if need.pattern == row.pattern and need.about == row.about]
    if not needs:
        return _("There is no deadline for this any more.")
    need = needs[0]
    if need.met_on is None or not need.in_time:
        return _("It is told in another place now.")
    holder = moment.names.instance(need.holder or (need.mandate[0] if need.mandate else ""))
    return _("%(who)s knows enough now, on day %(day)s.") % {"who": holder, "day": need.met_on}


def _open_assumptions(moment: Moment) -> tuple[str, ...]:
    """What the gaps rest on and no source is known for, each once."""
    names: Names = moment.names
    found: dict[str, None] = {}
    for row in moment.after.findings:
        words = finding_words(row, moment.after, names, mended=False, on=())
        found.update({item.text: None for item in words.assumptions if item.standing == "open"})
    return tuple(found)
