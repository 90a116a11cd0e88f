"""From JSON to a checked `Case`. Every mistake gets one sentence and the JSON pointer of its place.

The format is that of design section 1: a list left out is empty, `types` is ["*"], `from_day` 0, `until_day` the
horizon, `delay` 1, `cost` 1.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar

from schakelbord.engine.case import (
    EVERYTHING,
    Body,
    Case,
    Channel,
    Member,
    Need,
    NewMember,
    Observation,
    Option,
    Signal,
)
from schakelbord.engine.case_fields import LARGEST_DAY, LARGEST_NUMBER, Place, pointer, refuse
from schakelbord.engine.json_text import decode_json

Part = TypeVar("Part")

_FIELDS = {
    "case": ("horizon", "organisations", "signals", "observations", "channels", "bodies", "needs", "options"),
    "signal": ("id", "type"),
    "observation": ("signal", "organisation", "day"),
    "channel": ("id", "from", "to", "types", "delay", "from_day", "until_day"),
    "body": ("id", "types", "days", "members"),
    "member": ("organisation", "from_day", "until_day"),
    "new member": ("body", "organisation", "from_day", "until_day"),
    "need": ("id", "organisation", "signals", "at_least", "by"),
    "option": ("id", "cost", "add_days", "add_channel", "add_member", "set_delay", "add_types"),
}


def parse_case(data: bytes | object, *, strict: bool = False) -> Case:
    """Read a case from JSON text (bytes, UTF-8) or from decoded JSON (a dict of lists).

    Args:
        data: the text, or the decoded object.
        strict: also refuse a type in a link that no signal of the case has, and fields that nobody knows.

    Raises:
        InputError: with the JSON pointer of the place in `where`, or "JSON" when the text itself is broken.
    """
    document = decode_json(data) if isinstance(data, bytes) else data
    root = Place(document, "")
    root.object()
    return _Reader(root, strict).case()


class _Reader:
    """Knows the ids read so far, so that every reference can be checked where it stands."""

    def __init__(self, root: Place, strict: bool) -> None:
        self.root = root
        self.strict = strict
        self.horizon = root.field("horizon").number(0, LARGEST_DAY)
        self.organisations: dict[str, None] = {}
        self.signals: dict[str, Signal] = {}
        self.channels: dict[str, Channel] = {}
        self.bodies: dict[str, Body] = {}
        self.options: dict[str, Option] = {}
        self.added: set[str] = set()
        self.kinds: set[str] = set()

    def case(self) -> Case:
        self.known(self.root, "case")
        self.each("organisations", self.organisation)
        self.each("signals", self.signal)
        self.kinds = {signal.type for signal in self.signals.values()}
        observations = self.each("observations", self.observation)
        self.each("channels", lambda place: self.unique(self.channel(place), place, self.channels))
        self.each("bodies", lambda place: self.unique(self.body(place), place, self.bodies))
        needs: dict[str, Need] = {}
        self.each("needs", lambda place: self.unique(self.need(place), place, needs))
        self.each("options", lambda place: self.unique(self.option(place), place, self.options))
        return Case(
            horizon=self.horizon,
            organisations=tuple(self.organisations),
            signals=tuple(self.signals.values()),
            observations=observations,
            channels=tuple(self.channels.values()),
            bodies=tuple(self.bodies.values()),
            needs=tuple(needs.values()),
            options=tuple(self.options.values()),
        )

    # Lists and ids

    def each(self, name: str, read: Callable[[Place], Part]) -> tuple[Part, ...]:
        return tuple(read(item) for item in self.root.field(name).items()) if self.root.has(name) else ()

    def known(self, place: Place, kind: str) -> None:
        if self.strict:
            place.only(*_FIELDS[kind])

    def unique(self, part: Part, place: Place, seen: dict[str, Part]) -> Part:
        identity = place.field("id")
        self.new_id(identity, seen)
        seen[identity.text()] = part
        return part

    def new_id(self, place: Place, seen: Collection[str]) -> str:
        text = place.text()
        if text in seen:
            refuse(
                "duplicate_id",
                place.where,
                nl=f"“{text}” bestaat al; geef dit een andere naam.",
                en=f"“{text}” exists already; give this another name.",
            )
        if "|" in text:
            refuse(
                "bad_id",
                place.where,
                nl=f"in “{text}” staat het teken |; dat mag niet in een naam.",
                en=f"“{text}” holds the sign |, which a name may not have.",
            )
        return text

    def existing(self, place: Place, known: Collection[str], *, nl: str, en: str) -> str:
        return self.name(place.text(), place.where, known, nl=nl, en=en)

    def name(self, text: str, where: str, known: Collection[str], *, nl: str, en: str) -> str:
        if text not in known:
            refuse(
                "unknown_id",
                where,
                nl=f"{nl} “{text}” bestaat niet in dit geval; verbeter de naam of voeg die toe.",
                en=f"there is no {en} “{text}” in this case; correct the name or add it.",
            )
        return text

    def an_organisation(self, place: Place) -> str:
        return self.existing(place, self.organisations, nl="de organisatie", en="organisation")

    def a_signal(self, place: Place) -> str:
        return self.existing(place, self.signals, nl="het signaal", en="signal")

    # Days and types

    def day(self, place: Place) -> int:
        day = place.number(-LARGEST_NUMBER, LARGEST_NUMBER)
        if not 0 <= day <= self.horizon:
            refuse(
                "day_outside",
                place.where,
                nl=f"dag {day} valt buiten dit geval; kies een dag van 0 tot en met {self.horizon}.",
                en=f"day {day} is outside this case; choose a day from 0 to {self.horizon}.",
            )
        return day

    def days(self, place: Place) -> tuple[int, ...]:
        return tuple(sorted({self.day(item) for item in place.items()}))

    def window(self, place: Place) -> tuple[int, int]:
        first = self.day(place.field("from_day")) if place.has("from_day") else 0
        last = self.day(place.field("until_day")) if place.has("until_day") else self.horizon
        if first > last:
            refuse(
                "window_reversed",
                pointer(place.where, "until_day"),
                nl=f"de periode eindigt op dag {last}, vóór het begin op dag {first}; draai de dagen om.",
                en=f"the window ends on day {last}, before it begins on day {first}; swap the days.",
            )
        return first, last

    def types(self, place: Place) -> tuple[str, ...]:
        if self.strict:
            for item in place.items():
                self.used_type(item)
        return place.texts()

    def used_type(self, place: Place) -> None:
        kind = place.text()
        if kind != EVERYTHING and kind not in self.kinds:
            refuse(
                "unknown_type",
                place.where,
                nl=f"geen enkel signaal heeft de soort “{kind}”; verbeter de soort of laat --strict weg.",
                en=f"no signal has the type “{kind}”; correct the type or leave out --strict.",
            )

    def link_types(self, place: Place) -> tuple[str, ...]:
        return self.types(place.field("types")) if place.has("types") else (EVERYTHING,)

    def delay(self, place: Place) -> int:
        return place.number(1, LARGEST_DAY)

    # Parts of a case

    def organisation(self, place: Place) -> None:
        self.organisations[self.new_id(place, self.organisations)] = None

    def signal(self, place: Place) -> None:
        self.known(place, "signal")
        self.unique(Signal(id=place.field("id").text(), type=place.field("type").text()), place, self.signals)

    def observation(self, place: Place) -> Observation:
        self.known(place, "observation")
        return Observation(
            signal=self.a_signal(place.field("signal")),
            organisation=self.an_organisation(place.field("organisation")),
            day=self.day(place.field("day")),
        )

    def channel(self, place: Place) -> Channel:
        self.known(place, "channel")
        first, last = self.window(place)
        return Channel(
            id=place.field("id").text(),
            sender=self.an_organisation(place.field("from")),
            receiver=self.an_organisation(place.field("to")),
            types=self.link_types(place),
            delay=self.delay(place.field("delay")) if place.has("delay") else 1,
            from_day=first,
            until_day=last,
        )

    def member(self, place: Place) -> Member:
        organisation = self.an_organisation(place.field("organisation"))
        first, last = self.window(place)
        return Member(organisation=organisation, from_day=first, until_day=last)

    def body_member(self, place: Place) -> Member:
        self.known(place, "member")
        return self.member(place)

    def body(self, place: Place) -> Body:
        self.known(place, "body")
        members = place.field("members").items() if place.has("members") else ()
        return Body(
            id=place.field("id").text(),
            types=self.link_types(place),
            days=self.days(place.field("days")) if place.has("days") else (),
            members=tuple(self.body_member(member) for member in members),
        )

    def need(self, place: Place) -> Need:
        self.known(place, "need")
        signals = tuple(dict.fromkeys(self.a_signal(item) for item in place.field("signals").items()))
        if not signals:
            refuse(
                "empty_need",
                pointer(place.where, "signals"),
                nl="deze lijst is leeg; noem minstens één signaal.",
                en="this list is empty; name at least one signal.",
            )
        return Need(
            id=place.field("id").text(),
            organisation=self.an_organisation(place.field("organisation")),
            signals=signals,
            at_least=place.field("at_least").number(1, len(signals)),
            by=self.day(place.field("by")) if place.has("by") else self.horizon,
        )

    # Options

    def option(self, place: Place) -> Option:
        self.known(place, "option")
        return Option(
            id=place.field("id").text(),
            cost=place.field("cost").number(0, LARGEST_NUMBER) if place.has("cost") else 1,
            add_days=self.by_name(place, "add_days", self.a_body_key, self.days),
            add_channel=self.new_channel(place.field("add_channel")) if place.has("add_channel") else None,
            add_member=self.new_member(place.field("add_member")) if place.has("add_member") else None,
            set_delay=self.by_name(place, "set_delay", self.a_channel_key, self.delay),
            add_types=self.by_name(place, "add_types", self.a_link_key, self.types),
        )

    def by_name(
        self, place: Place, field: str, check: Callable[[str, str], str], read: Callable[[Place], Part]
    ) -> dict[str, Part]:
        entries = place.field(field).entries() if place.has(field) else ()
        return {check(key, value.where): read(value) for key, value in entries}

    def a_body_key(self, key: str, where: str) -> str:
        return self.name(key, where, self.bodies, nl="het overleg", en="body")

    def a_channel_key(self, key: str, where: str) -> str:
        return self.name(key, where, self.channels, nl="het kanaal", en="channel")

    def a_link_key(self, key: str, where: str) -> str:
        if key in self.bodies and key in self.channels:
            refuse(
                "ambiguous_id",
                where,
                nl=f"“{key}” is een kanaal én een overleg; geef een van de twee een andere naam.",
                en=f"“{key}” is both a channel and a body; give one of them another name.",
            )
        return self.name(key, where, {**self.channels, **self.bodies}, nl="het kanaal of overleg", en="channel or body")

    def new_channel(self, place: Place) -> Channel:
        channel = self.channel(place)
        self.new_id(place.field("id"), {*self.channels, *self.added})
        self.added.add(channel.id)
        return channel

    def new_member(self, place: Place) -> NewMember:
        self.known(place, "new member")
        body = self.existing(place.field("body"), self.bodies, nl="het overleg", en="body")
        return NewMember(body=body, member=self.member(place))
