"""Who may do what with drafts and versions of stories, in words of the table of rights."""

from __future__ import annotations

from schakelbord.accounts.actors import Actor, Role
from schakelbord.stories.models import StoryVersion


def may_edit_stories(actor: Actor) -> bool:
    """The secretary and the presenter write stories."""
    return actor.has(Role.SECRETARY, Role.PRESENTER)


def may_see_versions(actor: Actor) -> bool:
    """Who writes stories or approves them."""
    return actor.has(Role.SECRETARY, Role.PRESENTER, Role.CHAIR)


def may_approve_version(actor: Actor, version: StoryVersion) -> bool:
    """Somebody who may see versions, and is not the one who made this one: four eyes."""
    return may_see_versions(actor) and actor.user_id != version.made_by_id


def may_publish_version(actor: Actor, version: StoryVersion) -> bool:
    """Who writes stories, once somebody else approved this version."""
    return may_edit_stories(actor) and version.approved_by_id is not None
