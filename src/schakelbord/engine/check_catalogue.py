"""Does a catalogue make sense? Every id exists, every number is possible, and the rules of the design hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from schakelbord.engine import check_messages as messages
from schakelbord.engine import limits
from schakelbord.engine.catalogue import (
    Ages,
    BodyType,
    Catalogue,
    ChannelType,
    Delay,
    Ground,
    OrganisationType,
    Pattern,
    Queue,
)
from schakelbord.engine.check_grounds import check_sensitive
from schakelbord.engine.decode import Document
from schakelbord.engine.references import ANY, Kind, Known, check_repeats, check_unique, ids_in
from schakelbord.engine.text import Text

KINDS: Final[dict[str, Kind]] = {
    "organisations": "organisation",
    "bodies": "body",
    "channels": "channel",
    "signals": "signal",
    "patterns": "pattern",
    "themes": "theme",
}
"""What the rows of each file are."""


def known_in(documents: dict[str, Document]) -> Known:
    """All ids in the files of a catalogue, also of unusable rows; kinds of unread files are left out."""
    return Known({KINDS[name]: frozenset(ids_in(document.root)) for name, document in documents.items()})


def check_catalogue(documents: dict[str, Document], catalogue: Catalogue) -> None:
    """Adds to each document what does not make sense in it.

    Args:
        documents: the files that could be read, by name (`bodies`).
        catalogue: what was read of them.
    """
    known = known_in(documents)
    for name, document in documents.items():
        check_unique(document, document.root, KINDS[name])
    for organisation in catalogue.organisations:
        _Row(documents["organisations"], organisation, known).organisation(organisation)
    for body in catalogue.bodies:
        _Row(documents["bodies"], body, known).body(body, catalogue)
    for channel in catalogue.channels:
        _Row(documents["channels"], channel, known).channel(channel, catalogue)
    for pattern in catalogue.patterns:
        _Row(documents["patterns"], pattern, known).pattern(pattern)
    _check_circles(documents, catalogue)


class _Row:
    """Checks one row of a catalogue file."""

    def __init__(self, document: Document, row: msgspec.Struct, known: Known) -> None:
        self._document = document
        self._row = row
        self._known = known

    def organisation(self, row: OrganisationType) -> None:
        self._signals("observes", row.observes)
        self._queue(row.queue)
        if row.layer != "uitvoering" and row.observes:
            self._warn("observes", "policy_observes", messages.policy_observes())
        for task in row.tasks:
            self._ages(task, task.ages)
            self._ground(task.ground)

    def body(self, row: BodyType, catalogue: Catalogue) -> None:
        if not row.members:
            self._error("members", "no_members", messages.no_members())
        for place, member in enumerate(row.members):
            spot = ("members", place)
            self._known.check(self._document, row, *spot, kind="organisation", word=member.organisation)
        check_repeats(self._document, row, "members", [member.organisation for member in row.members])
        for place, theme in enumerate(row.themes):
            self._known.check(self._document, row, "themes", place, kind="theme", word=theme)
        self._carries(row.carries)
        self._rhythm(row)
        self._ages(row, row.ages)
        self._ground(row.ground)
        self._escalation(row)
        self._layer(row)
        check_sensitive(self._document, row, catalogue)

    def channel(self, row: ChannelType, catalogue: Catalogue) -> None:
        self._known.check(self._document, row, "from", kind="organisation", word=row.from_)
        self._known.check(self._document, row, "to", kind="organisation", word=row.to)
        for place, pattern in enumerate(row.unsafe_for):
            self._known.check(self._document, row, "unsafe_for", place, kind="pattern", word=pattern)
        if row.from_ == row.to and row.scope in {"same_place", "local"}:
            self._warn("scope", "to_itself", messages.to_itself(row.scope))
        self._carries(row.carries)
        self._delay(row.delay)
        self._queue(row.queue)
        self._ages(row, row.ages)
        self._ground(row.ground)
        check_sensitive(self._document, row, catalogue)

    def pattern(self, row: Pattern) -> None:
        self._signals("signals", row.signals)
        if not 1 <= row.at_least <= len(row.signals):
            self._error("at_least", "at_least", messages.at_least(row.at_least, len(row.signals)))
        if not row.mandate:
            self._error("mandate", "no_mandate", messages.no_mandate())
        for place, mandate in enumerate(row.mandate):
            spot = ("mandate", place, "organisation")
            self._known.check(self._document, row, *spot, kind="organisation", word=mandate.organisation)
            self._ages(mandate, mandate.ages)
        self._ground(row.ground)

    def _signals(self, field: str, words: Sequence[str]) -> None:
        for place, word in enumerate(words):
            self._known.check(self._document, self._row, field, place, kind="signal", word=word)
        check_repeats(self._document, self._row, field, words)

    def _carries(self, words: Sequence[str]) -> None:
        self._signals("carries", [word for word in words if word != ANY] if ANY in words else words)
        if ANY in words and len(words) > 1:
            self._warn("carries", "all_and_more", messages.all_and_more())

    def _rhythm(self, row: BodyType) -> None:
        rhythm = row.rhythm
        if rhythm.every_days < 1:
            self._error_in(rhythm, "every_days", "never_meets", messages.every_days(rhythm.every_days))
        if not 0 <= rhythm.first_day <= limits.HORIZON:
            self._error_in(rhythm, "first_day", "never_meets", messages.first_day(rhythm.first_day))

    def _delay(self, delay: Delay) -> None:
        if delay.days < 1:
            self._error_in(delay, "days", "delay", messages.delay(delay.days))

    def _queue(self, queue: Queue | None) -> None:
        if queue is not None and (queue.norm_days < 0 or queue.real_days < 0):
            field = "norm_days" if queue.norm_days < 0 else "real_days"
            self._error_in(queue, field, "queue", messages.negative_days(field))

    def _ages(self, holder: msgspec.Struct, ages: Ages | None) -> None:
        if ages is None:
            return
        if not 0 <= ages[0] <= limits.AGE or not 0 <= ages[1] <= limits.AGE:
            self._error_in(holder, "ages", "ages", messages.ages_outside())
        elif ages[0] >= ages[1]:
            self._error_in(holder, "ages", "ages", messages.ages_reversed(*ages))

    def _ground(self, ground: Ground | None) -> None:
        if ground is None:
            return
        if ground.verified and not (ground.source and ground.as_of):
            self._error_in(ground, "verified", "verified_without_source", messages.verified_without_source())
        if len(ground.contested) == 1:
            self._warn_in(ground, "contested", "one_view", messages.one_view())

    def _escalation(self, row: BodyType) -> None:
        for place, step in enumerate(row.escalates_to):
            if self._known.check(self._document, row, "escalates_to", place, kind="body", word=step.body):
                self._delay(step.delay)
            if step.body == row.id:
                self._error_in(row, "escalates_to", "escalates_to_itself", messages.escalates_to_itself())

    def _layer(self, row: BodyType) -> None:
        """Policy and administration are about the system: nothing about a family, except what a law obliges."""
        if row.layer == "uitvoering" or not row.carries:
            return
        if row.ground is None or row.ground.duty != "must":
            self._error("carries", "policy_carries", messages.policy_carries())

    def _error(self, field: str, code: str, says: Text) -> None:
        self._error_in(self._row, field, code, says)

    def _warn(self, field: str, code: str, says: Text) -> None:
        self._warn_in(self._row, field, code, says)

    def _error_in(self, holder: msgspec.Struct, field: str, code: str, says: Text) -> None:
        self._document.error(self._document.spot(holder, field), code, says)

    def _warn_in(self, holder: msgspec.Struct, field: str, code: str, says: Text) -> None:
        self._document.warn(self._document.spot(holder, field), code, says)


def _check_circles(documents: dict[str, Document], catalogue: Catalogue) -> None:
    """Warns where escalation comes back to where it began: then nobody decides."""
    above = {row.id: [step.body for step in row.escalates_to if step.body != row.id] for row in catalogue.bodies}
    for row in catalogue.bodies:
        if circle := _way_back(row.id, above):
            document = documents["bodies"]
            document.warn(document.spot(row, "escalates_to"), "circle", messages.circle(circle))


def _way_back(start: str, above: dict[str, list[str]]) -> list[str]:
    """The shortest way from a body up to itself, or nothing. Only told at the first body of the circle by name."""
    ways: list[list[str]] = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for step in above.get(way[-1], []):
            if step == start:
                return [*way, start] if start == min(way) else []
            if step not in seen:
                seen.add(step)
                ways.append([*way, step])
    return []
