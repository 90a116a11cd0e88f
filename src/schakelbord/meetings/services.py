"""Changes to a meeting while it is prepared, and its steps from draft to adopted."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q

from schakelbord.accounts.actors import Actor
from schakelbord.bodies.models import Body, Organisation, Person
from schakelbord.bodies.services import correct_person
from schakelbord.dossiers.codes import IssueState
from schakelbord.dossiers.models import Dossier, Issue, Theme
from schakelbord.dossiers.numbers import next_code
from schakelbord.dossiers.services import one_line
from schakelbord.errors import InputError, StateError
from schakelbord.live import gateway
from schakelbord.live.journal import Payload
from schakelbord.live.models import Reply
from schakelbord.live.rooms import open_room
from schakelbord.meetings.acts import Act, Deed, actor_key, bad, carry_out, require
from schakelbord.meetings.codes import ItemKind, Layer, LetterKind, LetterState, MeetingState, ReplyKind
from schakelbord.meetings.models import AgendaItem, Attendance, Convening, Letter, Meeting, Seat, Table, TableIssue
from schakelbord.meetings.rights import (
    may_agree_to_convene,
    may_change_meeting,
    may_convene,
    may_open_meeting,
    may_prepare_meetings,
)
from schakelbord.showing.models import Session
from schakelbord.showing.reading import clean, one_line_of
from schakelbord.stories.library import all_stories

REMIND_BEFORE = (dt.timedelta(days=7), dt.timedelta(days=1))
"""When who did not answer is reminded, and when who comes is."""
LONGEST_PITCH = 4000
LONGEST_MEETING = dt.timedelta(days=3)


def make_meeting(
    actor: Actor,
    dossier: Dossier,
    *,
    title: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    bodies: Sequence[Body],
    place: str = "",
    zone: str = "Europe/Amsterdam",
    now: dt.datetime,
) -> Meeting:
    """A meeting to prepare, convened by one or more bodies.

    Raises:
        RightError: this actor may not.
        InputError: no title, no body, no such time zone, or it ends before it begins.
    """
    user_id = require(may_prepare_meetings(actor), actor)
    shown = one_line(title, field="title", longest=160)
    check_times(starts_at, ends_at)
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise bad("zone", "zone", nl="Deze tijdzone bestaat niet.", en="There is no such time zone.") from None
    if not bodies:
        raise bad("no_body", "bodies", nl="Kies wie de bijeenkomst bijeenroept.", en="Choose who convenes the meeting.")
    with transaction.atomic():
        meeting = Meeting.objects.create(
            code=next_code("M"),
            dossier=dossier,
            room=open_room(shown, now=now),
            title=shown,
            place=one_line_of(place)[:200],
            starts_at=starts_at,
            ends_at=ends_at,
            zone=zone,
            made_by_id=user_id,
            made_at=now,
        )
        for order, body in enumerate(dict.fromkeys(bodies)):
            Convening.objects.create(meeting=meeting, body=body, order=order)
    return meeting


def check_times(starts_at: dt.datetime, ends_at: dt.datetime) -> None:
    """Stop when a meeting would end before it begins, or take days on end.

    Raises:
        InputError: says which.
    """
    if ends_at <= starts_at:
        raise bad(
            "ends_before_it_begins",
            "ends_at",
            nl="De bijeenkomst eindigt voordat zij begint. Kijk de tijden na.",
            en="The meeting ends before it begins. Check the times.",
        )
    if ends_at - starts_at > LONGEST_MEETING:
        raise bad(
            "too_long_a_meeting",
            "ends_at",
            nl="De bijeenkomst duurt meer dan drie dagen. Kijk de datums na.",
            en="The meeting takes more than three days. Check the dates.",
        )


def prepare(actor: Actor, meeting: Meeting, verb: str, deed: Deed, *, key: str, asked: Payload) -> Payload:
    """One change by who prepares or runs a meeting.

    Raises:
        RightError: this actor may not, or the minutes are adopted.
        SchakelbordError: as the deed says.
    """
    require(may_change_meeting(actor, meeting), actor)
    who = actor_key(actor)

    def checked(act: Act) -> Payload:
        require(may_change_meeting(actor, act.meeting), actor)
        return deed(act)

    return carry_out(meeting, checked, who=who, device=who, key=key, asked={"verb": verb, **asked})


def add_item(
    act: Act,
    *,
    kind: str,
    title: str,
    minutes: int,
    presenter: str = "",
    story: str = "",
) -> AgendaItem:
    """A point at the end of the agenda."""
    if kind not in ItemKind.values:
        raise bad("agenda_kind", "kind", nl="Kies wat voor onderdeel dit is.", en="Choose what sort of point this is.")
    if not 1 <= minutes <= 480:
        raise bad("minutes", "minutes", nl="Vul minuten in, van 1 tot 480.", en="Fill in minutes, from 1 to 480.")
    if story and story not in all_stories():
        raise bad("story", "story", nl="Dit verhaal is er niet (meer).", en="This story is not there (any more).")
    last = act.meeting.agenda.aggregate(last=Max("order"))["last"]
    item = AgendaItem.objects.create(
        meeting=act.meeting,
        order=0 if last is None else last + 1,
        kind=kind,
        title=one_line(title, field="title", longest=160),
        minutes=minutes,
        presenter=one_line_of(presenter)[:120],
        story=story,
    )
    act.tell("agenda.changed", node=str(item.pk))
    return item


def set_story(act: Act, item: AgendaItem, story: str) -> None:
    """Which story is told at a point of the agenda.

    Raises:
        InputError: there is no such story.
        StateError: the point has begun.
    """
    if item.kind != ItemKind.STORY or story not in all_stories():
        raise bad("story", "story", nl="Kies een verhaal.", en="Choose a story.")
    if item.started_at is not None:
        raise StateError(
            "item_began",
            nl="Dit onderdeel is al begonnen; het verhaal blijft hetzelfde.",
            en="This point has begun; the story stays the same.",
        )
    item.story = story
    item.save(update_fields=["story"])
    act.tell("agenda.changed", node=str(item.pk))


def move_item(act: Act, item: AgendaItem, *, to: int) -> None:
    """Another place for a point of the agenda; `to` counts from 0."""
    items = [each for each in act.meeting.agenda.order_by("order") if each.pk != item.pk]
    items.insert(max(0, min(to, len(items))), item)
    # Two steps: an order may not be taken twice on the way.
    act.meeting.agenda.update(order=F("order") + len(items))
    for order, each in enumerate(items):
        AgendaItem.objects.filter(pk=each.pk).update(order=order)
    act.tell("agenda.changed", node=str(item.pk))


def remove_item(act: Act, item: AgendaItem) -> None:
    """Take a point off the agenda that has not begun.

    Raises:
        StateError: it has begun, or people were given seats or said something there.
    """
    if item.started_at is not None or item.contributions.exists():
        raise StateError(
            "item_began",
            nl="Dit onderdeel is al begonnen en blijft op de agenda staan.",
            en="This point has begun and stays on the agenda.",
        )
    item.seats.all().delete()
    item.delete()
    act.tell("agenda.changed")


def add_participant(
    act: Act,
    *,
    person: Person | None = None,
    pseudonym: str = "",
    organisation: Organisation | None = None,
    function: str = "",
    body: Body | None = None,
    layer: str,
    reply: str = ReplyKind.NONE,
    prefers: Sequence[int] = (),
    needs_accessible: bool = False,
) -> Attendance:
    """Somebody takes part; the same row when that person is on the list already."""
    if layer not in Layer.values:
        raise bad("layer", "layer", nl="Kies een laag.", en="Choose a layer.")
    values = {
        "pseudonym": pseudonym[:120],
        "organisation": organisation,
        "function": one_line_of(function)[:120],
        "body": body,
        "layer": layer,
        "prefers": list(prefers),
        "needs_accessible": needs_accessible,
    }
    create = {**values, "key": secrets.token_hex(8), "reply": reply, "made_at": act.now}
    if person is None:
        found = Attendance.objects.create(meeting=act.meeting, **create)
    else:
        found, _ = Attendance.objects.update_or_create(
            meeting=act.meeting, person=person, defaults=values, create_defaults=create
        )
    act.note("participant.added", node=found.key)
    return found


def correct_participant(
    act: Act,
    one: Attendance,
    *,
    name: str,
    email: str,
    organisation: Organisation | None,
    function: str,
    layer: str,
    needs_accessible: bool,
) -> None:
    """Put right what the list says about somebody; name and address go to all lists they are on.

    Raises:
        InputError: a field is missing or wrong.
        StateError: the meeting has begun and the layer would change: votes were counted by it.
    """
    if layer not in Layer.values:
        raise bad("layer", "layer", nl="Kies een laag.", en="Choose a layer.")
    if layer != one.layer and act.meeting.state not in {MeetingState.DRAFT, MeetingState.CONVENED}:
        raise StateError(
            "layer_counts",
            "layer",
            nl="De laag ligt vast sinds de bijeenkomst open is: daarmee is geteld hoe men denkt.",
            en="The layer is fixed since the meeting opened: it was used to count what people think.",
        )
    if one.person is not None:
        correct_person(one.person, name=name, email=email)
    else:
        one.pseudonym = one_line(name, field="name", longest=120)
    one.organisation, one.function = organisation, one_line_of(function)[:120]
    one.layer, one.needs_accessible = layer, needs_accessible
    one.save(update_fields=["pseudonym", "organisation", "function", "layer", "needs_accessible"])
    act.note("participant.corrected", node=one.key)


def remove_participant(act: Act, one: Attendance) -> None:
    """Take somebody off the list who was never invited; the tables they would host or open look for another.

    Raises:
        StateError: they had a letter already, or the meeting has begun: then they stay on the list.
    """
    if act.meeting.state not in {MeetingState.DRAFT, MeetingState.CONVENED} or one.letters.exists():
        raise StateError(
            "participant_stays",
            nl=f"{one.called} blijft op de lijst, want er ligt al een uitnodiging of de bijeenkomst is begonnen. "
            "Zet het antwoord op: komt niet.",
            en=f"{one.called} stays on the list, because there is an invitation or the meeting has begun. "
            "Set the answer to: does not come.",
        )
    act.meeting.wishes.filter(Q(one=one) | Q(other=one)).delete()
    act.meeting.tables.filter(host=one).update(host=None)
    act.meeting.tables.filter(pitcher=one).update(pitcher=None)
    one.seats.all().delete()
    key = one.key
    one.delete()
    act.note("participant.removed", node=key)


def add_table(
    act: Act,
    *,
    theme: Theme,
    issues: Sequence[Issue],
    capacity: int = 8,
    question: str = "",
    place: str = "",
    is_accessible: bool = True,
) -> Table:
    """A table with its theme and what lies on it.

    Raises:
        InputError: no gap or dilemma, or a size that is no size of a table.
    """
    if not issues:
        raise bad(
            "no_issue",
            "issues",
            nl="Leg minstens één hiaat of dilemma op deze tafel.",
            en="Put at least one gap or dilemma on this table.",
        )
    if not 3 <= capacity <= 40:
        raise bad(
            "capacity",
            "capacity",
            nl="Een tafel heeft 3 tot 40 plaatsen. Vier tot tien werkt het best.",
            en="A table has 3 to 40 seats. Four to ten works best.",
        )
    last = act.meeting.tables.aggregate(last=Max("number"))["last"] or 0
    table = Table.objects.create(
        meeting=act.meeting,
        number=last + 1,
        theme=theme,
        question=one_line_of(question)[:300],
        capacity=capacity,
        place=one_line_of(place)[:120],
        is_accessible=is_accessible,
        host_pin=f"{secrets.randbelow(9000) + 1000}",
    )
    put_on_table(act, table, issues)
    act.tell("tables.changed", node=str(table.number))
    return table


def put_on_table(act: Act, table: Table, issues: Sequence[Issue]) -> None:
    """Lay gaps or dilemmas on a table, after those that are there."""
    order = table.table_issues.count()
    for place, issue in enumerate(issues):
        TableIssue.objects.get_or_create(table=table, issue=issue, defaults={"order": order + place})
    act.note("table.issues", node=str(table.number))


def set_host(act: Act, table: Table, host: Attendance | None) -> None:
    """Who hosts a table."""
    _require_other(table.pitcher_id, host)
    table.host = host
    _save_role(table, "host")
    act.tell("tables.changed", node=str(table.number))


def set_pitcher(act: Act, table: Table, pitcher: Attendance | None) -> None:
    """Who opens the talk at a table."""
    _require_other(table.host_id, pitcher)
    table.pitcher = pitcher
    _save_role(table, "pitcher")
    act.tell("tables.changed", node=str(table.number))


def set_pitch(act: Act, table: Table, *, title: str, text: str, minutes: int = 5) -> None:
    """What the pitcher tells: a title and at most one page."""
    text = clean(text)
    if len(text) > LONGEST_PITCH:
        raise bad(
            "pitch_too_long",
            "pitch_text",
            nl="Een inleiding past op één bladzijde: hooguit 4.000 tekens. Uw tekst staat er nog; maak hem korter.",
            en="A pitch fits on one page: 4,000 characters at most. Your text is still there; make it shorter.",
        )
    table.pitch_title, table.pitch_text, table.pitch_minutes = (
        one_line(title, field="pitch_title", longest=160),
        text,
        minutes,
    )
    table.save(update_fields=["pitch_title", "pitch_text", "pitch_minutes"])
    act.tell("tables.changed", node=str(table.number))


def seat(act: Act, item: AgendaItem, table: Table, attendance: Attendance) -> None:
    """Give somebody their place in a round; they leave the one they had.

    Raises:
        StateError: the table is full.
    """
    taken = table.seats.filter(item=item).exclude(attendance=attendance).count()
    if taken >= table.capacity:
        raise StateError(
            "table_full",
            nl=f"Tafel {table.number} is vol. Kies een andere tafel, of geef deze tafel meer plaatsen.",
            en=f"Table {table.number} is full. Choose another table, or give this one more seats.",
        )
    Seat.objects.update_or_create(item=item, attendance=attendance, defaults={"table": table})
    act.tell("seats.changed", node=str(table.number))


def agree(actor: Actor, meeting: Meeting, body: Body, *, key: str) -> Payload:
    """Say for a body that it convenes this meeting."""
    user_id = require(may_agree_to_convene(actor, meeting), actor)

    def deed(act: Act) -> Payload:
        found = Convening.objects.filter(meeting=act.meeting, body=body).first()
        if found is None:
            raise bad(
                "body",
                "body",
                nl="Dit gremium roept deze bijeenkomst niet bijeen.",
                en="This body does not convene it.",
            )
        found.agreed_at, found.agreed_by_id = act.now, user_id
        found.save(update_fields=["agreed_at", "agreed_by"])
        return {"seq": act.note("meeting.agreed", node=str(body.pk))}

    who = actor_key(actor)
    return carry_out(meeting, deed, who=who, device=who, key=key, asked={"verb": "agree", "body": body.pk})


def convene(actor: Actor, meeting: Meeting, *, key: str) -> Payload:
    """Convene a meeting: every convening body agreed; everybody on the list gets an invitation, once.

    Raises:
        RightError: this actor may not.
        StateError: a body has not agreed.
    """
    require(may_convene(actor, meeting), actor)

    def deed(act: Act) -> Payload:
        waiting = [row.body.called for row in act.meeting.convenings.select_related("body") if row.agreed_at is None]
        if waiting:
            names = ", ".join(waiting)
            raise StateError(
                "not_agreed",
                nl=f"Nog nodig: akkoord van {names}.",
                en=f"Still needed: the consent of {names}.",
            )
        _step(act, MeetingState.CONVENED)
        count = invite(act)
        return {"seq": act.tell("meeting.convened", count=count), "invited": count}

    who = actor_key(actor)
    return carry_out(meeting, deed, who=who, device=who, key=key, asked={"verb": "convene"})


def invite(act: Act) -> int:
    """Put an invitation in the post for everybody on the list with an address who has none yet; how many."""
    rows = act.meeting.attendances.filter(person__isnull=False).exclude(person__email="")
    count = 0
    for row in rows:
        count += post(act, row, LetterKind.INVITATION)
        for number, before in enumerate(REMIND_BEFORE, start=1):
            due_at = act.meeting.starts_at - before
            if due_at > act.now:
                post(act, row, LetterKind.REMINDER, number=number, due_at=due_at)
    return count


def remind_now(act: Act) -> int:
    """Remind who did not answer, now instead of on its day; how many. Nobody is reminded twice of this."""
    rows = act.meeting.attendances.filter(person__isnull=False, reply=ReplyKind.NONE).exclude(person__email="")
    count = 0
    for row in rows:
        is_new = post(act, row, LetterKind.REMINDER)
        waits = Letter.objects.filter(
            attendance=row, kind=LetterKind.REMINDER, key__endswith=":1", state=LetterState.WAITING, due_at__gt=act.now
        )
        count += is_new or bool(waits.update(due_at=act.now))
    act.note("letters.posted", kind=LetterKind.REMINDER, count=count)
    return count


def post(act: Act, attendance: Attendance, kind: str, *, number: int = 1, due_at: dt.datetime | None = None) -> bool:
    """Put a letter in the post, unless the same one was before; whether it is new."""
    _, is_new = Letter.objects.get_or_create(
        key=f"{act.meeting.pk}:{attendance.key}:{kind}:{number}",
        defaults={
            "meeting": act.meeting,
            "attendance": attendance,
            "kind": kind,
            "due_at": due_at or act.now,
            "made_at": act.now,
        },
    )
    return is_new


def open_meeting(actor: Actor, meeting: Meeting, *, key: str) -> Payload:
    """Open a meeting: people can join with its code.

    Raises:
        RightError: this actor may not.
        StateError: a table lacks host, pitcher or issue; says which.
    """
    require(may_open_meeting(actor, meeting), actor)

    def deed(act: Act) -> Payload:
        if act.meeting.state == MeetingState.OPEN:
            return {"seq": act.journal.seq, "code": act.meeting.join_code}
        _require_ready(act.meeting)
        act.meeting.vote_salt = secrets.token_hex(32)
        act.meeting.opened_at = act.now
        act.meeting.state = MeetingState.OPEN
        _give_code(act.meeting)
        Issue.objects.filter(tables__meeting=act.meeting, state=IssueState.ACCEPTED).update(
            state=IssueState.ON_TABLE, changed_at=act.now
        )
        return {"seq": act.tell("meeting.opened"), "code": act.meeting.join_code}

    who = actor_key(actor)
    return carry_out(meeting, deed, who=who, device=who, key=key, asked={"verb": "open"})


def close_meeting(actor: Actor, meeting: Meeting, *, key: str) -> None:
    """Close a meeting: nothing can be said any more, and what tells devices and voters apart is thrown away.

    Raises:
        RightError: this actor may not.
    """
    require(may_prepare_meetings(actor), actor)

    def deed(act: Act) -> Payload:
        if act.meeting.state != MeetingState.OPEN:
            return {"seq": act.journal.seq}
        seq = act.tell("meeting.closed")
        act.meeting.agenda.filter(started_at__isnull=False, ended_at=None).update(ended_at=act.now)
        act.meeting.attendances.exclude(device="").update(device="")
        act.meeting.tables.update(heard_at=None)
        act.meeting.state, act.meeting.closed_at = MeetingState.CLOSED, act.now
        act.meeting.join_code, act.meeting.vote_salt = "", ""
        act.meeting.save()
        # Answers to commands know devices.
        Reply.objects.filter(room_id=act.meeting.room_id).delete()
        return {"seq": seq}

    who = actor_key(actor)
    carry_out(meeting, deed, who=who, device=who, key=key, asked={"verb": "close"})
    gateway.close_readers(meeting.room_id)


def _step(act: Act, state: str) -> None:
    act.meeting.state = state
    act.meeting.save(update_fields=["state"])


def _require_ready(meeting: Meeting) -> None:
    """Every table has a host, a pitcher and something on it."""
    tables = list(meeting.tables.prefetch_related("table_issues"))
    if not tables and meeting.agenda.filter(kind=ItemKind.TABLE_ROUND).exists():
        raise StateError(
            "no_tables",
            nl="Er zijn nog geen tafels. Maak eerst tafels, of haal de tafelronde van de agenda.",
            en="There are no tables yet. Make tables first, or take the round off the agenda.",
        )
    for table in tables:
        missing_nl, missing_en = [], []
        if table.host_id is None:
            missing_nl.append("een tafelheer")
            missing_en.append("a host")
        if table.pitcher_id is None:
            missing_nl.append("een inleider")
            missing_en.append("a pitcher")
        if not table.table_issues.all():
            missing_nl.append("een hiaat of dilemma")
            missing_en.append("a gap or dilemma")
        if missing_nl:
            raise StateError(
                "table_not_ready",
                str(table.number),
                nl=f"Tafel {table.number} heeft nog {' en '.join(missing_nl)} nodig.",
                en=f"Table {table.number} still needs {' and '.join(missing_en)}.",
            )


def _require_other(taken: int | None, attendance: Attendance | None) -> None:
    if attendance is not None and attendance.pk == taken:
        raise InputError(
            "host_is_pitcher",
            "host",
            nl="Tafelheer en inleider zijn twee verschillende mensen.",
            en="Host and pitcher are two different people.",
        )


def _save_role(table: Table, field: str) -> None:
    try:
        with transaction.atomic():
            table.save(update_fields=[field])
    except IntegrityError:
        raise InputError(
            "host_elsewhere",
            field,
            nl="Deze persoon leidt al een andere tafel.",
            en="This person hosts another table already.",
        ) from None


def _give_code(meeting: Meeting) -> None:
    """A code that no other meeting has now."""
    for _ in range(20):
        meeting.join_code = f"{secrets.randbelow(900_000) + 100_000}"
        if Session.objects.filter(join_code=meeting.join_code).exists():
            continue
        try:
            with transaction.atomic():
                meeting.save()
        except IntegrityError as trouble:
            if "join_code" not in str(trouble) and "one_meeting_a_code" not in str(trouble):
                raise
            continue
        return
    raise StateError(
        "no_code_free", nl="Er is nu geen code vrij. Probeer het opnieuw.", en="No code is free now. Try again."
    )
