"""The way of a piece, hop by hop, in words: day, what happened, on which ground."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from schakelbord.engine.catalogue import Ground
from schakelbord.engine.reading import Arrival, Finding
from schakelbord.stories.grounds import ground_name
from schakelbord.stories.names import Names

OBSERVATION = "observation"


@dataclass(frozen=True, slots=True)
class HopWords:
    """One hop: when `to` holds the piece, in one sentence, with the ground on which it was passed on."""

    day: int
    text: str
    ground: str
    unsafe: bool
    by: str
    from_: str | None
    to: str


def hops_of(way: Iterable[Arrival], names: Names) -> tuple[HopWords, ...]:
    """The hops of a way in words, oldest first."""
    return tuple(hop_words(row, names) for row in way)


def hop_words(row: Arrival, names: Names) -> HopWords:
    """One hop in words."""
    ground, unsafe = _ground_of(row.by, names)
    return HopWords(
        day=row.day,
        text=_sentence(row, names),
        ground=ground_name(ground) if ground else "",
        unsafe=unsafe,
        by=row.by,
        from_=row.from_,
        to=row.organisation,
    )


def _sentence(row: Arrival, names: Names) -> str:
    """Who comes to know what, and from whom or in which body."""
    words = {
        "to": names.instance(row.organisation),
        "signal": names.signal(row.signal),
        "body": names.type(row.by.partition("@")[0]),
    }
    if row.from_ is None:
        return _("%(to)s sees: %(signal)s") % words
    words["from"] = names.instance(row.from_)
    lower, rises, higher = row.by.partition(">")
    if rises:
        words |= {"lower": names.type(lower), "higher": names.type(higher)}
        return _("%(to)s hears it because %(lower)s takes it up to %(higher)s") % words
    if row.by.partition("@")[0] in names.catalogue.body:
        return _("%(to)s hears it in the %(body)s, from %(from)s") % words
    return _("%(to)s hears it from %(from)s") % words


def _ground_of(by: str, names: Names) -> tuple[Ground | None, bool]:
    """The ground of a link, and whether it may bring danger."""
    link = by.partition("@")[0]
    channel = names.catalogue.channel.get(link)
    if channel is not None:
        return channel.ground, bool(channel.unsafe_for)
    body = names.catalogue.body.get(link)
    return (body.ground, False) if body else (None, False)


def finding_hops(finding: Finding, names: Names) -> tuple[HopWords, ...]:
    """The path of a gap so far in words; each hop of the finding is one hop of a piece."""
    return tuple(
        hop_words(
            Arrival(hop.day, hop.to, finding.signal or "", finding.about, by=hop.by, from_=hop.from_, sent=hop.sent),
            names,
        )
        for hop in finding.path
    )
