"""Who tells whom in a story, as a network: nodes, links over which something went, and gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from schakelbord.drawing.links import ground_label
from schakelbord.engine.catalogue import Ground
from schakelbord.engine.reading import Arrival, Finding
from schakelbord.stories.findings import gap_row
from schakelbord.stories.selectors import Moment
from schakelbord.stories.words import LAYERS

LIFE = "leefwereld"


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody in a story. `kind` is `doll`, `organisation`, `body`, `chair` (absent here) or `nobody`.

    `ring` is the code of its layer, `place` the id of its place or region, with their names beside them.
    """

    id: str
    name: str
    kind: str
    ring: str
    ring_name: str
    place: str
    place_name: str


@dataclass(frozen=True, slots=True)
class Link:
    """A channel over which something went. `day` is that of the first piece, `pieces` how many went in all."""

    id: str
    from_: str
    to: str
    kind: str
    ground: str
    works: bool
    day: int
    pieces: int


@dataclass(frozen=True, slots=True)
class GapLink:
    """A gap between two. Where nobody stands at the other end, `to` is a node of its own."""

    key: str
    number: int
    title: str
    sentence: str
    kind: str
    from_: str
    to: str
    about: str
    day: int
    by: int | None
    mended: bool


@dataclass(frozen=True, slots=True)
class Network:
    """All of a story."""

    title: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    gaps: tuple[GapLink, ...]


def network_of(moment: Moment) -> Network:
    """The network of a story with the repairs that are on, over all its days."""
    gaps = tuple(_gap(row, moment) for row in sorted(moment.findings, key=lambda row: row.number))
    return Network(
        title=moment.story.title.get(moment.language),
        nodes=tuple(_nodes(moment, gaps)),
        links=_links(moment),
        gaps=gaps,
    )


def _nodes(moment: Moment, gaps: tuple[GapLink, ...]) -> Iterator[Node]:
    names = moment.names
    for doll in moment.story.dolls:
        yield Node(doll.id, doll.name, "doll", LIFE, str(LAYERS[LIFE]), doll.place, names.area(doll.place))
    known = {doll.id for doll in moment.story.dolls}
    reading = moment.after
    for thing in dict.fromkeys((*reading.instances, *reading.bodies, *reading.absent)):
        known.add(thing)
        yield _instance(thing, moment, absent=thing in reading.absent)
    for end in dict.fromkeys(end for gap in gaps for end in (gap.from_, gap.to) if end not in known):
        yield Node(end, _("nobody"), "nobody", "", "", "", "")


def _instance(thing: str, moment: Moment, *, absent: bool) -> Node:
    """An organisation or body at one place."""
    names, (type_id, __, area) = moment.names, thing.partition("@")
    organisation, body = moment.catalogue.organisation.get(type_id), moment.catalogue.body.get(type_id)
    ring = organisation.layer if organisation else body.layer if body else ""
    return Node(
        id=thing,
        name=names.instance(thing),
        kind="chair" if absent else "body" if body else "organisation",
        ring=ring,
        ring_name=str(LAYERS[ring]) if ring in LAYERS else "",
        place=area,
        place_name=names.area(area),
    )


def _links(moment: Moment) -> tuple[Link, ...]:
    """One link for each way between two, with the day of the first piece."""
    found: dict[str, list[Arrival]] = {}
    for row in moment.after.timeline:
        if row.from_ is not None:
            found.setdefault(f"{row.by}:{row.from_}>{row.organisation}", []).append(row)
    links = (_link(key, rows, moment) for key, rows in found.items())
    return tuple(sorted(links, key=lambda row: (row.day, row.id)))


def _link(key: str, rows: list[Arrival], moment: Moment) -> Link:
    first, name = rows[0], rows[0].by.partition("@")[0]
    channel, body = moment.catalogue.channel.get(name), moment.catalogue.body.get(name)
    ground: Ground | None = channel.ground if channel else body.ground if body else None
    works = channel.works if channel else body.works if body else "practice"
    return Link(
        id=key,
        from_=first.from_ or "",
        to=first.organisation,
        kind="channel" if channel else "body" if body else "escalation",
        ground=ground_label(ground),
        works=works == "practice",
        day=min(row.day for row in rows),
        pieces=len(rows),
    )


def _gap(finding: Finding, moment: Moment) -> GapLink:
    mended = finding.key in moment.whatif.closed
    row = gap_row(finding, moment.after, moment.names, mended=mended)
    first, second = finding.between
    return GapLink(
        key=finding.key,
        number=finding.number,
        title=row.title,
        sentence=row.sentence,
        kind=str(row.kind),
        from_=first or f"nobody:{finding.key}",
        to=second or f"nobody:{finding.key}",
        about=moment.names.doll(finding.about),
        day=finding.day,
        by=finding.by,
        mended=mended,
    )
