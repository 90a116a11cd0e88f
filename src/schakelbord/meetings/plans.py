"""Agendas to begin with: what bodies of this sort do together in an afternoon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from schakelbord.engine.text import Text
from schakelbord.meetings.codes import ItemKind


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """A point of such an agenda."""

    kind: ItemKind
    title: Text
    minutes: int


@dataclass(frozen=True, slots=True)
class Plan:
    """An agenda to begin with."""

    title: Text
    about: Text
    items: Sequence[PlannedItem]


def _item(kind: ItemKind, nl: str, en: str, minutes: int) -> PlannedItem:
    return PlannedItem(kind, Text(nl=nl, en=en), minutes)


WELCOME: Final = _item(ItemKind.PLENARY, "Welkom en waar wij vandaan komen", "Welcome, and where we come from", 15)
STORY: Final = _item(ItemKind.STORY, "Een verhaal op het toneel", "A story on the stage", 45)
PAUSE: Final = _item(ItemKind.PAUSE, "Pauze", "Break", 15)
HARVEST: Final = _item(ItemKind.HARVEST, "Oogst: wat vragen wij?", "Harvest: what do we ask?", 30)
DECISION: Final = _item(ItemKind.DECISION, "Wat spreken wij af?", "What do we agree?", 30)


def _round(number: int | None, minutes: int) -> PlannedItem:
    mark = "" if number is None else f" {number}"
    return _item(ItemKind.TABLE_ROUND, f"In gesprek aan de tafels{mark}", f"Talk at the tables{mark}", minutes)


PLANS: Final[Mapping[str, Plan]] = {
    "joint": Plan(
        Text(nl="Gezamenlijke bijeenkomst", en="Joint meeting"),
        Text(nl="beeld, tafels, oogst, besluit", en="story, tables, harvest, decision"),
        (WELCOME, STORY, PAUSE, _round(None, 40), HARVEST, DECISION),
    ),
    "carousel": Plan(
        Text(nl="Carrousel", en="Carousel"),
        Text(nl="drie korte rondes, elke keer een andere tafel", en="three short rounds, each time another table"),
        (WELCOME, _round(1, 20), _round(2, 20), PAUSE, _round(3, 20), HARVEST),
    ),
    "dilemma": Plan(
        Text(nl="Eén dilemma", en="One dilemma"),
        Text(nl="een werkgroep die een vraag beantwoordt", en="a working group that answers a question"),
        (_item(ItemKind.PITCH, "Het dilemma", "The dilemma", 10), _round(None, 40), HARVEST),
    ),
    "empty": Plan(
        Text(nl="Lege agenda", en="Empty agenda"),
        Text(nl="u vult zelf in", en="you fill it in yourself"),
        (),
    ),
}
