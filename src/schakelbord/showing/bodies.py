"""What commands bring along: one struct a verb. A field that nobody knows is refused."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec

from schakelbord.showing.models import LONGEST_SENTENCE, LONGEST_TEXT

Small = Annotated[int, msgspec.Meta(ge=0, le=9999)]
Id = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
OptionalId = Annotated[str, msgspec.Meta(max_length=200)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Sentence = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_SENTENCE)]
Said = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TEXT)]
Reason = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]
Line = Annotated[str, msgspec.Meta(max_length=200)]
Kind = Literal["border", "no_ground", "unowned", "no_feedback", "late", "practice", "no_channel"]
Knows = Literal["", "law", "figure", "practice", "suspicion"]
Ring = Literal["uitvoering", "beleid", "bestuur"]


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every command may say which event its maker had seen, so that nobody overwrites what they did not see."""

    seen: int | None = None


class Nothing(Body, frozen=True):
    """A verb that says enough by itself."""


class GoTo(Body, frozen=True, kw_only=True):
    """Go to a step, or a later day of it."""

    scene: Small
    beat: Small
    day: Small | None = None


class SetMode(Body, frozen=True, kw_only=True):
    """What the room does from now on; at a table, for how many minutes."""

    mode: Literal["tell", "build", "table", "pause"]
    minutes: Annotated[int, msgspec.Meta(ge=1, le=240)] | None = None


class Switch(Body, frozen=True, kw_only=True):
    """On or off."""

    on: bool


class Thing(Body, frozen=True, kw_only=True):
    """Something by its id; "" for nothing."""

    id: OptionalId


class SetRepairs(Body, frozen=True, kw_only=True):
    """Exactly these repairs are on for the whole room."""

    repairs: Annotated[list[Id], msgspec.Meta(max_length=12)]


class SetAudience(Body, frozen=True, kw_only=True):
    """What the room may do."""

    may_recognise: bool
    may_add: bool


class SaveNotes(Body, frozen=True, kw_only=True):
    """Speaker notes of a step."""

    scene: Small
    beat: Small
    text: Annotated[str, msgspec.Meta(max_length=2000)]


class SetMinutes(Body, frozen=True, kw_only=True):
    """How long the session is to take."""

    minutes: Annotated[int, msgspec.Meta(ge=1, le=480)]


class Item(Body, frozen=True, kw_only=True):
    """An item of the inbox."""

    item: Id


class ShowItem(Item, frozen=True, kw_only=True):
    """Show an item, possibly in other words and between others than its sender said."""

    text: Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)] = ""
    between_from: OptionalId | None = None
    between_to: OptionalId | None = None


class MergeItem(Item, frozen=True, kw_only=True):
    """Put an item with a gap or with another item; both texts are kept."""

    into: Id


class RefuseItem(Item, frozen=True, kw_only=True):
    """Do not show an item, and say why."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class AddOrganisation(Body, frozen=True, kw_only=True):
    """Put an organisation on the stage."""

    name: Name
    ring: Ring = "uitvoering"
    sector: OptionalId = ""
    icon: OptionalId = ""


class AddChannel(Body, frozen=True, kw_only=True):
    """Draw a channel between two that are on the stage."""

    between_from: Id
    between_to: Id
    ground: Annotated[str, msgspec.Meta(max_length=60)] = ""
    works: bool = True


class AddDoll(Body, frozen=True, kw_only=True):
    """Put an invented person on the stage."""

    name: Name
    age: Annotated[int, msgspec.Meta(ge=0, le=120)]
    place: OptionalId = ""


class AddQuestion(Body, frozen=True, kw_only=True):
    """Ask the room something."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class AddGap(Body, frozen=True, kw_only=True):
    """Tell a gap. `between_to` "" is nobody."""

    between_from: Id
    sentence: Sentence
    between_to: OptionalId = ""
    kind: Kind = "unowned"
    knowledge: Knows = ""
    source: Line = ""


class ChangeGap(AddGap, frozen=True, kw_only=True):
    """Change a told gap."""

    gap: Id


class SetGapState(Body, frozen=True, kw_only=True):
    """A gap goes on in its life. Placed needs body, action and date; a new body and *accepted* need a reason."""

    gap: Id
    state: Literal["visible", "recognised", "in_talk", "assigned", "closed", "accepted"]
    body: Line = ""
    is_new_body: bool = False
    action: Line = ""
    due: dt.date | None = None
    reason: Reason = ""


class Way(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of two ways on: to a step, or with repairs on."""

    label: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    scene: Small | None = None
    beat: Small = 0
    repairs: Annotated[list[Id], msgspec.Meta(max_length=12)] = []


class OpenBranch(Body, frozen=True, kw_only=True):
    """Ask the room which way to go on."""

    question: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    options: Annotated[list[Way], msgspec.Meta(min_length=2, max_length=2)]


class ChooseBranch(Body, frozen=True, kw_only=True):
    """Go one of the two ways."""

    branch: Id
    option: Literal[0, 1]


class Recognise(Body, frozen=True, kw_only=True):
    """I recognise this gap, or take that back."""

    gap: Id


class Submit(Body, frozen=True, kw_only=True):
    """What a phone sends in. `about` is the gap it is about, `instead_of` what the presenter asked other words for."""

    kind: Literal["gap", "addition", "missing", "cause", "question"]
    text: Said
    about: OptionalId = ""
    told_kind: Kind | Literal[""] = ""
    between_from: OptionalId = ""
    between_to: OptionalId = ""
    knowledge: Knows = ""
    source: Line = ""
    scene: Small = 0
    beat: Small = 0
    instead_of: OptionalId = ""


class VoteBranch(Body, frozen=True, kw_only=True):
    """Which way I want to go."""

    branch: Id
    option: Literal[0, 1]
