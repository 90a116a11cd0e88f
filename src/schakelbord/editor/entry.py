"""Who comes in to write, and who does not."""

from __future__ import annotations

from schakelbord.accounts.actors import Actor
from schakelbord.editor.rights import may_edit_stories
from schakelbord.errors import RightError


def require_editor(actor: Actor) -> int:
    """The key of the user who writes.

    Raises:
        RightError: this actor does not write stories.
    """
    if actor.user_id is None or not may_edit_stories(actor):
        raise RightError(
            "may_not_edit",
            nl="U kunt verhalen niet bewerken. Dat doen de secretaris en de verteller.",
            en="You cannot edit stories. The secretary and the presenter do.",
        )
    return actor.user_id
