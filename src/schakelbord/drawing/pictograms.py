"""Pictures of the stage: which one belongs to whom, and their shapes, read from the icons that the product ships."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from schakelbord.drawing.shapes import Markup
from schakelbord.drawing.states import ActorState

ICONS: Final = Path(__file__).parents[1] / "core/static/core/icons.svg"
PREFIX: Final = "st-"
DOLLS: Final = {"stripes": "pop-strepen", "dots": "pop-stippen", "band": "pop-band", "zigzag": "pop-zigzag"}
TYPES: Final = {
    "basisschool": "school", "school": "school", "mbo": "school", "swv_onderwijs": "school", "leerplicht": "leerplicht",
    "rmc": "leerplicht", "duo": "leerplicht", "jgz": "ggd", "huisarts": "huisarts", "ziekenhuis": "huisarts",
    "verloskundige": "huisarts", "ggz": "ggd", "wijkteam": "wijkteam", "jongerenwerk": "mensen", "opvang": "hulp",
    "jeugdhulp": "jeugdzorg", "gi": "jeugdzorg", "veilig_thuis": "veilig-thuis", "rvdk": "rvdk", "zvh": "zvh",
    "lkha": "knooppunt", "politie": "politie", "wijkagent": "politie", "lec_egg": "politie", "kmar": "politie",
    "om": "om", "kinderrechter": "om", "reclassering": "om", "burgerzaken": "burgerzaken", "ind": "ind",
    "woningcorporatie": "wijkteam", "vng": "vng", "burgemeester": "burgemeester", "wethouder": "burgemeester",
    "gemeenteraad": "kamer", "tweede_kamer": "kamer", "zorgcoordinator": "hulp", "comensha": "hulp",
}  # fmt: skip
BODIES: Final = {"landelijk_platform": "platform", "strategisch_beraad": "beraad"}
BODY: Final = "tafel"
OTHER: Final = "gemeente"
MINISTRY: Final = "ministerie"


def symbol_of(actor: ActorState) -> str:
    """The id of the picture of an actor."""
    if actor.kind in {"chair", "nobody"}:
        return "lege-stoel"
    if actor.kind == "body":
        return BODIES.get(actor.type, BODY)
    if actor.icon:
        return actor.icon if actor.icon in _shapes() else OTHER
    if actor.type.startswith("minister"):
        return MINISTRY
    return TYPES.get(actor.type, OTHER)


@cache
def _shapes() -> dict[str, Markup]:
    """Every `symbol` of the icons, its ids made those of the stage, so that a page may hold the icons as well."""
    text = ICONS.read_text(encoding="utf-8")
    found = {}
    for whole, name in re.findall(r'(<symbol id="([^"]+)".*?</symbol>)', text, flags=re.DOTALL):
        local = re.sub(r'(\bid="|url\(#|href="#)', rf"\1{PREFIX}", whole)
        found[name] = Markup(local)
    return found


def symbols(names: Iterable[str]) -> tuple[Markup, ...]:
    """The shapes of these pictures, each once, in a fixed order."""
    shapes = _shapes()
    return tuple(shapes[name] for name in sorted(set(names)))
