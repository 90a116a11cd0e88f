"""Who comes in to write, and who does not."""

from __future__ import annotations

from schakelbord.accounts.actors import Actor
from schakelbord.editor.rights import may_edit_stories, may_see_versions
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


def require_reader(actor: Actor) -> None:
    """Whoever comes in to look at drafts and versions.

    Raises:
        RightError: this actor may not see them.
    """
    if not may_see_versions(actor):
        raise RightError(
            "may_not_see",
            nl="Concepten en versies zijn voor de secretaris, de voorzitter en de verteller.",
            en="Drafts and versions are for the secretary, the chair and the presenter.",
        )
