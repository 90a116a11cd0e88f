"""The check of texts: nothing about real people, and no label of a group, comes through unseen.

`check(text)` tells what in a text looks like a person or labels a group, and what to write instead. It is a first
reader, never the last: nothing is refused or published by it, a person decides.
"""

from schakelbord.guard.checking import check
from schakelbord.guard.flags import Flag, Kind, Rule

__all__ = ["Flag", "Kind", "Rule", "check"]
