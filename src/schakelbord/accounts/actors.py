"""Who acts: a person with roles, or a reader whom we do not know."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The roles of the table of rights."""

    SECRETARY = "secretary", _("Secretary")
    CHAIR = "chair", _("Chair")
    PRESENTER = "presenter", _("Presenter")
    TABLE_HOST = "table_host", _("Table host")
    PITCHER = "pitcher", _("Pitcher")
    PARTICIPANT = "participant", _("Participant")
    ACTION_OWNER = "action_owner", _("Action owner")
    BODY_SECRETARY = "body_secretary", _("Body secretary")
    READER = "reader", _("Reader")
    AUDITOR = "auditor", _("Auditor")
    TECHNICAL_ADMIN = "technical_admin", _("Technical administrator")


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody as the predicates of `rights.py` see them.

    Args:
        user_id: key of the user, or None for a reader who did not log in.
        name: name to show, "" for a reader.
        roles: all roles held now; a reader holds `Role.READER`.
    """

    user_id: int | None = None
    name: str = ""
    roles: frozenset[Role] = frozenset({Role.READER})

    def has(self, *roles: Role) -> bool:
        """Whether this actor holds at least one of these roles."""
        return not self.roles.isdisjoint(roles)


READER = Actor()
