"""The pass over the days for large cases, compiled by numba. The only module that imports numba; reached above a size.

One pass serves a block of W words of 64 signals. Arrays are those of `Plan`, their masks cut to the block. On each day:

1. the bodies that are awake and meet read what their present members hold (the state of the day before);
2. they write, deliveries due arrive, observations are made: bits that turn on are gathered for each organisation;
3. organisations that gained: first days are recorded, new bits go down channels, bodies wake for their next meeting.

A body wakes when a member gains something it carries from elsewhere than from that body itself, or at the first meeting
inside a member's window. `lanes` is a tuple of W zeros: its length is part of its type, so that the compiler knows W
and unrolls the loops over words.
"""

# mypy: disallow-untyped-defs=False
# ruff: noqa: PLR0917
# numba infers types from the arrays (shapes and dtypes: see `Plan`) and is fastest with plain positional arguments.

from __future__ import annotations

import numpy as np

from schakelbord.engine.compiled_code import use_cache_folder

use_cache_folder()

from numba import int64, njit, uint64  # noqa: E402  numba reads the folder of its cache when it is imported

NOBODY = -1
SEVERAL = -2
"""Where an organisation's gain of a day came from, when not from one body: several, a channel or an observation."""

ONE, NONE = uint64(1), uint64(0)
MANY_CHANGED = 1000
"""Organisations that gain on one day, above which sorting them costs less than jumping about in memory."""

TRAY = 32
"""Deliveries of one day that lie side by side; a day has a chain of trays, all but the first full."""


@njit(cache=True, forceinline=True)
def lowest(bits):
    """Number of the lowest bit that is on, by counting the bits below it."""
    x = (bits & (~bits + ONE)) - ONE
    x = x - ((x >> uint64(1)) & uint64(0x5555555555555555))
    x = (x & uint64(0x3333333333333333)) + ((x >> uint64(2)) & uint64(0x3333333333333333))
    x = (x + (x >> uint64(4))) & uint64(0x0F0F0F0F0F0F0F0F)
    return int64((x * uint64(0x0101010101010101)) >> uint64(56))


@njit(cache=True, forceinline=True)
def read(lanes, day, body, mask, masks, members, state, met, pools, shared):
    """What the members present hold together and carry, into row `met`; whether one of them lacks any of it."""
    member_start, member = members
    for w in range(len(lanes)):
        pools[met, w] = NONE
        shared[w] = ~NONE
    for row in range(member_start[body], member_start[body + 1]):
        if member[row, 1] <= day <= member[row, 2]:
            organisation = member[row, 0]
            for w in range(len(lanes)):
                pools[met, w] |= state[organisation, w]
                shared[w] &= state[organisation, w]
    lacking = NONE
    for w in range(len(lanes)):
        pools[met, w] &= masks[mask, w]
        lacking |= pools[met, w] & ~shared[w]
    return lacking != NONE


@njit(cache=True, forceinline=True)
def hold_meetings(lanes, day, forced, masks, body_mask, members, wakes, agenda, state, meeting, pools):
    """Step 1: every body that is awake and meets reads; returns how many have something to write."""
    wake_day, wake_body = wakes
    bucket, after, awake, read_on = agenda
    shared = np.empty(len(lanes), np.uint64)
    met = 0
    body = bucket[day]
    while body != NOBODY or (forced < len(wake_day) and wake_day[forced] == day):
        if body == NOBODY:
            current = wake_body[forced]
            forced += 1
        else:
            current, body = body, after[body]
            awake[current] = 0
        if read_on[current] == day:
            continue
        read_on[current] = day
        if read(lanes, day, current, body_mask[current], masks, members, state, met, pools, shared):
            meeting[met] = current
            met += 1
    return met, forced


@njit(cache=True, forceinline=True)
def gain(lanes, day, seats, begin, end, bits, row, step, source, state, gained, sources, changed, count):
    """Turn on what is new to the organisations of seats `begin` .. `end` that are taken today.

    Seat k gets row `row + step * (k - begin)` of bits. Loops inside and not around it: numba counts references to
    arrays at every call, which would cost more than the work. Returns how many organisations have changed.
    """
    for number in range(begin, end):
        if not seats[number, 1] <= day <= seats[number, 2]:
            continue
        organisation, place = seats[number, 0], row + step * (number - begin)
        fresh = NONE
        for w in range(len(lanes)):
            fresh |= bits[place, w] & ~state[organisation, w]
        if fresh == NONE:
            continue
        before = sources[organisation]
        sources[organisation] = source if before == NOBODY or before == source else SEVERAL  # noqa: PLR1714, SIM109  numba
        changed[count] = organisation
        count += before == NOBODY
        for w in range(len(lanes)):
            gained[organisation, w] |= bits[place, w] & ~state[organisation, w]
            state[organisation, w] |= bits[place, w]
    return count


@njit(cache=True, forceinline=True)
def write_meetings(lanes, day, met, meeting, pools, members, state, gained, sources, changed):
    """Step 2a: members present get what was read; returns how many organisations have changed."""
    start, member = members
    count = 0
    for number in range(met):
        body = meeting[number]
        count = gain(
            lanes,
            day,
            member,
            start[body],
            start[body + 1],
            pools,
            number,
            0,
            body,
            state,
            gained,
            sources,
            changed,
            count,
        )
    return count


@njit(cache=True, forceinline=True)
def deliver(lanes, day, post, trays, free, used, state, gained, sources, changed, count):
    """Step 2b: what is due today arrives; its trays become free again."""
    due, filled = post
    following, receiver, parcel = trays
    tray, size = due[day], filled[day]
    while tray != NOBODY:
        row = tray * TRAY
        count = gain(
            lanes, day, receiver, row, row + size, parcel, row, 1, SEVERAL, state, gained, sources, changed, count
        )
        emptied, tray, size = tray, following[tray], TRAY
        following[emptied] = free
        free = emptied
        used -= 1
    return count, free, used


@njit(cache=True, forceinline=True)
def observe(lanes, day, seen, sights, state, gained, sources, changed, count):
    """Step 2c: what is seen today; `sights` ascend by day, `seen` of them lie in the past."""
    sight, bit = sights
    bits = np.zeros((1, len(lanes)), np.uint64)
    while seen < len(bit) and sight[seen, 1] == day:
        bits[0, bit[seen] >> 6] = ONE << uint64(bit[seen] & 63)
        count = gain(lanes, day, sight, seen, seen + 1, bits, 0, 0, SEVERAL, state, gained, sources, changed, count)
        bits[0, bit[seen] >> 6] = NONE
        seen += 1
    return count, seen


@njit(cache=True, forceinline=True)
def record(lanes, day, changed, count, gained, first):
    """Step 3a: write the day at every bit that turned on."""
    for number in range(count):
        organisation = changed[number]
        for w in range(len(lanes)):
            bits = gained[organisation, w]
            while bits != NONE:
                first[organisation, w * 64 + lowest(bits)] = day
                bits &= bits - ONE


@njit(cache=True)
def more_trays(trays, free):
    """Twice as many trays, the new ones free, before those that were."""
    following, receiver, parcel = trays
    size = len(following)
    longer = np.empty(2 * size, np.int32)
    longer[:size] = following
    for tray in range(size, 2 * size):
        longer[tray] = tray + 1 if tray + 1 < 2 * size else free
    receivers, parcels = (
        np.empty((2 * len(receiver), 3), np.int32),
        np.empty((2 * len(parcel), parcel.shape[1]), np.uint64),
    )
    receivers[: len(receiver)] = receiver
    parcels[: len(parcel)] = parcel
    return (longer, receivers, parcels), size


@njit(cache=True)
def most_trays(changed, count, channel_start, days):
    """How many trays what is sent today can take at most: full ones, and one begun for every day."""
    total = 0
    for number in range(count):
        total += channel_start[changed[number] + 1] - channel_start[changed[number]]
    return total // TRAY + min(total, days)


@njit(cache=True, forceinline=True)
def send(lanes, day, changed, count, channels, masks, state, gained, post, trays, free, used):
    """Step 3b: put new bits on their way down the channels, unless the receiver has them already."""
    channel_start, channel = channels
    due, filled = post
    following, receiver, parcel = trays
    for number in range(count):
        organisation = changed[number]
        for row in range(channel_start[organisation], channel_start[organisation + 1]):
            to, mask = channel[row, 0], channel[row, 4]
            fresh = NONE
            for w in range(len(lanes)):
                fresh |= gained[organisation, w] & masks[mask, w] & ~state[to, w]
            sent_on = max(day, channel[row, 2])
            arrives = sent_on + channel[row, 1]
            if fresh == NONE or sent_on > channel[row, 3] or arrives >= len(due):
                continue
            if due[arrives] == NOBODY or filled[arrives] == TRAY:
                tray, free = free, following[free]
                following[tray] = due[arrives]
                due[arrives], filled[arrives] = tray, 0
                used += 1
            place = due[arrives] * TRAY + filled[arrives]
            filled[arrives] += 1
            receiver[place, 0], receiver[place, 1], receiver[place, 2] = to, arrives, arrives
            for w in range(len(lanes)):
                parcel[place, w] = gained[organisation, w] & masks[mask, w]
    return free, used


@njit(cache=True, forceinline=True)
def wake(lanes, day, changed, count, sources, seats, masks, body_mask, gained, meetings, at, agenda):
    """Step 3c: bodies that carry any of the gain wake for their next meeting, but not the body it all came from.

    Ends the day: what was gained is forgotten.
    """
    seat_start, seat = seats
    day_start, days = meetings
    bucket, after, awake, _ = agenda
    for number in range(count):
        organisation = changed[number]
        source = sources[organisation]
        for row in range(seat_start[organisation], seat_start[organisation + 1]):
            body = seat[row]
            if awake[body] or body == source:
                continue
            carried = NONE
            for w in range(len(lanes)):
                carried |= masks[body_mask[body], w] & gained[organisation, w]
            if carried == NONE:
                continue
            place, last = at[body], day_start[body + 1]
            while place < last and days[place] <= day:
                place += 1
            at[body] = place
            if place < last:
                awake[body] = 1
                after[body] = bucket[days[place]]
                bucket[days[place]] = body
        sources[organisation] = NOBODY
        for w in range(len(lanes)):
            gained[organisation, w] = NONE


@njit(cache=True, nogil=True)
def run(lanes, horizon, masks, body_mask, channels, members, meetings, seats, wakes, sights, first):
    """One block of W words: fills `first` (O, 64 W) with the first day of each bit that turns on.

    `masks` is (K, W) uint64; the tuples hold arrays of `Plan`: channels (start, rows), members (start, rows), meetings
    (start, days), seats (start, bodies), wakes (day, body), sights (organisation and day twice, bit within the block).
    """
    organisations, bodies, width = len(seats[0]) - 1, len(members[0]) - 1, len(lanes)
    state, gained = np.zeros((organisations, width), np.uint64), np.zeros((organisations, width), np.uint64)
    sources, changed = np.full(organisations, NOBODY, np.int32), np.empty(organisations + 1, np.int32)
    at = meetings[0][:-1].copy()
    agenda = (
        np.full(horizon + 1, NOBODY, np.int32),
        np.empty(bodies, np.int32),
        np.zeros(bodies, np.uint8),
        np.full(bodies, -1, np.int32),
    )
    post = (np.full(horizon + 1, NOBODY, np.int32), np.zeros(horizon + 1, np.int32))
    trays, free, used = (
        (np.full(1, NOBODY, np.int32), np.empty((TRAY, 3), np.int32), np.empty((TRAY, width), np.uint64)),
        0,
        0,
    )
    meeting, pools = np.empty(bodies, np.int32), np.empty((bodies, width), np.uint64)
    forced = seen = 0
    for day in range(horizon + 1):
        met, forced = hold_meetings(lanes, day, forced, masks, body_mask, members, wakes, agenda, state, meeting, pools)
        count = write_meetings(lanes, day, met, meeting, pools, members, state, gained, sources, changed)
        count, free, used = deliver(lanes, day, post, trays, free, used, state, gained, sources, changed, count)
        count, seen = observe(lanes, day, seen, sights, state, gained, sources, changed, count)
        # Grown here and not while sending: handing arrays back from the inner loop costs more than the sending.
        while len(trays[0]) - used < most_trays(changed, count, channels[0], horizon + 1):
            trays, free = more_trays(trays, free)
        if count > MANY_CHANGED:
            # Neighbours share memory; without this a busy day jumps all over a large country.
            changed[:count].sort()
        record(lanes, day, changed, count, gained, first)
        free, used = send(lanes, day, changed, count, channels, masks, state, gained, post, trays, free, used)
        wake(lanes, day, changed, count, sources, seats, masks, body_mask, gained, meetings, at, agenda)
