"""The lines of the stage: over which links pieces went, and with which legal ground."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from schakelbord.drawing.cast import bodies_between
from schakelbord.drawing.moment import Moment
from schakelbord.drawing.states import ChannelState
from schakelbord.engine.catalogue import Catalogue, Ground
from schakelbord.engine.reading import Arrival, Reading


def channels_at(
    moment: Moment, catalogue: Catalogue, reading: Reading, shown: Collection[str]
) -> tuple[ChannelState, ...]:
    """The links between actors that are drawn, over which a piece went in this scene, up to this day.

    A body is a token of its own: a line runs from who brought a piece to the body and from the body to who heard it.
    """
    first, _ = moment.scene_days
    found: dict[str, ChannelState] = {}
    for row in reading.timeline:
        if row.from_ is None or not first <= row.day <= moment.day:
            continue
        for link in _links(row, moment, catalogue, reading):
            old = found.get(link.id)
            if {link.from_, link.to} <= set(shown) and (old is None or link.arrived):
                found[link.id] = link
    return tuple(found.values())


def ground_label(ground: Ground | None) -> str:
    """Law and article as they stand on a pill, "" without a ground in force."""
    if ground is None or ground.status == "bill":
        return ""
    return f"{ground.law}, {ground.article}" if ground.article else ground.law


def _links(row: Arrival, moment: Moment, catalogue: Catalogue, reading: Reading) -> Iterator[ChannelState]:
    """The lines of one arrival."""
    sender, new = row.from_ or "", moment.is_new(row.day)
    channel, body = catalogue.channel.get(row.by), catalogue.body.get(row.by)
    if body is not None:
        ground = ground_label(body.ground)
        for middle in bodies_between(row, reading):
            for from_, to in ((sender, middle), (middle, row.organisation)):
                yield ChannelState(
                    f"{row.by}:{from_}>{to}", row.by, "body", from_, to, ground, paper=False, arrived=new
                )
        return
    kind = "channel" if channel is not None else "escalation"
    ground, paper = (ground_label(channel.ground), channel.works == "paper") if channel else ("", False)
    line = f"{row.by}:{sender}>{row.organisation}"
    yield ChannelState(line, row.by, kind, sender, row.organisation, ground, paper, arrived=new)  # type: ignore[arg-type]
