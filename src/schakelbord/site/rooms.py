"""The apps that have rooms which people follow live."""

from __future__ import annotations

from schakelbord.live.frames import RoomsOf

ROOMS: tuple[RoomsOf, ...] = ()
