"""From JSON to a checked `Problem` or `Grouping`. Every mistake gets one sentence and the JSON pointer of its place.

A weight that is left out has its default. A problem with `previous` may still name people who left: as host, in a pair,
in the earlier plan. Without `previous` such a name is a mistake. Fields that nobody knows are passed over, unless
`strict`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

from schakelbord.engine.case_fields import Place, refuse
from schakelbord.engine.case_io import unreadable
from schakelbord.engine.json_text import decode_json
from schakelbord.seating.problem import Grouping, Person, Plan, Problem, Table, Weights

LARGEST_FILE = 4_000_000
MOST_ROUNDS, MOST_TABLES, MOST_PEOPLE, LARGEST_WEIGHT = 20, 400, 2_000, 1_000_000
MOST_DIMENSIONS = 1_000
LARGEST_SEED = 2**32 - 1

_FIELDS = {
    "problem": ("id", "rounds", "tables", "participants", "apart", "together", "weights", "previous"),
    "table": ("id", "theme", "min", "max", "accessible", "host", "pitcher"),
    "person": ("id", "org", "layer", "prefs", "accessible", "present"),
    "weights": ("org", "layer", "pref", "repeat", "sametable", "change"),
    "grouping": ("id", "n", "groups", "kind", "seed", "dims", "min", "max"),
}


def read_problem(path: Path, *, strict: bool = False) -> Problem | Grouping:
    """Read a problem from a file, or from standard input when the path is `-`.

    Raises:
        InputError: there is no such file, it cannot be read, or what it holds is neither problem.
    """
    if str(path) == "-":
        data = sys.stdin.buffer.read(LARGEST_FILE + 1)
    else:
        try:
            with path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                data = b"" if size > LARGEST_FILE else file.read(LARGEST_FILE + 1)
        except OSError as error:
            raise unreadable(path, error) from None
        if size > LARGEST_FILE:
            data = b" " * (LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        most = LARGEST_FILE // 1_000_000
        refuse(
            "too_large",
            "JSON",
            nl=f"dit is meer dan {most} MB; een indeling van {MOST_PEOPLE} mensen past daar ruim in.",
            en=f"this is more than {most} MB; a problem of {MOST_PEOPLE} people fits in that easily.",
        )
    return parse(data, strict=strict)


def parse(data: bytes | object, *, strict: bool = False) -> Problem | Grouping:
    """Read a problem from JSON text (bytes, UTF-8) or from decoded JSON; `groups` makes it a grouping.

    Raises:
        InputError: with the JSON pointer of the place in `where`, or "JSON" when the text itself is broken.
    """
    root = Place(decode_json(data) if isinstance(data, bytes) else data, "")
    if root.has("groups"):
        return _grouping(root, strict)
    return _Reader(root, strict).problem()


class _Reader:
    """Knows the ids read so far, so that every reference can be checked where it stands."""

    def __init__(self, root: Place, strict: bool) -> None:
        self.root, self.strict = root, strict
        self.rounds = root.field("rounds").number(1, MOST_ROUNDS)
        self.people: dict[str, Person] = {}
        self.tables: dict[str, Table] = {}
        self.may_have_left = _given(root, "previous")

    def problem(self) -> Problem:
        self.known(self.root, "problem")
        for item in self.listed("participants", MOST_PEOPLE):
            person = self.person(item)
            _new(item.field("id"), self.people)
            self.people[person.id] = person
        for item in self.listed("tables", MOST_TABLES):
            table = self.table(item)
            _new(item.field("id"), self.tables)
            self.tables[table.id] = table
        if not self.tables:
            refuse(
                "no_tables",
                "/tables",
                nl="er zijn geen tafels; geef minstens één tafel.",
                en="there are no tables; give at least one.",
            )
        return Problem(
            rounds=self.rounds,
            tables=tuple(self.tables.values()),
            people=tuple(self.people.values()),
            apart=self.pairs("apart"),
            together=self.pairs("together"),
            weights=self.weights(self.root.field("weights")) if self.root.has("weights") else Weights(),
            previous=self.previous() if self.may_have_left else None,
        )

    def known(self, place: Place, kind: str) -> None:
        place.object()
        if self.strict:
            place.only(*_FIELDS[kind])

    def listed(self, name: str, most: int) -> list[Place]:
        place = self.root.field(name)
        items = list(place.items())
        if len(items) > most:
            refuse(
                "too_many",
                place.where,
                nl=f"dit zijn er {len(items)}; er kunnen er hoogstens {most} zijn.",
                en=f"there are {len(items)} here; at most {most} are possible.",
            )
        return items

    def person(self, place: Place) -> Person:
        self.known(place, "person")
        rounds = place.field("present").items() if _given(place, "present") else None
        return Person(
            id=_name(place.field("id")),
            org=place.field("org").text(),
            layer=place.field("layer").text(),
            prefs=place.field("prefs").texts() if _given(place, "prefs") else (),
            accessible=_yes_or_no(place, "accessible"),
            present=frozenset(range(self.rounds))
            if rounds is None
            else frozenset(item.number(0, self.rounds - 1) for item in rounds),
        )

    def table(self, place: Place) -> Table:
        self.known(place, "table")
        least = place.field("min").number(0, MOST_PEOPLE)
        most = place.field("max").number(0, MOST_PEOPLE)
        _refuse_reversed(least, most, place.field("max").where)
        return Table(
            id=_name(place.field("id")),
            theme=place.field("theme").text(),
            least=least,
            most=most,
            accessible=_yes_or_no(place, "accessible"),
            host=self.a_person(place.field("host")) if _given(place, "host") else None,
            pitcher=self.a_person(place.field("pitcher")) if _given(place, "pitcher") else None,
        )

    def a_person(self, place: Place) -> str:
        name = place.text()
        if name not in self.people and not self.may_have_left:
            _unknown(place, nl="de deelnemer", en="participant")
        return name

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        found: dict[tuple[str, str], None] = {}
        for place in self.root.field(name).items() if _given(self.root, name) else ():
            both = [self.a_person(item) for item in place.items()]
            if len(both) != 2 or both[0] == both[1]:
                refuse(
                    "not_a_pair",
                    place.where,
                    nl="hier horen twee verschillende deelnemers.",
                    en="this must be two different participants.",
                )
            found[min(both), max(both)] = None
        return tuple(found)

    def weights(self, place: Place) -> Weights:
        self.known(place, "weights")
        given = {name: place.field(name).number(0, LARGEST_WEIGHT) for name in _FIELDS["weights"] if place.has(name)}
        return Weights(**given)

    def previous(self) -> Plan:
        place = self.root.field("previous")
        rounds = list(place.items())
        if len(rounds) != self.rounds:
            refuse(
                "rounds_differ",
                place.where,
                nl=f"het eerdere plan heeft {len(rounds)} rondes en deze opgave {self.rounds}; maak ze gelijk.",
                en=f"the earlier plan has {len(rounds)} rounds and this problem {self.rounds}; make them equal.",
            )
        return tuple({name: table.text() for name, table in one.entries()} for one in rounds)


def _grouping(root: Place, strict: bool) -> Grouping:
    if strict:
        root.only(*_FIELDS["grouping"])
    size = root.field("n").number(1, MOST_PEOPLE)
    groups = root.field("groups").number(1, size)
    least, most = (_sizes(root.field(name), groups, size) for name in ("min", "max"))
    for number, (low, high) in enumerate(zip(least, most, strict=True)):
        _refuse_reversed(low, high, f"/max/{number}")
    if not sum(least) <= size <= sum(most):
        refuse(
            "sizes_do_not_fit",
            "/n",
            nl=f"{size} mensen passen niet in groepen voor samen {sum(least)} tot {sum(most)}; verander een grens.",
            en=f"{size} people do not fit in groups for {sum(least)} to {sum(most)} together; change a bound.",
        )
    numbers = _numbers(root.field("seed").number(0, LARGEST_SEED))
    if root.field("kind").text() == "random":
        rows: list[list[int]] = [[0] * size for _ in range(size)]
        for i in range(size):
            for j in range(i):
                rows[i][j] = rows[j][i] = next(numbers) % 101
    else:
        dimensions = root.field("dims").number(1, MOST_DIMENSIONS)
        points = [[next(numbers) % 101 for _ in range(dimensions)] for _ in range(size)]
        rows = [[0] * size for _ in range(size)]
        for i, one in enumerate(points):
            for j in range(i):
                rows[i][j] = rows[j][i] = sum(abs(a - b) for a, b in zip(one, points[j], strict=True))
    return Grouping(distances=tuple(map(tuple, rows)), least=least, most=most)


def _numbers(seed: int) -> Iterator[int]:
    """The generator of the format: a linear congruence modulo 2**32, its upper half."""
    state = seed
    while True:
        state = (1664525 * state + 1013904223) & 0xFFFFFFFF
        yield state >> 16


def _sizes(place: Place, groups: int, size: int) -> tuple[int, ...]:
    found = tuple(item.number(0, size) for item in place.items())
    if len(found) != groups:
        refuse(
            "one_each_group",
            place.where,
            nl=f"hier staan {len(found)} getallen; geef er één voor elk van de {groups} groepen.",
            en=f"there are {len(found)} numbers here; give one for each of the {groups} groups.",
        )
    return found


def _given(place: Place, name: str) -> bool:
    """Whether an optional field is there and not null."""
    return place.object().get(name) is not None


def _yes_or_no(place: Place, name: str) -> bool:
    if not _given(place, name):
        return False
    value = place.field(name)
    if not isinstance(value.value, bool):
        refuse("not_true_or_false", value.where, nl="hier hoort true of false.", en="this must be true or false.")
    return value.value


def _name(place: Place) -> str:
    text = place.text()
    if not text or ":" in text:
        refuse(
            "bad_id",
            place.where,
            nl="een naam mag niet leeg zijn en geen dubbele punt hebben.",
            en="a name may not be empty and may hold no colon.",
        )
    return text


def _new(place: Place, known: Collection[str]) -> None:
    text = place.text()
    if text in known:
        refuse(
            "duplicate_id",
            place.where,
            nl=f"“{text}” bestaat al; geef dit een andere naam.",
            en=f"“{text}” exists already; give this another name.",
        )


def _unknown(place: Place, *, nl: str, en: str) -> None:
    refuse(
        "unknown_id",
        place.where,
        nl=f"{nl} “{place.text()}” bestaat niet; verbeter de naam of voeg die toe.",
        en=f"there is no {en} “{place.text()}”; correct the name or add it.",
    )


def _refuse_reversed(least: int, most: int, where: str) -> None:
    if least > most:
        refuse(
            "sizes_reversed",
            where,
            nl=f"hoogstens {most} is minder dan minstens {least}; draai ze om.",
            en=f"at most {most} is fewer than at least {least}; swap them.",
        )
