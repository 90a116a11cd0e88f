"""The minutes of a meeting as one frozen object: every document is made of it, and it is what is adopted.

It holds codes and what people typed, no words of the product, so that it reads the same in each language. Of what was
said without a name it holds the words alone: no person, layer, device, key or time, and in an order that says nothing
about who spoke when.
"""

from __future__ import annotations

import datetime as dt
from hashlib import sha256
from typing import Final, Literal

import msgspec

from schakelbord.errors import StateError

FORMAT: Final = "schakelbord-minutes-1"
Fate = Literal["used", "noted", "merged", "set_aside", "held", "hidden"]
FATES: Final[tuple[Fate, ...]] = ("used", "noted", "merged", "set_aside", "held", "hidden")
"""In the order of the documents. `held`: it looked like a name, and no host let it through."""


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the minutes."""


class BodyPart(Part, frozen=True):
    """A body that convened the meeting; `called` is its short name in lists, kind and layer are codes."""

    name: str
    called: str
    kind: str
    layer: str


class CountPart(Part, frozen=True):
    """How many took part of a body ("" for none) and a layer, and how many had let know that they would not come."""

    body: str
    layer: str
    present: int
    absent: int


class PersonPart(Part, frozen=True):
    """Somebody on the list, as they were on the day."""

    name: str
    organisation: str
    function: str
    body: str
    layer: str


class AttendancePart(Part, frozen=True):
    """Who was there. `nameless` of those present took part without a name; `missing` did not come and said nothing."""

    counts: tuple[CountPart, ...]
    present: tuple[PersonPart, ...]
    absent: tuple[PersonPart, ...]
    nameless: int
    missing: int


class ShownPart(Part, frozen=True):
    """A story that was shown. `digest` is that of the story as the room saw it, "" when no session showed it."""

    item: str
    story: str
    title_nl: str
    title_en: str
    digest: str


class IssuePart(Part, frozen=True):
    """A gap or dilemma that lay on a table."""

    code: str
    kind: str
    statement: str


class ContributionPart(Part, frozen=True):
    """Something that was said. `number` is its place in the minutes, as `2.14` for table 2.

    `name` stands only where it was said with a name. What was hidden or held has no text, source or name.
    """

    number: str
    fate: Fate
    kind: str
    text: str
    source: str
    name: str
    reason: str
    into: str
    group: str
    round: str
    from_paper: bool


class ResultPart(Part, frozen=True):
    """What is different then, and how that is counted; numbers are texts, "" when there is none."""

    text: str
    for_whom: str
    by_when: dt.date | None
    seen_by: str
    unit: str
    baseline: str
    target: str
    source: str


class HarvestPart(Part, frozen=True):
    """What a table asks. `confirmed_by` names roles, `rests_on` numbers of contributions."""

    code: str
    state: str
    assignment: str
    addressees: tuple[str, ...]
    results: tuple[ResultPart, ...]
    rests_on: tuple[str, ...]
    confirmed_by: tuple[str, ...]
    contested_because: str
    readback_note: str


class TablePart(Part, frozen=True):
    """A table with everything on it."""

    number: int
    theme: str
    question: str
    host: str
    pitcher: str
    pitch: str
    pitch_source: str
    issues: tuple[IssuePart, ...]
    contributions: tuple[ContributionPart, ...]
    harvest: HarvestPart | None


class TallyPart(Part, frozen=True):
    """Votes of a layer, "" for all together."""

    layer: str
    agree: int
    disagree: int
    passed: int


class OutcomePart(Part, frozen=True):
    """What a closed vote shows, and no more: see `tables.results.Outcome`. No total under five voters."""

    kind: str
    total: TallyPart | None
    layers: tuple[TallyPart, ...]
    left_out: int


class StatementPart(Part, frozen=True):
    """A sentence of the reading vote; without an outcome it was never put to the vote, or the vote was not closed."""

    number: int
    table: int
    text: str
    state: str
    rests_on: tuple[str, ...]
    outcome: OutcomePart | None


class Minutes(Part, frozen=True):
    """The minutes. Times are UTC; `zone` says what the clock on the wall showed."""

    format: Literal["schakelbord-minutes-1"]
    code: str
    title: str
    dossier: str
    place: str
    zone: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None
    adopted_at: dt.datetime | None
    bodies: tuple[BodyPart, ...]
    attendance: AttendancePart
    shown: tuple[ShownPart, ...]
    tables: tuple[TablePart, ...]
    statements: tuple[StatementPart, ...]

    @property
    def is_adopted(self) -> bool:
        """Whether this is the text that stays."""
        return self.adopted_at is not None


def content_of(minutes: Minutes) -> bytes:
    """The minutes as JSON; the same minutes give the same bytes."""
    return msgspec.json.encode(minutes)


def digest_of(content: bytes) -> str:
    """The fingerprint of minutes as JSON: SHA-256, in hexadecimal."""
    return sha256(content).hexdigest()


def read_content(content: bytes, *, digest: str) -> Minutes:
    """Minutes as they were kept.

    Raises:
        StateError: they are not what was adopted.
    """
    try:
        if digest_of(content) == digest:
            return msgspec.json.decode(content, type=Minutes)
    except msgspec.DecodeError:
        pass
    raise StateError(
        "minutes_changed",
        nl="Deze notulen zijn niet meer wat is vastgesteld. Wij laten ze daarom niet zien. Meld dit bij de beheerder.",
        en="These minutes are not what was adopted any more, so we do not show them. Tell the administrator.",
    )
