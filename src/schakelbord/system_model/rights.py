"""Who may do what with the system model, in words of the table of rights."""

from __future__ import annotations

from schakelbord.accounts.actors import Actor, Role


def may_read_model(actor: Actor) -> bool:
    """Everybody: the model is what the stories rest on, and holds no case."""
    return True


def may_edit_model(actor: Actor) -> bool:
    """The secretary keeps the model."""
    return actor.has(Role.SECRETARY)
