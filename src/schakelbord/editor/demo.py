"""What the demo begins with: a draft to go on with, and a version that waits for a second pair of eyes."""

from __future__ import annotations

import datetime as dt

from schakelbord.accounts.actors import Role
from schakelbord.accounts.demo import demo_user
from schakelbord.accounts.selectors import actor_of
from schakelbord.editor.beginnings import begin_with
from schakelbord.editor.models import Draft
from schakelbord.editor.versioning import ask_four_eyes, name_version


def make_demo_drafts(*, now: dt.datetime) -> None:
    """Make them, unless somebody wrote something already."""
    if Draft.objects.exists():
        return
    presenter = actor_of(demo_user(Role.PRESENTER))
    begin_with(presenter, "verhuizing", name="Hazelaar", age="14", now=now)
    waiting = begin_with(presenter, "achttien", name="Lariks", age="17", now=now)
    ask_four_eyes(presenter, name_version(presenter, waiting, "Voor de eerste bijeenkomst", now=now), now=now)
