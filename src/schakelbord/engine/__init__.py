"""The engine: from a catalogue and a story to who knows what when, and where it gets lost.

    from schakelbord.engine import load_catalogue, load_story, read_story, story_path

    catalogue = load_catalogue()
    story = load_story(story_path("wilg"), catalogue)
    reading = read_story(story, catalogue)

Names are imported when first used, so `import schakelbord.engine` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schakelbord.engine.catalogue import Catalogue
    from schakelbord.engine.load import load_story
    from schakelbord.engine.read import read_story
    from schakelbord.engine.reading import Reading
    from schakelbord.engine.shipped import load_catalogue, shipped_stories, story_path
    from schakelbord.engine.story import Story

_HOMES = {
    "Catalogue": "catalogue",
    "Reading": "reading",
    "Story": "story",
    "load_catalogue": "shipped",
    "load_story": "load",
    "read_story": "read",
    "shipped_stories": "shipped",
    "story_path": "shipped",
}
__all__ = [
    "Catalogue",
    "Reading",
    "Story",
    "load_catalogue",
    "load_story",
    "read_story",
    "shipped_stories",
    "story_path",
]


def __getattr__(name: str) -> object:
    """Import a name of the engine when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
