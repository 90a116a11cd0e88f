"""The bodies that come with the product: the existing ones of the catalogue, for who has no list of their own."""

from __future__ import annotations

from typing import Final

from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.shipped import load_catalogue
from schakelbord.errors import Language
from schakelbord.matching.model import Body, Layer

_LAYERS: Final[dict[str, Layer]] = {
    "uitvoering": "official",
    "beleid": "official",
    "bestuur": "administrative",
}


def shipped_bodies(lang: Language, catalogue: Catalogue | None = None) -> tuple[Body, ...]:
    """The existing bodies of a catalogue, in a language.

    Args:
        lang: language of their texts.
        catalogue: the shipped one when None.
    """
    known = catalogue or load_catalogue()
    themes = {theme.id: theme.name.get(lang) for theme in known.themes}
    names = {organisation.id: organisation.name.get(lang) for organisation in known.organisations}
    return tuple(
        Body(
            id=body.id,
            name=body.name.get(lang),
            remit=body.remit.get(lang),
            themes=tuple(themes[theme] for theme in body.themes),
            layer=_LAYERS[body.layer],
            jurisdiction="gemeente" if body.jurisdiction == "buurt" else body.jurisdiction,
            members=tuple(names[member.organisation] for member in body.members),
            meets_every_days=body.rhythm.every_days,
        )
        for body in known.bodies
        if body.kind == "existing"
    )
