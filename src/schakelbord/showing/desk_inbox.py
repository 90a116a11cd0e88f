"""The inbox of the desk: what the room sent in is shown, merged, kept for later or refused. Nothing shows by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from schakelbord.engine.text import Text
from schakelbord.errors import InputError, StateError
from schakelbord.showing import bodies
from schakelbord.showing.acts import Act
from schakelbord.showing.codes import ItemKind, ItemState
from schakelbord.showing.models import LONGEST_SENTENCE, InboxItem, RoomGap, Session
from schakelbord.showing.real_people import refuse_real_people
from schakelbord.showing.room_gaps import gap_of, new_key, next_number, not_there

OPEN_STATES: Final = frozenset({ItemState.NEW, ItemState.PARKED, ItemState.ASKED, ItemState.REFUSED})
DONE: Final = {
    ItemState.SHOWN.value: Text(nl="het staat op het scherm", en="it is on the screen"),
    ItemState.MERGED.value: Text(nl="het is samengevoegd", en="it was merged"),
    ItemState.REWORDED.value: Text(nl="het is in andere woorden gestuurd", en="it was sent in other words"),
}
JOINABLE: Final = OPEN_STATES | {ItemState.SHOWN}


def show_item(act: Act, body: bodies.ShowItem) -> None:
    """Show what somebody sent in. What seems to be about real people is never shown as it is."""
    item = item_of(act.session, body.item)
    text = body.text or item.text
    refuse_real_people(text)
    if item.kind == ItemKind.GAP:
        gap = _told_by_room(act, item, text, body)
        act.put(item, state=ItemState.SHOWN, published=text, gap=gap)
        act.put(act.session, gap=gap.key, spotlight="")
        act.tell("gap.told", node=gap.key)
    else:
        about = _about(act, item)
        act.put(item, state=ItemState.SHOWN, published=text, gap=about)
        act.tell("item.shown", node=about.shown_key if about else item.key)
    _tell_desk(act, item)


def merge_item(act: Act, body: bodies.MergeItem) -> None:
    """Put an item with another item or a gap. Both texts are kept; the other one has more voices now.

    What goes into another text shows with it, so it is checked here.
    """
    item = item_of(act.session, body.item)
    refuse_real_people(item.text)
    other = act.session.inbox.filter(key=body.into).first()
    if other is not None:
        if other.pk == item.pk or other.state not in JOINABLE:
            raise not_there()
        act.put(other, merged_texts=[*other.merged_texts, item.text, *item.merged_texts])
        act.put(item, state=ItemState.MERGED, merged_into=other.key)
        if other.state == ItemState.SHOWN:
            act.tell("gap.changed", node=other.gap.shown_key if other.gap else other.key)
    else:
        gap = gap_of(act.session, body.into, now=act.now)
        act.put(item, state=ItemState.MERGED, merged_into=gap.shown_key, gap=gap, published=item.text)
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
    act.put(item, state=ItemState.REFUSED, reason=body.reason)
    _tell_desk(act, item)
    tell_senders(act)


def ask_other_words(act: Act, body: bodies.Item) -> None:
    """Ask the sender to say it in other words."""
    item = item_of(act.session, body.item)
    act.put(item, state=ItemState.ASKED)
    _tell_desk(act, item)
    tell_senders(act)


def item_of(session: Session, key: str) -> InboxItem:
    """An item of the inbox with which something can still be done.

    Raises:
        InputError: there is none with this key.
        StateError: it is on the screen, or it went up in another one.
    """
    found = session.inbox.filter(key=key).select_related("participant").first()
    if found is None:
        raise not_there()
    if found.state not in OPEN_STATES:
        raise StateError(
            "item_done",
            nl=f"Dit bericht is al klaar: {DONE[found.state].nl}. Maak dat eerst ongedaan.",
            en=f"This message is done: {DONE[found.state].en}. Undo that first.",
        )
    return found


def tell_senders(act: Act) -> None:
    """Something was answered: phones that sent something look at their own. Says neither what nor whose."""
    act.tell("room.answered")


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


def _tell_desk(act: Act, item: InboxItem) -> None:
    act.tell("inbox.changed", audience="moderation", node=item.key, payload={"state": item.state})


INBOX: Final[dict[str, tuple[type[bodies.Body], Callable[[Act, Any], None]]]] = {
    "show-item": (bodies.ShowItem, show_item),
    "merge-item": (bodies.MergeItem, merge_item),
    "park-item": (bodies.Item, park_item),
    "refuse-item": (bodies.RefuseItem, refuse_item),
    "ask-other-words": (bodies.Item, ask_other_words),
}
