"""What the presenter can choose from when she adds something: who stands on the stage, whom the catalogue knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from schakelbord.drawing.pictograms import BODIES, BODY, MINISTRY, OTHER, TYPES
from schakelbord.engine.catalogue import Catalogue
from schakelbord.errors import Language
from schakelbord.showing.codes import AdditionKind
from schakelbord.showing.selectors import SessionView

PICTURES: Final = (
    "gemeente",
    "school",
    "leerplicht",
    "veilig-thuis",
    "politie",
    "om",
    "rvdk",
    "wijkteam",
    "jeugdzorg",
    "huisarts",
    "ggd",
    "ministerie",
    "zvh",
    "hulp",
    "mensen",
)
TREES: Final = (
    "Abeel", "Berk", "Beuk", "Ceder", "Eik", "Els", "Es", "Esdoorn", "Hazelaar", "Hulst", "Iep", "Kastanje", "Kers",
    "Linde", "Lork", "Meidoorn", "Olm", "Plataan", "Populier", "Spar", "Taxus", "Vlier", "Walnoot", "Wilg",
)  # fmt: skip
"""Names for dolls: trees, neutral and clearly made up."""
WITH_NAME: Final = (AdditionKind.ORGANISATION, AdditionKind.DOLL)


@dataclass(frozen=True, slots=True)
class OnStage:
    """Somebody on the stage: its id, and how people call it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class KnownKind:
    """A kind of organisation or body of the catalogue, with the ring and the picture that go with it."""

    name: str
    ring: str
    icon: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All lists of the dialogs."""

    on_stage: tuple[OnStage, ...]
    kinds: tuple[KnownKind, ...]
    bodies: tuple[str, ...]
    places: tuple[OnStage, ...]
    trees: tuple[str, ...]


def suggestions_of(view: SessionView) -> Suggestions:
    """What can be chosen at this moment of a session."""
    moment = view.page.moment
    rows = [row for ring in view.page.rings for row in (*ring.rows, *(one for fold in ring.folds for one in fold.rows))]
    stage = [OnStage(row.id, row.name) for row in rows]
    stage += [OnStage(row.key, row.data["name"]) for row in view.additions if row.kind in WITH_NAME]
    known = {doll.name for doll in moment.story.dolls}
    return Suggestions(
        on_stage=_once(stage),
        kinds=_kinds(moment.catalogue, moment.language),
        bodies=tuple(sorted({row.name.get(moment.language) for row in moment.catalogue.body.values()})),
        places=tuple(
            OnStage(place.id, place.name.get(moment.language))
            for place in moment.story.places
            if place.kind == "gemeente"
        ),
        trees=tuple(name for name in TREES if name not in known),
    )


def _once(rows: list[OnStage]) -> tuple[OnStage, ...]:
    """Each once, in the order of the stage."""
    return tuple({row.id: row for row in rows}.values())


def _kinds(catalogue: Catalogue, language: Language) -> tuple[KnownKind, ...]:
    """The kinds of organisations and bodies that the catalogue knows."""
    found = [
        KnownKind(row.name.get(language), row.layer, MINISTRY if key.startswith("minister") else TYPES.get(key, OTHER))
        for key, row in catalogue.organisation.items()
    ]
    found += [
        KnownKind(row.name.get(language), row.layer, BODIES.get(key, BODY)) for key, row in catalogue.body.items()
    ]
    return tuple(sorted(found, key=lambda kind: kind.name))
