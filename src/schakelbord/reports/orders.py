"""What can be made of a story: each document with the key under which it is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace

from django.utils import translation

from schakelbord.reports.collect import scene_paper, story_paper
from schakelbord.reports.flat_stage import flat_svg
from schakelbord.reports.typeset import stage_png, story_pdf
from schakelbord.stories.readings import digest_of
from schakelbord.stories.selectors import Moment
from schakelbord.stories.stage import stage_of

PNG_WIDTHS = (1920, 3840)


@dataclass(frozen=True, slots=True)
class Order:
    """A document to make: what it depends on, and how."""

    key: Hashable
    make: Callable[[], bytes]


def whole_story(moment: Moment, *, site: str, made_on: dt.date) -> Order:
    """The whole story as PDF."""

    def make() -> bytes:
        return story_pdf(story_paper(moment, site=site, made_on=made_on), made_on=made_on)

    return Order(("story", *_basis(moment), site, made_on), _speaking(moment, make))


def one_scene(moment: Moment, *, site: str, made_on: dt.date) -> Order:
    """One moment as PDF: a picture page and a list page."""

    def make() -> bytes:
        return story_pdf(scene_paper(moment, site=site, made_on=made_on), made_on=made_on)

    return Order(("scene", *_basis(moment), _when(moment), site, made_on), _speaking(moment, make))


def stage_image(moment: Moment, *, width: int) -> Order:
    """The drawing of a moment as PNG."""

    def make() -> bytes:
        return stage_png(flat_svg(stage_of(moment).drawing), width=width)

    return Order(("png", *_basis(moment), _when(moment), width), _speaking(moment, make))


def _basis(moment: Moment) -> tuple[Hashable, ...]:
    """What every document of a story depends on."""
    repairs = tuple(sorted(moment.address.repairs))
    in_use = moment.address.in_use
    return (moment.story.id, digest_of(moment.story), moment.catalogue.digest, repairs, in_use, moment.language)


def _when(moment: Moment) -> Hashable:
    """The moment itself: what is open beside the stage does not count."""
    address = replace(moment.address, card=None, drawing=False)
    return (address.step, address.day, address.gap)


def _speaking(moment: Moment, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """The same work in the language of the moment: a thread of its own has none."""

    def speak() -> bytes:
        with translation.override(moment.language):
            return make()

    return speak
