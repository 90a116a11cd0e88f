"""What if: two ways on. The room says which it would take, the presenter chooses, the other one is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from schakelbord.errors import InputError, StateError
from schakelbord.showing import bodies
from schakelbord.showing.acts import Act
from schakelbord.showing.models import Branch
from schakelbord.showing.real_people import refuse_real_people
from schakelbord.showing.room_gaps import new_key, not_there, require_repairs
from schakelbord.showing.tales import nearest_step, story_of

Plain = dict[str, Any]


def open_branch(act: Act, body: bodies.OpenBranch) -> None:
    """Ask the room which way to go on."""
    if act.session.branches.filter(is_open=True, removed=False).exists():
        raise StateError(
            "branch_open",
            nl="Er staat nog een keuze open. Kies eerst daarin een weg.",
            en="A choice is still open. Choose a way in that one first.",
        )
    refuse_real_people(" ".join([body.question, *(way.label for way in body.options)]))
    for way in body.options:
        _check_way(act, way)
    branch = Branch(
        session=act.session,
        key=new_key("b"),
        question=body.question,
        options=msgspec.to_builtins(body.options),
        made_at=act.now,
    )
    act.add(branch)
    act.tell("branch.opened", node=branch.key)


def choose_branch(act: Act, body: bodies.ChooseBranch) -> None:
    """Go one of the two ways, from where the room stood at the first choice; the other can be taken later."""
    branch = act.session.branches.filter(key=body.branch, removed=False).first()
    if branch is None:
        raise not_there()
    fork: Plain = branch.came_from or _here(act)
    way: Plain = branch.options[body.option]
    act.put(branch, is_open=False, chosen=body.option, came_from=fork)
    place = {name: fork[name] for name in ("scene", "beat", "day")}
    if way["scene"] is not None:
        step = nearest_step(story_of(act.session), way["scene"], way["beat"])
        place = {"scene": step.scene, "beat": step.beat, "day": step.day}
    repairs = list(dict.fromkeys([*fork["repairs"], *way["repairs"]]))
    act.put(act.session, **place, repairs=repairs, gap="", spotlight="")
    act.tell("branch.chosen", node=branch.key, payload={"option": body.option})


def _here(act: Act) -> Plain:
    """Where the room stands before a choice is made."""
    session = act.session
    return {"scene": session.scene, "beat": session.beat, "day": session.day, "repairs": list(session.repairs)}


def _check_way(act: Act, way: bodies.Way) -> None:
    """A way leads somewhere in this story, or changes something in it, or goes on as it was."""
    require_repairs(act.session, way.repairs)
    if way.scene is not None:
        step = nearest_step(story_of(act.session), way.scene, way.beat)
        if (step.scene, step.beat) != (way.scene, way.beat):
            raise InputError(
                "no_such_step",
                "options",
                nl="Dit verhaal heeft die stap niet. Kies een stap uit de lijst.",
                en="This story has no such step. Choose one from the list.",
            )


BRANCHES: Final[dict[str, tuple[type[bodies.Body], Callable[[Act, Any], None]]]] = {
    "open-branch": (bodies.OpenBranch, open_branch),
    "choose-branch": (bodies.ChooseBranch, choose_branch),
}
