"""The sources that a story's gaps and ways rest on, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schakelbord.engine.catalogue import Catalogue, Ground
from schakelbord.engine.reading import Reading


def sources_of(reading: Reading, catalogue: Catalogue) -> tuple[str, ...]:
    """Sources of assumptions, and of the grounds of links along which pieces travelled, in order of the alphabet."""
    found = {row.source for finding in reading.findings for row in finding.assumptions if row.source}
    found |= set(_ground_sources((row.by for row in reading.timeline), catalogue))
    return tuple(sorted(found))


def _ground_sources(links: Iterable[str], catalogue: Catalogue) -> Iterator[str]:
    """The source of the ground of each link that has one."""
    for link in {by.partition("@")[0] for by in links}:
        ground = _ground(link, catalogue)
        if ground and ground.source:
            yield ground.source


def _ground(link: str, catalogue: Catalogue) -> Ground | None:
    channel, body = catalogue.channel.get(link), catalogue.body.get(link)
    return channel.ground if channel else body.ground if body else None
