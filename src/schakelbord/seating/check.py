"""Which hard rules a plan breaks. Plain Python over the words of the problem: no array, no solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from schakelbord.engine.text import Text
from schakelbord.seating.problem import AnyPlan, Problem


class Broken(msgspec.Struct, frozen=True):
    """One rule that does not hold.

    Args:
        rule: `seated`, `table` or a rule as in a conflict: `capacity`, `minimum`, `apart:a:b`, `host:t`, and so on.
        round: number of the round from 0; -1 when the plan as a whole is wrong.
        sentence: what is wrong, in both languages.
    """

    rule: str
    round: int
    sentence: Text


def check(problem: Problem, plan: AnyPlan) -> list[Broken]:
    """All hard rules that `plan` breaks, round by round; an empty list means that the plan is valid."""
    if len(plan) != problem.rounds:
        nl = f"Het plan heeft {len(plan)} rondes in plaats van {problem.rounds}."
        en = f"The plan has {len(plan)} rounds instead of {problem.rounds}."
        return [Broken("rounds", -1, Text(nl=nl, en=en))]
    return [broken for number, seats in enumerate(plan) for broken in _of_round(problem, number, seats)]


def _of_round(problem: Problem, number: int, seats: Mapping[str, str]) -> Iterator[Broken]:
    yield from _who(problem, number, seats)
    yield from _sizes(problem, number, seats)
    yield from _places(problem, number, seats)
    for rule, pairs, must_be_equal in (("apart", problem.apart, False), ("together", problem.together, True)):
        for one, other in pairs:
            if one in seats and other in seats and (seats[one] == seats[other]) != must_be_equal:
                nl = "zitten niet samen" if must_be_equal else "zitten samen en moeten uit elkaar"
                en = "do not sit together" if must_be_equal else "sit together and must be apart"
                yield _broken(f"{rule}:{one}:{other}", number, f"{one} en {other} {nl}", f"{one} and {other} {en}")


def _who(problem: Problem, number: int, seats: Mapping[str, str]) -> Iterator[Broken]:
    present, tables = problem.present(number), {table.id for table in problem.tables}
    for name in sorted(present - seats.keys()):
        yield _broken("seated", number, f"{name} heeft geen tafel", f"{name} has no table")
    for name in sorted(seats.keys() - present):
        yield _broken("seated", number, f"{name} is er niet en heeft een tafel", f"{name} is absent and has a table")
    for name in sorted(set(seats.values()) - tables):
        yield _broken("table", number, f"tafel {name} bestaat niet", f"there is no table {name}")


def _sizes(problem: Problem, number: int, seats: Mapping[str, str]) -> Iterator[Broken]:
    sizes = Counter(seats.values())
    for table in problem.tables:
        size = sizes[table.id]
        if size > table.most:
            nl, en = f"hoogstens {table.most}", f"at most {table.most}"
            yield _broken("capacity", number, f"{size} aan {table.id}, {nl}", f"{size} at {table.id}, {en}")
        if size < table.least:
            nl, en = f"minstens {table.least}", f"at least {table.least}"
            yield _broken("minimum", number, f"{size} aan {table.id}, {nl}", f"{size} at {table.id}, {en}")


def _places(problem: Problem, number: int, seats: Mapping[str, str]) -> Iterator[Broken]:
    present = problem.present(number)
    for table in problem.tables:
        for role, name in (("host", table.host), ("pitcher", table.pitcher)):
            if name in present and seats.get(name) != table.id:
                nl = f"{name} hoort aan tafel {table.id}"
                yield _broken(f"{role}:{table.id}", number, nl, f"{name} belongs at table {table.id}")
    accessible = {table.id for table in problem.tables if table.accessible}
    for person in problem.people:
        if person.accessible and person.id in seats and seats[person.id] not in accessible:
            nl, en = "heeft een toegankelijke tafel nodig", "needs an accessible table"
            yield _broken(f"accessible:{person.id}", number, f"{person.id} {nl}", f"{person.id} {en}")


def _broken(rule: str, number: int, nl: str, en: str) -> Broken:
    return Broken(rule, number, Text(nl=f"Ronde {number + 1}: {nl}.", en=f"Round {number + 1}: {en}."))
