"""After the meeting: notes on paper typed in, and for each participant what became of their table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schakelbord.accounts.actors import Actor
from schakelbord.errors import InputError, RightError, SchakelbordError
from schakelbord.live.journal import Payload
from schakelbord.meetings.acts import Act, actor_key, carry_out
from schakelbord.meetings.models import AgendaItem, Attendance, Meeting, Table
from schakelbord.meetings.rights import may_prepare_meetings
from schakelbord.tables import asks
from schakelbord.tables.here import Here
from schakelbord.tables.models import Contribution
from schakelbord.tables.rights import may_note_from_paper
from schakelbord.tables.selectors import HarvestView, convening_bodies, harvest_view, harvests_of
from schakelbord.tables.talk import note_from_paper

MARKS = {
    "f": "fact",
    "feit": "fact",
    "fact": "fact",
    "e": "experience",
    "ervaring": "experience",
    "experience": "experience",
    "a": "assumption",
    "aanname": "assumption",
    "assumption": "assumption",
    "w": "wish",
    "wens": "wish",
    "wish": "wish",
}
SOURCE_MARK = "bron:"
MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class MyTable:
    """What became of the table of a participant."""

    table: Table
    item: AgendaItem
    harvest: HarvestView
    used: tuple[Contribution, ...]
    said: int


def read_notes(text: str) -> list[tuple[str, str, str]]:
    """Handwritten notes as somebody types them: one a line, its kind first. Gives kind, words and source.

    "wens: één nummer voor alle scholen" is a wish; without a kind it is an experience. A fact has its source at the
    end: "feit: melden mag zonder toestemming (bron: Wmo 2015, artikel 5.2.6)".

    Raises:
        InputError: nothing is in it, or too much.
    """
    found = []
    for line in text.splitlines():
        words = line.strip().lstrip("-*•").strip()
        if not words:
            continue
        head, sign, rest = words.partition(":")
        kind = MARKS.get(head.strip().casefold(), "") if sign else ""
        said = rest.strip() if kind else words
        source = ""
        at = said.casefold().rfind(SOURCE_MARK)
        if at >= 0:
            source = said[at + len(SOURCE_MARK) :].strip(" ()")
            said = said[:at].rstrip(" (")
        found.append((kind or "experience", said, source))
    if not found:
        raise InputError("no_notes", "text", nl="Typ één briefje op elke regel.", en="Type one note on each line.")
    if len(found) > MOST_LINES:
        raise InputError(
            "too_many_notes", "text", nl="Hooguit 200 briefjes tegelijk.", en="At most 200 notes at a time."
        )
    return found


def type_notes(actor: Actor, meeting: Meeting, table: Table, item: AgendaItem, text: str, *, key: str) -> int:
    """Keep handwritten notes of a table, all or none; how many.

    Raises:
        RightError: this actor may not, or the minutes are adopted.
        InputError: a line cannot be kept; says which.
    """
    notes = read_notes(text)

    def deed(act: Act) -> Payload:
        if not may_note_from_paper(Here(actor=actor), act.meeting, prepares=may_prepare_meetings(actor)):
            raise RightError(
                "minutes_adopted",
                nl="Het verslag is vastgesteld; er kan niets meer bij.",
                en="The minutes were adopted; nothing can be added.",
            )
        for number, (kind, said, source) in enumerate(notes, start=1):
            body = asks.Say(table=table.pk, text=said, kind=kind, source=source, sure=True)  # type: ignore[arg-type]
            try:
                note_from_paper(act, Here(actor=actor), table, item, body, key=f"p{key[:24]}{number}")
            except SchakelbordError as refusal:
                raise InputError(
                    refusal.code,
                    str(number),
                    nl=f"Regel {number}: {refusal.nl}",
                    en=f"Line {number}: {refusal.en}",
                ) from refusal
        return {"count": len(notes)}

    who = actor_key(actor)
    moment = item.started_at
    carry_out(meeting, deed, who=who, device=who, key=key, asked={"verb": "notes", "text": text}, moment=moment)
    return len(notes)


def my_tables(attendance: Attendance) -> tuple[MyTable, ...]:
    """The tables at which somebody sat, with the harvest and the contributions it rests on, never who said what."""
    seats = attendance.seats.select_related("table__theme", "item").order_by("item__order")
    meeting = attendance.meeting
    bodies = convening_bodies(meeting)
    harvests = {row.table_id: row for row in harvests_of(meeting)}
    found = []
    for seat in seats:
        harvest = harvests.get(seat.table_id)
        used: Sequence[Contribution] = list(harvest.contributions.all()) if harvest else []
        view = harvest_view(bodies, harvest if harvest and harvest.state != "draft" else None)
        found.append(MyTable(seat.table, seat.item, view, tuple(used), seat.table.contributions.count()))
    return tuple(found)
