"""Names of what stands on the stage: organisations and bodies at a place, dolls, and nobody."""

from __future__ import annotations

from schakelbord.engine.areas import NATION
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.story import Story
from schakelbord.engine.text import Text
from schakelbord.engine.wording.repairs import short_name

NOBODY = Text(nl="niemand", en="nobody")
MUNICIPALITY = ("Gemeente ", "Municipality ")


def instance_name(instance: str, story: Story, catalogue: Catalogue, *, long: bool = False) -> Text:
    """The name of an organisation or body at an area, or of a doll.

    Args:
        instance: `school@a`, `casusoverleg_zvh@r1`, or the id of a doll.
        story: where the places and dolls are named.
        catalogue: where the types are named.
        long: "School in Gemeente A" instead of "School A".
    """
    kind, _, area = instance.partition("@")
    row = catalogue.organisation.get(kind) or catalogue.body.get(kind)
    if row is None:
        doll = doll_name(instance, story)
        return Text(nl=doll, en=doll)
    name = row.name if long else short_name(row.name)
    if area == NATION or not area:
        return name
    return _at(name, area_name(area, story), long=long)


def area_name(area: str, story: Story) -> Text:
    """The name of a municipality as the story gives it, or of a region after its number in the story."""
    place = next((place for place in story.places if place.id == area), None)
    if place is not None:
        return place.name
    regions = list(dict.fromkeys(place.region for place in story.places if place.region))
    if area == NATION or area not in regions:
        return Text(nl="Nederland", en="the Netherlands")
    number = regions.index(area) + 1
    return Text(nl=f"regio {number}", en=f"region {number}")


def _at(name: Text, area: Text, *, long: bool) -> Text:
    if long:
        return Text(nl=f"{name.nl} in {area.nl}", en=f"{name.en} in {area.en}")
    return Text(nl=f"{name.nl} {_mark(area.nl)}", en=f"{name.en} {_mark(area.en)}")


def _mark(area: str) -> str:
    """What tells an area apart: "A" of "Gemeente A", "1" of "regio 1"."""
    for prefix in (*MUNICIPALITY, "regio ", "region "):
        area = area.removeprefix(prefix)
    return area


def doll_name(doll: str, story: Story) -> str:
    """The name of a doll."""
    return next((row.name for row in story.dolls if row.id == doll), doll)


def signal_name(signal: str, catalogue: Catalogue) -> Text:
    """The name of a signal as it stands between quotes in a sentence."""
    row = catalogue.signal.get(signal)
    return row.name if row else Text(nl=signal, en=signal)


def link_name(link: str | None, catalogue: Catalogue) -> Text | None:
    """The name of the body behind a link; None for a channel, which has no name of its own."""
    if link is None:
        return None
    kind = link.partition("@")[0].partition(">")[0]
    body = catalogue.body.get(kind)
    return short_name(body.name) if body else None
