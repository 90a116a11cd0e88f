"""Gaps in words, and what becomes of them when repairs are on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schakelbord.engine.reading import Assumption, Finding, NeedResult, Reading, Repair
from schakelbord.stories.hops import HopWords, finding_hops
from schakelbord.stories.names import Names
from schakelbord.stories.pieces import dolls_of
from schakelbord.stories.words import CAUSE_GONE, CAUSES, DECIDER_ORDER, DECIDERS, KIND_ICONS, KINDS

ASSUMPTIONS_IN_VIEW = 5


@dataclass(frozen=True, slots=True)
class GapRow:
    """A gap in a list. `mended` when the repairs that are on close it; `then` says on which day it is in time.

    `told` when somebody in a room told it, else it was computed; `count` is how many recognise it, `status` where it is
    in its life, empty outside a session.
    """

    key: str
    number: int
    title: str
    sentence: str
    between: str
    about: str
    day: int
    by: int | None
    kind: Promise | str
    icon: str
    mended: bool
    then: str
    told: bool = False
    label: str = ""
    count: int = 0
    status: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """A set of obstacles that is enough by itself: without it the message would have arrived."""

    names: tuple[Promise, ...]
    without: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class AssumptionWords:
    """What a finding rests on. `standing` is `checked`, `practice` or `open`."""

    text: str
    source: str
    standing: str


@dataclass(frozen=True, slots=True)
class RepairChoice:
    """A set of repairs that would close a gap, as something to switch on."""

    value: str
    items: tuple[str, ...]
    size: Promise
    needs_law: bool
    then: str
    on: bool


@dataclass(frozen=True, slots=True)
class FindingWords:
    """One gap with everything about it."""

    row: GapRow
    hue: str
    pattern: str
    signals: tuple[str, ...]
    causes: tuple[Cause, ...]
    hops: tuple[HopWords, ...]
    outcome: str
    assumptions: tuple[AssumptionWords, ...]
    repairs: tuple[RepairChoice, ...]
    repair_note: str
    warnings: tuple[str, ...]

    @property
    def assumptions_first(self) -> tuple[AssumptionWords, ...]:
        """The assumptions in view."""
        return self.assumptions[:ASSUMPTIONS_IN_VIEW]

    @property
    def assumptions_rest(self) -> tuple[AssumptionWords, ...]:
        """The assumptions that are folded."""
        return self.assumptions[ASSUMPTIONS_IN_VIEW:]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What the repairs that are on change: how many gaps close, and which new ones open."""

    on: tuple[str, ...]
    closed: frozenset[str]
    total: int
    opened: int

    @property
    def summary(self) -> str:
        """The outcome in one sentence."""
        words = {"closed": len(self.closed), "total": self.total}
        text = ngettext("%(closed)s of %(total)s gap closes", "%(closed)s of %(total)s gaps close", self.total) % words
        if self.opened:
            more = ngettext("%(count)s new gap opens", "%(count)s new gaps open", self.opened) % {"count": self.opened}
            return f"{text}, {more}"
        return text


def compare(before: Reading, after: Reading, on: tuple[str, ...]) -> WhatIf:
    """What became of the gaps of `before` in `after`."""
    keys, left = {row.key for row in before.findings}, {row.key for row in after.findings}
    return WhatIf(on, frozenset(keys - left), len(keys), len(left - keys))


def gap_row(finding: Finding, after: Reading, names: Names, *, mended: bool) -> GapRow:
    """A gap as a row in a list."""
    return GapRow(
        key=finding.key,
        number=finding.number,
        label=str(finding.number),
        title=finding.title.get(names.language),
        sentence=finding.sentence.get(names.language),
        between=between_words(finding, names),
        about=finding.about,
        day=finding.day,
        by=finding.by,
        kind=KINDS[finding.kind],
        icon=KIND_ICONS[finding.kind],
        mended=mended,
        then=_then(finding, after) if mended else "",
    )


def between_words(finding: Finding, names: Names) -> str:
    """Between whom a gap gapes. Nobody is somebody too."""
    first, second = finding.between
    if first and second and first != second:
        return _("%(first)s and %(second)s") % {"first": names.instance(first), "second": names.instance(second)}
    only = first or second
    if only is None:
        return ""
    return (
        _("%(first)s and nobody") % {"first": names.instance(only)} if None in finding.between else names.instance(only)
    )


def finding_words(finding: Finding, after: Reading, names: Names, *, mended: bool, on: Collection[str]) -> FindingWords:
    """One gap in words, with its repairs as choices."""
    return FindingWords(
        row=gap_row(finding, after, names, mended=mended),
        hue=names.hue(finding.about),
        pattern=names.pattern(finding.pattern) if finding.pattern else "",
        signals=tuple(names.signal(signal) for signal in finding.signals),
        causes=tuple(
            Cause(tuple(CAUSES[name] for name in group), tuple(CAUSE_GONE[name] for name in group))
            for group in finding.causes
        ),
        hops=finding_hops(finding, names),
        outcome=_outcome(finding, after, names),
        assumptions=tuple(_assumption(row, names) for row in finding.assumptions),
        repairs=tuple(_repair(row, names, on) for row in finding.repairs),
        repair_note=finding.repair_note.get(names.language) if finding.repair_note else "",
        warnings=tuple(text.get(names.language) for text in finding.warnings),
    )


def repair_keys(reading: Reading) -> frozenset[str]:
    """All keys of repairs that the findings of a reading offer."""
    return frozenset(item.key for finding in reading.findings for repair in finding.repairs for item in repair.items)


def need_of(finding: Finding, reading: Reading) -> NeedResult | None:
    """The deadline that a gap keeps from being met, as a reading has it."""
    fitting = [
        need
        for need in reading.needs
        if need.pattern == finding.pattern
        and finding.by in (None, need.by)
        and finding.about in dolls_of(reading.story, need)
    ]
    return fitting[0] if fitting else None


def _then(finding: Finding, after: Reading) -> str:
    """On which day it is now in time, and how many days are left."""
    need = need_of(finding, after)
    if need is None or need.met_on is None:
        return _("this gap closes")
    return _in_time(need.met_on, need.by - need.met_on)


def _in_time(day: int, slack: int) -> str:
    """A day that is in time, with what is left."""
    left = ngettext("%(count)s day left", "%(count)s days left", slack) % {"count": slack}
    return _("then on day %(day)s, %(left)s") % {"day": day, "left": left}


def _outcome(finding: Finding, reading: Reading, names: Names) -> str:
    """What the holder of the mandate has in the end, against what it needs."""
    need = need_of(finding, reading)
    if need is None:
        return ""
    holder = need.holder or (need.mandate[0] if need.mandate else None)
    words = {"by": need.by, "needed": need.at_least}
    if holder is None:
        return _("Nobody has the task to act. Needed: %(needed)s pieces, by day %(by)s.") % words
    words |= {"has": len(need.has.get(holder, ()))}
    return _("%(holder)s has %(has)s of the %(needed)s pieces it needs by day %(by)s.") % {
        **words,
        "holder": names.instance(holder),
    }


def _assumption(row: Assumption, names: Names) -> AssumptionWords:
    """An assumption with its standing: checked against a text, known from practice, or without a source yet."""
    standing = "checked" if row.verified else "practice" if row.source else "open"
    return AssumptionWords(row.what.get(names.language), row.source or "", standing)


def _repair(row: Repair, names: Names, on: Collection[str]) -> RepairChoice:
    """A repair as a choice; it is on when all its items are."""
    heaviest = max((item.decider for item in row.items), key=DECIDER_ORDER.index)
    return RepairChoice(
        value=",".join(item.key for item in row.items),
        items=tuple(item.says.get(names.language) for item in row.items),
        size=DECIDERS[heaviest],
        needs_law=any(item.needs_law for item in row.items),
        then=_in_time(row.met_on, row.slack),
        on=all(item.key in on for item in row.items),
    )


def values_elsewhere(choices: Iterable[RepairChoice], on: Collection[str]) -> tuple[str, ...]:
    """The keys that are on but belong to no choice in this list: a form must carry them along."""
    offered = {key for choice in choices for key in choice.value.split(",")}
    return tuple(key for key in on if key not in offered)
