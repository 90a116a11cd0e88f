"""The lines of the stage: over which links pieces went, and with which legal ground."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from schakelbord.drawing.cast import Setting, bodies_between
from schakelbord.drawing.moment import Moment
from schakelbord.drawing.states import ChannelState
from schakelbord.engine.catalogue import Ground
from schakelbord.engine.reading import Arrival


def channels_at(moment: Moment, setting: Setting, shown: Collection[str]) -> tuple[ChannelState, ...]:
    """The links between actors that are drawn, over which a piece went in this scene or is under way on this day.

    A body is a token of its own: a line runs from who brought a piece to the body and from the body to who heard it.
    """
    first, _ = moment.scene_days
    found: dict[str, ChannelState] = {}
    for row in setting.reading.timeline:
        under_way = row.sent is not None and row.sent <= moment.day < row.day
        if row.from_ is None or not (first <= row.day <= moment.day or under_way):
            continue
        for link in links_of(row, moment, setting):
            old = found.get(link.id)
            if {link.from_, link.to} <= set(shown) and (old is None or link.arrived):
                found[link.id] = link
    return tuple(found.values())


def ground_label(ground: Ground | None) -> str:
    """Law and article as they stand on a pill, "" without a ground in force."""
    if ground is None or ground.status == "bill":
        return ""
    return f"{ground.law}, {ground.article}" if ground.article else ground.law


def links_of(row: Arrival, moment: Moment, setting: Setting) -> Iterator[ChannelState]:
    """The lines of one arrival."""
    sender, receiver, new = row.from_ or "", row.organisation, moment.is_new(row.day)
    channel, body = setting.catalogue.channel.get(row.by), setting.catalogue.body.get(row.by)
    line = f"{row.by}:{sender}>{receiver}"
    if channel is not None:
        ground, paper = ground_label(channel.ground), channel.works == "paper"
        yield ChannelState(line, row.by, "channel", sender, receiver, ground, paper=paper, arrived=new)
    elif body is not None:
        ground, paper = ground_label(body.ground), body.works == "paper"
        for middle in bodies_between(row, setting):
            for one, other in ((sender, middle), (middle, receiver)):
                name = f"{row.by}:{one}>{other}"
                yield ChannelState(name, row.by, "body", one, other, ground, paper=paper, arrived=new)
    else:
        yield ChannelState(line, row.by, "escalation", sender, receiver, "", paper=False, arrived=new)
