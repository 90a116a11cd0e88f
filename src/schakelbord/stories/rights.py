"""Who may do what with a story, in words of the table of rights."""

from __future__ import annotations

from schakelbord.accounts.actors import Actor
from schakelbord.engine.story import Story


def may_read_story(actor: Actor, story: Story) -> bool:
    """Everybody may read a shipped story, as long as it is marked as invented."""
    return story.fictional


def may_try_repairs(actor: Actor, story: Story) -> bool:
    """Whoever may read a story may see what would change it: nothing is written."""
    return may_read_story(actor, story)


def may_download_reading(actor: Actor, story: Story) -> bool:
    """Whoever may read a story may take its reading along; it holds invented people only."""
    return may_read_story(actor, story)
