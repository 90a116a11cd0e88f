"""The reading vote: statements, and one vote a participant on each, however often it is sent."""

from __future__ import annotations

import hmac
from hashlib import sha256

from django.db.models import Max

from schakelbord.errors import ConflictError, InputError, RightError, StateError
from schakelbord.live.journal import Payload
from schakelbord.meetings.acts import Act
from schakelbord.meetings.models import Meeting
from schakelbord.tables import asks
from schakelbord.tables.codes import StatementState
from schakelbord.tables.here import Here
from schakelbord.tables.models import Contribution, Statement, Vote
from schakelbord.tables.rights import may_make_statements, may_vote
from schakelbord.tables.talk import checked, table_of

MOST_STATEMENTS = 200


def make_statement(act: Act, here: Here, body: asks.MakeStatement) -> Payload:
    """A sentence for the vote; the same key again changes it until the vote opens."""
    table = table_of(act, body.table) if body.table is not None else None
    if not may_make_statements(here, act.meeting, table):
        raise RightError(
            "not_the_host",
            nl="Stellingen maakt de tafelheer voor de eigen tafel, of de secretaris.",
            en="Statements are made by the host for their own table, or by the secretary.",
        )
    checked(body.text, sure=True)
    known = act.meeting.statements.filter(key=body.statement).first()
    if known is not None and known.state != StatementState.DRAFT:
        raise ConflictError(
            "statement_open",
            nl="Over deze stelling wordt al gestemd; de woorden blijven staan.",
            en="This statement is being voted on; its words stay.",
        )
    if known is None and act.meeting.statements.count() >= MOST_STATEMENTS:
        raise StateError("too_many", nl="Er zijn al 200 stellingen.", en="There are 200 statements already.")
    rows = Contribution.objects.filter(table__meeting=act.meeting, key__in=body.contributions)
    if table is not None:
        rows = rows.filter(table=table)
    last = act.meeting.statements.aggregate(last=Max("order"))["last"]
    found, _ = Statement.objects.update_or_create(
        meeting=act.meeting,
        key=body.statement,
        defaults={"text": body.text, "table": table},
        create_defaults={
            "text": body.text,
            "table": table,
            "order": 0 if last is None else last + 1,
            "made_at": act.now,
        },
    )
    found.contributions.set(rows)
    return {"seq": act.note("statement.changed", node=found.key), "statement": found.key}


def open_statement(act: Act, here: Here, body: asks.OneStatement) -> Payload:
    """Put a statement to the vote; its text is fixed from now on."""
    found = _led_statement(act, here, body.statement)
    if found.state == StatementState.CLOSED:
        raise StateError("vote_closed", nl="Deze peiling is al gesloten.", en="This vote is closed already.")
    if found.state == StatementState.DRAFT:
        found.state, found.opened_at = StatementState.OPEN, act.now
        found.save(update_fields=["state", "opened_at"])
    return {"seq": act.tell("statement.opened", node=found.key)}


def close_statement(act: Act, here: Here, body: asks.OneStatement) -> Payload:
    """Close a vote; now its result can be seen."""
    found = _led_statement(act, here, body.statement)
    if found.state == StatementState.DRAFT:
        raise StateError("vote_not_open", nl="Deze peiling is nog niet open.", en="This vote is not open yet.")
    if found.state == StatementState.OPEN:
        found.state, found.closed_at = StatementState.CLOSED, act.now
        found.save(update_fields=["state", "closed_at"])
    return {"seq": act.tell("statement.closed", node=found.key)}


def cast_vote(act: Act, here: Here, body: asks.CastVote) -> Payload:
    """Agree, disagree or pass. The same vote again is harmless; another one replaces it."""
    if not may_vote(here, act.meeting) or here.attendance_id is None:
        raise RightError(
            "not_joined",
            nl="Dit apparaat doet nog niet mee. Vul eerst de code van het scherm in.",
            en="This device does not take part yet. Fill in the code of the screen first.",
        )
    found = statement_of(act.meeting, body.statement)
    if found.state != StatementState.OPEN:
        raise StateError(
            "vote_not_open",
            nl="Deze peiling is niet (meer) open. Uw stem is niet geteld.",
            en="This vote is not open (any more). Your vote was not counted.",
        )
    token = token_of(act.meeting, here.attendance_id)
    current = found.votes.filter(token=token, replaced=False).first()
    if current is None or current.value != body.value:
        if current is not None:
            current.replaced = True
            current.save(update_fields=["replaced"])
        # The time is that of opening: the order of votes must not tell who voted when.
        Vote.objects.create(
            statement=found, token=token, value=body.value, layer=here.layer, at=found.opened_at or act.now
        )
        act.note("statement.voted", node=found.key, count=found.votes.filter(replaced=False).count())
    return {"seq": act.journal.seq, "value": body.value}


def statement_of(meeting: Meeting, key: str) -> Statement:
    """A statement of a meeting.

    Raises:
        InputError: there is none with this key.
    """
    found = meeting.statements.select_related("table").filter(key=key).first()
    if found is None:
        raise InputError("statement", "statement", nl="Deze stelling is er niet.", en="There is no such statement.")
    return found


def token_of(meeting: Meeting, attendance_id: int) -> str:
    """What stands for a voter; nobody can make it any more once the salt of the meeting is thrown away."""
    return hmac.new(meeting.vote_salt.encode(), str(attendance_id).encode(), sha256).hexdigest()


def _led_statement(act: Act, here: Here, key: str) -> Statement:
    found = statement_of(act.meeting, key)
    if not may_make_statements(here, act.meeting, found.table):
        raise RightError(
            "not_the_host",
            nl="Een peiling openen en sluiten doet de tafelheer van die tafel, of de secretaris.",
            en="A vote is opened and closed by the host of that table, or by the secretary.",
        )
    return found
