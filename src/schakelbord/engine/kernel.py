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

import os
from pathlib import Path
from tempfile import gettempdir

import numpy as np


def _cache_folder() -> Path:
    """Where compiled code is kept between processes: the user's cache folder, or a private temporary one."""
    private = Path(gettempdir()) / f"schakelbord-numba-{Path.home().name}"
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "schakelbord" / "numba"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return private
    return folder if os.access(folder, os.W_OK) else private


os.environ.setdefault("NUMBA_CACHE_DIR", str(_cache_folder()))

from numba import int64, njit, uint64  # noqa: E402  numba reads the folder of its cache when it is imported

NOBODY = -1
SEVERAL = -2
"""Where an organisation's gain of a day came from, when not from one body: several, a channel or an observation."""

ONE, NONE = uint64(1), uint64(0)
FIRST_POST = 1024


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
def larger(rows):
    """The same rows in twice the space."""
    grown = np.empty((2 * rows.shape[0], rows.shape[1]), rows.dtype)
    grown[: rows.shape[0]] = rows
    return grown


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
def gain(lanes, organisation, bits, row, source, state, gained, sources, changed, count):
    """Turn on what is new to an organisation in a row of bits; returns how many organisations have changed."""
    fresh = NONE
    for w in range(len(lanes)):
        fresh |= bits[row, w] & ~state[organisation, w]
    if fresh == NONE:
        return count
    if sources[organisation] == NOBODY:
        sources[organisation] = source
        changed[count] = organisation
        count += 1
    elif sources[organisation] != source:
        sources[organisation] = SEVERAL
    for w in range(len(lanes)):
        new = bits[row, w] & ~state[organisation, w]
        state[organisation, w] |= new
        gained[organisation, w] |= new
    return count


@njit(cache=True, forceinline=True)
def write_meetings(lanes, day, met, meeting, pools, members, state, gained, sources, changed):
    """Step 2a: members present get what was read; returns how many organisations have changed."""
    member_start, member = members
    count = 0
    for number in range(met):
        body = meeting[number]
        for row in range(member_start[body], member_start[body + 1]):
            if member[row, 1] <= day <= member[row, 2]:
                count = gain(lanes, member[row, 0], pools, number, body, state, gained, sources, changed, count)
    return count


@njit(cache=True, forceinline=True)
def deliver(lanes, day, due, post, parcel, free, waiting, state, gained, sources, changed, count):
    """Step 2b: what is due today arrives; its places in the post become free again."""
    number = due[day]
    while number != NOBODY:
        following = post[number, 0]
        count = gain(lanes, post[number, 1], parcel, number, SEVERAL, state, gained, sources, changed, count)
        post[number, 0] = free
        free, number = number, following
        waiting -= 1
    return count, free, waiting


@njit(cache=True, forceinline=True)
def observe(lanes, day, seen, sights, state, gained, sources, changed, count):
    """Step 2c: what is seen today; `sights` ascend by day, `seen` of them lie in the past."""
    seen_day, seen_organisation, seen_bit = sights
    sight = np.zeros((1, len(lanes)), np.uint64)
    while seen < len(seen_day) and seen_day[seen] == day:
        word = seen_bit[seen] >> 6
        sight[0, word] = ONE << uint64(seen_bit[seen] & 63)
        count = gain(lanes, seen_organisation[seen], sight, 0, SEVERAL, state, gained, sources, changed, count)
        sight[0, word] = NONE
        seen += 1
    return count, seen


@njit(cache=True, forceinline=True)
def record(lanes, day, organisation, gained, first):
    """Step 3a: write the day at every bit that turned on."""
    for w in range(len(lanes)):
        bits = gained[organisation, w]
        while bits != NONE:
            first[organisation, w * 64 + lowest(bits)] = day
            bits &= bits - ONE


@njit(cache=True, forceinline=True)
def chain(post, begin, free):
    """Make the places of the post from `begin` on free, before those that were free; returns the first of them."""
    for number in range(begin, post.shape[0]):
        post[number, 0] = number + 1 if number + 1 < post.shape[0] else free
    return begin


@njit(cache=True, forceinline=True)
def most_to_send(changed, count, channel_start):
    """How many places the post of today needs at most."""
    total = 0
    for number in range(count):
        total += channel_start[changed[number] + 1] - channel_start[changed[number]]
    return total


@njit(cache=True, forceinline=True)
def send(lanes, day, organisation, channels, masks, state, gained, due, post, parcel, free, waiting):
    """Step 3b: put new bits on their way down the channels, unless the receiver has them already."""
    channel_start, channel = channels
    for row in range(channel_start[organisation], channel_start[organisation + 1]):
        receiver, mask = channel[row, 0], channel[row, 4]
        fresh = NONE
        for w in range(len(lanes)):
            fresh |= gained[organisation, w] & masks[mask, w] & ~state[receiver, w]
        sent_on = max(day, channel[row, 2])
        arrives = sent_on + channel[row, 1]
        if fresh == NONE or sent_on > channel[row, 3] or arrives >= len(due):
            continue
        number, free = free, post[free, 0]
        post[number, 0], post[number, 1] = due[arrives], receiver
        due[arrives] = number
        for w in range(len(lanes)):
            parcel[number, w] = gained[organisation, w] & masks[mask, w]
        waiting += 1
    return free, waiting


@njit(cache=True, forceinline=True)
def wake(lanes, day, organisation, source, seats, masks, body_mask, gained, meetings, at, agenda):
    """Step 3c: bodies that carry any of the gain wake for their next meeting, but not the body it all came from."""
    seat_start, seat = seats
    day_start, days = meetings
    bucket, after, awake, _ = agenda
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


@njit(cache=True, nogil=True)
def run(lanes, horizon, masks, body_mask, channels, members, meetings, seats, wakes, sights, first):
    """One block of W words: fills `first` (O, 64 W) with the first day of each bit that turns on.

    `masks` is (K, W) uint64; the tuples hold arrays of `Plan`: channels (start, rows), members (start, rows), meetings
    (start, days), seats (start, bodies), wakes (day, body), sights (day, organisation, bit within the block).
    """
    organisations, bodies, width = len(seats[0]) - 1, len(members[0]) - 1, len(lanes)
    state, gained = np.zeros((organisations, width), np.uint64), np.zeros((organisations, width), np.uint64)
    sources, changed = np.full(organisations, NOBODY, np.int32), np.empty(organisations, np.int32)
    at = meetings[0][:-1].copy()
    agenda = (
        np.full(horizon + 1, NOBODY, np.int32),
        np.empty(bodies, np.int32),
        np.zeros(bodies, np.uint8),
        np.full(bodies, -1, np.int32),
    )
    due, waiting = np.full(horizon + 1, NOBODY, np.int32), 0
    post, parcel = np.empty((FIRST_POST, 2), np.int32), np.empty((FIRST_POST, width), np.uint64)
    free = chain(post, 0, NOBODY)
    meeting, pools = np.empty(bodies, np.int32), np.empty((bodies, width), np.uint64)
    forced = seen = 0
    for day in range(horizon + 1):
        met, forced = hold_meetings(lanes, day, forced, masks, body_mask, members, wakes, agenda, state, meeting, pools)
        count = write_meetings(lanes, day, met, meeting, pools, members, state, gained, sources, changed)
        count, free, waiting = deliver(
            lanes, day, due, post, parcel, free, waiting, state, gained, sources, changed, count
        )
        count, seen = observe(lanes, day, seen, sights, state, gained, sources, changed, count)
        # Grown here and not while sending: handing arrays back from the inner loop costs more than the sending.
        while post.shape[0] - waiting < most_to_send(changed, count, channels[0]):
            post, parcel = larger(post), larger(parcel)
            free = chain(post, post.shape[0] // 2, free)
        for number in range(count):
            organisation = changed[number]
            record(lanes, day, organisation, gained, first)
            free, waiting = send(
                lanes, day, organisation, channels, masks, state, gained, due, post, parcel, free, waiting
            )
            source = sources[organisation]
            wake(lanes, day, organisation, source, seats, masks, body_mask, gained, meetings, at, agenda)
            sources[organisation] = NOBODY
            for w in range(width):
                gained[organisation, w] = NONE
