"""Words of the drawing itself, in both languages: labels, descriptions, names for screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from schakelbord.drawing.states import ActorState, DollState, FoldState, GapState, OutlineState, Ring, SceneState
from schakelbord.engine.reading import FindingKind
from schakelbord.engine.text import Text
from schakelbord.errors import Language

RING_NAMES: Final[dict[Ring, Text]] = {
    "leefwereld": Text(nl="leefwereld", en="life world"),
    "uitvoering": Text(nl="uitvoering", en="front line"),
    "beleid": Text(nl="beleid", en="policy"),
    "bestuur": Text(nl="bestuur", en="administration"),
}
NOBODY_SAYS: Final[dict[FindingKind, Text]] = {
    "unowned": Text(nl="wie is aan zet?", en="whose turn is it?"),
    "no_director": Text(nl="wie voert regie?", en="who directs?"),
    "unseen": Text(nl="wie ziet dit?", en="who sees this?"),
}
WHO_KNOWS: Final = Text(nl="wie weet dit?", en="who knows this?")
EMPTY_CHAIR: Final = Text(nl="Lege stoel", en="Empty chair")
CHAIR: Final = Text(nl="lege stoel", en="empty chair")
KNOWS_NOTHING: Final = Text(nl="weet van niets", en="knows nothing")
GAP: Final = Text(nl="Hiaat", en="Gap")


def pick(language: Language, *, nl: str, en: str) -> str:
    """One of two texts."""
    return nl if language == "nl" else en


def many(count: int, one: str, more: str) -> str:
    """A count with its noun."""
    return f"{count} {one if count == 1 else more}"


def outline_text(row: OutlineState, language: Language) -> str:
    """`1 van 3`; never more than are needed."""
    held = min(row.held, row.at_least)
    return pick(language, nl=f"{held} van {row.at_least}", en=f"{held} of {row.at_least}")


def fold_text(count: int, language: Language) -> str:
    """`nog 6`."""
    return pick(language, nl=f"nog {count}", en=f"{count} more")


def actor_sentence(actor: ActorState, gaps: Sequence[GapState], language: Language) -> str:
    """Who somebody is, what it holds and in which gaps it stands, in full sentences."""
    where = RING_NAMES[actor.ring].get(language)
    if actor.kind == "nobody":
        who = f"{EMPTY_CHAIR.get(language)}, {where}."
    else:
        name = f"{actor.name.get(language)} {actor.tag}".strip()
        chair = f", {CHAIR.get(language)}" if actor.kind == "chair" else ""
        who = f"{name}, {where}{chair}."
    parts = [who]
    if actor.pieces:
        count = len(actor.pieces)
        said = pick(language, nl=many(count, "stukje", "stukjes"), en=many(count, "piece", "pieces"))
        parts.append(pick(language, nl=f"Heeft {said}.", en=f"Holds {said}."))
    parts += [outline_sentence(row, language) for row in actor.outlines]
    if numbers := [str(gap.number) for gap in gaps if not gap.mended]:
        parts.append(f"{gap_word(len(numbers), language)} {join(numbers, language)}.")
    return " ".join(parts)


def outline_sentence(row: OutlineState, language: Language) -> str:
    """How many of the pieces that it needs a mandate holder has."""
    return pick(
        language,
        nl=f"Heeft {row.held} van de {row.at_least} stukjes die nodig zijn, uiterlijk op dag {row.by}.",
        en=f"Has {row.held} of the {row.at_least} pieces it needs, by day {row.by} at the latest.",
    )


def doll_sentence(doll: DollState, place: str, language: Language) -> str:
    """Who a doll is and where it lives."""
    return pick(
        language,
        nl=f"{doll.name}, {doll.age} jaar, woont in {place}.",
        en=f"{doll.name}, {doll.age} years old, lives in {place}.",
    )


def fold_sentence(folds: Sequence[FoldState], place: str, language: Language) -> str:
    """Who is folded away."""
    count = sum(len(fold.actors) for fold in folds)
    ring = RING_NAMES[folds[0].ring].get(language)
    where = f", {place}" if place else ""
    return pick(
        language,
        nl=f"Nog {count} in de ring {ring}{where}, nu niet in beeld. De lijst noemt ze allemaal.",
        en=f"{count} more in the ring {ring}{where}, not in view now. The list names them all.",
    )


def gap_word(count: int, language: Language) -> str:
    """`Hiaat` or `Hiaten`."""
    if count == 1:
        return GAP.get(language)
    return pick(language, nl="Hiaten", en="Gaps")


def gap_sentence(gap: GapState, language: Language) -> str:
    """A gap with its number, title and sentence."""
    mended = pick(language, nl=" Gedicht door de reparatie.", en=" Mended by the repair.") if gap.mended else ""
    title = gap.title.get(language).rstrip(".")
    return f"{GAP.get(language)} {gap.number}: {title}. {gap.sentence.get(language)}{mended}"


def join(items: Sequence[str], language: Language) -> str:
    """`1, 2 en 3`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {pick(language, nl='en', en='and')} {items[-1]}"


def stage_title(state: SceneState, language: Language) -> str:
    """The name of the drawing."""
    title = state.title.get(language)
    return pick(language, nl=f"Toneel, dag {state.day}: {title}", en=f"Stage, day {state.day}: {title}")


def stage_description(state: SceneState, language: Language) -> str:
    """The drawing in one paragraph."""
    places = {row.id: row.name.get(language) for row in state.places}
    homes: dict[str, list[str]] = {}
    for doll in state.dolls:
        homes.setdefault(doll.place, []).append(doll.name)
    live = [
        pick(
            language,
            nl=f"{join(names, language)} {'wonen' if len(names) > 1 else 'woont'} in {places.get(place, place)}.",
            en=f"{join(names, language)} {'live' if len(names) > 1 else 'lives'} in {places.get(place, place)}.",
        )
        for place, names in homes.items()
    ]
    active = sum(actor.active for actor in state.actors)
    open_gaps = [gap for gap in state.gaps if not gap.mended]
    rings = pick(
        language,
        nl="Drie ringen om de leefwereld heen: uitvoering, beleid en bestuur.",
        en="Three rings around the life world: front line, policy and administration.",
    )
    cast = pick(
        language,
        nl=f"{many(active, 'organisatie of gremium speelt', 'organisaties en gremia spelen')} nu mee.",
        en=f"{many(active, 'organisation or body plays', 'organisations and bodies play')} a part now.",
    )
    titles = join([f"{gap.number}, {gap.title.get(language).rstrip('.')}" for gap in open_gaps[-3:]], language)
    gaps = pick(language, nl=many(len(open_gaps), "hiaat", "hiaten"), en=many(len(open_gaps), "gap", "gaps"))
    latest = f": {titles}." if 0 < len(open_gaps) <= 3 else "."
    as_list = pick(language, nl="De lijst zegt hetzelfde in woorden.", en="The list says the same in words.")
    return " ".join([rings, *live, cast, f"{gaps}{latest}", as_list])
