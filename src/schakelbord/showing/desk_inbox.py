"""The inbox of the desk: what the room sent in is shown, merged, kept for later or refused. Nothing shows by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from schakelbord.errors import InputError, StateError
from schakelbord.showing import bodies
from schakelbord.showing.acts import Act
from schakelbord.showing.codes import ItemKind, ItemState
from schakelbord.showing.models import LONGEST_SENTENCE, InboxItem, RoomGap, Session
from schakelbord.showing.room_gaps import gap_of, new_key, next_number, not_there
from schakelbord.showing.voices import flags_in

BLOCKING: Final = {"name", "address", "contact", "number", "date"}


def show_item(act: Act, body: bodies.ShowItem) -> None:
    """Show what somebody sent in. What seems to be about real people is never shown as it is."""
    item = item_of(act.session, body.item)
    if item.state == ItemState.SHOWN:
        raise StateError(
            "item_shown",
            nl="Dit bericht staat al op het scherm.",
            en="This message is on the screen already.",
        )
    text = (body.text or item.text).strip()
    _refuse_real_people(text)
    if item.kind == ItemKind.GAP:
        gap = _told_by_room(act, item, text, body)
        act.put(item, state=ItemState.SHOWN, gap=gap)
        act.put(act.session, gap=gap.key, spotlight="")
        act.tell("gap.told", node=gap.key)
    else:
        about = _about(act, item)
        act.put(item, state=ItemState.SHOWN, gap=about, text=text)
        act.tell("item.shown", node=about.shown_key if about else item.key)
    _tell_desk(act, item)


def merge_item(act: Act, body: bodies.MergeItem) -> None:
    """Put an item with another item or a gap. Both texts are kept; the other one has more voices now."""
    item = item_of(act.session, body.item)
    if body.into == item.key:
        raise not_there()
    other = act.session.inbox.filter(key=body.into).first()
    if other is not None:
        if other.state == ItemState.MERGED:
            raise not_there()
        act.put(other, merged_texts=[*other.merged_texts, item.text, *item.merged_texts])
        act.put(item, state=ItemState.MERGED, merged_into=other.key)
    else:
        gap = gap_of(act.session, body.into, now=act.now)
        _refuse_real_people(item.text)
        act.put(item, state=ItemState.MERGED, merged_into=gap.shown_key, gap=gap)
        act.tell("gap.changed", node=gap.shown_key)
    _tell_desk(act, item)


def park_item(act: Act, body: bodies.Item) -> None:
    """Keep an item for later."""
    item = item_of(act.session, body.item)
    act.put(item, state=ItemState.PARKED)
    _tell_desk(act, item)


def refuse_item(act: Act, body: bodies.RefuseItem) -> None:
    """Do not show an item; its sender can read why."""
    item = item_of(act.session, body.item)
    act.put(item, state=ItemState.REFUSED, reason=body.reason.strip())
    _tell_desk(act, item)


def ask_other_words(act: Act, body: bodies.Item) -> None:
    """Ask the sender to say it in other words."""
    item = item_of(act.session, body.item)
    act.put(item, state=ItemState.ASKED)
    _tell_desk(act, item)


def item_of(session: Session, key: str) -> InboxItem:
    """An item of the inbox.

    Raises:
        InputError: there is none with this key.
        StateError: it went up in another one.
    """
    found = session.inbox.filter(key=key).first()
    if found is None:
        raise not_there()
    if found.state == ItemState.MERGED:
        raise StateError(
            "item_merged",
            nl="Dit bericht is al samengevoegd met een ander. Maak dat eerst ongedaan.",
            en="This message was merged with another. Undo that first.",
        )
    return found


def _told_by_room(act: Act, item: InboxItem, text: str, body: bodies.ShowItem) -> RoomGap:
    if len(text) > LONGEST_SENTENCE:
        raise InputError(
            "too_long",
            "text",
            nl=f"Op het scherm passen {LONGEST_SENTENCE} tekens. Maak er een kortere zin van.",
            en=f"The screen holds {LONGEST_SENTENCE} characters. Make it a shorter sentence.",
        )
    gap = RoomGap(
        session=act.session,
        key=new_key("r"),
        number=next_number(act.session),
        kind=item.told_kind or "unowned",
        between_from=item.between_from if body.between_from is None else body.between_from,
        between_to=item.between_to if body.between_to is None else body.between_to,
        sentence=text,
        knowledge=item.knowledge,
        source=item.source,
        layer=item.participant.layer,
        field=item.participant.field,
        scene=item.scene,
        beat=item.beat,
        made_at=act.now,
    )
    act.add(gap)
    return gap


def _about(act: Act, item: InboxItem) -> RoomGap | None:
    """The gap that an addition or a felt cause belongs to."""
    if item.kind in {ItemKind.ADDITION, ItemKind.CAUSE} and item.about:
        return gap_of(act.session, item.about, now=act.now)
    return None


def _refuse_real_people(text: str) -> None:
    flags = [flag for flag in flags_in(text) if flag["kind"] in BLOCKING]
    if flags:
        raise InputError(
            "looks_real",
            "text",
            nl=f"{flags[0]['nl']} Zo komt het niet op het scherm. Vraag om andere woorden.",
            en=f"{flags[0]['en']} It does not come on the screen like this. Ask for other words.",
        )


def _tell_desk(act: Act, item: InboxItem) -> None:
    act.tell("inbox.changed", audience="moderation", node=item.key, payload={"state": item.state})


INBOX: Final[dict[str, tuple[type[bodies.Body], Callable[[Act, Any], None]]]] = {
    "show-item": (bodies.ShowItem, show_item),
    "merge-item": (bodies.MergeItem, merge_item),
    "park-item": (bodies.Item, park_item),
    "refuse-item": (bodies.RefuseItem, refuse_item),
    "ask-other-words": (bodies.Item, ask_other_words),
}
