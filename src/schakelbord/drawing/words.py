"""Words of the drawing itself, in both languages: labels, descriptions, names for screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from schakelbord.drawing.states import FoldState, GapState, OutlineState, Ring, SceneState
from schakelbord.engine.text import Text
from schakelbord.errors import Language

RING_NAMES: Final[dict[Ring, Text]] = {
    "leefwereld": Text(nl="leefwereld", en="life world"),
    "uitvoering": Text(nl="uitvoering", en="front line"),
    "beleid": Text(nl="beleid", en="policy"),
    "bestuur": Text(nl="bestuur", en="administration"),
}
NOBODY_SAYS: Final[dict[str, Text]] = {
    "unowned": Text(nl="wie is aan zet?", en="whose turn is it?"),
    "no_director": Text(nl="wie voert regie?", en="who directs?"),
    "unseen": Text(nl="wie ziet dit?", en="who sees this?"),
}
WHO_KNOWS: Final = Text(nl="wie weet dit?", en="who knows this?")
EMPTY_CHAIR: Final = Text(nl="Lege stoel", en="Empty chair")
CHAIR: Final = Text(nl="lege stoel", en="empty chair")
KNOWS_NOTHING: Final = Text(nl="weet van niets", en="knows nothing")
TOLD: Final = Text(nl="verteld", en="told")
COMPUTED: Final = Text(nl="berekend", en="computed")
FROM_ROOM: Final = Text(nl="uit de zaal", en="from the room")
ROOM: Final = Text(nl="zaal", en="room")
NUMBERS_NL: Final = ["Een", "Twee", "Drie", "Vier", "Vijf", "Zes", "Zeven", "Acht", "Negen", "Tien", "Elf", "Twaalf"]
NUMBERS_EN: Final = ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"]
TOLD_KINDS: Final[dict[str, Text]] = {
    "border": Text(nl="geen overdracht", en="no handover"),
    "no_ground": Text(nl="geen grondslag", en="no legal ground"),
    "unowned": Text(nl="geen eigenaar", en="nobody's task"),
    "no_feedback": Text(nl="geen terugkoppeling", en="no word back"),
    "late": Text(nl="wachtlijst", en="waiting list"),
    "capacity": Text(nl="wachtlijst", en="waiting list"),
    "practice": Text(nl="niet bekend of niet gedaan", en="not known or not done"),
    "knowledge": Text(nl="kennis", en="knowledge"),
    "no_channel": Text(nl="geen kanaal", en="no channel"),
}
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


def gap_label(gap: GapState, language: Language) -> str:
    """The number of a gap as people see it: told ones count apart, with the letter of the room."""
    return told_label(gap.number, language) if gap.told else str(gap.number)


def told_label(number: int, language: Language) -> str:
    """`Z2`, in English `R2`."""
    return f"{pick(language, nl='Z', en='R')}{number}"


def gap_kind(gap: GapState, language: Language) -> str:
    """What kind of gap it is, in a few words; empty when nobody said."""
    if not gap.told:
        return gap.title.get(language).rstrip(".")
    return kind_word(gap.kind, language)


def kind_word(kind: str, language: Language) -> str:
    """What kind a told gap is; empty when nobody said."""
    return TOLD_KINDS[kind].get(language) if kind in TOLD_KINDS else ""


def origin_word(gap: GapState, language: Language) -> str:
    """`verteld` or `berekend`."""
    return (TOLD if gap.told else COMPUTED).get(language)


def number_word(count: int, language: Language) -> str:
    """`Twee`; figures from thirteen on."""
    words = NUMBERS_NL if language == "nl" else NUMBERS_EN
    return words[count - 1] if 0 < count <= len(words) else str(count)


def lowered(name: str, language: Language, *, any_word: bool = False) -> str:
    """`gemeente A` for Gemeente A: a kind of place begins with a small letter inside a sentence."""
    kind = pick(language, nl="Gemeente ", en="Municipality ")
    return name[:1].lower() + name[1:] if any_word or name.startswith(kind) else name


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
    titles = join(
        [f"{gap_label(gap, language)}, {gap.title.get(language).rstrip('.')}" for gap in open_gaps[-3:]], language
    )
    gaps = pick(language, nl=many(len(open_gaps), "hiaat", "hiaten"), en=many(len(open_gaps), "gap", "gaps"))
    latest = f": {titles}." if 0 < len(open_gaps) <= 3 else "."
    as_list = pick(language, nl="De lijst zegt hetzelfde in woorden.", en="The list says the same in words.")
    return " ".join([rings, *live, cast, f"{gaps}{latest}", as_list])
