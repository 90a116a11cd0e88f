"""The home page: the stories as cards, and one picture of the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from schakelbord.engine.reading import Reading
from schakelbord.engine.story import Doll, Story
from schakelbord.errors import Language
from schakelbord.stories.address import Address
from schakelbord.stories.library import FIRST_STORY, all_stories, model_of, reading_of
from schakelbord.stories.selectors import Moment
from schakelbord.stories.stage import Stage, stage_of
from schakelbord.stories.timeline import Step, steps_of
from schakelbord.stories.words import DOLL_ICONS

PICTURE_WIDTH = 320
GROUND = 128
TALLEST = 96.0
GROWN_UP = 18


@dataclass(frozen=True, slots=True)
class StandingDoll:
    """A doll in the small picture of a story; places in units of the picture."""

    hue: str
    icon: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class StoryLink:
    """A story as a card."""

    id: str
    title: str
    url: str
    opening: str
    dolls: tuple[StandingDoll, ...]
    gaps: int
    scenes: int
    days: int


@dataclass(frozen=True, slots=True)
class MainStory:
    """The story that the one main button leads to, and where its picture leads."""

    person: str
    url: str
    picture_url: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """What home shows."""

    main: MainStory
    stage: Stage
    caption: str
    stories: tuple[StoryLink, ...]


def home_page(language: Language) -> HomePage:
    """The home page in one language."""
    found = all_stories()
    story = found[FIRST_STORY]
    moment = picture_moment(story, language)
    scene = story.scenes[moment.address.step.scene].title.get(language)
    words = {"doll": story.dolls[0].name, "scene": scene, "day": moment.address.day}
    return HomePage(
        main=MainStory(story.dolls[0].name, reverse("stories:story", args=[story.id]), moment.address.url),
        stage=stage_of(moment),
        caption=_("The story of %(doll)s, day %(day)s: %(scene)s") % words,
        stories=_links(found, language),
    )


def story_links(language: Language) -> tuple[StoryLink, ...]:
    """All stories as cards."""
    return _links(all_stories(), language)


def _links(stories: Mapping[str, Story], language: Language) -> tuple[StoryLink, ...]:
    return tuple(_link(story, reading_of(story), language) for story in stories.values())


def picture_moment(story: Story, language: Language) -> Moment:
    """The moment that says most in one picture: the end of the scene in which most gaps open."""
    reading = reading_of(story)
    steps = steps_of(story)
    counts = Counter(_scene_of(row.day, steps) for row in reading.findings)
    scene = min(counts, key=lambda number: (-counts[number], number)) if counts else 0
    last = [step for step in steps if step.scene == scene][-1]
    address = Address(story.id, last, last.day)
    return Moment(story, model_of(story), reading, reading, address, language)


def _scene_of(day: int, steps: tuple[Step, ...]) -> int:
    """The scene that tells about a day."""
    return max((step.scene for step in steps if step.day <= day), default=0)


def _link(story: Story, reading: Reading, language: Language) -> StoryLink:
    told = [beat.say.get(language) for scene in story.scenes for beat in scene.beats if beat.say]
    return StoryLink(
        id=story.id,
        title=story.title.get(language),
        url=reverse("stories:story", args=[story.id]),
        opening=told[0] if told else "",
        dolls=standing(story.dolls[:6]),
        gaps=len(reading.findings),
        scenes=len(story.scenes),
        days=story.horizon,
    )


def standing(dolls: tuple[Doll, ...]) -> tuple[StandingDoll, ...]:
    """Dolls side by side on one ground, the first in the middle, small ones small."""
    shown = [dolls[place] for place in sorted(range(len(dolls)), key=lambda place: place if place % 2 else -place)]
    sizes = [TALLEST * (0.55 + 0.45 * min(doll.age, GROWN_UP) / GROWN_UP) for doll in shown]
    widths = [height * 76 / 116 for height in sizes]
    left = (PICTURE_WIDTH - 0.86 * sum(widths)) / 2
    found = []
    for doll, height, width in zip(shown, sizes, widths, strict=True):
        found.append(
            StandingDoll(
                doll.hue,
                DOLL_ICONS[doll.pattern],
                round(left, 1),
                round(GROUND - height, 1),
                round(width, 1),
                round(height, 1),
            )
        )
        left += 0.86 * width
    return tuple(found)
