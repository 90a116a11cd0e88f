"""A meeting as a seating problem, its table plan as a plan, and what a plan means in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schakelbord.engine.text import Text
from schakelbord.meetings.codes import ItemKind, Layer, ReplyKind, WishKind
from schakelbord.meetings.models import AgendaItem, Attendance, Meeting, Seat, Table
from schakelbord.seating.cost import MoveCost, cost_of_move
from schakelbord.seating.problem import Person, Plan, Problem
from schakelbord.seating.problem import Table as SeatingTable
from schakelbord.seating.sentences import cost_in_words

LEAST_LOWEST = 1
MOST_SWAPS = 200


@dataclass(frozen=True)
class Laid:
    """A meeting laid out for the seating engine, with the way back.

    Args:
        problem: what must hold and what costs; ids are keys of attendances and of tables.
        plan: who sits where now, a mapping a round; people without a seat are not in it.
        rounds: the rounds that are not over, in order.
        people: by key.
        tables: by the id that the engine has for them: `t` and the number.
    """

    problem: Problem
    plan: Plan
    rounds: tuple[AgendaItem, ...]
    people: Mapping[str, Attendance]
    tables: Mapping[str, Table]

    @property
    def is_whole(self) -> bool:
        """Whether everybody who is there has a seat in each round."""
        return all(set(seats) == self.problem.present(number) for number, seats in enumerate(self.plan))


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence on a plan; `good` or something that could be better."""

    text: Text
    good: bool


@dataclass(frozen=True, slots=True)
class Swap:
    """Two people who would sit better in each other's place."""

    one: Attendance
    other: Attendance
    table: Table
    words: tuple[Text, ...]


def lay_out(meeting: Meeting) -> Laid:
    """A meeting for the seating engine: rounds that are not over, people who come, seats at fixed tables that stay."""
    rounds = tuple(meeting.agenda.filter(kind=ItemKind.TABLE_ROUND, ended_at=None).order_by("order"))
    every = list(meeting.tables.select_related("theme", "host", "pitcher").order_by("number"))
    fixed = {table.pk for table in every if table.is_fixed}
    names = {table.pk: f"t{table.number}" for table in every}
    comes = (
        meeting.attendances.exclude(reply=ReplyKind.NO).filter(left_at=None).select_related("person", "organisation")
    )
    people = {one.key: one for one in comes.order_by("pk")}
    keys = {one.pk: one.key for one in people.values()}
    seats: list[dict[str, str]] = [{} for _ in rounds]
    kept: list[dict[str, str]] = [{} for _ in rounds]
    order = {item.pk: number for number, item in enumerate(rounds)}
    for seat in Seat.objects.filter(item__in=rounds):
        key = keys.get(seat.attendance_id)
        if key is None:
            continue
        seats[order[seat.item_id]][key] = names[seat.table_id]
        if seat.table_id in fixed:
            kept[order[seat.item_id]][key] = names[seat.table_id]
    problem = Problem(
        rounds=max(1, len(rounds)),
        tables=tuple(_table(table, keys, len(people), len(every)) for table in every),
        people=tuple(_person(one, set(range(len(rounds)))) for one in people.values()),
        apart=_pairs(meeting, WishKind.APART, keys),
        together=_pairs(meeting, WishKind.TOGETHER, keys),
        fixed=tuple(kept),
    )
    return Laid(problem, tuple(seats), rounds, people, {names[table.pk]: table for table in every})


def reasons_of(meeting: Meeting, item: AgendaItem | None) -> tuple[Reason, ...]:
    """Why a table plan is good, and what could be better, in words; for one round."""
    rows = Seat.objects.filter(item=item).select_related("table__theme", "attendance") if item else []
    at: dict[int, list[Attendance]] = {}
    liked = second = asked = 0
    for seat in rows:
        at.setdefault(seat.table_id, []).append(seat.attendance)
        prefers = seat.attendance.prefers
        if prefers:
            asked += 1
            liked += prefers[0] == seat.table.theme_id
            second += len(prefers) > 1 and prefers[1] == seat.table.theme_id
    if not at:
        return ()
    found = [_layers(list(at.values()))]
    if asked:
        found.append(
            Reason(
                Text(
                    nl=f"{liked} van {asked} mensen zitten bij het thema van hun keuze.",
                    en=f"{liked} of {asked} people sit at the theme of their choice.",
                ),
                good=liked * 2 >= asked,
            )
        )
    if second:
        found.append(
            Reason(
                Text(
                    nl=f"{second} mensen zitten bij hun tweede keuze.",
                    en=f"{second} people sit at their second choice.",
                ),
                good=True,
            )
        )
    crowded = sum(max(Counter(one.organisation_id or -one.pk for one in people).values()) > 1 for people in at.values())
    found.append(Reason(_crowded(crowded), good=crowded == 0))
    return (*found, *_hosts(meeting))


def words_of_move(laid: Laid, number: int, person: str, *, table: str = "", swap: str = "") -> MoveCost:
    """What it would cost to seat somebody elsewhere, or to let two people change places.

    Raises:
        InputError: one of them has no seat in this round, or there is no such table.
    """
    return cost_of_move(laid.problem, laid.plan, number, person, table=table or None, swap=swap or None)


def best_swap(laid: Laid, number: int, person: str) -> Swap | None:
    """The change of places that helps most for somebody who sits less well; None when none helps."""
    seats = laid.plan[number]
    fixed = laid.problem.hosts_and_pitchers()
    best: tuple[int, str, MoveCost] | None = None
    others = [key for key in seats if seats[key] != seats.get(person) and key not in fixed]
    for other in others[:MOST_SWAPS]:
        found = cost_of_move(laid.problem, laid.plan, number, person, swap=other)
        if not found.broken and found.difference < 0 and (best is None or found.difference < best[0]):
            best = (found.difference, other, found)
    if best is None or person in fixed:
        return None
    table = laid.tables[seats[best[1]]]
    return Swap(laid.people[person], laid.people[best[1]], table, tuple(cost_in_words(best[2].counts)))


def move_in_words(move: MoveCost) -> tuple[Text, ...]:
    """What a change means: what it breaks first, then what becomes more and fewer."""
    if move.broken:
        return tuple(broken.sentence for broken in move.broken)
    if not any(move.counts.values()):
        return (Text(nl="Dit verandert niets aan de verdeling.", en="This changes nothing about the mix."),)
    return tuple(cost_in_words(move.counts))


def _table(table: Table, keys: Mapping[int, str], people: int, tables: int) -> SeatingTable:
    least = min(table.least, max(LEAST_LOWEST, people // max(1, tables)))
    return SeatingTable(
        id=f"t{table.number}",
        theme=str(table.theme_id),
        least=least,
        most=table.capacity,
        accessible=table.is_accessible,
        host=keys.get(table.host_id or 0),
        pitcher=keys.get(table.pitcher_id or 0),
    )


def _person(one: Attendance, present: set[int]) -> Person:
    return Person(
        id=one.key,
        org=str(one.organisation_id or f"own-{one.key}"),
        layer=one.layer,
        present=frozenset(present),
        prefs=tuple(str(theme) for theme in one.prefers[:3]),
        accessible=one.needs_accessible,
    )


def _pairs(meeting: Meeting, kind: str, keys: Mapping[int, str]) -> tuple[tuple[str, str], ...]:
    rows = meeting.wishes.filter(kind=kind).values_list("one_id", "other_id")
    pairs = [(keys[one], keys[other]) for one, other in rows if one in keys and other in keys]
    return tuple(sorted((min(pair), max(pair)) for pair in pairs))


def _crowded(tables: int) -> Text:
    if tables == 0:
        return Text(
            nl="Geen tafel heeft twee mensen van één organisatie.", en="No table has two people of one organisation."
        )
    if tables == 1:
        return Text(
            nl="Eén tafel heeft twee mensen van één organisatie.", en="One table has two people of one organisation."
        )
    return Text(
        nl=f"{tables} tafels hebben twee mensen van één organisatie.",
        en=f"{tables} tables have two people of one organisation.",
    )


def _layers(tables: Sequence[Sequence[Attendance]]) -> Reason:
    fewest = min(sum(one.layer in {Layer.ADMINISTRATIVE, Layer.BOTH} for one in people) for people in tables)
    official = min(sum(one.layer in {Layer.OFFICIAL, Layer.BOTH} for one in people) for people in tables)
    if fewest and official:
        one = fewest == 1
        words = Text(
            nl="Aan elke tafel zit minstens 1 bestuurder."
            if one
            else f"Aan elke tafel zitten minstens {fewest} bestuurders.",
            en="At every table sits at least 1 administrator."
            if one
            else f"At every table sit at least {fewest} administrators.",
        )
        return Reason(words, good=True)
    return Reason(Text(nl="Niet aan elke tafel zitten beide lagen.", en="Not every table has both layers."), good=False)


def _hosts(meeting: Meeting) -> list[Reason]:
    same = [
        table.number
        for table in meeting.tables.select_related("host", "pitcher")
        if table.host
        and table.pitcher
        and table.host.organisation_id
        and table.host.organisation_id == table.pitcher.organisation_id
    ]
    if same:
        numbers = ", ".join(map(str, same))
        return [
            Reason(
                Text(
                    nl=f"Aan tafel {numbers} komen tafelheer en inleider van dezelfde organisatie.",
                    en=f"At table {numbers} host and pitcher come from one organisation.",
                ),
                good=False,
            )
        ]
    return [
        Reason(
            Text(
                nl="Tafelheer en inleider komen nooit van dezelfde organisatie.",
                en="Host and pitcher never come from one organisation.",
            ),
            good=True,
        )
    ]
