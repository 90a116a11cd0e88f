"""What became of a need, in words; and what a repair costs and who decides it."""

from __future__ import annotations

from typing import Final

from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.reading import Decider, NeedResult, RepairItem
from schakelbord.engine.story import Story
from schakelbord.engine.text import Text
from schakelbord.engine.wording.instances import doll_name, instance_name

DECIDERS: Final[dict[Decider, Text]] = {
    "practice": Text(nl="klein: gewoon doen", en="small: just do it"),
    "agreement": Text(nl="afspraak", en="agreement"),
    "money": Text(nl="geld", en="money"),
    "law": Text(nl="wet", en="law"),
}
_HEAVIER: Final[tuple[Decider, ...]] = ("practice", "agreement", "money", "law")


def decider_words(decider: Decider) -> Text:
    """Who or what decides a change."""
    return DECIDERS[decider]


def heaviest(items: tuple[RepairItem, ...]) -> Decider:
    """What is hardest to get among the items of a repair."""
    return max((item.decider for item in items), key=_HEAVIER.index)


def need_title(need: NeedResult, story: Story, catalogue: Catalogue) -> Text:
    """The pattern and whom it is about."""
    name, doll = catalogue.pattern[need.pattern].name, doll_name(need.about, story)
    return Text(nl=f"{name.nl}, over {doll}", en=f"{name.en}, about {doll}")


def need_sentence(need: NeedResult, story: Story, catalogue: Catalogue) -> Text:
    """Who had to know how much by when, and what became of it."""
    total = len(catalogue.pattern[need.pattern].signals)
    if not need.mandate:
        return Text(
            nl=f"Uiterlijk dag {need.by} moet iemand {need.at_least} van {total} stukjes hebben. "
            "Niemand mag hier handelen.",
            en=f"By day {need.by} somebody must hold {need.at_least} of {total} pieces. Nobody may act here.",
        )
    names = [instance_name(one, story, catalogue) for one in need.mandate]
    who = Text(nl=" of ".join(name.nl for name in names), en=" or ".join(name.en for name in names))
    had = len(need.has.get(need.holder, ())) if need.holder else 0
    if need.in_time:
        return Text(
            nl=f"Op tijd. {who.nl} moet uiterlijk dag {need.by} {need.at_least} van {total} stukjes hebben. "
            f"Dat is zo op dag {need.met_on}.",
            en=f"In time. {who.en} must hold {need.at_least} of {total} pieces by day {need.by}. "
            f"That is so on day {need.met_on}.",
        )
    later = need.met_on is not None
    return Text(
        nl=f"{who.nl} moet uiterlijk dag {need.by} {need.at_least} van {total} stukjes hebben. "
        + (f"Dat is pas zo op dag {need.met_on}." if later else f"Het blijft bij {had}."),
        en=f"{who.en} must hold {need.at_least} of {total} pieces by day {need.by}. "
        + (f"That is so only on day {need.met_on}." if later else f"It stays at {had}."),
    )
