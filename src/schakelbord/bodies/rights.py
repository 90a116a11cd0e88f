"""Who may do what with bodies and people, in words of the table of rights."""

from __future__ import annotations

from schakelbord.accounts.actors import Actor, Role


def may_see_bodies(actor: Actor) -> bool:
    """Whoever prepares, decides or checks."""
    return actor.has(Role.SECRETARY, Role.CHAIR, Role.BODY_SECRETARY, Role.AUDITOR)


def may_change_bodies(actor: Actor) -> bool:
    """Secretary and chair."""
    return actor.has(Role.SECRETARY, Role.CHAIR)
