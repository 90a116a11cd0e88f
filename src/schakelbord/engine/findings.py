"""Findings without words: for each need that is not met in time, where, when and why it breaks.

Missing signals that break at the same place for the same reason are one finding. The place is the first link on the
counterfactual way that did not work as things are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

from schakelbord.engine.causes import causes_of_need, causes_of_signal, kind_of, main_cause
from schakelbord.engine.need_days import StoryNeed, mandate_on
from schakelbord.engine.obstacles import BORDER, LINK, names_of
from schakelbord.engine.reading import CauseClass, FindingKind, Hop
from schakelbord.engine.world import beats_of

MANY_TYPES = 5


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding before it has words and a number."""

    kind: FindingKind
    causes: tuple[tuple[CauseClass, ...], ...]
    pattern: str
    about: str
    signals: tuple[str, ...]
    between: tuple[str | None, str | None]
    day: int
    by: int
    link: str | None = None
    path: tuple[Hop, ...] = ()

    @property
    def key(self) -> str:
        """Stays the same when story or model change elsewhere."""
        ends = (end or "niemand" for end in self.between)
        parts = [self.pattern, self.about, str(self.by), self.kind, *ends, self.link or ""]
        return ".".join(part.replace("@", "-").replace(">", "-").strip("~") for part in parts if part)


@dataclass(frozen=True, slots=True)
class Break:
    """Where a piece dies: between whom, since which day, by which link, after which path."""

    between: tuple[str | None, str | None]
    day: int
    link: str | None
    path: tuple[Hop, ...]


def drafts_of(need: StoryNeed) -> list[Draft]:
    """All findings of a need that is not met in time; none when it is."""
    if need.met_in_time():
        return []
    holder = need.holder()
    if holder is None:
        return [_unowned(need)]
    found = _merged(_of_signals(need, holder))
    found += _of_the_need(need, holder, {draft.kind for draft in found})
    found += _no_director(need)
    return found + _not_enough(need)


def missing_signals(need: StoryNeed, holder: str) -> Iterator[str]:
    """Signals that were seen or happened before the deadline and that the holder does not have in time."""
    for signal in need.pattern.signals:
        days = [day for day in (need.first_seen(signal), happened_on(need, signal)) if day is not None]
        if days and min(days) < need.deadline.by and not need.in_time(holder, signal):
            yield signal


def happened_on(need: StoryNeed, signal: str) -> int | None:
    """The first day on which something happens that nobody sees, about any of the dolls."""
    beats = beats_of(need.facts.compiled.world.story)
    days = (beat.day for beat in beats for row in beat.happens if row.signal == signal and row.about in need.dolls)
    return min(days, default=None)


def is_unseen(need: StoryNeed, signal: str) -> bool:
    """Whether nobody sees a signal before the deadline day."""
    seen = need.first_seen(signal)
    return seen is None or seen >= need.deadline.by


def _draft(need: StoryNeed, kind: str, causes: tuple[int, ...], signals: tuple[str, ...], place: Break) -> Draft:
    return Draft(
        kind=cast("FindingKind", kind),
        causes=tuple(names_of(mask) for mask in causes),
        pattern=need.pattern.id,
        about=need.deadline.about,
        signals=signals,
        between=place.between,
        day=place.day,
        by=need.deadline.by,
        link=place.link,
        path=place.path,
    )


def _of_signals(need: StoryNeed, holder: str) -> Iterator[Draft]:
    for signal in missing_signals(need, holder):
        if is_unseen(need, signal):
            day = happened_on(need, signal) or need.deadline.by
            yield _draft(need, "unseen", (), (signal,), Break((need.deadline.about, None), day, None, ()))
            continue
        causes = causes_of_signal(need, holder, signal)
        yield _draft(need, kind_of(causes), causes, (signal,), break_of(need, holder, signal, main_cause(causes)))


def _merged(drafts: Iterator[Draft]) -> list[Draft]:
    """Drafts that break at the same place for the same reason become one, with all their signals."""
    found: dict[object, Draft] = {}
    for draft in drafts:
        place = (draft.kind, draft.between, draft.link)
        known = found.get(place)
        if known is None:
            found[place] = draft
        else:
            first = known if known.day <= draft.day else draft
            other = draft if first is known else known
            found[place] = replace(first, signals=(*first.signals, *other.signals))
    return list(found.values())


def _of_the_need(need: StoryNeed, holder: str, kinds: set[FindingKind]) -> list[Draft]:
    """A finding for the need as a whole, when no signal of it shows the same kind."""
    causes = causes_of_need(need)
    if not causes or kind_of(causes) in kinds:
        return []
    dropped = main_cause(causes)
    signals = list(missing_signals(need, holder))
    helped = [signal for signal in signals if dropped & LINK or need.in_time(holder, signal, dropped)]
    first = next(iter(helped or signals), None)
    if first is None:
        return []
    return [_draft(need, kind_of(causes), causes, tuple(helped), break_of(need, holder, first, dropped))]


def break_of(need: StoryNeed, holder: str, signal: str, dropped: int) -> Break:
    """The first link on the counterfactual way of a signal that did not work as things are."""
    doll = _doll_of(need, holder, signal, dropped)
    facts = need.facts.about(doll)
    held = facts.holders(signal)
    if dropped & LINK or holder not in facts.holders(signal, dropped):
        teller = min(held, key=lambda one: (held[one], one))
        return Break((teller, holder), held[teller], None, facts.ways(signal).hops(teller))
    steps = facts.ways(signal, dropped).steps(holder)
    step = next((row for row in steps if held.get(row.receiver, row.day + 1) > row.day), steps[-1])
    day = max(step.sent, _border_day(need, doll, step.receiver)) if step.mask & BORDER else step.sent
    return Break((step.sender, step.receiver), day, step.name, facts.ways(signal).hops(step.sender))


def _border_day(need: StoryNeed, doll: str, receiver: str) -> int:
    """The first day on which a doll lives where the receiver works: before that there was no border to cross."""
    world = need.facts.compiled.world
    area = receiver.partition("@")[2]
    days = (phase.from_day for phase in world.phases[doll] if world.inside(area, phase.place))
    return min(days, default=0)


def _doll_of(need: StoryNeed, holder: str, signal: str, dropped: int) -> str:
    """The doll about whom the holder would learn a signal first; the first about whom it was seen when that says
    nothing.
    """
    seen = [doll for doll in need.dolls if need.facts.about(doll).holders(signal)]
    if dropped & LINK:
        return seen[0]
    days = {doll: need.facts.about(doll).day(holder, signal, dropped) for doll in seen}
    reached = [doll for doll in seen if days[doll] is not None]
    return min(reached, key=lambda doll: (days[doll], seen.index(doll))) if reached else seen[0]


def _unowned(need: StoryNeed) -> Draft:
    """Nobody holds the mandate there and then: the empty chair, from the first day on which the mandate was gone for
    good.
    """
    world = need.facts.compiled.world
    day = need.deadline.by
    while day > 0 and not mandate_on(world, need.pattern, need.deadline.about, day - 1):
        day -= 1
    place = Break((need.deadline.about, None), day, None, ())
    return _draft(need, "unowned", causes_of_need(need), (), place)


def _piece_days(need: StoryNeed) -> dict[str, dict[str, int]]:
    """For each instance the first day of every signal of the pattern that it holds by the deadline."""
    found: dict[str, dict[str, int]] = {}
    for signal in need.pattern.signals:
        for doll in need.dolls:
            for instance, day in need.facts.about(doll).holders(signal).items():
                if day <= need.deadline.by:
                    days = found.setdefault(instance, {})
                    days[signal] = min(days.get(signal, day), day)
    return found


def types_with_a_piece(need: StoryNeed) -> int:
    """Of how many types organisations hold a piece by the deadline."""
    return len({instance.partition("@")[0] for instance in _piece_days(need)})


def _no_director(need: StoryNeed) -> list[Draft]:
    """Organisations of at least five types hold a piece, none holds enough: from the day on which the fifth type had
    one.
    """
    pieces = _piece_days(need)
    if any(len(days) >= need.pattern.at_least for days in pieces.values()):
        return []
    first: dict[str, int] = {}
    for instance, days in pieces.items():
        kind = instance.partition("@")[0]
        first[kind] = min([first.get(kind, need.deadline.by), *days.values()])
    if len(first) < MANY_TYPES:
        return []
    day = sorted(first.values())[MANY_TYPES - 1]
    signals = tuple(signal for signal in need.pattern.signals if any(signal in days for days in pieces.values()))
    return [_draft(need, "no_director", (), signals, Break((need.deadline.about, None), day, None, ()))]


def _not_enough(need: StoryNeed) -> list[Draft]:
    """Fewer pieces were seen by the deadline than the pattern needs: that is the story, not the system."""
    seen = [signal for signal in need.pattern.signals if not is_unseen(need, signal)]
    if len(seen) >= need.pattern.at_least:
        return []
    place = Break((need.deadline.about, None), need.deadline.by, None, ())
    return [_draft(need, "not_enough_pieces", (), tuple(seen), place)]
