"""Invented cases of any size, up to the whole country, from a seed. For measuring and for trying things out.

A municipality has forty organisations (fewer when asked); most links stay inside it, some inside its region of fourteen
municipalities, a few cross the country. What spreads decides the cost of a pass, not the size; so `carry` says which
share of the links carries anything.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from schakelbord.engine.arrays import ArrayCase, Int, ints, names, starts
from schakelbord.engine.case import Need

Ints = npt.NDArray[np.int64]

ORGANISATIONS = 40
"""Organisations in a municipality."""
BODIES = 117
CHANNELS = 292
"""Bodies and channels for each municipality: 40,000 and 100,000 for the 342 of the country."""
REGION = 14
"""Municipalities in a region."""
WITHIN = (0.85, 0.145, 0.005)
"""Shares of channels and bodies inside a municipality, inside its region, across the country."""
RHYTHMS = (14, 28, 42, 56, 91, 182)
RHYTHM_SHARES = (0.02, 0.12, 0.18, 0.20, 0.28, 0.20)
"""Days between two meetings, from fortnightly to half-yearly, and how many bodies keep each."""
LATE_MEMBERS = 0.1
"""Share of members that come later or leave earlier."""


def make_case(
    *, municipalities: int, years: int, carry: float, seed: int, signals: int = 64, organisations: int = ORGANISATIONS
) -> ArrayCase:
    """An invented case; the same arguments give the same case.

    Args:
        municipalities: from 1; 342 is the country.
        years: of 365 days.
        carry: share (0 to 1) of channels and bodies that carry anything; those carry everything.
        seed: of the random numbers.
        signals: each observed once, by one organisation, somewhere in the first year.
        organisations: in each municipality.
    """
    random = np.random.default_rng(seed)
    horizon = 365 * years
    size = municipalities * organisations
    scale = organisations / ORGANISATIONS
    channels = _channels(random, max(1, round(CHANNELS * scale * municipalities)), organisations, municipalities)
    bodies = max(1, round(BODIES * scale * municipalities))
    sizes = random.integers(5, 13, bodies)
    members = _members(random, sizes, organisations, municipalities)
    first_day, last_day = _windows(random, len(members), horizon, LATE_MEMBERS)
    day_start, day = _calendar(random, bodies, horizon)
    sent_from, sent_until = _windows(random, len(channels), horizon, LATE_MEMBERS)
    return ArrayCase(
        horizon=horizon,
        organisation_id=names([f"m{n // organisations:03d}-{n % organisations:02d}" for n in range(size)]),
        signal_id=names([f"s{n:04d}" for n in range(signals)]),
        signal_type=names(["piece"] * signals),
        observation_signal=np.arange(signals, dtype=np.int32),
        observation_organisation=ints(random.integers(0, size, signals)),
        observation_day=ints(random.integers(0, 365, signals)),
        types_start=starts([1, 0]),
        types_name=names(["*"]),
        channel_id=names([f"c{n:06d}" for n in range(len(channels))]),
        channel_from=ints(channels[:, 0]),
        channel_to=ints(channels[:, 1]),
        channel_types=ints(random.random(len(channels)) >= carry),
        channel_delay=ints(random.integers(1, 22, len(channels))),
        channel_from_day=sent_from,
        channel_until_day=sent_until,
        body_id=names([f"g{n:05d}" for n in range(bodies)]),
        body_types=ints(random.random(bodies) >= carry),
        member_start=starts(sizes),
        member_organisation=ints(members),
        member_from_day=first_day,
        member_until_day=last_day,
        day_start=day_start,
        day=day,
    )


def needs_for(case: ArrayCase, count: int, seed: int) -> tuple[Need, ...]:
    """Needs for an invented case: somebody should hold one of two signals before half of the time has passed."""
    random = np.random.default_rng([seed, count])
    return tuple(
        Need(
            id=f"n{number}",
            organisation=str(random.choice(case.organisation_id)),
            signals=tuple(
                str(name) for name in random.choice(case.signal_id, min(2, len(case.signal_id)), replace=False)
            ),
            at_least=1,
            by=case.horizon // 2,
        )
        for number in range(count)
    )


def _anywhere_near(
    random: np.random.Generator, home: Ints, reach: Ints, organisations: int, municipalities: int
) -> Ints:
    """An organisation for every home municipality: of itself (reach 0), of its region (1) or of anywhere (2)."""
    first = home // REGION * REGION
    in_region = first + random.integers(0, np.minimum(REGION, municipalities - first))
    anywhere = random.integers(0, municipalities, len(home))
    place = np.select([reach == 0, reach == 1], [home, in_region], anywhere)
    return np.asarray(place * organisations + random.integers(0, organisations, len(home)), dtype=np.int64)


def _channels(random: np.random.Generator, count: int, organisations: int, municipalities: int) -> Ints:
    """(count, 2) sender and receiver, never the same where there are two."""
    home = random.integers(0, municipalities, count)
    sender = home * organisations + random.integers(0, organisations, count)
    receiver = _anywhere_near(random, home, random.choice(3, count, p=WITHIN), organisations, municipalities)
    size = municipalities * organisations
    return np.stack((sender, np.where(sender == receiver, (receiver + 1) % size, receiver)), axis=1)


def _members(random: np.random.Generator, sizes: Ints, organisations: int, municipalities: int) -> Ints:
    """The organisations of all bodies, one after another; each body has a home municipality."""
    home = np.repeat(random.integers(0, municipalities, len(sizes)), sizes)
    reach = np.repeat(random.choice(3, len(sizes), p=WITHIN), sizes)
    return _anywhere_near(random, home, reach, organisations, municipalities)


def _windows(random: np.random.Generator, count: int, horizon: int, share: float) -> tuple[Int, Int]:
    """First and last day: mostly the whole time, a share begins later, as large a share ends earlier."""
    first, last = np.zeros(count, dtype=np.int32), np.full(count, horizon, dtype=np.int32)
    turn = random.random(count)
    day = random.integers(0, horizon + 1, count).astype(np.int32)
    first[turn < share] = day[turn < share]
    last[turn > 1 - share] = day[turn > 1 - share]
    return first, last


def _calendar(random: np.random.Generator, bodies: int, horizon: int) -> tuple[Ints, Int]:
    rhythm = random.choice(RHYTHMS, bodies, p=RHYTHM_SHARES)
    first = random.integers(0, rhythm)
    meetings = np.maximum(0, (horizon - first) // rhythm + 1)
    start = starts(meetings)
    turn = np.arange(start[-1]) - np.repeat(start[:-1], meetings)
    return start, ints(np.repeat(first, meetings) + turn * np.repeat(rhythm, meetings))
