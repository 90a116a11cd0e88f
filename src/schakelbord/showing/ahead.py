"""What comes next in a story, in a few words for the one who tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schakelbord.engine.story import Move, Scene
from schakelbord.stories.selectors import Moment
from schakelbord.stories.timeline import Step, beat_at, neighbour, steps_of

STEPS_AHEAD: Final = 3


@dataclass(frozen=True, slots=True)
class Ahead:
    """A step that is still to come. `what` begins with a small letter: it also stands on the button."""

    scene: int
    beat: int
    place: str
    icon: str
    what: str
    text: str

    @property
    def heading(self) -> str:
        """What happens, as the beginning of a line."""
        return capfirst(self.what)


def ahead_of(moment: Moment, *, minutes_a_step: float) -> tuple[Ahead, ...]:
    """The next steps of this scene, and where the story goes after them."""
    here = moment.address.step
    found: list[Ahead] = []
    step = neighbour(steps_of(moment.story), here, 1)
    while step is not None and step.scene == here.scene and len(found) < STEPS_AHEAD:
        found.append(_step(step, moment))
        step = neighbour(steps_of(moment.story), step, 1)
    if step is not None and step.scene != here.scene:
        found.append(_scene(step, moment, minutes_a_step))
    return tuple(found)


def _step(step: Step, moment: Moment) -> Ahead:
    """A step of this scene."""
    icon, what = _headline(step, moment)
    beat = beat_at(moment.story, step)
    told = beat.say or beat.ask
    place = _("step %(number)s") % {"number": step.beat + 1}
    text = told.get(moment.language) if told else ""
    return Ahead(step.scene, step.beat, place, icon, what, text)


def _scene(step: Step, moment: Moment, minutes_a_step: float) -> Ahead:
    """The scene after this one."""
    scene: Scene = moment.story.scenes[step.scene]
    count = len(scene.beats)
    minutes = max(1, round(count * minutes_a_step))
    steps = ngettext("%(count)s step", "%(count)s steps", count) % {"count": count}
    about = ngettext("about %(count)s minute", "about %(count)s minutes", minutes) % {"count": minutes}
    return Ahead(
        scene=step.scene,
        beat=0,
        place=_("scene %(number)s") % {"number": step.scene + 1},
        icon="verder",
        what=scene.title.get(moment.language),
        text=f"{steps}, {about}",
    )


def _headline(step: Step, moment: Moment) -> tuple[str, str]:
    """An icon, and what this step brings: a gap goes before a move, a move before seeing, seeing before asking."""
    beat = beat_at(moment.story, step)
    if numbers := _gaps_at(step, moment):
        words = ngettext("gap %(numbers)s lights up", "gaps %(numbers)s light up", len(numbers))
        return "hiaat", words % {"numbers": get_text_list(numbers, _("and"))}
    if beat.move:
        return "reis", _moves(beat.move, moment)
    if beat.sees:
        sight = beat.sees[0]
        name = moment.names.instance(f"{sight.organisation}@{sight.place}")
        return "zicht", _("%(organisation)s sees something") % {"organisation": name}
    if beat.happens:
        return "let-op", _("something happens that nobody sees")
    if beat.ask:
        return "vraag", _("question to the tables")
    return "gesprek", _("the story goes on")


def _moves(move: Move, moment: Moment) -> str:
    """Who moves where."""
    words = {
        "dolls": get_text_list([moment.names.doll(doll) for doll in move.dolls], _("and")),
        "place": moment.names.area(move.to),
    }
    return ngettext("%(dolls)s moves to %(place)s", "%(dolls)s move to %(place)s", len(move.dolls)) % words


def _gaps_at(step: Step, moment: Moment) -> list[str]:
    """Numbers of the gaps that open between the step before and this one."""
    before = neighbour(steps_of(moment.story), step, -1)
    since = before.day if before else -1
    closed = moment.whatif.closed
    opened = (row for row in moment.findings if since < row.day <= step.day and row.key not in closed)
    return [str(row.number) for row in sorted(opened, key=lambda row: row.number)]
