"""Who may do what with accounts, in words of the table of rights."""

from __future__ import annotations

from schakelbord.accounts.actors import Actor, Role


def may_choose_demo_role(actor: Actor, *, demo_roles: bool) -> bool:
    """Everybody, as long as this installation is a demo that says so; nobody otherwise."""
    return demo_roles


def may_log_in(actor: Actor) -> bool:
    """Everybody may try."""
    return True


def may_see_own_account(actor: Actor) -> bool:
    """Whoever has an account."""
    return actor.user_id is not None


def may_manage_users(actor: Actor) -> bool:
    """The technical administrator, who in turn reads nothing of the content."""
    return actor.has(Role.TECHNICAL_ADMIN)


def may_read_confidential(actor: Actor) -> bool:
    """Whoever prepares or checks the work as a whole; others only within their own meeting or action."""
    return actor.has(Role.SECRETARY, Role.AUDITOR)


def may_read_audit_trail(actor: Actor) -> bool:
    """The secretary and the auditor."""
    return actor.has(Role.SECRETARY, Role.AUDITOR)
