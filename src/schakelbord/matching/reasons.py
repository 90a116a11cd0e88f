"""Why a body stands where it stands, in words of both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schakelbord.engine.text import Text
from schakelbord.matching.model import Body, Earlier, Reason, Wanted
from schakelbord.matching.thesaurus import Concept

MOST_NAMED = 3
LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Shared:
    """What an action and a body have in common; of each list the heaviest first.

    Args:
        wanted: the action.
        body: the body.
        topics: notions that both have.
        close: notions of the body that are close to one of the action.
        sitting: who is asked for in the action and sits in the body, as the body calls them.
        words: words that both have and that no notion explains.
        barred: notions of the action that the remit excludes.
        earlier: an action like this one that the body answered, if any.
    """

    wanted: Wanted
    body: Body
    topics: Sequence[Concept]
    close: Sequence[Concept]
    sitting: Sequence[str]
    words: Sequence[str]
    barred: Sequence[Concept]
    earlier: Earlier | None


def reasons_of(shared: Shared) -> tuple[Reason, ...]:
    """The reasons, the heaviest first; at least one."""
    return (*_about(shared), *_earlier(shared.earlier), *_form(shared.wanted, shared.body))


def list_of(items: Sequence[str], joint: str) -> str:
    """`a`, `a en b`, `a, b en c`."""
    return f"{', '.join(items[:-1])} {joint} {items[-1]}" if len(items) > 1 else items[0]


def every(days: int) -> Text:
    """How often a body meets, in words."""
    for most, nl, en in _RHYTHMS:
        if days <= most:
            return Text(nl=f"komt {nl} bijeen", en=f"meets {en}")
    return Text(nl="komt minder dan eens per jaar bijeen", en="meets less than once a year")


_RHYTHMS = (
    (3, "bijna elke dag", "almost daily"),
    (10, "elke week", "every week"),
    (18, "om de week", "every two weeks"),
    (24, "om de drie weken", "every three weeks"),
    (38, "elke maand", "every month"),
    (50, "om de zes weken", "every six weeks"),
    (75, "om de twee maanden", "every two months"),
    (105, "elk kwartaal", "every quarter"),
    (140, "drie keer per jaar", "three times a year"),
    (220, "twee keer per jaar", "twice a year"),
    (400, "eens per jaar", "once a year"),
)
_LAYERS = {
    "official": Text(nl="ambtelijk", en="official"),
    "administrative": Text(nl="bestuurlijk", en="administrative"),
    "mixed": Text(nl="ambtelijk en bestuurlijk", en="official and administrative"),
}
_PLACES = {
    "gemeente": Text(nl="de gemeente", en="the municipality"),
    "regio": Text(nl="de regio", en="the region"),
    "land": Text(nl="het hele land", en="the whole country"),
}


def _about(shared: Shared) -> Iterator[Reason]:
    if shared.topics:
        nl, en = _named(shared.topics)
        decides = shared.body.layer == "administrative"
        yield Reason(
            Text(
                nl=f"{'beslist al over' if decides else 'gaat al over'} {nl}",
                en=f"{'already decides on' if decides else 'already deals with'} {en}",
            )
        )
    elif shared.close:
        nl, en = _named(shared.close)
        yield Reason(
            Text(nl=f"gaat over iets wat hier dichtbij ligt: {nl}", en=f"deals with something close to this: {en}")
        )
    if shared.sitting:
        names = list(shared.sitting[:MOST_NAMED])
        yield Reason(
            Text(
                nl=f"aan tafel: {list_of(names, 'en')}",
                en=f"at the table: {list_of(names, 'and')}",
            )
        )
    if shared.words and len(shared.topics) < MOST_NAMED:
        quoted = [f"“{word}”" for word in shared.words[:MOST_NAMED]]
        yield Reason(Text(nl=f"noemt ook {list_of(quoted, 'en')}", en=f"also mentions {list_of(quoted, 'and')}"))
    if not (shared.topics or shared.close or shared.sitting or shared.words):
        yield Reason(
            Text(nl="wij vonden geen onderwerp dat beide noemen", en="we found no subject that both mention"),
            speaks_for=False,
        )
    if shared.barred:
        nl, en = _named(shared.barred)
        yield Reason(
            Text(nl=f"zegt zelf niet te gaan over {nl}", en=f"says itself that it is not about {en}"), speaks_for=False
        )


def _named(concepts: Sequence[Concept]) -> tuple[str, str]:
    labels = [concept.label for concept in concepts[:MOST_NAMED]]
    return list_of([label.nl for label in labels], "en"), list_of([label.en for label in labels], "and")


def _earlier(earlier: Earlier | None) -> Iterator[Reason]:
    if earlier is None:
        return
    clean = " ".join(earlier.text.split())
    said = clean if len(clean) <= LONGEST_QUOTE else clean[: LONGEST_QUOTE - 1].rstrip() + "…"
    if earlier.accepted:
        yield Reason(
            Text(nl=f"nam eerder iets aan dat hierop lijkt: “{said}”", en=f"took on something like it: “{said}”")
        )
    else:
        yield Reason(
            Text(nl=f"wees eerder iets af dat hierop lijkt: “{said}”", en=f"declined something like it: “{said}”"),
            speaks_for=False,
        )


def _form(wanted: Wanted, body: Body) -> Iterator[Reason]:
    if wanted.layer and body.layer:
        name = _LAYERS[body.layer]
        if body.layer == wanted.layer:
            yield Reason(Text(nl=f"is {name.nl}, zoals gevraagd", en=f"is {name.en}, as asked"))
        elif "mixed" not in (body.layer, wanted.layer):
            yield Reason(
                Text(nl=f"is {name.nl}, dat is niet gevraagd", en=f"is {name.en}, which was not asked"),
                speaks_for=False,
            )
    if wanted.jurisdiction and body.jurisdiction:
        place = _PLACES[body.jurisdiction]
        if body.jurisdiction == wanted.jurisdiction:
            yield Reason(Text(nl=f"werkt voor {place.nl}, zoals gevraagd", en=f"works for {place.en}, as asked"))
        else:
            yield Reason(Text(nl=f"werkt voor {place.nl}", en=f"works for {place.en}"))
    if body.meets_every_days is not None:
        yield Reason(every(body.meets_every_days))
