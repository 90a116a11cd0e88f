"""Who may do what with a session, in words of the table of rights."""

from __future__ import annotations

from schakelbord.accounts.actors import Actor, Role


def may_run_sessions(actor: Actor) -> bool:
    """The presenter and the secretary make sessions, show them, and see what the room sends in."""
    return actor.has(Role.PRESENTER, Role.SECRETARY)


def may_join(actor: Actor, *, open_to_room: bool) -> bool:
    """Whoever has the code of a session that is open, with or without an account."""
    return open_to_room
