"""Changing a draft together: every change is journalled, merged or refused with who did what; undo is of one's own."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import msgspec
from django.db.models import QuerySet

from schakelbord.accounts.actors import Actor
from schakelbord.editor.content import Content, copy_of, decode, encode
from schakelbord.editor.entry import require_editor
from schakelbord.editor.models import Change, ChangeKind, Draft
from schakelbord.editor.operations import Clash, Insert, Leaf, Operation, Set, apply, find, inverse
from schakelbord.editor.places import place_words
from schakelbord.errors import ConflictError, InputError, StateError
from schakelbord.live import gateway
from schakelbord.live.audiences import MEETING
from schakelbord.live.journal import Journal, Payload
from schakelbord.live.writer import Command

TYPING_SECONDS = 12
MOST_AT_ONCE = 200
_Operations = list[Operation]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, on which device, under which key."""

    actor: Actor
    key: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    device: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a change: its place in the room, fields whose text was kept beside, and what fields say now."""

    seq: int
    beside: tuple[str, ...] = ()
    values: dict[str, Leaf] = field(default_factory=dict)


def new_key() -> str:
    """A key for an item."""
    return f"k{secrets.token_hex(5)}"


def change(draft: Draft, operations: Sequence[Operation], asked: Asked) -> Outcome:
    """Change a draft; all operations or none.

    Raises:
        RightError: this actor does not write stories.
        ConflictError: somebody else changed the same thing; the sentence says who.
        InputError: there is no such field, or the value does not fit.
    """
    if len(operations) > MOST_AT_ONCE:
        raise InputError(
            "too_many",
            nl=f"U verandert {len(operations)} dingen tegelijk; het mogen er hoogstens {MOST_AT_ONCE} zijn.",
            en=f"You change {len(operations)} things at once; at most {MOST_AT_ONCE} are allowed.",
        )
    raw = msgspec.to_builtins(list(operations))

    def work(journal: Journal) -> Payload:
        now = _open(draft.pk)
        done = _apply_all(now, list(operations), asked.actor)
        answer: Payload = {"seq": now.seq, "beside": []}
        if done.operations:
            answer = _keep(now, done, asked.actor, journal)
        return {**answer, "values": _values(done.content, operations)}

    return _perform(draft, asked, {"do": "change", "operations": raw}, work)


def undo(draft: Draft, asked: Asked) -> Outcome:
    """Take back one's own last change; what others wrote stays.

    Raises:
        RightError: this actor does not write stories.
        StateError: there is nothing of one's own to take back.
        ConflictError: somebody changed the same thing since.
    """

    def work(journal: Journal) -> Payload:
        now = _open(draft.pk)
        last = _own(now, asked.actor).filter(kind=ChangeKind.DO, is_undone=False).last()
        if last is None:
            raise StateError(
                "nothing_to_undo",
                nl="U hebt hier niets veranderd dat u ongedaan kunt maken.",
                en="You changed nothing here that you can undo.",
            )
        back = [inverse(operation) for operation in reversed(_read(last.takes_back))]
        done = _apply_all(now, back, asked.actor)
        Change.objects.filter(pk=last.pk).update(is_undone=True)
        return _keep(now, done, asked.actor, journal, kind=ChangeKind.UNDO, of=last)

    return _perform(draft, asked, {"do": "undo"}, work)


def redo(draft: Draft, asked: Asked) -> Outcome:
    """Do again what one took back last.

    Raises:
        RightError: this actor does not write stories.
        StateError: there is nothing to do again.
        ConflictError: somebody changed the same thing since.
    """

    def work(journal: Journal) -> Payload:
        now = _open(draft.pk)
        last = _own(now, asked.actor).filter(kind=ChangeKind.UNDO, may_redo=True).last()
        if last is None or last.of is None:
            raise StateError(
                "nothing_to_redo",
                nl="U hebt niets ongedaan gemaakt dat opnieuw kan.",
                en="You undid nothing that can be done again.",
            )
        again = [inverse(operation) for operation in reversed(_read(last.done))]
        done = _apply_all(now, again, asked.actor)
        Change.objects.filter(pk=last.pk).update(may_redo=False)
        Change.objects.filter(pk=last.of.pk).update(is_undone=False, takes_back=_written(done.operations))
        return _keep(now, done, asked.actor, journal, kind=ChangeKind.REDO, of=last.of)

    return _perform(draft, asked, {"do": "redo"}, work)


def content_before_last(draft: Draft, actor: Actor) -> Content:
    """The draft as it was before this actor's last change, for what that change did; as it is when there is none."""
    content = decode(Draft.objects.get(pk=draft.pk).content)
    last = _own(draft, actor).last()
    if last is None:
        return content
    for row in draft.changes.filter(seq__gte=last.seq).order_by("-seq"):
        for operation in reversed(_read(row.done)):
            apply(content, inverse(operation), by="", key="")
    return content


def may_undo(draft: Draft, actor: Actor) -> bool:
    """Whether this actor has something to take back."""
    return _own(draft, actor).filter(kind=ChangeKind.DO, is_undone=False).exists()


def may_redo(draft: Draft, actor: Actor) -> bool:
    """Whether this actor has something to do again."""
    return _own(draft, actor).filter(kind=ChangeKind.UNDO, may_redo=True).exists()


def touched_since(draft: Draft, path: str, actor: Actor, seen: int) -> str:
    """The name of another person who touched what is at or in a path after a place in the room; "" when nobody did."""
    return _who(draft, path, actor, since=seen)


@dataclass(slots=True)
class _Done:
    """Operations as applied, and the draft after them."""

    content: Content
    operations: _Operations


def _apply_all(draft: Draft, operations: Sequence[Operation], actor: Actor) -> _Done:
    done = _Done(copy_of(decode(draft.content)), [])
    for operation in operations:
        try:
            done.operations += apply(done.content, operation, by=actor.name, key=new_key())
        except Clash as clash:
            raise _conflict(draft, clash, actor) from None
    return done


def _keep(
    draft: Draft,
    done: _Done,
    actor: Actor,
    journal: Journal,
    *,
    kind: ChangeKind = ChangeKind.DO,
    of: Change | None = None,
) -> Payload:
    """Write draft and change, and tell the room."""
    paths: list[str] = [operation.path for operation in done.operations][:20]
    payload = {"by": actor.user_id, "kind": kind.value, "paths": paths}
    seq = journal.append("draft.changed", audience=MEETING, payload=payload, node=paths[0][:80] if paths else "")
    typed = _typing(draft, done.operations, actor, journal.now) if kind is ChangeKind.DO else None
    if typed is not None:
        written = _written(typed[1])
        Change.objects.filter(pk=typed[0].pk).update(seq=seq, done=written, takes_back=written, at=journal.now)
    else:
        _new_change(draft, done, actor, journal, seq=seq, kind=kind, of=of)
    draft.content, draft.seq = encode(done.content), seq
    draft.title = done.content.title.nl[:200] or done.content.title.en[:200]
    draft.changed_by_id, draft.changed_at = actor.user_id or 0, journal.now
    draft.save(update_fields=["content", "seq", "title", "changed_by", "changed_at"])
    return {"seq": seq, "beside": list(_beside(done.operations))}


def _new_change(
    draft: Draft, done: _Done, actor: Actor, journal: Journal, *, seq: int, kind: ChangeKind, of: Change | None
) -> None:
    if kind is ChangeKind.DO:
        _own(draft, actor).filter(may_redo=True).update(may_redo=False)
    written = _written(done.operations)
    Change.objects.create(
        draft=draft,
        seq=seq,
        kind=kind,
        user_id=require_editor(actor),
        done=written,
        takes_back=written if kind is ChangeKind.DO else "",
        may_redo=kind is ChangeKind.UNDO,
        of=of,
        at=journal.now,
    )


def _typing(draft: Draft, operations: _Operations, actor: Actor, now: dt.datetime) -> tuple[Change, _Operations] | None:
    """The change that this one goes on with: the same person is still typing in the same field."""
    last = draft.changes.last()
    if last is None or last.user_id != actor.user_id or last.kind != ChangeKind.DO or last.is_undone:
        return None
    before = _read(last.done)
    if len(operations) != 1 or len(before) != 1 or (now - last.at).total_seconds() > TYPING_SECONDS:
        return None
    first, second = before[0], operations[0]
    if not isinstance(first, Set) or not isinstance(second, Set):
        return None
    if first.path != second.path or first.new != second.old or not isinstance(second.new, str):
        return None
    return last, [Set(first.path, first.old, second.new)]


def _perform(draft: Draft, asked: Asked, what: Payload, work: Callable[[Journal], Payload]) -> Outcome:
    require_editor(asked.actor)
    name = f"user:{asked.actor.user_id}"
    command = Command(draft.room_id, name, asked.device or name, asked.key, what, work)
    answer = gateway.perform(command)
    return msgspec.convert(answer, Outcome)


def _open(pk: int) -> Draft:
    """The draft as it is now, when it may still be changed."""
    draft = Draft.objects.get(pk=pk)
    if draft.put_away_at is not None:
        raise StateError(
            "draft_put_away",
            nl="Dit concept is opgeborgen. Haal het eerst terug.",
            en="This draft was put away. Bring it back first.",
        )
    return draft


def _values(content: Content, operations: Sequence[Operation]) -> dict[str, Leaf]:
    """What the fields that were set say now: the text of two people together, when it was merged."""
    found: dict[str, Leaf] = {}
    for operation in operations:
        if isinstance(operation, Set):
            with suppress(Clash):
                value = find(content, operation.path).value
                found[operation.path] = value if isinstance(value, str | int | list) else None
    return found


def _own(draft: Draft, actor: Actor) -> QuerySet[Change]:
    return draft.changes.filter(user_id=actor.user_id or 0)


def _conflict(draft: Draft, clash: Clash, actor: Actor) -> ConflictError:
    """Who changed what, in a sentence."""
    who = _who(draft, clash.path, actor)
    what = place_words(decode(draft.content), clash.path)
    nl = {
        "changed": f"{who or 'Iemand'} veranderde {what.nl} ook. Kijk eerst wat er nu staat.",
        "moved": f"{who or 'Iemand'} verplaatste {what.nl} ook. Kijk eerst waar het nu staat.",
        "gone": f"{who or 'Iemand'} haalde {what.nl} weg. Wat u schreef, staat nog op uw scherm.",
    }
    en = {
        "changed": f"{who or 'Somebody'} changed {what.en} as well. See first what it says now.",
        "moved": f"{who or 'Somebody'} moved {what.en} as well. See first where it is now.",
        "gone": f"{who or 'Somebody'} removed {what.en}. What you wrote is still on your screen.",
    }
    return ConflictError(f"draft_{clash.code}", clash.path, nl=nl[clash.code], en=en[clash.code])


def _who(draft: Draft, path: str, actor: Actor, *, since: int = 0) -> str:
    """The name of the other person who last touched what is at or around a path."""
    others = draft.changes.filter(seq__gt=since).exclude(user_id=actor.user_id or 0).select_related("user")
    for row in others.order_by("-seq")[:50]:
        for operation in _read(row.done):
            touched = f"{operation.path}/{operation.item['key']}" if isinstance(operation, Insert) else operation.path
            if f"{path}/".startswith(f"{touched}/") or f"{touched}/".startswith(f"{path}/"):
                return row.user.name
    return ""


def _beside(operations: _Operations) -> list[str]:
    """The fields whose second text was kept beside the first."""
    return [
        str(row.item["path"])
        for row in operations
        if isinstance(row, Insert) and row.path == "remarks" and row.item.get("kind") == "beside"
    ]


def _read(text: str) -> _Operations:
    return msgspec.json.decode(text, type=_Operations)


def _written(operations: _Operations) -> str:
    return msgspec.json.encode(operations).decode()
