"""Who may do what with dossiers and issues, in words of the table of rights."""

from __future__ import annotations

from schakelbord.accounts.actors import Actor, Role
from schakelbord.dossiers.codes import Confidentiality
from schakelbord.dossiers.models import Dossier


def may_make_dossiers(actor: Actor) -> bool:
    """Secretary and chair."""
    return actor.has(Role.SECRETARY, Role.CHAIR)


def may_read_dossier(actor: Actor, dossier: Dossier) -> bool:
    """What is public, everybody; else whoever prepares, decides or checks. The technical administrator never does."""
    if dossier.confidentiality == Confidentiality.PUBLIC:
        return True
    return actor.has(Role.SECRETARY, Role.CHAIR, Role.AUDITOR)


def may_bring_issues(actor: Actor) -> bool:
    """Whoever sits in a body or works for one."""
    return actor.has(Role.SECRETARY, Role.CHAIR, Role.TABLE_HOST, Role.PITCHER, Role.PARTICIPANT, Role.BODY_SECRETARY)
