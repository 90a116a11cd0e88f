"""Who may do what with a session, in words of the table of rights."""

from __future__ import annotations

from schakelbord.accounts.actors import Actor, Role
from schakelbord.showing.codes import SessionState
from schakelbord.showing.models import Session


def may_run_sessions(actor: Actor) -> bool:
    """The presenter and the secretary make sessions, show them, and see what the room sends in."""
    return actor.has(Role.PRESENTER, Role.SECRETARY)


def may_run(actor: Actor, session: Session) -> bool:
    """Presenter and secretary, until it has ended; a second one can take over when the first falls ill."""
    return may_run_sessions(actor) and session.state != SessionState.ENDED


def may_read_inbox(actor: Actor, session: Session) -> bool:
    """Whoever runs it. Nobody else sees what the room sent before it is shown."""
    return may_run(actor, session)


def may_follow(actor: Actor, session: Session, *, joined: bool) -> bool:
    """Whoever joined an open session, and whoever runs it."""
    return may_run(actor, session) or (joined and session.state == SessionState.OPEN)


def may_recognise(actor: Actor, session: Session, *, joined: bool) -> bool:
    """Whoever joined an open session, as long as the presenter lets the room recognise gaps."""
    return joined and session.state == SessionState.OPEN and session.may_recognise


def may_send(actor: Actor, session: Session, *, joined: bool) -> bool:
    """Whoever joined an open session, as long as the presenter lets the room add something."""
    return joined and session.state == SessionState.OPEN and session.may_add


def may_vote(actor: Actor, session: Session, *, joined: bool) -> bool:
    """Whoever joined an open session."""
    return joined and session.state == SessionState.OPEN


def may_keep_in_story(actor: Actor, session: Session) -> bool:
    """Whoever runs sessions, also after the end: they write the stories as well."""
    return may_run_sessions(actor)


def may_join(actor: Actor, *, open_to_room: bool) -> bool:
    """Whoever has the code of a session that is open, with or without an account."""
    return open_to_room
