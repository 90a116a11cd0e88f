"""Random small cases for the properties of the engine, with windows, types, delays and options of every kind."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

JsonCase = dict[str, Any]
TYPES = ("x", "y", "z")


@st.composite
def cases(draw: st.DrawFn, *, options: int = 0, most_signals: int = 4) -> JsonCase:
    """A case as decoded JSON: few organisations, short horizon, so that everything that can collide does."""
    horizon = draw(st.integers(0, 14))
    organisations = [f"o{number}" for number in range(draw(st.integers(1, 6)))]
    signals = [{"id": f"s{n}", "type": draw(st.sampled_from(TYPES))} for n in range(draw(st.integers(1, most_signals)))]
    build = _Parts(draw, horizon, organisations, [signal["id"] for signal in signals])
    case: JsonCase = {
        "horizon": horizon,
        "organisations": organisations,
        "signals": signals,
        "observations": [build.observation() for _ in range(draw(st.integers(0, 4)))],
        "channels": [build.channel(f"c{number}") for number in range(draw(st.integers(0, 6)))],
        "bodies": [build.body(f"g{number}") for number in range(draw(st.integers(0, 4)))],
        "needs": [build.need(f"n{number}") for number in range(draw(st.integers(0, 2)))],
    }
    build.links(case)
    case["options"] = [build.option(f"r{number}") for number in range(draw(st.integers(0, options)))]
    return case


class _Parts:
    def __init__(self, draw: st.DrawFn, horizon: int, organisations: list[str], signals: list[str]) -> None:
        self.draw, self.horizon, self.organisations, self.signals = draw, horizon, organisations, signals
        self.channels: list[str] = []
        self.bodies: list[str] = []

    def links(self, case: JsonCase) -> None:
        self.channels = [channel["id"] for channel in case["channels"]]
        self.bodies = [body["id"] for body in case["bodies"]]

    def pick(self, *values: Any) -> Any:
        return self.draw(st.sampled_from(values))

    def day(self) -> int:
        return self.draw(st.integers(0, self.horizon))

    def days(self) -> list[int]:
        return [self.day() for _ in range(self.draw(st.integers(0, 5)))]

    def window(self) -> JsonCase:
        if self.draw(st.booleans()):
            return {}
        first, last = sorted((self.day(), self.day()))
        return {"from_day": first, "until_day": last}

    def types(self) -> JsonCase:
        kinds = self.pick(None, ["*"], ["x"], ["x", "y"], [])
        return {} if kinds is None else {"types": kinds}

    def observation(self) -> JsonCase:
        return {"signal": self.pick(*self.signals), "organisation": self.pick(*self.organisations), "day": self.day()}

    def channel(self, name: str) -> JsonCase:
        ends = {"from": self.pick(*self.organisations), "to": self.pick(*self.organisations)}
        return {"id": name, **ends, "delay": self.draw(st.integers(1, 5)), **self.types(), **self.window()}

    def member(self) -> JsonCase:
        return {"organisation": self.pick(*self.organisations), **self.window()}

    def body(self, name: str) -> JsonCase:
        members = [self.member() for _ in range(self.draw(st.integers(0, 4)))]
        return {"id": name, "days": self.days(), "members": members, **self.types()}

    def need(self, name: str) -> JsonCase:
        signals = self.draw(st.lists(st.sampled_from(self.signals), min_size=1, unique=True))
        at_least = self.draw(st.integers(1, len(signals)))
        where = {"organisation": self.pick(*self.organisations), "by": self.day()}
        return {"id": name, "signals": signals, "at_least": at_least, **where}

    def option(self, name: str) -> JsonCase:
        """One or two changes together; a delay may also become longer, which helps nobody."""
        changes: JsonCase = {}
        for _ in range(self.draw(st.integers(1, 2))):
            changes |= self.change(name)
        return {"id": name, "cost": self.draw(st.integers(0, 4)), **changes}

    def change(self, name: str) -> JsonCase:
        kinds = (
            ["add_channel"] + ["set_delay"] * 2 * bool(self.channels) + ["add_days", "add_member"] * bool(self.bodies)
        )
        kind = self.pick(*kinds, *(["add_types"] if self.channels or self.bodies else []))
        if kind == "add_channel":
            return {kind: self.channel(f"x-{name}")}
        if kind == "set_delay":
            return {kind: {self.pick(*self.channels): self.draw(st.integers(1, 6))}}
        if kind == "add_days":
            return {kind: {self.pick(*self.bodies): self.days()}}
        if kind == "add_member":
            return {kind: {"body": self.pick(*self.bodies), **self.member()}}
        return {kind: {self.pick(*self.channels, *self.bodies): [self.pick(*TYPES)]}}
