"""Frames: an event of the journal as it travels to a browser, once a language.

Source: "Stream" in the design of the live layer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from django.http import HttpRequest

from schakelbord.live.hub import Frame, Streams
from schakelbord.live.journal import JsonValue, Payload
from schakelbord.live.models import Event

Language = Literal["nl", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")
Html = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Admission:
    """What a reader of a room may see, and in which language. `counts` when it is one of those present."""

    audiences: frozenset[str]
    language: Language
    counts: bool = True

    @property
    def streams(self) -> Streams:
        """The streams that this reader merges: each audience in its language."""
        return frozenset(stream_name(audience, self.language) for audience in self.audiences)


@dataclass(frozen=True, slots=True)
class RoomsOf:
    """How an app answers for its rooms.

    Args:
        admit: who may read a room; None when this room is not the app's, or not for them. The request has a session
            and a user.
        render: fragments of HTML that an event brings along, by the name of the view; nothing when there are none.
    """

    admit: Callable[[HttpRequest, int], Admission | None]
    render: Callable[[Event, Language], Html]


def stream_name(audience: str, language: Language) -> str:
    """The name of a stream."""
    return f"{audience}|{language}"


def content_of(event: Event, html: Html | None = None) -> dict[str, JsonValue]:
    """An event as its readers get it: neither who did it nor the hashes."""
    data: JsonValue = json.loads(event.payload)
    content: dict[str, JsonValue] = {
        "seq": event.seq,
        "verb": event.verb,
        "node": event.node,
        "data": data,
        "key": event.key,
        "at": int(event.at.timestamp() * 1000),
    }
    return content | {"html": dict(html)} if html else content


def frames_of(event: Event, render: Callable[[Event, Language], Html]) -> Iterator[Frame]:
    """A frame a language, with its fragments."""
    for language in LANGUAGES:
        yield _frame(event, language, render(event, language))


def missed_frames(events: Iterable[Event], admission: Admission) -> list[Frame]:
    """Older events for one reader, without fragments: the page fetches its state once."""
    return [_frame(event, admission.language, None) for event in events if event.audience in admission.audiences]


def message(name: str, content: Payload, *, identity: str = "") -> bytes:
    """A message of the stream."""
    head = f"id: {identity}\n" if identity else ""
    return f"{head}event: {name}\ndata: {json.dumps(content, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()


def _frame(event: Event, language: Language, html: Html | None) -> Frame:
    data = message("frame", content_of(event, html), identity=f"{event.room_id}:{event.seq}")
    return Frame(event.seq, stream_name(event.audience, language), data)
