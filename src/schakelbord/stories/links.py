"""Channels and bodies of one organisation, in words for its card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schakelbord.engine.catalogue import ChannelType, Delay, Queue, Rhythm
from schakelbord.stories.grounds import GroundWords, ages_words, ground_words
from schakelbord.stories.names import Names
from schakelbord.stories.words import REQUIREMENTS, SCOPES

EVERYTHING = "*"


@dataclass(frozen=True, slots=True)
class ChannelWords:
    """A channel as the card of one of its two ends shows it."""

    id: str
    partner: str
    carries: tuple[str, ...]
    ground: GroundWords | None
    scope: Promise
    delay: str
    fictitious: bool
    delay_source: str
    ages: str
    requires: tuple[Promise, ...]
    practice: bool
    asked: bool
    feedback: bool
    unsafe_for: tuple[str, ...]
    queue: str

    @property
    def works(self) -> bool:
        """True when a message really gets through: a ground that counts, and done in practice."""
        return self.practice and self.ground is not None and self.ground.counts


@dataclass(frozen=True, slots=True)
class SeatWords:
    """A body as the card of a member shows it, or a member as the card of a body does."""

    id: str
    name: str
    rhythm: str
    fictitious: bool
    practice: bool


def channels_from(type_id: str, names: Names) -> tuple[ChannelWords, ...]:
    """What this kind of organisation may tell, by name of the receiver."""
    return _words(((row, row.to) for row in names.catalogue.channels if row.from_ == type_id), names)


def channels_to(type_id: str, names: Names) -> tuple[ChannelWords, ...]:
    """What this kind of organisation may hear, by name of the sender."""
    return _words(((row, row.from_) for row in names.catalogue.channels if row.to == type_id), names)


def seats_of(type_id: str, names: Names) -> tuple[SeatWords, ...]:
    """The bodies in which this kind of organisation has a seat, by name."""
    found = [
        SeatWords(
            id=body.id,
            name=body.name.get(names.language),
            rhythm=rhythm_words(body.rhythm),
            fictitious=body.rhythm.fictitious,
            practice=member.works == "practice" and body.works == "practice",
        )
        for body in names.catalogue.bodies
        for member in body.members
        if member.organisation == type_id
    ]
    return tuple(sorted(found, key=lambda seat: (not seat.practice, seat.name)))


def rhythm_words(rhythm: Rhythm) -> str:
    """How often a body meets."""
    weeks, rest = divmod(rhythm.every_days, 7)
    if rest == 0 and weeks > 0:
        return ngettext("every week", "every %(count)s weeks", weeks) % {"count": weeks}
    return ngettext("every day", "every %(count)s days", rhythm.every_days) % {"count": rhythm.every_days}


def delay_words(delay: Delay) -> str:
    """How long a message takes."""
    return ngettext("%(count)s day", "%(count)s days", delay.days) % {"count": delay.days}


def queue_words(queue: Queue | None) -> str:
    """A waiting list: the norm and what it really takes."""
    if queue is None:
        return ""
    return _("waiting list: %(real)s days, the norm is %(norm)s") % {"real": queue.real_days, "norm": queue.norm_days}


def carries_words(carries: Iterable[str], names: Names) -> tuple[str, ...]:
    """The names of what a link carries, in order of the alphabet."""
    if EVERYTHING in carries:
        return (_("everything"),)
    return tuple(sorted(names.signal(signal) for signal in carries))


def _words(rows: Iterable[tuple[ChannelType, str]], names: Names) -> tuple[ChannelWords, ...]:
    """Channels in words: those that work first, then by name of the other end."""
    words = [_channel(row, partner, names) for row, partner in rows]
    return tuple(sorted(words, key=lambda row: (not row.works, row.partner, row.id)))


def _channel(row: ChannelType, partner: str, names: Names) -> ChannelWords:
    """One channel in words, seen from the end that is not `partner`."""
    return ChannelWords(
        id=row.id,
        partner=names.type(partner),
        carries=carries_words(row.carries, names),
        ground=ground_words(row.ground, names.language),
        scope=SCOPES[row.scope],
        delay=delay_words(row.delay),
        fictitious=row.delay.fictitious,
        delay_source=row.delay.source or "",
        ages=ages_words(row.ages),
        requires=tuple(REQUIREMENTS[need] for need in row.requires),
        practice=row.works == "practice",
        asked=row.asked or bool(row.ground and row.ground.asked),
        feedback=row.kind == "feedback",
        unsafe_for=tuple(names.pattern(pattern) for pattern in row.unsafe_for),
        queue=queue_words(row.queue),
    )
