"""Where the instance of an organisation type stands when a story names a place (engine design, "Areas")."""

from __future__ import annotations

from typing import Final

from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.story import Story

NATION: Final = "nl"


def area_of(story: Story, catalogue: Catalogue | None, organisation: str, place: str) -> str | None:
    """The instance (`veilig_thuis@r1`) that a story means by an organisation at a place; None when either is unknown.

    For a regional organisation a municipality means its region, for a national one any place means the country.
    """
    row = catalogue.organisation.get(organisation) if catalogue else None
    spot = next((found for found in story.places if found.id == place), None)
    if row is None or spot is None:
        return None
    if row.jurisdiction == "land":
        return f"{organisation}@{NATION}"
    if row.jurisdiction == "regio" and spot.region is not None:
        return f"{organisation}@{spot.region}"
    return f"{organisation}@{place}"


def is_abroad(story: Story, place: str) -> bool:
    """Whether a place is abroad, where none of the country's organisations are."""
    return any(found.id == place and found.kind == "abroad" for found in story.places)
