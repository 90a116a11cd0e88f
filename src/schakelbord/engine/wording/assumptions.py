"""The assumptions of a finding: every number and rule on its path and at its break, and whether it has a source."""

from __future__ import annotations

from collections.abc import Iterator

from schakelbord.engine.catalogue import BodyType, Catalogue, ChannelType, Ground, Queue, Works
from schakelbord.engine.reading import Assumption, Hop
from schakelbord.engine.story import Story
from schakelbord.engine.text import Text
from schakelbord.engine.wording.repairs import short_name


def assumptions_of(
    *, path: tuple[Hop, ...], link: str | None, pattern: str | None, story: Story, catalogue: Catalogue
) -> tuple[Assumption, ...]:
    """What a finding rests on, each once, in the order of the path; the break and the pattern last."""
    del story
    found: dict[str, Assumption] = {}
    for name in [*(hop.by for hop in path), *([link] if link else [])]:
        for row in _of_link(name, catalogue):
            found.setdefault(row.what.nl, row)
    if pattern is not None:
        row = _of_pattern(pattern, catalogue)
        found.setdefault(row.what.nl, row)
    return tuple(found.values())


def _of_link(name: str, catalogue: Catalogue) -> Iterator[Assumption]:
    lower, _, higher = name.partition("@")[0].partition(">")
    channel = catalogue.channel.get(name)
    if channel is not None:
        yield from _of_channel(channel, catalogue)
    elif lower in catalogue.body:
        body = catalogue.body[lower]
        yield from (_of_escalation(body, higher, catalogue) if higher in catalogue.body else _of_body(body))


def _of_channel(row: ChannelType, catalogue: Catalogue) -> Iterator[Assumption]:
    sender, receiver = (short_name(catalogue.organisation[one].name) for one in (row.from_, row.to))
    who = Text(nl=f"{sender.nl} aan {receiver.nl}", en=f"{sender.en} to {receiver.en}")
    yield from _of_ground(who, row.ground)
    yield _days(who, row.delay.days, row.delay.source)
    yield _works(who, row.works)
    queue = catalogue.organisation[row.to].queue
    if queue is not None:
        yield _queue(receiver, queue)
    if row.queue is not None:
        yield _queue(receiver, row.queue)


def _of_body(row: BodyType) -> Iterator[Assumption]:
    name = short_name(row.name)
    yield from _of_ground(name, row.ground)
    days = row.rhythm.every_days
    yield Assumption(
        Text(nl=f"{name.nl}: komt elke {days} dagen bijeen", en=f"{name.en}: meets every {days} days"),
        row.rhythm.source,
        row.rhythm.source is not None and not row.rhythm.fictitious,
    )
    yield _works(name, row.works)


def _of_escalation(row: BodyType, higher: str, catalogue: Catalogue) -> Iterator[Assumption]:
    above = short_name(catalogue.body[higher].name)
    lower = short_name(row.name)
    step = next((step for step in row.escalates_to if step.body == higher), None)
    if step is not None:
        who = Text(nl=f"{lower.nl} naar {above.nl}", en=f"{lower.en} to {above.en}")
        yield _days(who, step.delay.days, step.delay.source)
        yield _works(who, step.works)


def _of_ground(who: Text, ground: Ground | None) -> Iterator[Assumption]:
    if ground is None:
        yield Assumption(Text(nl=f"{who.nl}: geen grondslag", en=f"{who.en}: no legal ground"), None, verified=False)
        return
    yield Assumption(
        Text(
            nl=f"{who.nl}: {ground.law}, artikel {ground.article}",
            en=f"{who.en}: {ground.law}, article {ground.article}",
        ),
        ground.source,
        ground.verified,
    )


def _days(who: Text, days: int, source: str | None) -> Assumption:
    dutch, english = ("dag", "day") if days == 1 else ("dagen", "days")
    text = Text(nl=f"{who.nl}: duurt {days} {dutch}", en=f"{who.en}: takes {days} {english}")
    return Assumption(text, source, source is not None)


def _works(who: Text, works: Works) -> Assumption:
    if works == "paper":
        text = Text(nl=f"{who.nl}: staat op papier, gebeurt niet", en=f"{who.en}: is on paper, is not done")
    else:
        text = Text(nl=f"{who.nl}: gebeurt in de praktijk", en=f"{who.en}: is done in practice")
    return Assumption(text, None, verified=False)


def _queue(receiver: Text, queue: Queue) -> Assumption:
    text = Text(
        nl=f"{receiver.nl}: de norm is {queue.norm_days} dagen, het duurt er {queue.real_days}",
        en=f"{receiver.en}: the norm is {queue.norm_days} days, it takes {queue.real_days}",
    )
    return Assumption(text, queue.source, queue.source is not None)


def _of_pattern(pattern: str, catalogue: Catalogue) -> Assumption:
    row = catalogue.pattern[pattern]
    text = Text(
        nl=f"{row.name.nl}: {row.at_least} van {len(row.signals)} stukjes zijn genoeg om te handelen",
        en=f"{row.name.en}: {row.at_least} of {len(row.signals)} pieces are enough to act",
    )
    return Assumption(text, None, verified=False)
