"""The talk at a table: contributions, groups, phases. Each verb is one function inside the writer's transaction."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Final

from django.db.models import F, Max
from django.utils import timezone

from schakelbord.errors import ConflictError, InputError, RightError, StateError
from schakelbord.guard import check
from schakelbord.live.journal import Payload
from schakelbord.meetings.acts import Act
from schakelbord.meetings.codes import ItemKind
from schakelbord.meetings.models import AgendaItem, Table
from schakelbord.tables import asks
from schakelbord.tables.codes import ContributionState
from schakelbord.tables.here import Here, round_now
from schakelbord.tables.models import Contribution, Group
from schakelbord.tables.rights import may_contribute, may_lead, may_mend

MOST_A_TABLE = 2000
NAMED: Final = "named"
LEAST_OF_A_LAYER = 2
HEARD_STEP = 5


def say(act: Act, here: Here, body: asks.Say) -> Payload:
    """Lay a contribution on the table. Without a name nothing of the person is kept, and the time is the round's."""
    table = table_of(act, body.table)
    if not may_contribute(here, act.meeting, table):
        raise not_your_table(table)
    item = going_round(act)
    if body.mode == NAMED and here.attendance_id is None:
        raise InputError(
            "no_name",
            "mode",
            nl="Wij weten uw naam niet. Kies “vanaf deze tafel” of “zonder naam”.",
            en="We do not know your name. Choose “from this table” or “without a name”.",
        )
    return _lay_down(act, table, item, here, body, key=key_for(act.journal.key))


def note_from_paper(act: Act, here: Here, table: Table, item: AgendaItem, body: asks.Say, *, key: str) -> Payload:
    """Type a handwritten note; it comes from the table, and says that it was on paper."""
    if item.started_at is None:
        raise StateError(
            "round_not_begun",
            nl="Deze ronde is niet begonnen; er zijn dus nog geen briefjes van.",
            en="This round has not begun, so there are no notes of it.",
        )
    return _lay_down(act, table, item, here, body, key=key, from_paper=True)


def mend(act: Act, here: Here, body: asks.Mend) -> Payload:
    """Other words for what one said, until others build on it."""
    table = table_of(act, body.table)
    found = contribution_of(table, body.contribution)
    owns = bool(body.own) and found.own == mark_of(body.own)
    if not may_mend(here, act.meeting, found, owns=owns):
        raise RightError(
            "not_yours",
            nl="Alleen wie dit schreef kan het aanpassen.",
            en="Only who wrote this can change it.",
        )
    if is_used(found):
        raise ConflictError(
            "used",
            nl="Dit is al gebruikt in de oogst of een stelling, dus de woorden blijven staan. Leg een nieuwe bijdrage.",
            en="This was used in the harvest or a statement, so its words stay. Lay down a new contribution.",
        )
    require_source(body.kind, body.source)
    flags, is_held = checked(body.text, sure=body.sure)
    checked(body.source, sure=True)
    found.text, found.kind, found.source = body.text, body.kind, body.source
    found.flags, found.is_held = flags, is_held
    found.version += 1
    if found.kind == "fact":
        found.asked = False
    found.save(update_fields=["text", "kind", "source", "flags", "is_held", "version", "asked"])
    return _told(act, table, found, "contribution.changed")


def hide(act: Act, here: Here, body: asks.WithReason) -> Payload:
    """Hide a contribution from the table, with a reason; it stays in the minutes as hidden."""
    return _set_state(act, here, body, ContributionState.HIDDEN, body.reason)


def set_aside(act: Act, here: Here, body: asks.WithReason) -> Payload:
    """Set a contribution aside, with a reason: it is read, and not used."""
    return _set_state(act, here, body, ContributionState.SET_ASIDE, body.reason)


def bring_back(act: Act, here: Here, body: asks.About) -> Payload:
    """Show a contribution again that was hidden, set aside or merged, or let through one that was held."""
    return _set_state(act, here, body, ContributionState.NOTED, "")


def merge(act: Act, here: Here, body: asks.Merge) -> Payload:
    """A contribution says the same as another one."""
    table = led(act, here, body.table)
    found, into = contribution_of(table, body.contribution), contribution_of(table, body.into)
    if found.pk == into.pk or into.state == ContributionState.MERGED:
        raise InputError(
            "merge_into",
            "into",
            nl="Kies een andere bijdrage, die zelf niet is samengevoegd.",
            en="Choose another contribution, one that was not merged itself.",
        )
    _require_unused(found)
    found.merged.update(merged_into=into)
    found.state, found.merged_into, found.reason = ContributionState.MERGED, into, ""
    found.save(update_fields=["state", "merged_into", "reason"])
    return _told(act, table, found, "contribution.changed")


def ask_source(act: Act, here: Here, body: asks.About) -> Payload:
    """Ask where something shows from."""
    table = led(act, here, body.table)
    found = contribution_of(table, body.contribution)
    found.asked = True
    found.save(update_fields=["asked"])
    return _told(act, table, found, "contribution.changed")


def make_group(act: Act, here: Here, body: asks.MakeGroup) -> Payload:
    """A new group, or another title for one."""
    table = led(act, here, body.table)
    last = table.groups.aggregate(last=Max("order"))["last"]
    Group.objects.update_or_create(
        table=table,
        key=body.group,
        defaults={"title": body.title, "removed": False},
        create_defaults={"title": body.title, "order": 0 if last is None else last + 1},
    )
    return {"seq": tell_table(act, table, "group.changed", node=body.group), "group": body.group}


def remove_group(act: Act, here: Here, body: asks.OneGroup) -> Payload:
    """Take a group apart; its contributions stand loose again."""
    table = led(act, here, body.table)
    found = group_of(table, body.group)
    found.contributions.update(group=None)
    found.removed = True
    found.save(update_fields=["removed"])
    return {"seq": tell_table(act, table, "group.changed", node=found.key)}


def put_in_group(act: Act, here: Here, body: asks.PutInGroup) -> Payload:
    """Move a contribution into a group, or out of all, behind another one."""
    table = led(act, here, body.table)
    found = contribution_of(table, body.contribution)
    group = group_of(table, body.group) if body.group else None
    rows = table.contributions.exclude(pk=found.pk)
    if body.first:
        place = 0
    elif body.after:
        place = contribution_of(table, body.after).order + 1
    else:
        place = (rows.filter(group=group).aggregate(last=Max("order"))["last"] or 0) + 1
    if body.first or body.after:
        rows.filter(order__gte=place).update(order=F("order") + 1)
    found.group, found.order = group, place
    found.save(update_fields=["group", "order"])
    return _told(act, table, found, "contribution.moved")


def set_phase(act: Act, here: Here, body: asks.SetPhase) -> Payload:
    """Where the table is: pitch, talk, group, harvest, read out."""
    table = led(act, here, body.table)
    table.phase = body.phase
    table.save(update_fields=["phase"])
    seq = tell_table(act, table, "table.phase", phase=body.phase)
    act.note("table.phase", node=str(table.pk), phase=body.phase)
    return {"seq": seq}


def table_of(act: Act, key: int) -> Table:
    """A table of this meeting.

    Raises:
        InputError: there is none with this key.
    """
    found = act.meeting.tables.select_related("theme").filter(pk=key).first()
    if found is None:
        raise InputError("table", "table", nl="Deze tafel is er niet (meer).", en="This table is not there (any more).")
    return found


def contribution_of(table: Table, key: str) -> Contribution:
    """A contribution at a table.

    Raises:
        InputError: there is none with this key.
    """
    found = table.contributions.filter(key=key).first()
    if found is None:
        raise InputError(
            "contribution",
            "contribution",
            nl="Deze bijdrage ligt niet op deze tafel.",
            en="This contribution is not on this table.",
        )
    return found


def group_of(table: Table, key: str) -> Group:
    """A group at a table.

    Raises:
        InputError: there is none with this key.
    """
    found = table.groups.filter(key=key, removed=False).first()
    if found is None:
        raise InputError("group", "group", nl="Deze groep is er niet meer.", en="This group is not there any more.")
    return found


def going_round(act: Act) -> AgendaItem:
    """The round that goes on, or the last one that did: who types slowly is still heard.

    Raises:
        StateError: no round has begun.
    """
    item = round_now(act.meeting)
    if item is None or item.started_at is None or item.kind != ItemKind.TABLE_ROUND:
        raise StateError(
            "round_not_begun",
            nl="De ronde is nog niet begonnen. Uw tekst blijft op dit apparaat staan.",
            en="The round has not begun. Your text stays on this device.",
        )
    return item


def checked(text: str, *, sure: bool) -> tuple[list[dict[str, Any]], bool]:
    """What the check of texts says, and whether the host must look first.

    Args:
        text: what somebody wrote.
        sure: they saw that it looks like a name, and say that it is none.

    Raises:
        InputError: it looks like something by which a real person can be found, or it labels a group; or like a name,
            and nobody said that it is none.
    """
    flags = check(text)
    hard = next((flag for flag in flags if flag.kind != "name"), None)
    first = hard or (flags[0] if flags and not sure else None)
    if first is not None:
        raise InputError(
            "looks_real" if hard else "looks_like_a_name",
            "text",
            nl=f"{first.nl} Uw tekst staat er nog.",
            en=f"{first.en} Your text is still there.",
        )
    return [{"kind": flag.kind, "text": flag.text, "nl": flag.nl, "en": flag.en} for flag in flags], bool(flags)


def require_source(kind: str, source: str) -> None:
    """A fact stands somewhere.

    Raises:
        InputError: it has no source.
    """
    if kind == "fact" and not source.strip():
        raise InputError(
            "fact_without_source",
            "source",
            nl="Een feit staat ergens. Waar? Weet u het niet, kies dan “aanname”.",
            en="A fact stands somewhere. Where? If you do not know, choose “assumption”.",
        )


def is_used(contribution: Contribution) -> bool:
    """Whether others build on its words."""
    return contribution.harvests.exists() or contribution.statements.exclude(state="draft").exists()


def mark_of(secret: str) -> str:
    """How the secret of a device is kept."""
    return sha256(f"own:{secret}".encode()).hexdigest()


def key_for(command: str) -> str:
    """The key of a contribution, made of the key of the command that brought it: it tells nothing else."""
    return f"c{sha256(f'contribution:{command}'.encode()).hexdigest()[:20]}"


def not_your_table(table: Table) -> RightError:
    """What somebody hears who sits at another table."""
    return RightError(
        "not_your_table",
        nl=f"U zit niet aan tafel {table.number}, dus dit kan nu niet. Uw tekst blijft op dit apparaat staan.",
        en=f"You do not sit at table {table.number}, so this is not possible. Your text stays on this device.",
    )


def _lay_down(
    act: Act, table: Table, item: AgendaItem, here: Here, body: asks.Say, *, key: str, from_paper: bool = False
) -> Payload:
    require_source(body.kind, body.source)
    flags, is_held = checked(body.text, sure=body.sure)
    checked(body.source, sure=True)
    if table.contributions.count() >= MOST_A_TABLE:
        raise StateError("table_full_of_notes", nl="Er liggen al 2.000 bijdragen.", en="There are 2,000 contributions.")
    last = table.contributions.aggregate(last=Max("order"))["last"] or 0
    is_named = body.mode == NAMED
    found = Contribution.objects.create(
        table=table,
        item=item,
        key=key,
        text=body.text,
        kind=body.kind,
        source=body.source,
        mode=body.mode,
        author_id=here.attendance_id if is_named else None,
        layer="" if from_paper else _layer_kept(table, item, here, body.mode),
        own=mark_of(body.own) if body.own else "",
        from_paper=from_paper,
        order=last + 1,
        flags=flags,
        is_held=is_held,
        made_at=act.now if is_named or item.started_at is None else item.started_at,
    )
    if not from_paper:
        _heard(table)
    return _told(act, table, found, "contribution.added")


def _heard(table: Table) -> None:
    """When something was said here last, in steps of five minutes; of no single contribution the time is kept."""
    now = timezone.now()
    table.heard_at = now.replace(minute=now.minute - now.minute % HEARD_STEP, second=0, microsecond=0)
    table.save(update_fields=["heard_at"])


def _layer_kept(table: Table, item: AgendaItem, here: Here, mode: str) -> str:
    """The layer that stands beside a contribution; none where it would say who wrote it."""
    if mode == NAMED:
        return here.layer
    alike = table.seats.filter(item=item, attendance__layer=here.layer).count()
    return here.layer if mode == "table_only" and alike >= LEAST_OF_A_LAYER else ""


def _told(act: Act, table: Table, found: Contribution, verb: str) -> Payload:
    """Tell the table; who runs the meeting hears how many there are, never what."""
    seq = tell_table(act, table, verb, node=found.key)
    if verb == "contribution.added":
        act.note("table.count", node=str(table.pk), count=table.contributions.count())
    return {"seq": seq, "contribution": found.key, "flags": found.flags, "held": found.is_held}


def tell_table(act: Act, table: Table, verb: str, *, node: str = "", **payload: Any) -> int:
    """Tell who sees a table, and nobody else."""
    return act.tell(verb, audience=f"table:{table.pk}", node=node, **payload)


def _set_state(act: Act, here: Here, body: asks.About, state: str, reason: str) -> Payload:
    table = led(act, here, body.table)
    found = contribution_of(table, body.contribution)
    if state != ContributionState.NOTED:
        _require_unused(found)
    elif found.state == ContributionState.USED:
        return {"seq": act.journal.seq}
    found.state, found.reason, found.merged_into, found.is_held = state, reason, None, False
    found.save(update_fields=["state", "reason", "merged_into", "is_held"])
    return _told(act, table, found, "contribution.changed")


def _require_unused(found: Contribution) -> None:
    if is_used(found):
        raise ConflictError(
            "used",
            nl="Deze bijdrage zit in de oogst of in een stelling. Haal de bijdrage daar eerst uit.",
            en="This contribution is in the harvest or in a statement. Take it out there first.",
        )


def led(act: Act, here: Here, key: int) -> Table:
    """A table of which they lead the talk.

    Raises:
        InputError: there is no such table.
        RightError: they do not lead it.
    """
    table = table_of(act, key)
    if not may_lead(here, act.meeting, table):
        raise RightError(
            "not_the_host",
            nl="Dit doet de tafelheer van deze tafel.",
            en="This is for the host of this table.",
        )
    return table
