"""How many people follow a room: a number, never a list of who."""

from __future__ import annotations

from collections.abc import Iterable

# Who polls says every twenty seconds to be there; other workers tell at least every fifteen.
KEPT_SECONDS = 45.0


class Presence:
    """Who is there without a stream, and how many follow the room at other workers. Times are those of the loop."""

    def __init__(self) -> None:
        self._pollers: dict[str, float] = {}
        self._elsewhere: dict[str, tuple[int, float]] = {}

    def here(self, device: str, now: float) -> None:
        """Somebody without a stream says to be there."""
        self._pollers[device] = now

    def elsewhere(self, worker: str, count: int, now: float) -> None:
        """Another worker says how many follow the room there."""
        self._elsewhere[worker] = (count, now)

    def own(self, devices: Iterable[str], now: float) -> int:
        """How many are here, each once: a browser that streams and also says to be there is one.

        Args:
            devices: of all open streams that count; "" when it is not known.
            now: the time.
        """
        self._pollers = {name: seen for name, seen in self._pollers.items() if now - seen < KEPT_SECONDS}
        known, nameless = set(self._pollers), 0
        for device in devices:
            if device:
                known.add(device)
            else:
                nameless += 1
        return len(known) + nameless

    def all(self, devices: Iterable[str], now: float) -> int:
        """How many there are, at all workers."""
        self._elsewhere = {name: told for name, told in self._elsewhere.items() if now - told[1] < KEPT_SECONDS}
        return self.own(devices, now) + sum(count for count, _ in self._elsewhere.values())
